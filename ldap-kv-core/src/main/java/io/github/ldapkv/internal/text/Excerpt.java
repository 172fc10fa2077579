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

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Shows the text of somebody else, a caller or a server, in a message or a log: no longer
 * than some lines, and without characters that would forge a line of a log, change what
 * is on a terminal, or turn the order of what stands beside them.
 */
public final class Excerpt {

	private static final int SHOWN = 300;

	private static final int WORDS_SHOWN = 1000;

	private Excerpt() {
	}

	/**
	 * The beginning of a text of a line or two.
	 */
	public static String of(@Nullable Object given) {
		return of(String.valueOf(given), SHOWN);
	}

	/**
	 * The beginning of an explanation.
	 */
	public static String ofWords(String words) {
		return of(words, WORDS_SHOWN);
	}

	private static String of(String text, int most) {
		if (text.length() <= most) {
			return printable(text);
		}
		int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
		return printable(text.substring(0, end)) + "... (" + text.length() + " characters)";
	}

	/**
	 * A text with all that cannot be shown as it is in hexadecimal.
	 */
	public static String printable(String text) {
		StringBuilder shown = new StringBuilder(text.length());
		text.codePoints().forEach((c) -> {
			if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
				// Half a pair, which is no character and has no UTF-8.
				shown.append("\\u").append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
			}
			else {
				KeyEscaping.appendPrintable(shown, c);
			}
		});
		return shown.toString();
	}

}
