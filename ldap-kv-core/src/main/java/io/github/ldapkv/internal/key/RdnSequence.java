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

import io.github.ldapkv.internal.text.KeyEscaping.Notation;
import org.jspecify.annotations.Nullable;

/**
 * Relative distinguished names (RDNs), those nearer to the root of the tree first. Two
 * are equal as {@code LdapKey} says; the spelling is kept. They are immutable.
 */
public abstract sealed class RdnSequence permits DistinguishedName, KeyPath {

	private final List<Rdn> rdns;

	private @Nullable String path;

	private @Nullable String dn;

	RdnSequence(List<Rdn> rdns) {
		this.rdns = rdns;
	}

	/**
	 * What another sequence is, with the texts that were made of it.
	 */
	RdnSequence(RdnSequence other) {
		this.rdns = other.rdns;
		this.path = other.path;
		this.dn = other.dn;
	}

	public final List<Rdn> rdns() {
		return this.rdns;
	}

	public final int depth() {
		return this.rdns.size();
	}

	public final boolean isEmpty() {
		return this.rdns.isEmpty();
	}

	/**
	 * The text of RFC 4514, the leaf first; empty if there is none.
	 */
	public final String dn() {
		String result = this.dn;
		if (result == null) {
			StringBuilder text = new StringBuilder(plainLength());
			for (int i = this.rdns.size() - 1; i >= 0; i--) {
				this.rdns.get(i).appendTo(text, Notation.DN);
				text.append((i > 0) ? "," : "");
			}
			result = text.toString();
			this.dn = result;
		}
		return result;
	}

	public final boolean startsWith(RdnSequence beginning) {
		if (depth() < beginning.depth()) {
			return false;
		}
		for (int i = 0; i < beginning.depth(); i++) {
			if (!this.rdns.get(i).equals(beginning.rdns.get(i))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * How long its text is if nothing in it has to be escaped.
	 */
	private int plainLength() {
		int length = 0;
		for (int i = 0; i < this.rdns.size(); i++) {
			length += 1 + this.rdns.get(i).plainLength();
		}
		return length;
	}

	/**
	 * The components from one on, to another without that.
	 */
	final List<Rdn> part(int from, int to) {
		Rdn[] part = new Rdn[to - from];
		for (int i = 0; i < part.length; i++) {
			part[i] = this.rdns.get(from + i);
		}
		return List.of(part);
	}

	/**
	 * The components and those of another sequence below them.
	 */
	final List<Rdn> with(RdnSequence below) {
		Rdn[] all = new Rdn[depth() + below.depth()];
		for (int i = 0; i < all.length; i++) {
			all[i] = (i < depth()) ? this.rdns.get(i) : below.rdns.get(i - depth());
		}
		return List.of(all);
	}

	/**
	 * The components and one more.
	 */
	final List<Rdn> with(Rdn below) {
		Rdn[] all = new Rdn[depth() + 1];
		for (int i = 0; i < depth(); i++) {
			all[i] = this.rdns.get(i);
		}
		all[depth()] = below;
		return List.of(all);
	}

	final int compare(RdnSequence other) {
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
	public final boolean equals(@Nullable Object other) {
		return this == other || other instanceof RdnSequence sequence && getClass() == sequence.getClass()
				&& this.rdns.equals(sequence.rdns);
	}

	@Override
	public final int hashCode() {
		return this.rdns.hashCode();
	}

	/**
	 * The sequence as a path. It reads back as an equal one.
	 */
	@Override
	public final String toString() {
		String result = this.path;
		if (result == null) {
			StringBuilder text = new StringBuilder(plainLength() + 1).append(isEmpty() ? "/" : "");
			for (Rdn rdn : this.rdns) {
				rdn.appendTo(text.append('/'), Notation.PATH);
			}
			result = text.toString();
			this.path = result;
		}
		return result;
	}

}
