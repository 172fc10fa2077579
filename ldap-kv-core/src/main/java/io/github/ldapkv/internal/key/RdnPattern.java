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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.NameFolding;
import org.jspecify.annotations.Nullable;

/**
 * What one RDN may look like: its parts, each with wildcards or without. Wildcards stay
 * within a part, and the parts have no order. A lone {@code *} stands for any RDN.
 */
public final class RdnPattern {

	static final String MISSING_ATTRIBUTE = "is not of the form attribute=value";

	private final List<List<Glob.Token>> parts;

	private final List<Glob> globs;

	private RdnPattern(List<List<Glob.Token>> parts) {
		this.parts = parts;
		List<Glob> folded = new ArrayList<>(parts.size());
		for (List<Glob.Token> part : parts) {
			folded.add(new Glob(isLiteral(part) ? foldLiteral(part) : fold(part)));
		}
		this.globs = List.copyOf(folded);
	}

	/**
	 * Combines the alternatives of each part, until there are too many of them.
	 * @param position where in the pattern they are
	 */
	static List<RdnPattern> combine(List<List<List<Glob.Token>>> parts, GroupBudget budget, int position) {
		List<List<List<Glob.Token>>> products = new ArrayList<>();
		products.add(new ArrayList<>());
		for (List<List<Glob.Token>> alternatives : parts) {
			if (alternatives.size() == 1) {
				List<Glob.Token> only = alternatives.get(0);
				budget.spend((products.size() - 1L) * (only.size() + 1), position);
				for (List<List<Glob.Token>> product : products) {
					product.add(only);
				}
			}
			else {
				products = extend(products, alternatives, budget, position);
			}
		}
		List<RdnPattern> combined = new ArrayList<>(products.size());
		for (List<List<Glob.Token>> product : products) {
			combined.add(new RdnPattern(product));
		}
		return combined;
	}

	private static List<List<List<Glob.Token>>> extend(List<List<List<Glob.Token>>> products,
			List<List<Glob.Token>> alternatives, GroupBudget budget, int position) {
		List<List<List<Glob.Token>>> extended = new ArrayList<>();
		for (List<List<Glob.Token>> product : products) {
			long length = product.stream().mapToLong(List::size).sum();
			for (List<Glob.Token> alternative : alternatives) {
				budget.spend(length + alternative.size(), position);
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

	/**
	 * Says why no entry can have such a name.
	 * @return the reason, or {@code null} if one can
	 */
	@Nullable String impossible() {
		Set<String> types = new HashSet<>();
		for (List<Glob.Token> part : this.parts) {
			int equals = 0;
			while (equals < part.size() && !part.get(equals).is('=')) {
				equals++;
			}
			if (equals == part.size()) {
				if (part.isEmpty() || !part.stream().allMatch((token) -> token instanceof Glob.Many)) {
					return MISSING_ATTRIBUTE;
				}
			}
			else if (equals == part.size() - 1) {
				return "the value is empty";
			}
			else if (isLiteral(part.subList(0, equals))) {
				String type = AttributeNames.lower(text(part.subList(0, equals)).strip());
				if (isLiteral(part) ? !AttributeNames.isType(type) : !AttributeNames.isTypeOfServer(type)) {
					return MISSING_ATTRIBUTE;
				}
				if (!types.add(type)) {
					return Rdn.twice(type);
				}
			}
		}
		return null;
	}

	public List<Glob> globs() {
		return this.globs;
	}

	boolean isAny() {
		return this.globs.size() == 1 && this.globs.get(0).isAny();
	}

	boolean isLiteral() {
		for (List<Glob.Token> part : this.parts) {
			if (!isLiteral(part)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isLiteral(List<Glob.Token> part) {
		for (Glob.Token token : part) {
			if (!(token instanceof Glob.Literal)) {
				return false;
			}
		}
		return true;
	}

	boolean matches(Rdn rdn) {
		if (isAny()) {
			return true;
		}
		List<Rdn.Ava> avas = rdn.avas();
		if (avas.size() != this.globs.size()) {
			return false;
		}
		if (avas.size() == 1) {
			return this.globs.get(0).matches(avas.get(0));
		}
		int[] owners = new int[avas.size()];
		Arrays.fill(owners, -1);
		for (int i = 0; i < this.globs.size(); i++) {
			if (!assign(i, avas, owners, new boolean[avas.size()])) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Finds a glob a value of its own. One that has the value already may have to take
	 * another, so that each value is tried once a glob, and not in every order.
	 * @param owners the glob that has each value, or -1
	 */
	private boolean assign(int glob, List<Rdn.Ava> avas, int[] owners, boolean[] tried) {
		for (int i = 0; i < owners.length; i++) {
			if (!tried[i] && this.globs.get(glob).matches(avas.get(i))) {
				tried[i] = true;
				if (owners[i] < 0 || assign(owners[i], avas, owners, tried)) {
					owners[i] = glob;
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
		int equals = 0;
		while (equals < part.size() && !part.get(equals).is('=')) {
			equals++;
		}
		String type = text(part.subList(0, equals)).strip();
		String value = (equals < part.size()) ? text(withoutOuterSpace(part.subList(equals + 1, part.size()))) : "";
		if (!AttributeNames.isType(type) || value.isEmpty()) {
			return null;
		}
		return Rdn.Ava.of(type, value);
	}

	/**
	 * A value without the space around it, unless there is nothing else.
	 */
	private static List<Glob.Token> withoutOuterSpace(List<Glob.Token> value) {
		int begin = 0;
		int end = value.size();
		while (begin < end && isPlainSpace(value.get(begin))) {
			begin++;
		}
		while (begin < end && isPlainSpace(value.get(end - 1))) {
			end--;
		}
		return (begin < end) ? value.subList(begin, end) : value;
	}

	private static boolean isPlainSpace(Glob.Token token) {
		return token instanceof Glob.Literal literal && literal.isPlainSpace();
	}

	private static String text(List<Glob.Token> literals) {
		StringBuilder text = new StringBuilder(literals.size());
		for (Glob.Token token : literals) {
			text.appendCodePoint(((Glob.Literal) token).codePoint());
		}
		return text.toString();
	}

	private static List<Glob.Token> foldLiteral(List<Glob.Token> part) {
		Rdn.Ava ava = toAva(part);
		if (ava == null) {
			return part;
		}
		List<Glob.Token> folded = new ArrayList<>(part.size());
		addLiterals(folded, ava.matchText());
		return folded;
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
				addLiterals(folded, NameFolding.foldCharacters(run.toString()));
				run.setLength(0);
				folded.add(token);
			}
		}
		addLiterals(folded, NameFolding.foldCharacters(run.toString()));
		return folded;
	}

	private static void addLiterals(List<Glob.Token> tokens, String text) {
		for (int i = 0; i < text.length();) {
			int codePoint = text.codePointAt(i);
			tokens.add(Glob.Literal.of(codePoint));
			i += Character.charCount(codePoint);
		}
	}

	private static void dropTrailingSpace(List<Glob.Token> tokens) {
		if (!tokens.isEmpty() && tokens.get(tokens.size() - 1).is(' ')) {
			tokens.remove(tokens.size() - 1);
		}
	}

}
