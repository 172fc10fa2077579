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

package io.github.ldapkv.internal.key;

import java.util.List;

/**
 * A key as callers give it and results have it: relative to the base of a store, or
 * absolute. Which entry it means depends on the store.
 */
public final class KeyPath extends RdnSequence implements Comparable<KeyPath> {

	/**
	 * The base of a store.
	 */
	public static final KeyPath BASE = new KeyPath(List.of());

	private KeyPath(List<Rdn> rdns) {
		super(rdns);
	}

	KeyPath(RdnSequence absolute) {
		super(absolute);
	}

	/**
	 * Reads a key as a caller gives it: a path or a DN.
	 * @throws IllegalArgumentException if it is empty or malformed; the message shows the
	 * text and the place
	 */
	public static KeyPath of(String text) {
		try {
			return of(KeyParser.parse(text));
		}
		catch (IllegalArgumentException ex) {
			List<Rdn> old = LdapV2Name.parseKey(text);
			if (old == null) {
				throw ex;
			}
			return of(old);
		}
	}

	public static KeyPath of(List<Rdn> rdns) {
		return rdns.isEmpty() ? BASE : new KeyPath(List.copyOf(rdns));
	}

	/**
	 * The key of the entry right below.
	 */
	public KeyPath child(Rdn rdn) {
		return new KeyPath(with(rdn));
	}

	/**
	 * The key of the entry right above.
	 * @throws IllegalStateException if there is none
	 */
	public KeyPath parent() {
		if (isEmpty()) {
			throw new IllegalStateException("The root key '/' has no parent");
		}
		return first(depth() - 1);
	}

	public KeyPath first(int components) {
		return (components == depth()) ? this : of(part(0, components));
	}

	/**
	 * The key without its first components.
	 */
	public KeyPath withoutFirst(int components) {
		return (components == 0) ? this : of(part(components, depth()));
	}

	@Override
	public int compareTo(KeyPath other) {
		return compare(other);
	}

}
