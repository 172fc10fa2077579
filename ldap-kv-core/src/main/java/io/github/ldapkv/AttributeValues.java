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

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Turns what a caller gives as an attribute into text and bytes.
 */
final class AttributeValues {

	/**
	 * GeneralizedTime (RFC 4517, section 3.3.13).
	 */
	private static final DateTimeFormatter GENERALIZED_TIME = new DateTimeFormatterBuilder()
		.appendPattern("yyyyMMddHHmmss")
		.appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
		.appendLiteral('Z')
		.toFormatter(Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private AttributeValues() {
	}

	static void checkName(@Nullable String name) {
		if (name == null || !AttributeNames.isDescription(name)) {
			throw new IllegalArgumentException("'" + Excerpt.of(String.valueOf(name))
					+ "' is not an attribute name. A name is a letter, then "
					+ "letters, digits and hyphens, or a dotted number, and may have options, as in 'cn;lang-de'.");
		}
	}

	static List<Object> convert(String name, @Nullable Object value) {
		List<Object> converted = new ArrayList<>(1);
		if (value instanceof Iterable<?> iterable) {
			iterable.forEach((element) -> converted.add(convertOne(name, element)));
		}
		else if (value != null && value.getClass().isArray() && !(value instanceof byte[])
				&& !(value instanceof char[])) {
			for (int i = 0; i < Array.getLength(value); i++) {
				converted.addAll(convertElement(name, Array.get(value, i)));
			}
		}
		else {
			converted.add(convertOne(name, value));
		}
		return converted;
	}

	/**
	 * A collection or array may be the one element of a variable-arity call.
	 */
	private static List<Object> convertElement(String name, @Nullable Object element) {
		return (element instanceof Iterable<?> || element instanceof Object[]) ? convert(name, element)
				: List.of(convertOne(name, element));
	}

	private static Object convertOne(String name, @Nullable Object value) {
		if (value == null) {
			throw new IllegalArgumentException(
					"Attribute '" + name + "' has a null value. An empty list removes an attribute.");
		}
		if (value instanceof LdapKey) {
			throw new IllegalArgumentException("Attribute '" + name
					+ "' has an LdapKey as value, which is relative to a base: give the DN as text (LdapEntry.dn()).");
		}
		if (value instanceof byte[] bytes) {
			return bytes.clone();
		}
		String text = toText(value);
		if (text == null) {
			throw new IllegalArgumentException("Attribute '" + name + "' has a value of type "
					+ value.getClass().getName() + ". Values are text, byte[], numbers, booleans, enums, UUIDs, "
					+ "points in time, or collections and arrays of these.");
		}
		int half = Octets.halfOfPair(text);
		if (half >= 0) {
			throw new IllegalArgumentException("Attribute '" + name + "' has a text that is malformed at position "
					+ half + ": " + Octets.HALF_OF_PAIR);
		}
		return text;
	}

	/**
	 * The text of a value.
	 * @return the text, or {@code null} if values of its type have none
	 */
	static @Nullable String toText(Object value) {
		if (value instanceof CharSequence || value instanceof Character || value instanceof UUID) {
			return value.toString();
		}
		if (value instanceof char[] chars) {
			return String.valueOf(chars);
		}
		if (value instanceof Boolean flag) {
			return flag ? "TRUE" : "FALSE";
		}
		if (value instanceof BigDecimal decimal) {
			return decimal.toPlainString();
		}
		if (value instanceof Number) {
			return value.toString();
		}
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (value instanceof Instant instant) {
			return GENERALIZED_TIME.format(instant);
		}
		if (value instanceof OffsetDateTime time) {
			return GENERALIZED_TIME.format(time.toInstant());
		}
		if (value instanceof ZonedDateTime time) {
			return GENERALIZED_TIME.format(time.toInstant());
		}
		return null;
	}

}
