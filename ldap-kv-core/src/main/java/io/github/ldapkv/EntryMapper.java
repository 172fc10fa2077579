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
import java.util.List;
import java.util.Map;

import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.BasicAttribute;
import javax.naming.directory.BasicAttributes;

/**
 * Turns JNDI's attributes into values of the store, and back. Nothing in an entry is ever
 * taken for a Java object.
 */
final class EntryMapper {

	private EntryMapper() {
	}

	/**
	 * Reads the attributes of an entry.
	 * @throws MangledAttributeException if JNDI read as text what is bytes
	 */
	static LdapValue toValue(Attributes attributes, DirectorySchema schema) throws NamingException {
		Map<String, LdapValue.Attribute> byName = new LinkedHashMap<>();
		NamingEnumeration<? extends Attribute> all = attributes.getAll();
		while (all.hasMore()) {
			Attribute attribute = all.next();
			String name = attribute.getID();
			if (attribute.size() > 0) {
				refuseMangled(attribute, schema);
				byName.merge(AttributeNames.key(name),
						new LdapValue.Attribute(name, values(attribute), schema.isSecret(name)), EntryMapper::union);
			}
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

	private static List<Object> values(Attribute attribute) throws NamingException {
		List<Object> values = new ArrayList<>(attribute.size());
		for (int i = 0; i < attribute.size(); i++) {
			values.add(attribute.get(i));
		}
		return Collections.unmodifiableList(values);
	}

	/**
	 * JNDI compares whole descriptions with the names of the binary attributes, so it
	 * takes {@code jpegPhoto;lang-en} for text.
	 */
	private static void refuseMangled(Attribute attribute, DirectorySchema schema) throws NamingException {
		String name = attribute.getID();
		if (name.indexOf(';') >= 0 && attribute.get(0) instanceof String
				&& schema.isBinary(AttributeNames.typeOf(name))) {
			throw new MangledAttributeException(name);
		}
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
