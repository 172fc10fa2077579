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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The lines of an LDIF file, which are passed on as they are. Before that each logical
 * line, whose parts are on several lines (RFC 2849, note 2), is looked at for what must
 * not be loaded.
 */
final class LdifLines extends BufferedReader {

	private static final Set<String> CHANGES = Set.of("changetype", "control");

	private final Deque<String> pending = new ArrayDeque<>();

	private @Nullable String next;

	private boolean begun;

	private boolean insideRecord;

	private long number;

	private long recordStart;

	LdifLines(Reader reader) {
		super(reader);
	}

	/**
	 * The number of the line on which the record begins that was read last.
	 */
	long recordStart() {
		return this.recordStart;
	}

	@Override
	public @Nullable String readLine() throws IOException {
		if (this.pending.isEmpty()) {
			readLogicalLine();
		}
		return this.pending.poll();
	}

	private void readLogicalLine() throws IOException {
		String first = this.begun ? this.next : withoutMark(super.readLine());
		this.begun = true;
		this.number++;
		if (first == null) {
			return;
		}
		long start = this.number;
		this.pending.add(first);
		this.next = super.readLine();
		StringBuilder line = new StringBuilder(first);
		while (!first.isEmpty() && this.next != null && this.next.startsWith(" ")) {
			this.pending.add(this.next);
			line.append(this.next, 1, this.next.length());
			this.number++;
			this.next = super.readLine();
		}
		check(line, start);
	}

	/**
	 * Some editors begin a file with a byte order mark.
	 */
	private static @Nullable String withoutMark(@Nullable String line) {
		return (line != null && line.startsWith("\uFEFF")) ? line.substring(1) : line;
	}

	private void check(StringBuilder line, long start) {
		if (line.isEmpty()) {
			this.insideRecord = false;
			return;
		}
		if (line.charAt(0) == '#') {
			return;
		}
		int colon = line.indexOf(":");
		if (colon < 0) {
			throw refused(start, "it has no colon after the name of an attribute.");
		}
		String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
		if (!this.insideRecord && "version".equals(name)) {
			if (!"1".equals(line.substring(colon + 1).strip())) {
				throw refused(start, "it asks for another version of LDIF than 1.");
			}
			return;
		}
		if (!this.insideRecord) {
			this.insideRecord = true;
			this.recordStart = start;
		}
		if (CHANGES.contains(name)) {
			throw refused(start, "'" + name + ":' makes a change record (RFC 2849) of what follows 'dn:'. "
					+ "Only entries are loaded: apply changes with a tool such as ldapmodify.");
		}
		if (colon + 1 < line.length() && line.charAt(colon + 1) == '<') {
			throw refused(start, "the value is to come from a URL, which is not read. Put the value there, in base64.");
		}
	}

	static IllegalArgumentException refused(long line, String reason) {
		return new IllegalArgumentException("Line " + line + " of the LDIF cannot be loaded: " + reason);
	}

}
