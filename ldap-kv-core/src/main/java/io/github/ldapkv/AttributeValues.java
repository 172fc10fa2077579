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
import java.math.BigInteger;
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
	 * GeneralizedTime (RFC 4517, section 3.3.13), which has four digits for the year.
	 */
	private static final DateTimeFormatter GENERALIZED_TIME = new DateTimeFormatterBuilder()
		.appendPattern("uuuuMMddHHmmss")
		.appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
		.appendLiteral('Z')
		.toFormatter(Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final Instant FIRST_TIME = Instant.parse("0000-01-01T00:00:00Z");

	private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");

	/**
	 * A number of some bytes can have as many digits as fill the memory.
	 */
	private static final int MOST_DIGITS = 10_000;

	private AttributeValues() {
	}

	static void checkName(@Nullable String name) {
		if (name == null || !AttributeNames.isDescription(name)) {
			throw new IllegalArgumentException("'" + Excerpt.of(String.valueOf(name))
					+ "' is not an attribute name. A name is a letter, then "
					+ "letters, digits and hyphens, or a dotted number, and may have options, as in 'cn;lang-de'.");
		}
	}

	/**
	 * The values of an attribute.
	 * @param value one value or a collection or array of values; in an array, as that of
	 * a variable-arity call, each may in turn be a collection or an array
	 */
	static List<Object> convert(String name, @Nullable Object value) {
		List<Object> converted = new ArrayList<>(1);
		addAll(name, value, converted);
		return converted;
	}

	private static void addAll(String name, @Nullable Object value, List<Object> converted) {
		if (value instanceof Iterable<?> iterable) {
			iterable.forEach((element) -> converted.add(convertOne(name, element)));
		}
		else if (value instanceof Object[] array) {
			for (Object element : array) {
				addAll(name, element, converted);
			}
		}
		else if (value != null && value.getClass().isArray() && !(value instanceof byte[])
				&& !(value instanceof char[])) {
			for (int i = 0; i < Array.getLength(value); i++) {
				converted.add(convertOne(name, Array.get(value, i)));
			}
		}
		else {
			converted.add(convertOne(name, value));
		}
	}

	private static Object convertOne(String name, @Nullable Object value) {
		if (value == null) {
			throw new IllegalArgumentException(
					"Attribute '" + Excerpt.of(name) + "' has a null value. An empty list removes an attribute.");
		}
		if (value instanceof LdapKey) {
			throw new IllegalArgumentException("Attribute '" + Excerpt.of(name)
					+ "' has an LdapKey as value, which is relative to a base: give the DN as text (LdapEntry.dn()).");
		}
		if (value instanceof byte[] bytes) {
			return bytes.clone();
		}
		String text;
		try {
			text = toText(value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"Attribute '" + Excerpt.of(name) + "' has a value that is " + ex.getMessage(), ex);
		}
		if (text == null) {
			throw new IllegalArgumentException("Attribute '" + Excerpt.of(name) + "' has a value of type "
					+ value.getClass().getName() + ". Values are text, byte[], numbers, booleans, enums, UUIDs, "
					+ "points in time, or collections and arrays of these.");
		}
		int half = Octets.halfOfPair(text);
		if (half >= 0) {
			throw new IllegalArgumentException("Attribute '" + Excerpt.of(name)
					+ "' has a text that is malformed at position " + half + ": " + Octets.HALF_OF_PAIR);
		}
		return text;
	}

	/**
	 * The text of a value.
	 * @return the text, or {@code null} if values of its type have none
	 * @throws IllegalArgumentException if this value has none; the message says what it
	 * is
	 */
	static @Nullable String toText(Object value) {
		if (value instanceof CharSequence || value instanceof Character || value instanceof UUID) {
			String text = value.toString();
			if (text == null) {
				throw new IllegalArgumentException("a " + value.getClass().getName() + " whose text is null");
			}
			return text;
		}
		if (value instanceof char[] chars) {
			return String.valueOf(chars);
		}
		if (value instanceof Boolean flag) {
			return flag ? "TRUE" : "FALSE";
		}
		if (value instanceof Number number) {
			return digits(number);
		}
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (value instanceof Instant instant) {
			return generalizedTime(instant);
		}
		if (value instanceof OffsetDateTime time) {
			return generalizedTime(time.toInstant());
		}
		if (value instanceof ZonedDateTime time) {
			return generalizedTime(time.toInstant());
		}
		return null;
	}

	/**
	 * The decimal digits of a number, which no syntax of LDAP writes with an exponent.
	 * Those of a {@code BigDecimal} are all meant.
	 */
	private static String digits(Number number) {
		if (number instanceof Integer || number instanceof Long || number instanceof BigInteger) {
			return number.toString();
		}
		BigDecimal decimal;
		try {
			decimal = (number instanceof BigDecimal given) ? given : new BigDecimal(number.toString());
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("the number " + Excerpt.of(number.toString()) + ", which has no digits",
					ex);
		}
		if (Math.max(Math.abs((long) decimal.scale()), decimal.precision()) > MOST_DIGITS) {
			throw new IllegalArgumentException("a number of more than " + MOST_DIGITS + " digits");
		}
		return ((number instanceof BigDecimal) ? decimal : decimal.stripTrailingZeros()).toPlainString();
	}

	private static String generalizedTime(Instant instant) {
		if (instant.isBefore(FIRST_TIME) || instant.isAfter(LAST_TIME)) {
			throw new IllegalArgumentException("the point in time " + instant
					+ ", which is outside of the years 0 to 9999 that a GeneralizedTime can have");
		}
		return GENERALIZED_TIME.format(instant);
	}

}
