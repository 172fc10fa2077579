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

import java.io.File;
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

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with its beans worked out ahead of time, as for a native image, on the
 * JVM.
 */
final class AheadOfTime {

	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	private final Class<?> application;

	private final Path work;

	/**
	 * Works out the beans of an application.
	 * @param application what has the main method
	 * @param work an empty directory
	 * @param arguments what the application is told at this time
	 */
	AheadOfTime(Class<?> application, Path work, String... arguments) {
		this.application = application;
		this.work = work;
		List<String> command = new ArrayList<>(List.of(CLASS_PATH, SpringApplicationAotProcessor.class.getName(),
				application.getName(), work.resolve("sources").toString(), work.resolve("resources").toString(),
				classes(), "io.github.ldap-kv", "quickstart"));
		command.addAll(List.of(arguments));
		java(command);
		compile();
	}

	List<Path> sources() {
		return filesBelow(this.work.resolve("sources"));
	}

	List<Path> resources() {
		return filesBelow(this.work.resolve("resources"));
	}

	/**
	 * Runs the application.
	 * @param arguments what it is told now
	 * @return what it printed
	 */
	String run(String... arguments) {
		List<String> command = new ArrayList<>(List.of(classes() + File.pathSeparator + CLASS_PATH,
				"-Dspring.aot.enabled=true", this.application.getName()));
		command.addAll(List.of(arguments));
		return java(command);
	}

	private String classes() {
		return this.work.resolve("classes").toString();
	}

	private void compile() {
		List<String> arguments = new ArrayList<>(
				List.of("-nowarn", "-proc:none", "-d", classes(), "-cp", classes() + File.pathSeparator + CLASS_PATH));
		sources().forEach((source) -> arguments.add(source.toString()));
		int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
		assertThat(result).isZero();
	}

	private String java(List<String> arguments) {
		List<String> command = new ArrayList<>(List
			.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp"));
		command.addAll(arguments);
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

	static String read(Path file) {
		try {
			return Files.readString(file, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Path> filesBelow(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
