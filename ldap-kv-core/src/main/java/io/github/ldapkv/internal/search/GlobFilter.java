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

package io.github.ldapkv.internal.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

import com.unboundid.ldap.sdk.Filter;
import io.github.ldapkv.internal.key.Glob;
import io.github.ldapkv.internal.key.RdnPattern;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.AttributeNames;
import org.jspecify.annotations.Nullable;

/**
 * A filter that every entry passes whose RDN matches a pattern. An RDN's value is a value
 * of the entry's attribute, so a filter on the attribute will do. It must not be narrower
 * than the pattern: what servers may compare in another way is left out of it.
 */
final class GlobFilter {

	private GlobFilter() {
	}

	/**
	 * Makes the filter for an RDN.
	 * @return the filter, or {@code null} if the pattern says nothing about an attribute
	 */
	static @Nullable Filter of(RdnPattern pattern, DirectorySchema schema) {
		List<Filter> filters = new ArrayList<>();
		for (Glob glob : pattern.globs()) {
			Filter filter = of(glob, schema);
			if (filter != null) {
				filters.add(filter);
			}
		}
		if (filters.isEmpty()) {
			return null;
		}
		return (filters.size() == 1) ? filters.get(0) : Filter.createANDFilter(filters);
	}

	private static @Nullable Filter of(Glob glob, DirectorySchema schema) {
		StringBuilder type = new StringBuilder();
		List<Glob.Token> tokens = glob.tokens();
		for (int i = 0; i < tokens.size(); i++) {
			if (!(tokens.get(i) instanceof Glob.Literal literal)) {
				return null;
			}
			if (literal.codePoint() == '=') {
				return ofValue(type.toString(), tokens.subList(i + 1, tokens.size()), schema);
			}
			type.appendCodePoint(literal.codePoint());
		}
		return null;
	}

	private static @Nullable Filter ofValue(String type, List<Glob.Token> value, DirectorySchema schema) {
		if (!AttributeNames.isType(type)) {
			return null;
		}
		List<String> pieces = pieces(value);
		if (pieces.size() == 1 && !pieces.get(0).isEmpty() && schema.hasEqualityIgnoringCase(type)) {
			return Filter.createEqualityFilter(type, pieces.get(0));
		}
		if (areEmpty(pieces) || !schema.hasSubstringsIgnoringCase(type)) {
			return Filter.createPresenceFilter(type);
		}
		String initial = pieces.get(0);
		String last = (pieces.size() > 1) ? pieces.get(pieces.size() - 1) : "";
		String[] middle = (pieces.size() < 3) ? new String[0]
				: pieces.subList(1, pieces.size() - 1)
					.stream()
					.filter((piece) -> !piece.isEmpty())
					.toArray(String[]::new);
		return Filter.createSubstringFilter(type, initial.isEmpty() ? null : initial, middle,
				last.isEmpty() ? null : last);
	}

	private static boolean areEmpty(List<String> pieces) {
		for (String piece : pieces) {
			if (!piece.isEmpty()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The literal text before, between and after what a filter leaves open: wildcards,
	 * and characters whose case servers map differently.
	 */
	private static List<String> pieces(List<Glob.Token> value) {
		List<String> pieces = new ArrayList<>();
		StringBuilder piece = new StringBuilder();
		for (Glob.Token token : value) {
			if (token instanceof Glob.Literal literal && comparesAlike(literal.codePoint())) {
				piece.appendCodePoint(literal.codePoint());
			}
			else {
				pieces.add(piece.toString().strip());
				piece.setLength(0);
			}
		}
		pieces.add(piece.toString().strip());
		return pieces;
	}

	/**
	 * Whether every server takes a character, and what folds to it, for the same. That
	 * holds for ASCII but for control characters, which some drop, and for the letters of
	 * the Latin-1, Greek and Cyrillic blocks that have one form of each case, and no form
	 * of two characters that some servers compose.
	 */
	private static boolean comparesAlike(int codePoint) {
		return codePoint >= ' ' && codePoint < 0x7F
				|| hasOneForm(codePoint) && Normalizer.isNormalized(Character.toString(codePoint), Normalizer.Form.NFD);
	}

	private static boolean hasOneForm(int codePoint) {
		return codePoint >= 0xE0 && codePoint <= 0xFE && codePoint != 0xF7
				|| codePoint >= 0x3B1 && codePoint <= 0x3C9 && codePoint != 0x3C2 && codePoint != 0x3C3
				|| codePoint >= 0x430 && codePoint <= 0x44F;
	}

}
