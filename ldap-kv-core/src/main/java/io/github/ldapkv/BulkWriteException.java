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
import java.util.LinkedHashMap;
import java.util.Map;

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

	private final transient @Nullable Map<LdapKey, RuntimeException> failures;

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
	BulkWriteException(String verb, Map<LdapKey, RuntimeException> failures, long done, String ending) {
		super("Could not " + verb + " " + failures.size() + " of " + (failures.size() + done) + " entries; the other "
				+ done + " are done. " + ending + "The first failure: " + first(failures).getMessage(),
				first(failures));
		this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
		this.done = done;
	}

	/**
	 * Why entries could not be written.
	 * @return the causes by key, as the keys were given, in the order in which they
	 * failed; empty in an exception that was serialized
	 */
	public Map<LdapKey, RuntimeException> failures() {
		return (this.failures != null) ? this.failures : Map.of();
	}

	/**
	 * How many entries were written, or needed no write.
	 * @return their number
	 */
	public long done() {
		return this.done;
	}

	private static RuntimeException first(Map<LdapKey, RuntimeException> failures) {
		return failures.values().iterator().next();
	}

}
