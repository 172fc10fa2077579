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

import org.jspecify.annotations.Nullable;

/**
 * Checks what callers give.
 */
public final class Arguments {

	private Arguments() {
	}

	/**
	 * Refuses {@code null}.
	 * @param what what it is, for the message
	 */
	public static <T> T notNull(String what, @Nullable T argument) {
		if (argument == null) {
			throw new IllegalArgumentException("The " + what + " is null");
		}
		return argument;
	}

	/**
	 * Refuses what no server calls an attribute.
	 */
	public static void attributeOfServer(@Nullable String name) {
		if (name == null || !AttributeNames.isDescriptionOfServer(name)) {
			throw new IllegalArgumentException("'" + Excerpt.of(String.valueOf(name))
					+ "' is not an attribute name of any server: it is of letters, digits, hyphens, dots and "
					+ "underscores, and may have options, as in 'cn;lang-de'.");
		}
	}

	/**
	 * Refuses what is no attribute description (RFC 4512, section 2.5).
	 */
	public static void attribute(@Nullable String name) {
		if (name == null || !AttributeNames.isDescription(name)) {
			throw new IllegalArgumentException("'" + Excerpt.of(String.valueOf(name))
					+ "' is not an attribute name. A name is a letter, then "
					+ "letters, digits and hyphens, or a dotted number, and may have options, as in 'cn;lang-de'.");
		}
	}

}
