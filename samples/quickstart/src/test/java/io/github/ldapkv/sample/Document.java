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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A document of the project whose examples are tests too, word for word.
 */
final class Document {

	private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(.*?)```");

	private static final Pattern CELL = Pattern.compile("(?<!\\\\)\\|");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private final String text;

	private Document(String text) {
		this.text = text;
	}

	/**
	 * Reads a document.
	 * @param path where it is in the project
	 */
	static Document of(String path) {
		return new Document(read(Path.of("../..", path)));
	}

	/**
	 * Asserts that the document has examples, and that each is in a test.
	 * @param number how many examples there are
	 * @param tests the tests
	 */
	void assertExamplesAreIn(int number, Class<?>... tests) {
		StringBuilder sources = new StringBuilder();
		for (Class<?> test : tests) {
			sources.append(read(Path.of("src/test/java", test.getName().replace('.', '/') + ".java")));
		}
		String source = withoutSpace(sources.toString());
		List<String> examples = EXAMPLE.matcher(this.text).results().map((result) -> result.group(1)).toList();
		assertThat(examples).hasSize(number)
			.allSatisfy((example) -> assertThat(source).contains(withoutSpace(example)));
	}

	/**
	 * The rows of a table, each a list of cells, each a list of the code in it.
	 * @param header how the first line of the table begins
	 */
	List<List<List<String>>> table(String header) {
		List<List<List<String>>> rows = new ArrayList<>();
		int start = this.text.indexOf("\n" + header);
		assertThat(start).as(header).isNotNegative();
		for (String line : this.text.substring(start + 1).lines().skip(2).toList()) {
			if (!line.startsWith("|")) {
				break;
			}
			rows.add(CELL.splitAsStream(line.substring(1)).map(Document::code).toList());
		}
		return rows;
	}

	/**
	 * Asserts that the document shows a message of the store as it is, but for the port
	 * that a test has by chance.
	 * @param message the message
	 */
	void assertShows(String message) {
		assertThat(onOneLine(withoutPort(this.text))).contains(onOneLine(withoutPort(message)));
	}

	private static List<String> code(String cell) {
		return CODE.matcher(cell).results().map((MatchResult result) -> result.group(1)).toList();
	}

	private static String withoutPort(String text) {
		return text.replaceAll("(localhost|127\\.0\\.0\\.2):\\d+", "$1");
	}

	private static String onOneLine(String text) {
		return text.replaceAll("\\s+", " ");
	}

	private static String withoutSpace(String code) {
		return code.replaceAll("(?m)(?<!:)//.*$", "").replaceAll("\\bstatic class", "class").replaceAll("\\s+", "");
	}

	private static String read(Path path) {
		try {
			return Files.readString(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
