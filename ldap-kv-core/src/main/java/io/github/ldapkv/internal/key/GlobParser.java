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

/**
 * Reads one part of a pattern: literal text, wildcards, sets, and groups, which are
 * expanded.
 */
final class GlobParser {

	static final int MOST_ALTERNATIVES = 1000;

	private static final int DEEPEST_GROUP = 100;

	private final String text;

	private final int end;

	private final GroupBudget budget;

	private int pos;

	private int depth;

	GlobParser(String text, int start, int end, GroupBudget budget) {
		this.text = text;
		this.pos = start;
		this.end = end;
		this.budget = budget;
	}

	/**
	 * Reads the part to its end.
	 * @return what the part may look like, without groups
	 */
	List<List<Glob.Token>> parse() {
		List<List<Glob.Token>> alternatives = parseSequence();
		if (this.pos < this.end) {
			throw malformed(this.pos, "this brace closes no group. A literal one is written \\}");
		}
		return alternatives;
	}

	private List<List<Glob.Token>> parseSequence() {
		boolean inGroup = this.depth > 0;
		List<List<Glob.Token>> sequences = new ArrayList<>();
		sequences.add(new ArrayList<>());
		while (this.pos < this.end) {
			char c = this.text.charAt(this.pos);
			if (c == '}' || inGroup && c == ',') {
				break;
			}
			if (c == '{') {
				sequences = product(sequences, parseGroup());
			}
			else {
				Glob.Token token = parseToken(c);
				this.budget.spend(sequences.size() - 1, this.pos);
				for (List<Glob.Token> sequence : sequences) {
					sequence.add(token);
				}
			}
		}
		return sequences;
	}

	private List<List<Glob.Token>> parseGroup() {
		int start = this.pos;
		if (++this.depth > DEEPEST_GROUP) {
			throw malformed(start, "more than " + DEEPEST_GROUP + " groups stand one inside the other");
		}
		List<List<Glob.Token>> alternatives = new ArrayList<>();
		do {
			this.pos++;
			alternatives.addAll(parseSequence());
		}
		while (this.pos < this.end && this.text.charAt(this.pos) == ',');
		if (this.pos >= this.end) {
			throw malformed(start, "the group is not closed by }. A literal brace is written \\{");
		}
		this.pos++;
		this.depth--;
		return alternatives;
	}

	private Glob.Token parseToken(char c) {
		switch (c) {
			case '*' -> {
				this.pos++;
				return Glob.MANY;
			}
			case '?' -> {
				this.pos++;
				return new Glob.One();
			}
			case '[' -> {
				return parseSet();
			}
			default -> {
				int codePoint = parseCharacter();
				return (c == '\\') ? new Glob.Literal(codePoint, true) : Glob.Literal.of(codePoint);
			}
		}
	}

	private Glob.Token parseSet() {
		int start = this.pos++;
		boolean negated = this.pos < this.end && this.text.charAt(this.pos) == '!';
		this.pos += negated ? 1 : 0;
		List<int[]> ranges = new ArrayList<>();
		while (this.pos < this.end && this.text.charAt(this.pos) != ']') {
			int first = parseCharacter();
			int last = first;
			if (this.pos + 1 < this.end && this.text.charAt(this.pos) == '-' && this.text.charAt(this.pos + 1) != ']') {
				this.pos++;
				last = parseCharacter();
			}
			if (last < first) {
				throw malformed(start, "the set has a range whose last character is before its first");
			}
			ranges.add(new int[] { first, last });
		}
		if (this.pos >= this.end) {
			throw malformed(start, "the set is not closed by ]. A literal bracket is written \\[");
		}
		if (ranges.isEmpty()) {
			throw malformed(start, "the set is empty. A literal bracket is written \\[");
		}
		this.pos++;
		return new Glob.CharacterSet(ranges, negated);
	}

	private int parseCharacter() {
		if (this.text.charAt(this.pos) == '\\') {
			this.pos++;
			if (this.pos >= this.end) {
				throw malformed(this.pos - 1, "a backslash ends the pattern. A literal one is written \\\\");
			}
		}
		int codePoint = this.text.codePointAt(this.pos);
		this.pos += Character.charCount(codePoint);
		return codePoint;
	}

	private List<List<Glob.Token>> product(List<List<Glob.Token>> firsts, List<List<Glob.Token>> seconds) {
		if ((long) firsts.size() * seconds.size() > MOST_ALTERNATIVES) {
			throw malformed(this.pos, tooMany());
		}
		List<List<Glob.Token>> all = new ArrayList<>();
		for (List<Glob.Token> first : firsts) {
			for (List<Glob.Token> second : seconds) {
				this.budget.spend(first.size() + second.size(), this.pos);
				List<Glob.Token> joined = new ArrayList<>(first);
				joined.addAll(second);
				all.add(joined);
			}
		}
		return all;
	}

	static String tooMany() {
		return "the component stands for more than " + MOST_ALTERNATIVES + " alternatives";
	}

	private IllegalArgumentException malformed(int position, String why) {
		return KeyParser.malformed("Pattern", this.text, position, why);
	}

}
