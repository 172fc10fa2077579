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
import java.util.ArrayList;
import java.util.List;

import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.text.Octets;
import io.github.ldapkv.internal.text.ValueText;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a caller gives as an attribute into text and bytes.
 */
final class AttributeValues {

	private AttributeValues() {
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
			text = ValueText.of(value);
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
	 * A value as text.
	 * @throws IllegalStateException if it is bytes that are no text
	 */
	static String text(String name, Object value) {
		if (value instanceof String text) {
			return text;
		}
		String text = Octets.decode((byte[]) value);
		if (text == null) {
			throw new IllegalStateException("Attribute '" + name + "' holds bytes that are no text: use bytes(name)");
		}
		return text;
	}

}
