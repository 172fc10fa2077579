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

package io.github.ldapkv.internal.operation;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.key.RdnSequence;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessResourceUsageException;

/**
 * What the store was asked to do, for messages. Most operations need none, so the text is
 * made when it is asked for.
 */
public final class Operation {

	private final Verb verb;

	/**
	 * The verb in a message.
	 */
	private final String words;

	private final Object subject;

	private final @Nullable DistinguishedName name;

	private final @Nullable KeyPath destination;

	private Operation(Verb verb, String words, Object subject, @Nullable DistinguishedName name,
			@Nullable KeyPath destination) {
		this.verb = verb;
		this.words = words;
		this.subject = subject;
		this.name = name;
		this.destination = destination;
	}

	public static Operation of(Verb verb, RdnSequence key, DistinguishedName absolute) {
		return new Operation(verb, verb.words(), key, absolute, null);
	}

	public static Operation of(Verb verb, KeyPattern pattern, DistinguishedName base) {
		return new Operation(verb, verb.words(), pattern, base, null);
	}

	/**
	 * An operation that is not about one entry.
	 * @param what what it is about
	 */
	public static Operation of(Verb verb, String what) {
		return new Operation(verb, verb.words(), what, null, null);
	}

	/**
	 * The operation, with other words for the verb.
	 */
	public Operation as(String otherWords) {
		return new Operation(this.verb, otherWords, this.subject, this.name, this.destination);
	}

	/**
	 * The operation, by which the entry gets another key.
	 */
	public Operation to(KeyPath newKey) {
		return new Operation(this.verb, this.words, this.subject, this.name, newKey);
	}

	public Verb verb() {
		return this.verb;
	}

	/**
	 * The key or pattern, relative to the base of the store.
	 */
	public String key() {
		return (this.subject instanceof String text) ? text : Excerpt.of(this.subject.toString());
	}

	/**
	 * The absolute DN; empty if the operation is not about one entry.
	 */
	public String dn() {
		return (this.name != null) ? Excerpt.of(this.name.dn()) : "";
	}

	/**
	 * Refuses what takes a feature that the server does not have.
	 * @param purpose what it takes the feature for
	 */
	public void require(ServerCapabilities capabilities, Feature feature, String purpose) {
		if (!capabilities.has(feature)) {
			throw new InvalidDataAccessResourceUsageException(failed() + "it takes " + feature.description() + " "
					+ purpose + ". This server (" + capabilities.server() + ") does not have it.");
		}
	}

	/**
	 * The start of a message: what could not be done, and to which entry.
	 */
	public String failed() {
		String dn = dn();
		return "Could not " + this.words + " '" + key() + (dn.isEmpty() ? "'" : "' (DN '" + dn + "')")
				+ ((this.destination != null) ? " to '" + Excerpt.of(this.destination.toString()) + "'" : "") + ": ";
	}

}
