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
import io.github.ldapkv.internal.text.AttributeDescription;
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

	private final DirectorySchema schema;

	private final @Nullable String versionAttribute;

	/**
	 * Whether the version is an attribute of the value too.
	 */
	private final boolean versionAsked;

	private final List<NamedValues> attributes;

	private @Nullable String version;

	private EntryMapper(DirectorySchema schema, int size, @Nullable String versionAttribute, boolean versionAsked) {
		this.schema = schema;
		this.attributes = new ArrayList<>(size);
		this.versionAttribute = versionAttribute;
		this.versionAsked = versionAsked;
	}

	/**
	 * The value of an entry that was found, for which attributes are read on that came in
	 * part.
	 */
	static LdapValue read(Session session, SearchResultEntry found) throws LDAPException {
		EntryMapper mapper = new EntryMapper(session.schema(), found.getAttributes().size(), null, false);
		mapper.take(session, found);
		return mapper.value();
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
		EntryMapper mapper = new EntryMapper(session.schema(), found.getAttributes().size(), versionAttribute,
				VersionAttribute.isAmong(asked, versionAttribute));
		mapper.take(session, found);
		return new LdapEntry(new LdapKey(key), found.getDN(), onlyAsked(mapper.value(), asked, session.schema()),
				mapper.version());
	}

	private void take(Session session, SearchResultEntry found) throws LDAPException {
		for (Attribute attribute : found.getAttributes()) {
			AttributeDescription description = this.schema.description(attribute.getName());
			if (description.hasOptions() && RangedAttributes.isPart(attribute.getName())) {
				this.attributes.clear();
				take(RangedAttributes.complete(session, found));
				return;
			}
			take(description, attribute);
		}
	}

	private void take(Entry whole) {
		for (Attribute attribute : whole.getAttributes()) {
			take(this.schema.description(attribute.getName()), attribute);
		}
	}

	private void take(AttributeDescription description, Attribute attribute) {
		boolean isVersion = description.name().equalsIgnoreCase(this.versionAttribute);
		if (isVersion) {
			this.version = attribute.getValue();
		}
		if (attribute.hasValue() && (!isVersion || this.versionAsked)) {
			this.attributes.add(NamedValues.ofServer(description, attribute.getRawValues()));
		}
	}

	private LdapValue value() {
		return new LdapValue(AttributeMap.ofServer(this.attributes));
	}

	private @Nullable Version version() {
		return (this.versionAttribute != null && this.version != null)
				? new Version(this.versionAttribute, this.version) : null;
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
		EntryMapper mapper = new EntryMapper(schema, entry.getAttributes().size(), leftOut, false);
		mapper.take(entry);
		return mapper.value();
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
