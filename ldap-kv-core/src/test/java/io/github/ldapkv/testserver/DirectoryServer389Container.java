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

package io.github.ldapkv.testserver;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;

/**
 * 389 Directory Server in a container.
 */
public final class DirectoryServer389Container extends TappedContainer<DirectoryServer389Container> {

	private DirectoryServer389Container() {
		super("389ds");
		withEnv("DS_SUFFIX", SUFFIX);
	}

	/**
	 * The one server that all tests of a run share, started when first asked for.
	 * @return the running server
	 */
	public static DirectoryServer389Container shared() {
		return Shared.CONTAINER;
	}

	/**
	 * A server that offers content synchronization, with identifiers in its log of
	 * changes.
	 * @return the running server, to be stopped
	 */
	public static DirectoryServer389Container withContentSync() {
		DirectoryServer389Container container = new DirectoryServer389Container();
		container.start();
		try (LDAPConnection connection = container.connect()) {
			Modification on = new Modification(ModificationType.REPLACE, "nsslapd-pluginEnabled", "on");
			connection.modify("cn=Content Synchronization,cn=plugins,cn=config", on);
			connection.modify("cn=Retro Changelog Plugin,cn=plugins,cn=config", on,
					new Modification(ModificationType.REPLACE, "nsslapd-attribute", "nsuniqueid:targetUniqueId"));
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
		container.restart();
		return container;
	}

	@Override
	public String product() {
		return version("389 Directory Server", "dpkg-query", "-W", "389-ds-base");
	}

	@Override
	public String userDn() {
		return "cn=Directory Manager";
	}

	@Override
	public String password() {
		return "password";
	}

	private static final class Shared {

		private static final DirectoryServer389Container CONTAINER = new DirectoryServer389Container().started();

	}

}
