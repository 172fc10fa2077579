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

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What one RDN may look like: its parts, each with wildcards or without. Wildcards stay
 * within a part, and the parts have no order. A lone {@code *} stands for any RDN.
 */
final class RdnPattern {

	private final List<List<Glob.Token>> parts;

	private final List<Glob> globs;

	private RdnPattern(List<List<Glob.Token>> parts) {
		this.parts = parts;
		this.globs = parts.stream().map((part) -> new Glob(isLiteral(part) ? foldLiteral(part) : fold(part))).toList();
	}

	/**
	 * Combines the alternatives of each part, until there are too many of them.
	 */
	static List<RdnPattern> combine(List<List<List<Glob.Token>>> parts) {
		List<List<List<Glob.Token>>> products = new ArrayList<>();
		products.add(List.of());
		for (List<List<Glob.Token>> alternatives : parts) {
			products = extend(products, alternatives);
		}
		return products.stream().map(RdnPattern::new).toList();
	}

	private static List<List<List<Glob.Token>>> extend(List<List<List<Glob.Token>>> products,
			List<List<Glob.Token>> alternatives) {
		List<List<List<Glob.Token>>> extended = new ArrayList<>();
		for (List<List<Glob.Token>> product : products) {
			for (List<Glob.Token> alternative : alternatives) {
				List<List<Glob.Token>> longer = new ArrayList<>(product);
				longer.add(alternative);
				extended.add(longer);
				if (extended.size() > GlobParser.MOST_ALTERNATIVES) {
					return extended;
				}
			}
		}
		return extended;
	}

	List<Glob> globs() {
		return this.globs;
	}

	boolean isAny() {
		return this.globs.size() == 1 && this.globs.get(0).isAny();
	}

	boolean isLiteral() {
		return this.parts.stream().allMatch(RdnPattern::isLiteral);
	}

	private static boolean isLiteral(List<Glob.Token> part) {
		return part.stream().allMatch((token) -> token instanceof Glob.Literal);
	}

	boolean matches(Rdn rdn) {
		if (isAny()) {
			return true;
		}
		if (rdn.avas().size() != this.globs.size()) {
			return false;
		}
		List<int[]> texts = new ArrayList<>(rdn.avas().size());
		for (Rdn.Ava ava : rdn.avas()) {
			texts.add(ava.matchText().codePoints().toArray());
		}
		return matches(0, texts);
	}

	/**
	 * Whether each glob from the first on matches a text of its own.
	 */
	private boolean matches(int first, List<int[]> texts) {
		if (first == this.globs.size()) {
			return true;
		}
		for (int i = 0; i < texts.size(); i++) {
			if (this.globs.get(first).matches(texts.get(i))) {
				List<int[]> rest = new ArrayList<>(texts);
				rest.remove(i);
				if (matches(first + 1, rest)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * A literal pattern as the RDN that it is.
	 * @return the RDN, or {@code null} if the text is none
	 */
	@Nullable Rdn toRdn() {
		List<Rdn.Ava> avas = new ArrayList<>(1);
		for (List<Glob.Token> part : this.parts) {
			Rdn.Ava ava = toAva(part);
			if (ava == null) {
				return null;
			}
			avas.add(ava);
		}
		return new Rdn(avas);
	}

	private static Rdn.@Nullable Ava toAva(List<Glob.Token> part) {
		StringBuilder literal = new StringBuilder(part.size());
		part.forEach((token) -> literal.appendCodePoint(((Glob.Literal) token).codePoint()));
		String text = literal.toString();
		int equals = text.indexOf('=');
		String type = (equals > 0) ? text.substring(0, equals).strip() : "";
		String given = text.substring(equals + 1);
		String value = given.isBlank() ? given : given.strip();
		if (!AttributeNames.isType(type) || value.isEmpty()) {
			return null;
		}
		return new Rdn.Ava(type, value, false);
	}

	private static List<Glob.Token> foldLiteral(List<Glob.Token> part) {
		Rdn.Ava ava = toAva(part);
		return (ava == null) ? part
				: ava.matchText()
					.codePoints()
					.mapToObj((codePoint) -> (Glob.Token) new Glob.Literal(codePoint))
					.toList();
	}

	/**
	 * Folds a part as the text of an RDN is folded: the spaces around the type and the
	 * value go, and all but one of those inside. A space beside a wildcard counts.
	 */
	private static List<Glob.Token> fold(List<Glob.Token> part) {
		List<Glob.Token> folded = new ArrayList<>(part.size());
		boolean atStart = true;
		boolean inValue = false;
		for (Glob.Token token : part) {
			Glob.Token last = folded.isEmpty() ? null : folded.get(folded.size() - 1);
			if (token.is('=') && !inValue) {
				dropTrailingSpace(folded);
				folded.add(token);
				inValue = true;
				atStart = true;
			}
			else if (token.is(' ')) {
				if (!atStart && last != null && !last.is(' ')) {
					folded.add(token);
				}
			}
			else if (!(token instanceof Glob.Many && last instanceof Glob.Many)) {
				folded.add(token);
				atStart = false;
			}
		}
		dropTrailingSpace(folded);
		return foldLiterals(folded);
	}

	/**
	 * Folds the text between the wildcards as a whole, since characters may combine.
	 */
	private static List<Glob.Token> foldLiterals(List<Glob.Token> part) {
		List<Glob.Token> folded = new ArrayList<>(part.size());
		StringBuilder run = new StringBuilder();
		for (Glob.Token token : part) {
			if (token instanceof Glob.Literal literal) {
				run.appendCodePoint(literal.codePoint());
			}
			else {
				addLiterals(folded, run);
				folded.add(token);
			}
		}
		addLiterals(folded, run);
		return folded;
	}

	private static void addLiterals(List<Glob.Token> tokens, StringBuilder run) {
		NameFolding.foldCharacters(run.toString())
			.codePoints()
			.forEach((codePoint) -> tokens.add(new Glob.Literal(codePoint)));
		run.setLength(0);
	}

	private static void dropTrailingSpace(List<Glob.Token> tokens) {
		if (!tokens.isEmpty() && tokens.get(tokens.size() - 1).is(' ')) {
			tokens.remove(tokens.size() - 1);
		}
	}

}
