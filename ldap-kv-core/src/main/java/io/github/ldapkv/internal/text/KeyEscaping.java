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

import java.nio.charset.StandardCharsets;

/**
 * Escapes text for a name (RFC 4514, section 2.4).
 */
public final class KeyEscaping {

	private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

	private static final int ZERO_WIDTH_JOINER = 0x200D;

	private KeyEscaping() {
	}

	/**
	 * Appends a value so that it reads back as itself wherever it stands in a name.
	 * @param notation how the name is written
	 */
	public static void appendEscaped(StringBuilder text, String value, Notation notation) {
		if (needsNoEscape(value)) {
			text.append(value);
			return;
		}
		boolean path = notation == Notation.PATH;
		int last = value.length() - 1;
		for (int i = 0; i <= last; i++) {
			int c = value.codePointAt(i);
			switch (c) {
				case '"', '+', ',', ';', '<', '>', '\\' -> text.append('\\').append((char) c);
				case '/' -> text.append(path ? "\\/" : readsAsPath(value, i) ? "\\2F" : "/");
				case '#' -> text.append((i == 0) ? "\\#" : "#");
				// Not necessary by the RFC, but Active Directory asks for it.
				case '=' -> text.append(path ? "=" : "\\=");
				case ' ' -> text.append((i == 0 || i == last) ? "\\ " : " ");
				default -> {
					appendPrintable(text, c);
					i += Character.charCount(c) - 1;
				}
			}
		}
	}

	/**
	 * Most values are of letters, digits and a few others.
	 */
	private static boolean needsNoEscape(String value) {
		int last = value.length() - 1;
		for (int i = 0; i <= last; i++) {
			char c = value.charAt(i);
			boolean plain = c >= 'a' && c <= 'z' || c >= '-' && c <= '9' && c != '/' || c >= '@' && c <= 'Z' || c == '_'
					|| c == ' ' && i > 0 && i < last;
			if (!plain) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Whether a slash in a value of a DN looks as if another component of a path followed
	 * it.
	 */
	public static boolean readsAsPath(String text, int slash) {
		int start = slash + 1;
		while (start < text.length() && text.charAt(start) == ' ') {
			start++;
		}
		int end = start;
		while (end < text.length() && AttributeNames.isInType(text.charAt(end))) {
			end++;
		}
		int equals = end;
		while (equals < text.length() && text.charAt(equals) == ' ') {
			equals++;
		}
		return equals < text.length() && text.charAt(equals) == '='
				&& AttributeNames.isType(text.substring(start, end));
	}

	/**
	 * Appends a value, escaped for any place inside a value of a path or of a DN.
	 */
	public static void appendPart(StringBuilder text, String value) {
		int c;
		for (int i = 0; i < value.length(); i += Character.charCount(c)) {
			c = value.codePointAt(i);
			switch (c) {
				case '"', '+', ',', ';', '<', '>', '\\', '#', '=', ' ' -> text.append('\\').append((char) c);
				case '/' -> text.append("\\2F");
				default -> appendPrintable(text, c);
			}
		}
	}

	/**
	 * A character that cannot be shown as it is gets written in hexadecimal, byte by byte
	 * of UTF-8. A control character: NUL must be, OpenLDAP takes a tab for a space, and a
	 * line break in a key would forge a line of a log. A format character, but for the
	 * joiners that some scripts and emojis need: it is invisible, and may turn the order
	 * of the text around it.
	 */
	static void appendPrintable(StringBuilder text, int c) {
		if (c >= ' ' && c < '\u007F' || isPrintable(c)) {
			text.appendCodePoint(c);
			return;
		}
		for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
			text.append('\\')
				.append(Character.toUpperCase(Character.forDigit(octet >> 4 & 15, 16)))
				.append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
		}
	}

	private static boolean isPrintable(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
			case Character.FORMAT -> c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
			default -> true;
		};
	}

	/**
	 * How a name is written.
	 */
	public enum Notation {

		/**
		 * As a DN (RFC 4514), in which a slash is a character like others.
		 */
		DN,

		/**
		 * As a path, in which a slash stands before each component.
		 */
		PATH

	}

}
