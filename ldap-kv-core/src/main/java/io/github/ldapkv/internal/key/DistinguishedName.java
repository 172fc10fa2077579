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
 * The name of an entry, from the root of the tree down.
 */
public final class DistinguishedName extends RdnSequence implements Comparable<DistinguishedName> {

	public static final DistinguishedName ROOT = new DistinguishedName(List.of());

	private DistinguishedName(List<Rdn> rdns) {
		super(rdns);
	}

	private DistinguishedName(KeyPath absolute) {
		super(absolute);
	}

	/**
	 * Reads a name as a caller gives it: a path or a DN.
	 * @throws IllegalArgumentException if it is empty or malformed; the message shows the
	 * text and the place
	 */
	public static DistinguishedName of(String text) {
		return ROOT.append(KeyPath.of(text));
	}

	public static DistinguishedName of(List<Rdn> rdns) {
		return rdns.isEmpty() ? ROOT : new DistinguishedName(List.copyOf(rdns));
	}

	/**
	 * Reads a DN as a server sends it. Servers escape as they like, so what the strict
	 * reading refuses is read leniently.
	 */
	public static DistinguishedName ofServerDn(String dn) {
		if (dn.isEmpty()) {
			return ROOT;
		}
		try {
			return of(KeyParser.parse((dn.charAt(0) == '/') ? " " + dn : dn));
		}
		catch (IllegalArgumentException ex) {
			List<Rdn> lenient = LdapV2Name.parse(dn);
			if (lenient == null) {
				throw ex;
			}
			return of(lenient);
		}
	}

	/**
	 * The name of an entry right below this one.
	 */
	public DistinguishedName child(Rdn rdn) {
		return new DistinguishedName(with(rdn));
	}

	/**
	 * The name of the entry right above this one.
	 * @throws IllegalStateException if this is the root already
	 */
	public DistinguishedName parent() {
		if (isRoot()) {
			throw new IllegalStateException("The root key '/' has no parent");
		}
		return first(depth() - 1);
	}

	public boolean isRoot() {
		return isEmpty();
	}

	/**
	 * The lowest name that some names lie under, or are.
	 * @param names one name at least
	 */
	public static DistinguishedName ancestor(List<DistinguishedName> names) {
		DistinguishedName ancestor = names.get(0);
		for (DistinguishedName name : names) {
			while (!name.startsWith(ancestor)) {
				ancestor = ancestor.parent();
			}
		}
		return ancestor;
	}

	public DistinguishedName first(int components) {
		return (components == depth()) ? this : of(part(0, components));
	}

	/**
	 * What is below the entry of the first components.
	 */
	public KeyPath withoutFirst(int components) {
		return (components == 0) ? asKey() : KeyPath.of(part(components, depth()));
	}

	/**
	 * The name as an absolute key.
	 */
	public KeyPath asKey() {
		return isRoot() ? KeyPath.BASE : new KeyPath(this);
	}

	/**
	 * The name of an entry below this one.
	 * @param below its key from this one down
	 */
	public DistinguishedName append(KeyPath below) {
		if (isRoot() || below.isEmpty()) {
			return (isRoot() && !below.isEmpty()) ? new DistinguishedName(below) : this;
		}
		return new DistinguishedName(with(below));
	}

	@Override
	public int compareTo(DistinguishedName other) {
		return compare(other);
	}

}
