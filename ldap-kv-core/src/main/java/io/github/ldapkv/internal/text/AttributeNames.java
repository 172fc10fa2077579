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

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names of attributes: which are well-formed, and which are the same (RFC 4512,
 * sections 1.4 and 2.5).
 */
public final class AttributeNames {

	/**
	 * The attribute of the object classes.
	 */
	public static final String OBJECT_CLASS = "objectClass";

	/**
	 * The number of that attribute, by which not every server knows it.
	 */
	public static final String OBJECT_CLASS_NUMBER = "2.5.4.0";

	/**
	 * The passwords of users, in lower case and by their numbers.
	 */
	private static final Set<String> PASSWORDS = Set.of("userpassword", "2.5.4.35", "unicodepwd",
			"1.2.840.113556.1.4.90");

	/**
	 * Some servers have underscores in their names.
	 */
	private static final Pattern TYPE_OF_SERVER = Pattern.compile("[A-Za-z0-9._-]+");

	private static final Pattern DESCRIPTION_OF_SERVER = Pattern.compile("[A-Za-z0-9._-]+(;[A-Za-z0-9._-]+)*");

	private AttributeNames() {
	}

	/**
	 * Whether the text is an attribute type: a name or a dotted number.
	 */
	public static boolean isType(String text) {
		return isType(text, text.length());
	}

	/**
	 * Whether a character may stand in an attribute type.
	 */
	public static boolean isInType(char c) {
		return isKeyChar(c) || c == '.';
	}

	/**
	 * Whether the text is an attribute description: a type with options, such as
	 * {@code userCertificate;binary}.
	 */
	static boolean isDescription(String text) {
		int semicolon = text.indexOf(';');
		if (semicolon < 0) {
			return isType(text);
		}
		if (!isType(text, semicolon)) {
			return false;
		}
		int start = semicolon + 1;
		for (int i = start; i <= text.length(); i++) {
			if (i == text.length() || text.charAt(i) == ';') {
				if (i == start) {
					return false;
				}
				start = i + 1;
			}
			else if (!isKeyChar(text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Whether some server may call an attribute type so.
	 */
	public static boolean isTypeOfServer(String text) {
		return TYPE_OF_SERVER.matcher(text).matches();
	}

	/**
	 * Whether some server may call an attribute so, with its options.
	 */
	public static boolean isDescriptionOfServer(String text) {
		return DESCRIPTION_OF_SERVER.matcher(text).matches();
	}

	/**
	 * Whether an attribute holds a password that the server stores in another form, and
	 * mostly does not show: only the server can say whether a value is among its values.
	 */
	public static boolean isPassword(String description) {
		return PASSWORDS.contains(lower(typeOf(description)));
	}

	/**
	 * The attribute's type, without options.
	 */
	public static String typeOf(String description) {
		int semicolon = description.indexOf(';');
		return (semicolon < 0) ? description : description.substring(0, semicolon);
	}

	public static String lower(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	/**
	 * What all spellings of an attribute description share, whatever their case and the
	 * order of their options. It tells nothing of the names that a type has besides.
	 */
	public static String key(String description) {
		String lower = lower(description);
		int semicolon = lower.indexOf(';');
		if (semicolon < 0 || lower.indexOf(';', semicolon + 1) < 0) {
			return lower;
		}
		return lower.substring(0, semicolon + 1) + String.join(";", options(lower));
	}

	/**
	 * The options of an attribute description, in lower case.
	 */
	public static Set<String> options(String description) {
		int semicolon = description.indexOf(';');
		return (semicolon < 0) ? Set.of()
				: new TreeSet<>(List.of(lower(description).substring(semicolon + 1).split(";")));
	}

	private static boolean isType(String text, int end) {
		if (end == 0) {
			return false;
		}
		char first = text.charAt(0);
		return isLetter(first) ? isName(text, end) : isDigit(first) && isNumber(text, end);
	}

	private static boolean isName(String text, int end) {
		for (int i = 1; i < end; i++) {
			if (!isKeyChar(text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * A numericoid has two numbers at least, none with a leading zero.
	 */
	private static boolean isNumber(String text, int end) {
		int numbers = 0;
		int start = 0;
		for (int i = 0; i <= end; i++) {
			if (i == end || text.charAt(i) == '.') {
				if (i == start || i - start > 1 && text.charAt(start) == '0') {
					return false;
				}
				numbers++;
				start = i + 1;
			}
			else if (!isDigit(text.charAt(i))) {
				return false;
			}
		}
		return numbers > 1;
	}

	private static boolean isKeyChar(char c) {
		return isLetter(c) || isDigit(c) || c == '-';
	}

	private static boolean isLetter(char c) {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	/**
	 * Whether an attribute is that of the object classes, by its name or its number.
	 */
	public static boolean isObjectClass(String attribute) {
		return OBJECT_CLASS.equalsIgnoreCase(attribute) || OBJECT_CLASS_NUMBER.equals(attribute);
	}

}
