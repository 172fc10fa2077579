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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the script that starts the Docker engine: others know the name of its
 * directory, and may make it first.
 */
class DockerScriptTests {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

	@TempDir
	private Path temporary;

	@Test
	void aLinkInPlaceOfItsDirectoryIsRefused() throws Exception {
		Files.createSymbolicLink(work(), Files.createDirectory(this.temporary.resolve("elsewhere")));
		assertThat(run("scripts/docker", "down")).isEqualTo(69);
	}

	@Test
	void itsDirectoryIsPrivate() throws Exception {
		Path work = Files.createDirectory(work());
		Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
		// It ends at once, since there is no such command.
		assertThat(run("scripts/docker", "none")).isEqualTo(69);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(work))).isEqualTo("rwx------");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rwxrwx---", "rwx----w-", "rwxrwxrwx" })
	void aDirectoryThatOthersCouldWriteToIsRefusedAsItIs(String permissions) throws Exception {
		Path work = Files.createDirectory(work());
		Files.setPosixFilePermissions(work, PosixFilePermissions.fromString(permissions));
		assertThat(run("scripts/docker", "down")).isEqualTo(69);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(work))).isEqualTo(permissions);
	}

	private Path work() throws Exception {
		Process process = new ProcessBuilder("bash", "-c", "echo $(id -u)-$(cksum <<<\"$1\" | cut -d' ' -f1)", "bash",
				ROOT.toString())
			.start();
		String name = new String(process.getInputStream().readAllBytes()).strip();
		return this.temporary.resolve("ldap-kv-engine-" + name);
	}

	private int run(String... command) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD);
		builder.environment().put("TMPDIR", this.temporary.toString());
		return builder.start().waitFor();
	}

}
