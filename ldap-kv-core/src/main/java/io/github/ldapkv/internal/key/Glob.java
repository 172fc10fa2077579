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
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Folded text with wildcards.
 */
public final class Glob {

	/**
	 * Stands for any characters, or none.
	 */
	static final Many MANY = new Many();

	private final List<Token> tokens;

	/**
	 * The attribute type that it begins with; {@code null} if there are wildcards in
	 * that.
	 */
	private final @Nullable String type;

	private final int endOfType;

	Glob(List<Token> tokens) {
		this.tokens = List.copyOf(tokens);
		StringBuilder start = new StringBuilder();
		int next = 0;
		while (next < tokens.size() && tokens.get(next) instanceof Literal literal && !literal.is('=')) {
			start.appendCodePoint(literal.codePoint());
			next++;
		}
		this.type = (next < tokens.size() && tokens.get(next).is('=')) ? start.toString() : null;
		this.endOfType = next;
	}

	public List<Token> tokens() {
		return this.tokens;
	}

	boolean isAny() {
		return this.tokens.size() == 1 && this.tokens.get(0) instanceof Many;
	}

	/**
	 * Whether an attribute with a value matches, as text.
	 */
	boolean matches(Rdn.Ava ava) {
		return (this.type == null) ? matches(0, ava.matchText())
				: this.type.equals(ava.foldedType()) && matches(this.endOfType + 1, ava.foldedValue());
	}

	/**
	 * Whether the whole text matches the tokens from one on. On a mismatch the match goes
	 * back to the last {@code *} and lets it stand for one character more, so the time is
	 * bounded by the product of the lengths.
	 */
	private boolean matches(int start, String text) {
		int position = 0;
		int next = start;
		int many = -1;
		int retry = 0;
		while (position < text.length()) {
			int codePoint = text.codePointAt(position);
			Token token = (next < this.tokens.size()) ? this.tokens.get(next) : null;
			if (token instanceof Many) {
				many = next++;
				retry = position;
			}
			else if (token != null && token.matches(codePoint)) {
				next++;
				position += Character.charCount(codePoint);
			}
			else if (many >= 0) {
				next = many + 1;
				retry += Character.charCount(text.codePointAt(retry));
				position = retry;
			}
			else {
				return false;
			}
		}
		while (next < this.tokens.size() && this.tokens.get(next) instanceof Many) {
			next++;
		}
		return next == this.tokens.size();
	}

	/**
	 * A part of a glob that stands for one character; only {@link Many} differs.
	 */
	public sealed interface Token {

		/**
		 * Whether a folded character matches.
		 */
		boolean matches(int codePoint);

		default boolean is(int codePoint) {
			return this instanceof Literal literal && literal.codePoint() == codePoint;
		}

	}

	public record Literal(int codePoint, boolean escaped) implements Token {

		private static final Literal[] ASCII = IntStream.range(0, 0x80)
			.mapToObj((codePoint) -> new Literal(codePoint, false))
			.toArray(Literal[]::new);

		static Literal of(int codePoint) {
			return (codePoint < ASCII.length) ? ASCII[codePoint] : new Literal(codePoint, false);
		}

		/**
		 * Whether it is space that may be left out where a value begins or ends.
		 */
		boolean isPlainSpace() {
			return !this.escaped && Character.isWhitespace(this.codePoint);
		}

		@Override
		public boolean matches(int codePoint) {
			return this.codePoint == codePoint;
		}

	}

	record One() implements Token {

		@Override
		public boolean matches(int codePoint) {
			return true;
		}

	}

	record Many() implements Token {

		@Override
		public boolean matches(int codePoint) {
			return true;
		}

	}

	/**
	 * A set of characters.
	 *
	 * @param ranges first and last character of each range
	 * @param negated whether the characters outside the set match
	 */
	record CharacterSet(List<int[]> ranges, boolean negated) implements Token {

		@Override
		public boolean matches(int codePoint) {
			return contains(codePoint) != this.negated;
		}

		private boolean contains(int codePoint) {
			for (int[] range : this.ranges) {
				if (inRange(codePoint, range) || inRange(Character.toUpperCase(codePoint), range)) {
					return true;
				}
			}
			return false;
		}

		private static boolean inRange(int codePoint, int[] range) {
			return codePoint >= range[0] && codePoint <= range[1];
		}

	}

}
