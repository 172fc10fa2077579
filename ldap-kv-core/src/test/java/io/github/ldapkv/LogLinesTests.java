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

package io.github.ldapkv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each line that the library writes into a log is explained in
 * {@code docs/operations.md}.
 */
class LogLinesTests {

	private static final Pattern CALL = Pattern.compile("logger\\.(?:info|warn|error)\\(((?:\\s*\\+?\\s*\"[^\"]*\")+)");

	private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

	/**
	 * So much of a line has to be in the document, word for word.
	 */
	private static final int LONGEST = 60;

	@Test
	void theDocumentExplainsEachLine() throws IOException {
		String document = Files.readString(Path.of("../docs/operations.md"));
		List<String> lines = lines();
		assertThat(lines).hasSizeGreaterThan(10)
			.allSatisfy((line) -> assertThat(document).as(line).contains(wordsOf(line)));
	}

	private static List<String> lines() throws IOException {
		List<String> lines = new ArrayList<>();
		for (String module : List.of("ldap-kv-core", "ldap-kv-spring-boot-autoconfigure")) {
			try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
				for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
					CALL.matcher(Files.readString(file)).results().map(LogLinesTests::text).forEach(lines::add);
				}
			}
		}
		return lines;
	}

	private static String text(MatchResult call) {
		return TEXT.matcher(call.group(1)).results().map((text) -> text.group(1)).collect(Collectors.joining());
	}

	/**
	 * The longest part of a line between what differs, or the beginning of it.
	 */
	private static String wordsOf(String line) {
		String longest = Stream.of(line.split("'?\\{}'?"))
			.max(Comparator.comparingInt(String::length))
			.orElseThrow()
			.strip();
		return longest.substring(0, Math.min(LONGEST, longest.length()));
	}

}
