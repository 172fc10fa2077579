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

package io.github.ldapkv.internal.text;

import java.text.Normalizer;

/**
 * Brings text to the form in which two equal names are the same string (RFC 4518): case
 * and insignificant space gone, and a letter with its accent made one character.
 */
public final class NameFolding {

	/**
	 * LATIN CAPITAL LETTER I WITH DOT ABOVE. Java makes it a plain {@code i}, RFC 4518 an
	 * {@code i} with a combining dot: it is no {@code i} to a directory.
	 */
	private static final int DOTTED_CAPITAL_I = 0x130;

	/**
	 * The first character that can be composed with the one before it.
	 */
	private static final char FIRST_COMBINING = '\u0300';

	private NameFolding() {
	}

	public static String fold(String text) {
		int first = firstToFold(text);
		if (first < 0) {
			return text;
		}
		String squeezed = squeeze(text, first);
		return (squeezed.isEmpty() && !text.isEmpty()) ? " " : foldCharacters(squeezed);
	}

	/**
	 * Folds all but space.
	 */
	public static String foldCharacters(String text) {
		StringBuilder folded = new StringBuilder(text.length());
		boolean combining = false;
		for (int i = 0; i < text.length();) {
			int codePoint = text.codePointAt(i);
			if (codePoint == DOTTED_CAPITAL_I) {
				folded.append("i\u0307");
				combining = true;
			}
			else {
				folded.appendCodePoint(lower(codePoint));
			}
			combining |= codePoint >= FIRST_COMBINING;
			i += Character.charCount(codePoint);
		}
		return combining ? Normalizer.normalize(folded, Normalizer.Form.NFC) : folded.toString();
	}

	private static int lower(int codePoint) {
		if (codePoint < 0x80) {
			return (codePoint >= 'A' && codePoint <= 'Z') ? codePoint + ('a' - 'A') : codePoint;
		}
		return Character.isUpperCase(codePoint) ? Character.toLowerCase(codePoint) : codePoint;
	}

	/**
	 * Most keys are lower-case ASCII without doubled spaces already.
	 */
	private static int firstToFold(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c >= 0x80 || (c >= 'A' && c <= 'Z') || (c == ' ' && isInsignificantSpace(text, i))) {
				return i;
			}
		}
		return -1;
	}

	private static boolean isInsignificantSpace(String text, int index) {
		return (index == 0 && text.length() > 1) || index == text.length() - 1 && text.length() > 1
				|| index + 1 < text.length() && text.charAt(index + 1) == ' ';
	}

	private static String squeeze(String text, int first) {
		StringBuilder squeezed = new StringBuilder(text.length()).append(text, 0, first);
		for (int i = first; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c != ' ' || !squeezed.isEmpty() && squeezed.charAt(squeezed.length() - 1) != ' ') {
				squeezed.append(c);
			}
		}
		if (!squeezed.isEmpty() && squeezed.charAt(squeezed.length() - 1) == ' ') {
			squeezed.setLength(squeezed.length() - 1);
		}
		return squeezed.toString();
	}

}
