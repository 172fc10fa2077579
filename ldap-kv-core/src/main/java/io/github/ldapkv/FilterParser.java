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

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;

/**
 * Reads the LDAP filter that a caller gives (RFC 4515). What is taken here JNDI takes
 * too.
 */
final class FilterParser {

	private FilterParser() {
	}

	/**
	 * Parses a filter.
	 * @param text the filter, whose outer parentheses may be missing
	 * @throws IllegalArgumentException if the filter is malformed
	 */
	static Filter parse(String text) {
		String stripped = text.strip();
		try {
			Filter filter = Filter.create(stripped.startsWith("(") ? stripped : "(" + stripped + ")");
			checkNames(filter);
			return filter;
		}
		catch (LDAPException | IllegalArgumentException ex) {
			throw new IllegalArgumentException("'" + Excerpt.of(text) + "' is not an LDAP filter: " + ex.getMessage(),
					ex);
		}
	}

	private static void checkNames(Filter filter) {
		if (filter.getAttributeName() != null) {
			AttributeValues.checkName(filter.getAttributeName());
		}
		for (Filter component : filter.getComponents()) {
			checkNames(component);
		}
		if (filter.getNOTComponent() != null) {
			checkNames(filter.getNOTComponent());
		}
	}

}
