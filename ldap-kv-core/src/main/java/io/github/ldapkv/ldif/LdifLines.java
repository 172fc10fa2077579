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

package io.github.ldapkv.ldif;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

import org.jspecify.annotations.Nullable;

/**
 * The logical lines of an LDIF file, each of which may be on several lines (RFC 2849,
 * note 2).
 */
final class LdifLines {

	private final BufferedReader reader;

	private @Nullable String ahead;

	private boolean begun;

	private long number;

	/**
	 * Begins to read.
	 * @param reader the file; it is not closed
	 */
	LdifLines(Reader reader) {
		this.reader = new BufferedReader(reader);
	}

	/**
	 * Reads the next logical line.
	 * @return the line, or {@code null} at the end of the file
	 */
	@Nullable Line next() throws IOException {
		if (!this.begun) {
			this.begun = true;
			this.ahead = withoutMark(this.reader.readLine());
		}
		String first = this.ahead;
		if (first == null) {
			return null;
		}
		long start = ++this.number;
		this.ahead = this.reader.readLine();
		if (first.isEmpty() || this.ahead == null || !this.ahead.startsWith(" ")) {
			return new Line(start, first);
		}
		StringBuilder text = new StringBuilder(first);
		while (this.ahead != null && this.ahead.startsWith(" ")) {
			text.append(this.ahead, 1, this.ahead.length());
			this.number++;
			this.ahead = this.reader.readLine();
		}
		return new Line(start, text.toString());
	}

	/**
	 * Some editors begin a file with a byte order mark.
	 */
	private static @Nullable String withoutMark(@Nullable String line) {
		return (line != null && line.startsWith("\uFEFF")) ? line.substring(1) : line;
	}

	/**
	 * A logical line.
	 *
	 * @param number the number of the line on which it begins
	 * @param text its text, without line breaks
	 */
	record Line(long number, String text) {

		boolean isComment() {
			return this.text.startsWith("#");
		}

		/**
		 * What stands before the colon.
		 * @return the name, or {@code null} if there is no colon
		 */
		@Nullable String name() {
			int colon = this.text.indexOf(':');
			return (colon >= 0) ? this.text.substring(0, colon) : null;
		}

		boolean isNamed(String name) {
			return name.equalsIgnoreCase(name());
		}

		/**
		 * What stands after the colon.
		 */
		String rest() {
			return this.text.substring(this.text.indexOf(':') + 1);
		}

	}

}
