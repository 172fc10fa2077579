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

package io.github.ldapkv.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tour with its beans worked out ahead of time, as for a native image, on the JVM.
 */
class AheadOfTimeTests {

	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	@TempDir
	private Path work;

	@Test
	void theTourRunsWithBeansThatWereWorkedOutAheadOfTime() {
		Path sources = this.work.resolve("sources");
		Path classes = this.work.resolve("classes");
		Path resources = this.work.resolve("resources");
		java(CLASS_PATH, SpringApplicationAotProcessor.class.getName(), QuickstartApplication.class.getName(),
				sources.toString(), resources.toString(), classes.toString(), "io.github.ldap-kv", "quickstart");
		assertThat(filesBelow(sources))
			.anySatisfy((path) -> assertThat(path).contains("LdapKeyValueAutoConfiguration"));
		assertThat(filesBelow(resources)).isNotEmpty()
			.anySatisfy((path) -> assertThat(read(Path.of(path))).contains("io.github.ldapkv.LdapSocketFactory"));
		compile(sources, classes);
		String output = java(classes + System.getProperty("path.separator") + CLASS_PATH, "-Dspring.aot.enabled=true",
				QuickstartApplication.class.getName());
		assertThat(output).contains("description=[A tour]", "Optional[A tour]")
			.doesNotContain("Exception:", "each call opens a connection");
	}

	private static void compile(Path sources, Path classes) {
		List<String> arguments = new ArrayList<>(
				List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp", classes + ":" + CLASS_PATH));
		filesBelow(sources).forEach(arguments::add);
		int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
		assertThat(result).isZero();
	}

	private String java(String classPath, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", classPath));
		command.addAll(List.of(arguments));
		try {
			Path output = Files.createTempFile(this.work, "output", ".txt");
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			boolean ended = process.waitFor(2, TimeUnit.MINUTES);
			process.destroyForcibly();
			String text = read(output);
			assertThat(ended).as(text).isTrue();
			assertThat(process.exitValue()).as(text).isZero();
			return text;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> filesBelow(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).map(Path::toString).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
