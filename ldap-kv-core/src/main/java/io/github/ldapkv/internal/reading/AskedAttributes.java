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

package io.github.ldapkv.internal.reading;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.AttributeNames;
import org.jspecify.annotations.Nullable;

/**
 * Leaves of what a server sends the attributes that were asked for. To ask for an
 * attribute is to ask for all its subtypes (RFC 4511, section 4.5.1.8), so that
 * {@code description} brings {@code description;lang-de} too, which is another attribute
 * for a caller.
 */
public final class AskedAttributes {

	/**
	 * Options that say how values are sent, and make no other attribute (RFC 4522, and
	 * MS-ADTS, section 3.1.1.3.1.3.3).
	 */
	private static final String BINARY = "binary";

	private static final String RANGE = "range=";

	private AskedAttributes() {
	}

	/**
	 * Whether an attribute that came was asked for. Types that derive from one that was,
	 * as {@code cn} from {@code name}, and types whose names the schema does not know,
	 * count as asked for.
	 * @param asked the attributes; {@code null} for all user attributes
	 */
	public static boolean contain(@Nullable List<String> asked, String name, DirectorySchema schema) {
		return asked == null || name.indexOf(';') < 0 && areWithoutOptions(asked) || asked.contains("*")
				|| isAsked(name, asked, schema);
	}

	private static boolean areWithoutOptions(List<String> asked) {
		for (String name : asked) {
			if (name.indexOf(';') >= 0) {
				return false;
			}
		}
		return true;
	}

	private static boolean isAsked(String name, List<String> asked, DirectorySchema schema) {
		String type = schema.nameOf(AttributeNames.typeOf(name));
		List<String> ofType = asked.stream()
			.filter((other) -> type.equalsIgnoreCase(schema.nameOf(AttributeNames.typeOf(other))))
			.toList();
		if (ofType.isEmpty() && asked.contains("+")) {
			return true;
		}
		Set<String> options = options(name);
		return (ofType.isEmpty() ? asked : ofType).stream().anyMatch((other) -> match(options(other), options));
	}

	/**
	 * Whether options are those asked for. One that ends in a hyphen stands for all that
	 * begin so (RFC 3866, section 2.2).
	 */
	private static boolean match(Set<String> asked, Set<String> options) {
		return options.stream().allMatch((option) -> asked.stream().anyMatch((other) -> matches(other, option)))
				&& asked.stream().allMatch((other) -> options.stream().anyMatch((option) -> matches(other, option)));
	}

	private static boolean matches(String asked, String option) {
		return option.equals(asked) || asked.endsWith("-") && (option + "-").startsWith(asked);
	}

	private static Set<String> options(String description) {
		Set<String> options = new HashSet<>(AttributeNames.options(description));
		options.removeIf((option) -> option.equals(BINARY) || option.startsWith(RANGE));
		return options;
	}

}
