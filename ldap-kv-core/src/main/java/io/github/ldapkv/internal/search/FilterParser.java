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

import java.util.regex.Pattern;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.text.Arguments;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.text.SecretAttributes;

/**
 * Reads the LDAP filter that a caller gives (RFC 4515). What is taken here JNDI takes
 * too.
 */
public final class FilterParser {

	private static final String BEFORE_REASON = "Unable to parse string '%s' as an LDAP filter because ";

	private static final Pattern WORD = Pattern.compile("[A-Za-z0-9.-]+");

	private FilterParser() {
	}

	/**
	 * Parses a filter.
	 * @param text the filter, whose outer parentheses may be missing
	 * @throws IllegalArgumentException if the filter is malformed
	 */
	public static Filter parse(String text) {
		String stripped = text.strip();
		String filter = stripped.startsWith("(") ? stripped : "(" + stripped + ")";
		try {
			Filter parsed = Filter.create(filter);
			checkNames(parsed);
			return parsed;
		}
		catch (LDAPException ex) {
			// Without the exception, whose message repeats the filter.
			String before = BEFORE_REASON.formatted(filter);
			String message = String.valueOf(ex.getMessage());
			throw refused(text,
					message.startsWith(before) ? message.substring(before.length()) : "RFC 4515 has its syntax.");
		}
		catch (IllegalArgumentException ex) {
			throw refused(text, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * A filter that names an attribute for secrets is not shown: where the values in it
	 * begin and end is what it does not tell.
	 */
	private static IllegalArgumentException refused(String text, String reason) {
		boolean secret = WORD.matcher(text).results().anyMatch((word) -> SecretAttributes.contains(word.group()));
		return new IllegalArgumentException(
				(secret ? "A filter, which may have a secret in it and is not shown," : "'" + Excerpt.of(text) + "'")
						+ " is not an LDAP filter: " + Excerpt.of(reason));
	}

	private static void checkNames(Filter filter) {
		if (filter.getAttributeName() != null) {
			Arguments.attribute(filter.getAttributeName());
		}
		for (Filter component : filter.getComponents()) {
			checkNames(component);
		}
		if (filter.getNOTComponent() != null) {
			checkNames(filter.getNOTComponent());
		}
	}

}
