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

/**
 * What the store was asked to do, for messages.
 *
 * @param verb the verb, as in "could not put"
 * @param key the key or pattern, relative to the base of the store
 * @param dn the absolute DN
 */
record Operation(String verb, String key, String dn) {

	static Operation of(String verb, LdapKey key, LdapKey absolute) {
		return new Operation(verb, Excerpt.of(key.toString()), Excerpt.of(absolute.dn()));
	}

	static Operation of(String verb, KeyPattern pattern, LdapKey base) {
		return new Operation(verb, Excerpt.of(pattern.toString()), Excerpt.of(base.dn()));
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
			default -> this.verb;
		};
	}

	/**
	 * The start of a message: what could not be done, and to which entry.
	 */
	String failed() {
		return "Could not " + this.verb + " '" + this.key + (this.dn.isEmpty() ? "': " : "' (DN '" + this.dn + "'): ");
	}

}
