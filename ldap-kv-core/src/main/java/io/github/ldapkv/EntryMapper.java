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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.reading.AskedAttributes;
import io.github.ldapkv.internal.reading.VersionAttribute;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.AttributeMap;
import io.github.ldapkv.internal.text.NamedValues;
import io.github.ldapkv.internal.text.ServerValues;
import io.github.ldapkv.internal.wire.RangedAttributes;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

/**
 * Turns the attributes of entries into values of the store, and back. Nothing in an entry
 * is ever taken for a Java object.
 */
final class EntryMapper {

	private EntryMapper() {
	}

	/**
	 * The value of an entry that was found, for which attributes are read on that came in
	 * part.
	 */
	static LdapValue read(Session session, SearchResultEntry found) throws LDAPException {
		return read(session, found, null);
	}

	/**
	 * The value without an attribute.
	 * @param leftOut the name of the attribute; {@code null} for none
	 */
	static LdapValue read(Session session, SearchResultEntry found, @Nullable String leftOut) throws LDAPException {
		return toValue(RangedAttributes.complete(session, found), session.schema(), leftOut);
	}

	/**
	 * Makes an entry of what was found.
	 * @param key the key that the entry is to have
	 * @param asked the attributes that the caller asked for; {@code null} for all user
	 * attributes
	 */
	static LdapEntry entry(Session session, KeyPath key, SearchResultEntry found, @Nullable List<String> asked)
			throws LDAPException {
		String versionAttribute = session.capabilities().versionAttribute();
		String text = (versionAttribute != null) ? found.getAttributeValue(versionAttribute) : null;
		Version version = (versionAttribute != null && text != null) ? new Version(versionAttribute, text) : null;
		LdapValue value = read(session, found,
				VersionAttribute.isAmong(asked, versionAttribute) ? null : versionAttribute);
		return new LdapEntry(new LdapKey(key), found.getDN(), onlyAsked(value, asked, session.schema()), version);
	}

	private static LdapValue onlyAsked(LdapValue value, @Nullable List<String> asked, DirectorySchema schema) {
		if (asked == null) {
			return value;
		}
		LdapValue.Builder rest = null;
		for (NamedValues attribute : value.attributes()) {
			if (!AskedAttributes.contain(asked, attribute.name(), schema)) {
				rest = (rest != null) ? rest : value.toBuilder();
				rest.without(attribute.name());
			}
		}
		return (rest != null) ? rest.build() : value;
	}

	/**
	 * The values of entries that were found, under the same names.
	 */
	static Map<String, LdapValue> readAll(Session session, Map<String, SearchResultEntry> found) throws LDAPException {
		Map<String, LdapValue> values = new HashMap<>();
		for (String name : List.copyOf(found.keySet())) {
			// Of many entries no two pictures are to be in memory.
			values.put(name, read(session, Objects.requireNonNull(found.remove(name))));
		}
		return values;
	}

	/**
	 * Turns the attributes of an entry into a value.
	 * @param leftOut the name of one that is not wanted; {@code null} for none
	 */
	static LdapValue toValue(Entry entry, DirectorySchema schema, @Nullable String leftOut) {
		Collection<Attribute> found = entry.getAttributes();
		List<NamedValues> attributes = new ArrayList<>(found.size());
		for (Attribute attribute : found) {
			String name = attribute.getName();
			if (attribute.hasValue() && !name.equalsIgnoreCase(leftOut)) {
				attributes.add(NamedValues.ofServer(schema.description(name), attribute.getRawValues()));
			}
		}
		return new LdapValue(AttributeMap.ofServer(attributes));
	}

	static Collection<Attribute> toAttributes(LdapValue value) {
		List<Attribute> attributes = new ArrayList<>();
		value.attributes().forEach((attribute) -> attributes.add(toAttribute(attribute)));
		return attributes;
	}

	static Attribute toAttribute(NamedValues attribute) {
		return new Attribute(attribute.name(), ServerValues.octets(attribute.values()));
	}

}
