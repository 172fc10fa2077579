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

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The text of values that callers give, as LDAP writes it.
 */
public final class ValueText {

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

	private ValueText() {
	}

	/**
	 * The text of a value.
	 * @return the text, or {@code null} if values of its type have none
	 * @throws IllegalArgumentException if this value has none; the message says what it
	 * is
	 */
	public static @Nullable String of(Object value) {
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
