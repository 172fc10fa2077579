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

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.text.SpelledMap;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.NonTransientDataAccessException;

/**
 * Some of many entries could not be written. The others were written or deleted, and are
 * not rolled back. To try again those that failed, repeat the call with the keys of
 * {@link #failures()}, which a framework that repeats the whole call would not do: so it
 * counts as not transient, whatever the causes are.
 */
public final class BulkWriteException extends NonTransientDataAccessException {

	private static final long serialVersionUID = 1;

	private static final int MOST_LINES_SHOWN = 20;

	private final transient @Nullable Map<LdapKey, RuntimeException> failures;

	/**
	 * By the line of the file on which an entry begins, or that is to blame.
	 */
	private final transient @Nullable SortedMap<Long, RuntimeException> lines;

	/**
	 * How many entries were written.
	 */
	private final long done;

	/**
	 * Creates an exception.
	 * @param verb what was to be done with the entries
	 * @param failures the causes by key, at least one, the first failure first
	 * @param done how many entries were written
	 * @param ending how the call ended before its end; may be empty
	 */
	BulkWriteException(Verb verb, SpelledMap<LdapKey, RuntimeException> failures, long done, String ending) {
		super(message(verb, failures.size(), done, ending, first(failures)), first(failures));
		this.failures = Collections.unmodifiableMap(failures.simplified());
		this.lines = Collections.emptySortedMap();
		this.done = done;
	}

	/**
	 * Creates an exception for entries of a file.
	 * @param lines the causes by line, at least one, the first failure first
	 * @param failures those of them whose entry has a key
	 * @param done how many entries were written, or needed no write
	 * @param ending how the call ended before its end; may be empty
	 */
	public BulkWriteException(Map<Long, RuntimeException> lines, Map<LdapKey, RuntimeException> failures, long done,
			String ending) {
		super(message(Verb.LOAD, lines.size(), done, ending + shown(new TreeMap<>(lines)), first(lines)), first(lines));
		this.failures = Collections.unmodifiableMap(failures);
		this.lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
		this.done = done;
	}

	/**
	 * Why entries could not be written.
	 * @return the causes by key, as the keys were given, in the order in which they
	 * failed; without the entries of a file whose name could not be read, and empty in an
	 * exception that was serialized. If some of the keys are equal, and name entries that
	 * only the server takes apart, they are told apart by their spelling, and not by
	 * {@code equals}
	 */
	public Map<LdapKey, RuntimeException> failures() {
		return (this.failures != null) ? this.failures : Map.of();
	}

	/**
	 * Why entries of an LDIF file could not be loaded, all of them.
	 * @return the causes by the number of the line on which the entry begins, or of the
	 * line that could not be read; empty if there was no file, and in an exception that
	 * was serialized
	 */
	public SortedMap<Long, RuntimeException> lines() {
		return (this.lines != null) ? this.lines : Collections.emptySortedMap();
	}

	/**
	 * How many entries were written, or needed no write.
	 * @return their number
	 */
	public long done() {
		return this.done;
	}

	private static String message(Verb verb, int failed, long done, String ending, RuntimeException first) {
		return "Could not " + verb.words() + " " + failed + " of " + (failed + done) + " entries; the other " + done
				+ " are done. " + ending + "The first failure: " + first.getMessage();
	}

	private static String shown(SortedMap<Long, RuntimeException> lines) {
		String first = lines.keySet()
			.stream()
			.limit(MOST_LINES_SHOWN)
			.map(Object::toString)
			.collect(Collectors.joining(", "));
		int more = lines.size() - MOST_LINES_SHOWN;
		return ((lines.size() == 1) ? "It is on line " : "They are on lines ") + first
				+ ((more > 0) ? " and " + more + " more" : "") + " of the file. ";
	}

	private static RuntimeException first(Map<?, RuntimeException> failures) {
		return failures.values().iterator().next();
	}

}
