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

package io.github.ldapkv.autoconfigure.internal;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.github.ldapkv.LdapKey;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What a base is that is no DN, and how to write it as one.
 */
public final class BaseSyntax {

	private static final Pattern QUOTED = Pattern.compile("([\"'])(.*)\\1");

	private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+\\.?");

	private static final Pattern ENDING_IN_SEPARATOR = Pattern.compile("(.*[^\\\\])[,;]\\s*");

	private BaseSyntax() {
	}

	/**
	 * Sets a base, or says what is wrong with it.
	 */
	public static void check(String property, String base, Consumer<String> setting) {
		try {
			setting.accept(base);
		}
		catch (IllegalArgumentException ex) {
			Mistake mistake = mistake(base);
			throw new InvalidConfigurationPropertyValueException(property, base,
					(mistake != null) ? "It " + mistake.what + ". " + mistake.remedy : ex.getMessage());
		}
	}

	/**
	 * The usual mistake that a base shows.
	 * @param base a base that was refused
	 * @return the mistake; {@code null} if it is none of the usual ones
	 */
	public static @Nullable Mistake mistake(String base) {
		String text = base.strip();
		if (text.contains("${")) {
			return new Mistake("has a placeholder in it that nothing has replaced",
					"Define what the placeholder stands for.");
		}
		if (text.toLowerCase(Locale.ROOT).matches("ldaps?:.*")) {
			return new Mistake("is a URL", "Write the DN alone. The URL belongs in the property for URLs.");
		}
		if (QUOTED.matcher(text).matches()) {
			return new Mistake("is in quotes", "Write it without them" + as(QUOTED.matcher(text).replaceFirst("$2")));
		}
		if (DOMAIN.matcher(text).matches()) {
			String domain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
			return new Mistake("is a domain and no DN", "Write it as a DN" + as("dc=" + domain.replace(".", ",dc=")));
		}
		if (text.startsWith("/")) {
			String dn = dn(text);
			return new Mistake("is a path and no DN",
					"Write it as a DN, from the leaf to the root" + (dn.equals(text) ? "." : as(dn)));
		}
		if (ENDING_IN_SEPARATOR.matcher(text).matches()) {
			return new Mistake("ends in a comma",
					"Write it without" + as(ENDING_IN_SEPARATOR.matcher(text).replaceFirst("$1")));
		}
		return null;
	}

	/**
	 * A base as a DN: that of the store may be a path.
	 * @param base a base
	 * @return the DN; the base as it is if it is neither
	 */
	public static String dn(String base) {
		try {
			return base.isEmpty() ? "" : LdapKey.of(base).dn();
		}
		catch (IllegalArgumentException ex) {
			return base;
		}
	}

	private static String as(String base) {
		return ": " + base + ".";
	}

	/**
	 * What is wrong with a base.
	 *
	 * @param what what it is, or does
	 * @param remedy what to do
	 */
	public record Mistake(String what, String remedy) {

	}

}
