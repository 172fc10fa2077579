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
import java.util.Collections;
import java.util.List;

import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a pattern: split into components as a key is, but with a backslash
 * that makes the next character literal, whatever it is.
 */
final class KeyPatternParser {

	private final String text;

	private final GroupBudget budget;

	private KeyPatternParser(String text) {
		this.text = text;
		this.budget = new GroupBudget(text);
	}

	static KeyPattern parse(String text) {
		if (text.isEmpty()) {
			throw new IllegalArgumentException("The pattern is empty. Write '/**' for all entries.");
		}
		return new KeyPattern(text, new KeyPatternParser(text).parse());
	}

	private List<KeyPattern.Component> parse() {
		List<KeyPattern.Component> components = new ArrayList<>();
		if (this.text.startsWith("/")) {
			boolean plain = true;
			for (Span span : split(new Span(0, this.text.length()), '/')) {
				Rdn literal = (plain && !span.isEmpty()) ? plain(span) : null;
				if (literal != null) {
					components.add(new KeyPattern.Component(List.of(), literal));
				}
				else if (!span.isEmpty()) {
					plain = false;
					components.addAll(parseDn(span));
				}
			}
		}
		else {
			refusePathWithoutLeadingSlash();
			components.addAll(parseDn(new Span(0, this.text.length())));
		}
		return components;
	}

	/**
	 * Reads a component in which every character stands for itself, as in most starts of
	 * patterns.
	 * @return the component, or {@code null} if it takes more to read it
	 */
	private @Nullable Rdn plain(Span span) {
		int equals = -1;
		for (int i = span.start(); i < span.end(); i++) {
			char c = this.text.charAt(i);
			if (c == '=') {
				equals = (equals < 0) ? i : equals;
			}
			else if (!AttributeNames.isInType(c)) {
				return null;
			}
		}
		String type = (equals > 0) ? this.text.substring(span.start(), equals) : "";
		return (AttributeNames.isType(type) && equals + 1 < span.end())
				? Rdn.of(type, this.text.substring(equals + 1, span.end())) : null;
	}

	private List<KeyPattern.Component> parseDn(Span span) {
		List<KeyPattern.Component> components = new ArrayList<>();
		for (Span rdn : split(span, ',')) {
			components.add(parseComponent(rdn));
		}
		Collections.reverse(components);
		return components;
	}

	private KeyPattern.Component parseComponent(Span span) {
		String component = span.in(this.text).strip();
		if ("**".equals(component)) {
			return KeyPattern.Component.ANY_DEPTH;
		}
		List<List<List<Glob.Token>>> parts = new ArrayList<>();
		for (Span part : split(span, '+')) {
			parts.add(new GlobParser(this.text, part.start(), part.end(), this.budget).parse());
		}
		List<RdnPattern> combined = RdnPattern.combine(parts, this.budget, span.start());
		if (combined.size() > GlobParser.MOST_ALTERNATIVES) {
			throw malformed(span.start(), GlobParser.tooMany());
		}
		for (RdnPattern alternative : combined) {
			refuseImpossible(alternative, span);
		}
		RdnPattern first = combined.get(0);
		return new KeyPattern.Component(combined, (combined.size() == 1 && first.isLiteral()) ? first.toRdn() : null);
	}

	/**
	 * What can be the name of no entry is a slip of the pen, and would find nothing
	 * without a word.
	 */
	private void refuseImpossible(RdnPattern alternative, Span span) {
		String reason = alternative.impossible();
		if (RdnPattern.MISSING_ATTRIBUTE.equals(reason)) {
			String component = Excerpt.of(span.in(this.text).strip());
			throw malformed(span.start(),
					"'" + component + "' " + reason + ", as in 'uid=" + component + "', or '*=" + component
							+ "' for any attribute. A literal character that means something else is written with "
							+ "a backslash.");
		}
		if (reason != null) {
			throw malformed(span.start(), reason);
		}
	}

	private void refusePathWithoutLeadingSlash() {
		List<Span> spans = split(new Span(0, this.text.length()), '/');
		for (Span span : spans.subList(1, spans.size())) {
			String rest = span.in(this.text);
			int equals = rest.indexOf('=');
			if ("**".equals(rest) || "*".equals(rest)
					|| equals > 0 && AttributeNames.isType(rest.substring(0, equals))) {
				throw malformed(span.start() - 1, "this reads as a path without its leading slash. Write '/"
						+ KeyParser.shorten(this.text) + "' for the path; in a DN, write this slash as \\/");
			}
		}
	}

	/**
	 * Splits at a separator that is not escaped and stands in no set and no group.
	 */
	private List<Span> split(Span span, char separator) {
		List<Span> spans = new ArrayList<>();
		int start = span.start();
		int depth = 0;
		boolean inSet = false;
		for (int i = span.start(); i < span.end(); i++) {
			char c = this.text.charAt(i);
			if (c == '\\') {
				i++;
			}
			else if (inSet) {
				inSet = c != ']';
			}
			else if (c == '[') {
				inSet = true;
			}
			else if (c == '{' || c == '}') {
				depth += (c == '{') ? 1 : -1;
			}
			else if (c == separator && depth <= 0) {
				spans.add(new Span(start, i));
				start = i + 1;
			}
			else if (c == '/' && depth > 0) {
				throw malformed(i, "a group {...} stands within one component. A literal slash is written \\/");
			}
		}
		spans.add(new Span(start, span.end()));
		return spans;
	}

	private IllegalArgumentException malformed(int position, String why) {
		return KeyParser.malformed("Pattern", this.text, position, why);
	}

	/**
	 * A part of the pattern's text.
	 */
	private record Span(int start, int end) {

		boolean isEmpty() {
			return this.start >= this.end;
		}

		String in(String text) {
			return text.substring(this.start, Math.min(this.end, text.length()));
		}

	}

}
