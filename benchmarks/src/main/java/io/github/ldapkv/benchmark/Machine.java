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

package io.github.ldapkv.benchmark;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the figures hold for.
 */
final class Machine {

	private static final List<String> LIBRARIES = List.of("spring-ldap-core", "unboundid-ldapsdk", "ldaptive",
			"jmh-core");

	private Machine() {
	}

	static String description(String server) {
		return String.join("; ", processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors",
				System.getProperty("os.name") + " " + kernel(), "JDK " + System.getProperty("java.runtime.version"),
				server, libraries());
	}

	/**
	 * Without what the builder of the kernel calls it.
	 */
	private static String kernel() {
		return System.getProperty("os.version").replaceAll("-.*", "");
	}

	static String load() {
		return String.format(Locale.ROOT, "%.1f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
	}

	private static String processor() {
		try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
			return lines.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse(System.getProperty("os.arch"));
		}
		catch (IOException ex) {
			return System.getProperty("os.arch");
		}
	}

	private static String libraries() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((path) -> Path.of(path).getFileName().toString().replace(".jar", ""))
			.filter((name) -> LIBRARIES.stream().anyMatch((library) -> name.matches(library + "-[\\d.]+")))
			.map((name) -> name.replaceFirst("-(?=[\\d.]+$)", " "))
			.sorted()
			.collect(Collectors.joining(", "));
	}

}
