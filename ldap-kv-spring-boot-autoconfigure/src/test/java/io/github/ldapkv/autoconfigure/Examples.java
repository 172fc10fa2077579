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

package io.github.ldapkv.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The examples of a document, which are tests too, word for word.
 */
public final class Examples {

	private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(.*?)```");

	private Examples() {
	}

	/**
	 * The examples of a document.
	 * @param document the name of its file
	 * @return the examples, without white space and comments
	 */
	public static List<String> of(String document) {
		return EXAMPLE.matcher(read(Path.of("../docs", document)))
			.results()
			.map((result) -> withoutSpace(result.group(1)))
			.toList();
	}

	/**
	 * The source of a test of this module.
	 */
	static String source(Class<?> test) {
		return source("", test.getName());
	}

	/**
	 * The source of a test of another module.
	 * @param module the directory of the module
	 * @param test the name of the class
	 * @return the source, without white space and comments
	 */
	public static String source(String module, String test) {
		return withoutSpace(read(Path.of(module, "src/test/java", test.replace('.', '/') + ".java")));
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
