/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.ldapkv.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Active Directory, as Samba does it, in a container.
 */
public final class SambaContainer extends TappedContainer<SambaContainer> {

	private SambaContainer() {
		super("samba");
		withEnv("SAMBA_REALM", "TEST.ORG");
	}

	/**
	 * The one server that all tests of a run share, started when first asked for.
	 * @return the running server
	 */
	public static SambaContainer shared() {
		return Shared.CONTAINER;
	}

	@Override
	public String product() {
		return version("Samba AD DC", "samba", "-V");
	}

	@Override
	public String userDn() {
		return "CN=Administrator,CN=Users," + SUFFIX;
	}

	@Override
	public String password() {
		return "Passw0rd.";
	}

	/**
	 * Runs the administrator's tool of Samba.
	 * @param arguments a command and its arguments
	 */
	public void tool(String... arguments) {
		List<String> command = new ArrayList<>(List.of("samba-tool"));
		command.addAll(List.of(arguments));
		command.addAll(List.of("-H", "/srv/samba/private/sam.ldb", "-s", "/srv/samba/etc/smb.conf"));
		try {
			ExecResult result = execInContainer(command.toArray(String[]::new));
			if (result.getExitCode() != 0) {
				throw new IllegalStateException(result.getStdout() + result.getStderr());
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static final class Shared {

		private static final SambaContainer CONTAINER = new SambaContainer().started();

	}

}
