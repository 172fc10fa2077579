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

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.text.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * What the store was asked to do, for messages. Most operations need none, so the text is
 * made when it is asked for.
 */
final class Operation {

	private final String verb;

	private final Object subject;

	private final @Nullable DistinguishedName name;

	private final @Nullable DistinguishedName destination;

	private Operation(String verb, Object subject, @Nullable DistinguishedName name,
			@Nullable DistinguishedName destination) {
		this.verb = verb;
		this.subject = subject;
		this.name = name;
		this.destination = destination;
	}

	static Operation of(String verb, DistinguishedName key, DistinguishedName absolute) {
		return new Operation(verb, key, absolute, null);
	}

	static Operation of(String verb, KeyPattern pattern, DistinguishedName base) {
		return new Operation(verb, pattern, base, null);
	}

	/**
	 * An operation that is not about one entry.
	 * @param what what it is about
	 */
	static Operation of(String verb, String what) {
		return new Operation(verb, what, null, null);
	}

	/**
	 * The same with other words.
	 */
	Operation as(String otherVerb) {
		return new Operation(otherVerb, this.subject, this.name, this.destination);
	}

	/**
	 * The same for an entry that gets another key.
	 */
	Operation to(DistinguishedName newKey) {
		return new Operation(this.verb, this.subject, this.name, newKey);
	}

	/**
	 * The verb, as in "could not put".
	 */
	String verb() {
		return this.verb;
	}

	/**
	 * The key or pattern, relative to the base of the store.
	 */
	String key() {
		return (this.subject instanceof String text) ? text : Excerpt.of(this.subject.toString());
	}

	/**
	 * The absolute DN; empty if the operation is not about one entry.
	 */
	String dn() {
		return (this.name != null) ? Excerpt.of(this.name.dn()) : "";
	}

	/**
	 * The name of the method that was called, for those who count operations.
	 */
	String name() {
		return switch (this.verb) {
			case "get all of" -> "getAll";
			case "look for" -> "contains";
			case "create" -> "putIfAbsent";
			case "create the parents of" -> "createParents";
			case "delete the tree of" -> "deleteTree";
			case "list the keys of" -> "keys";
			case "do" -> "atomically";
			case "ask for the root DSE" -> "serverCapabilities";
			case "read" -> "schema";
			default -> this.verb;
		};
	}

	/**
	 * The start of a message: what could not be done, and to which entry.
	 */
	String failed() {
		String dn = dn();
		return "Could not " + this.verb + " '" + key() + (dn.isEmpty() ? "'" : "' (DN '" + dn + "')")
				+ ((this.destination != null) ? " to '" + Excerpt.of(this.destination.toString()) + "'" : "") + ": ";
	}

}
