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

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.BasicAttribute;
import javax.naming.directory.BasicAttributes;

import org.jspecify.annotations.Nullable;

/**
 * Turns JNDI's attributes into values of the store, and back. Nothing in an entry is ever
 * taken for a Java object.
 */
final class EntryMapper {

	private static final char REPLACEMENT = '\uFFFD';

	private EntryMapper() {
	}

	/**
	 * Reads the attributes of an entry.
	 * @throws MangledAttributeException if JNDI read as text what is bytes
	 */
	static LdapValue toValue(Attributes attributes, DirectorySchema schema) throws NamingException {
		Map<String, LdapValue.Attribute> byName = new LinkedHashMap<>();
		Set<String> mangled = new LinkedHashSet<>();
		NamingEnumeration<? extends Attribute> all = attributes.getAll();
		while (all.hasMore()) {
			Attribute attribute = all.next();
			String name = attribute.getID();
			if (attribute.size() > 0) {
				List<Object> values = values(attribute, schema);
				if (values == null) {
					mangled.add(name);
				}
				else {
					byName.merge(AttributeNames.key(name), new LdapValue.Attribute(name, values, schema.isSecret(name)),
							EntryMapper::union);
				}
			}
		}
		if (!mangled.isEmpty()) {
			throw new MangledAttributeException(mangled);
		}
		return new LdapValue(Collections.unmodifiableMap(byName));
	}

	/**
	 * A server that does not know that the order of options makes no difference can hold
	 * an attribute twice.
	 */
	private static LdapValue.Attribute union(LdapValue.Attribute one, LdapValue.Attribute other) {
		return new LdapValue.Attribute(one.name(), Octets.union(one.values(), other.values()), one.secret());
	}

	/**
	 * The values as they are: text by the schema is text, if it is UTF-8, whatever JNDI
	 * was told to make of it.
	 * @return the values, or {@code null} if JNDI may have made text of bytes
	 */
	private static @Nullable List<Object> values(Attribute attribute, DirectorySchema schema) throws NamingException {
		List<Object> values = new ArrayList<>(attribute.size());
		for (int i = 0; i < attribute.size(); i++) {
			Object value = attribute.get(i);
			if (value instanceof String text && isMangled(attribute.getID(), text, schema)) {
				return null;
			}
			values.add(value);
		}
		if (values.get(0) instanceof byte[] && !schema.isBinary(attribute.getID())) {
			values.replaceAll(EntryMapper::textIfPossible);
		}
		return Collections.unmodifiableList(values);
	}

	/**
	 * JNDI puts a replacement character for what is no UTF-8. It also compares whole
	 * descriptions with the names of the binary attributes, so it takes
	 * {@code jpegPhoto;lang-en} for text.
	 */
	private static boolean isMangled(String description, String text, DirectorySchema schema) {
		return text.indexOf(REPLACEMENT) >= 0 || description.indexOf(';') >= 0 && schema.isBinary(description);
	}

	private static Object textIfPossible(Object value) {
		String text = (value instanceof byte[] bytes) ? Octets.decode(bytes) : null;
		return (text != null) ? text : value;
	}

	static Attributes toAttributes(LdapValue value) {
		Attributes attributes = new BasicAttributes(true);
		value.attributes().forEach((attribute) -> attributes.put(toAttribute(attribute)));
		return attributes;
	}

	static Attribute toAttribute(LdapValue.Attribute attribute) {
		// Ordered: an unordered one compares each value with all before it.
		BasicAttribute result = new BasicAttribute(attribute.name(), true);
		attribute.values().forEach(result::add);
		return result;
	}

}
