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

package io.github.ldapkv.internal.schema;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.ldapkv.internal.key.Rdn;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.text.NameFolding;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value says the same of an attribute as the name of its entry does.
 */
public final class NamingCheck {

	private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

	private static final Pattern UNCERTAIN = Pattern.compile("[ \\-\"\\\\\\p{Cf}\\p{Cc}]");

	private NamingCheck() {
	}

	/**
	 * Refuses values that give an entry another name than its key does.
	 * @param key the key, for the message
	 * @param ava what the name says
	 * @param name what the value calls the attribute
	 * @param values what it has of it
	 * @param shown the values for the message
	 * @param schema says when two values are equal; where it is not known, nothing is
	 * refused that some server may take for equal
	 */
	public static void check(Supplier<String> key, Rdn.Ava ava, String name, List<Object> values,
			Supplier<String> shown, @Nullable DirectorySchema schema) {
		EqualityRule rule = (schema != null) ? schema.equality(ava.type()) : EqualityRule.OCTETS;
		if (!ava.encoded() && values.stream().noneMatch((text) -> equal(text, ava.value(), rule))) {
			throw new IllegalArgumentException("The value contradicts the key '" + key.get() + "': its attribute '"
					+ name + "' has " + Excerpt.of(shown.get()) + ", but the key says '" + Excerpt.of(ava.value())
					+ "'. Leave the attribute out, or let it hold the key's value.");
		}
	}

	/**
	 * Whether they are equal. Beyond ASCII servers differ in what they take for the same
	 * letter (RFC 4518), and each has the last word.
	 */
	private static boolean equal(Object value, String name, EqualityRule rule) {
		if (!(value instanceof String text)) {
			return Arrays.equals((byte[]) value, name.getBytes(StandardCharsets.UTF_8));
		}
		return (rule.isKnown() && ASCII.matcher(text + name).matches()) ? rule.areEqual(text, name)
				: same(text, name) || loose(text).equals(loose(name));
	}

	/**
	 * Whether values are all the one that a name says.
	 */
	public static boolean areAll(List<Object> values, String name) {
		for (Object value : values) {
			if (!same(value, name)) {
				return false;
			}
		}
		return true;
	}

	private static boolean same(Object value, String name) {
		return value instanceof String text && NameFolding.fold(text).equals(NameFolding.fold(name));
	}

	/**
	 * Without all that may count for nothing: telephone numbers and DNs have space and
	 * more of that kind (RFC 4517, section 4.2).
	 */
	private static String loose(String text) {
		String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
		return UNCERTAIN.matcher(NameFolding.fold(upper)).replaceAll("");
	}

}
