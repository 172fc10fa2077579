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

import java.util.ArrayList;
import java.util.List;

import io.github.ldapkv.internal.text.KeyEscaping.Notation;
import org.jspecify.annotations.Nullable;

/**
 * The name of an entry, or of one relative to another: relative distinguished names
 * (RDNs) from the root of the tree down. Two names are equal as {@code LdapKey} says; the
 * spelling is kept. They are immutable.
 */
public final class DistinguishedName implements Comparable<DistinguishedName> {

	public static final DistinguishedName ROOT = new DistinguishedName(List.of());

	private final List<Rdn> rdns;

	private @Nullable String path;

	private @Nullable String dn;

	private DistinguishedName(List<Rdn> rdns) {
		this.rdns = rdns;
	}

	/**
	 * Reads a name as a caller gives it: a path or a DN.
	 * @throws IllegalArgumentException if it is empty or malformed; the message shows the
	 * text and the place
	 */
	public static DistinguishedName of(String text) {
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
		List<Rdn> longer = new ArrayList<>(this.rdns.size() + 1);
		longer.addAll(this.rdns);
		longer.add(rdn);
		return of(longer);
	}

	/**
	 * The name of the entry right above this one.
	 * @throws IllegalStateException if this is the root already
	 */
	public DistinguishedName parent() {
		if (isRoot()) {
			throw new IllegalStateException("The root key '/' has no parent");
		}
		return of(this.rdns.subList(0, this.rdns.size() - 1));
	}

	public boolean isRoot() {
		return this.rdns.isEmpty();
	}

	/**
	 * The text of RFC 4514, the leaf first; empty for the root.
	 */
	public String dn() {
		String result = this.dn;
		if (result == null) {
			StringBuilder text = new StringBuilder();
			for (int i = this.rdns.size() - 1; i >= 0; i--) {
				this.rdns.get(i).appendTo(text, Notation.DN);
				text.append((i > 0) ? "," : "");
			}
			result = text.toString();
			this.dn = result;
		}
		return result;
	}

	public List<Rdn> rdns() {
		return this.rdns;
	}

	public int depth() {
		return this.rdns.size();
	}

	public boolean startsWith(DistinguishedName ancestor) {
		return depth() >= ancestor.depth() && this.rdns.subList(0, ancestor.depth()).equals(ancestor.rdns);
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

	/**
	 * The name without its first components.
	 */
	public DistinguishedName withoutFirst(int components) {
		return (components == 0) ? this : of(this.rdns.subList(components, depth()));
	}

	public DistinguishedName first(int components) {
		return (components == depth()) ? this : of(this.rdns.subList(0, components));
	}

	public DistinguishedName append(DistinguishedName relative) {
		if (isRoot() || relative.isRoot()) {
			return isRoot() ? relative : this;
		}
		List<Rdn> all = new ArrayList<>(depth() + relative.depth());
		all.addAll(this.rdns);
		all.addAll(relative.rdns);
		return of(all);
	}

	@Override
	public int compareTo(DistinguishedName other) {
		int common = Math.min(depth(), other.depth());
		for (int i = 0; i < common; i++) {
			int order = this.rdns.get(i).compareTo(other.rdns.get(i));
			if (order != 0) {
				return order;
			}
		}
		return Integer.compare(depth(), other.depth());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || other instanceof DistinguishedName key && this.rdns.equals(key.rdns);
	}

	@Override
	public int hashCode() {
		return this.rdns.hashCode();
	}

	/**
	 * The name as a path. It reads back as an equal one.
	 */
	@Override
	public String toString() {
		String result = this.path;
		if (result == null) {
			StringBuilder text = new StringBuilder(isRoot() ? "/" : "");
			for (Rdn rdn : this.rdns) {
				rdn.appendTo(text.append('/'), Notation.PATH);
			}
			result = text.toString();
			this.path = result;
		}
		return result;
	}

}
