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

import org.jspecify.annotations.Nullable;

/**
 * A key with wildcards. Its literal start names an entry as a key does, by the server's
 * own rules; the one meaning of the rest is {@link #matches(KeyPath)}. Whatever a search
 * does with a pattern is an optimisation that has to agree.
 */
public final class KeyPattern {

	/**
	 * What is not itself in a pattern.
	 */
	private static final String SPECIAL = "\\/,+=*?[]{}\"<>;";

	private final String text;

	private final List<Component> components;

	KeyPattern(String text, List<Component> components) {
		this.text = text;
		this.components = List.copyOf(components);
	}

	public static KeyPattern parse(String pattern) {
		return KeyPatternParser.parse(pattern);
	}

	/**
	 * The pattern of the keys right below a key, whatever characters it has.
	 */
	public static KeyPattern childrenOf(KeyPath key) {
		KeyPattern any = parse("/*");
		List<Component> components = new ArrayList<>();
		key.rdns().forEach((rdn) -> components.add(new Component(List.of(), rdn)));
		components.addAll(any.components);
		return new KeyPattern(text(key) + any.text, components);
	}

	/**
	 * The pattern of one key, whatever characters it has, and however the directory
	 * spells it.
	 */
	public static KeyPattern of(KeyPath key) {
		List<Component> components = new ArrayList<>();
		key.rdns().forEach((rdn) -> components.add(new Component(List.of(), rdn)));
		return new KeyPattern(key.isEmpty() ? "/" : text(key), components);
	}

	/**
	 * A pattern of a key alone.
	 */
	private static String text(KeyPath key) {
		StringBuilder text = new StringBuilder();
		for (Rdn rdn : key.rdns()) {
			char separator = '/';
			for (Rdn.Ava ava : rdn.avas()) {
				text.append(separator).append(ava.type()).append('=');
				append(text, ava);
				separator = '+';
			}
		}
		return text.toString();
	}

	private static void append(StringBuilder text, Rdn.Ava ava) {
		String value = ava.value();
		int begin = value.length() - value.stripLeading().length();
		int end = value.stripTrailing().length();
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			boolean outer = i < begin || i >= end;
			boolean literal = SPECIAL.indexOf(c) >= 0 || outer || c == '#' && i == 0 && !ava.encoded();
			text.append(literal ? "\\" : "").append(c);
		}
	}

	public List<Component> components() {
		return this.components;
	}

	/**
	 * How many components at the start of the pattern have no wildcard.
	 */
	public int literalDepth() {
		int depth = 0;
		while (depth < this.components.size() && this.components.get(depth).literal() != null) {
			depth++;
		}
		return depth;
	}

	public boolean hasAnyDepth() {
		return this.components.stream().anyMatch(Component::isAnyDepth);
	}

	public KeyPath literalPrefix(int depth) {
		List<Rdn> literals = new ArrayList<>(depth);
		for (int i = 0; i < depth; i++) {
			literals.add(this.components.get(i).requireLiteral());
		}
		return KeyPath.of(literals);
	}

	public KeyPattern withoutFirst(int depth) {
		return (depth == 0) ? this : new KeyPattern(this.text, this.components.subList(depth, this.components.size()));
	}

	/**
	 * Whether a key is one that the pattern means.
	 */
	public boolean matches(KeyPath key) {
		return matchesBelow(0, key);
	}

	/**
	 * Whether the components of a name from one on are a key that the pattern means. On a
	 * mismatch the match goes back to the last {@code **} and lets it stand for one
	 * component more.
	 * @param start how many components come before
	 */
	public boolean matchesBelow(int start, RdnSequence name) {
		List<Rdn> rdns = name.rdns();
		int position = start;
		int next = 0;
		int anyDepth = -1;
		int retry = 0;
		while (position < rdns.size()) {
			if (next < this.components.size() && this.components.get(next).isAnyDepth()) {
				anyDepth = next++;
				retry = position;
			}
			else if (next < this.components.size() && this.components.get(next).matches(rdns.get(position))) {
				next++;
				position++;
			}
			else if (anyDepth >= 0) {
				next = anyDepth + 1;
				position = ++retry;
			}
			else {
				return false;
			}
		}
		while (next < this.components.size() && this.components.get(next).isAnyDepth()) {
			next++;
		}
		return next == this.components.size();
	}

	/**
	 * Whether it is made of the same text. A key that children are asked for may have
	 * that of a pattern, and is literal all the same.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof KeyPattern pattern && this.text.equals(pattern.text)
				&& this.components.size() == pattern.components.size() && literalDepth() == pattern.literalDepth()
				&& literalPrefix(literalDepth()).equals(pattern.literalPrefix(literalDepth()));
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return this.text;
	}

	/**
	 * One component of a pattern: {@code **}, a literal, or alternatives with wildcards.
	 *
	 * @param alternatives what the component may look like; none for {@code **}, and
	 * where the literal says it all
	 * @param literal the component as it is, if it has no wildcard
	 */
	public record Component(List<RdnPattern> alternatives, @Nullable Rdn literal) {

		static final Component ANY_DEPTH = new Component(List.of(), null);

		public boolean isAnyDepth() {
			return this.alternatives.isEmpty() && this.literal == null;
		}

		boolean matches(Rdn rdn) {
			if (this.literal != null) {
				return this.literal.equals(rdn);
			}
			for (RdnPattern alternative : this.alternatives) {
				if (alternative.matches(rdn)) {
					return true;
				}
			}
			return false;
		}

		private Rdn requireLiteral() {
			if (this.literal == null) {
				throw new IllegalStateException("The component has wildcards");
			}
			return this.literal;
		}

	}

}
