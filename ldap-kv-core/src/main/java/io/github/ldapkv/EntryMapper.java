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

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.reading.AskedAttributes;
import io.github.ldapkv.internal.reading.QueryCursor;
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
 * is ever taken for a Java object. One mapper is for all entries of a query.
 */
final class EntryMapper {

	private final DirectorySchema schema;

	private final List<String> besides;

	private final @Nullable List<String> asked;

	private final @Nullable String versionAttribute;

	/**
	 * Whether the version is an attribute of the value too.
	 */
	private final boolean versionAsked;

	/**
	 * Whether an attribute is one of those, by its name as the server spells it.
	 */
	private final Map<String, Boolean> besidesByName = new HashMap<>();

	/**
	 * What the entry before has. Entries of one query mostly have the same attributes, in
	 * the same order.
	 */
	private List<NamedValues> before = List.of();

	private @Nullable AttributeDescription versionDescription;

	private @Nullable String version;

	/**
	 * Creates a mapper for values.
	 */
	EntryMapper(DirectorySchema schema) {
		this(schema, null, List.of(), null);
	}

	/**
	 * Creates a mapper for entries, which have versions.
	 * @param asked the attributes that the caller asked for; {@code null} for all user
	 * attributes
	 */
	EntryMapper(Session session, @Nullable List<String> asked) {
		this(session, asked, List.of());
	}

	/**
	 * Creates a mapper for entries, which have versions.
	 * @param asked the attributes that the caller asked for; {@code null} for all user
	 * attributes
	 * @param besides the names of attributes that are read and are none of the entry's
	 */
	EntryMapper(Session session, @Nullable List<String> asked, List<String> besides) {
		this(session.schema(), asked, besides, session.capabilities().versionAttribute());
	}

	private EntryMapper(DirectorySchema schema, @Nullable List<String> asked, List<String> besides,
			@Nullable String versionAttribute) {
		this.schema = schema;
		this.asked = asked;
		this.besides = besides;
		this.versionAttribute = versionAttribute;
		this.versionAsked = VersionAttribute.isAmong(asked, versionAttribute);
	}

	/**
	 * The value of one entry that was found.
	 */
	static LdapValue read(Session session, SearchResultEntry found) throws LDAPException {
		return new EntryMapper(session.schema()).value(session, found);
	}

	/**
	 * The entry that a cursor stands on.
	 * @return the entry, or {@code null} if it is gone meanwhile
	 */
	@Nullable LdapEntry entry(QueryCursor cursor) throws LDAPException {
		SearchResultEntry found = cursor.entry();
		return (found != null) ? entry(cursor.session(), cursor.key(), found) : null;
	}

	/**
	 * Makes an entry of what was found.
	 * @param key the key that the entry is to have
	 */
	LdapEntry entry(Session session, KeyPath key, SearchResultEntry found) throws LDAPException {
		LdapValue value = value(session, found);
		return new LdapEntry(new LdapKey(key), found.getDN(), value, version());
	}

	private @Nullable Version version() {
		return (this.versionAttribute != null && this.version != null)
				? new Version(this.versionAttribute, this.version) : null;
	}

	/**
	 * The value of an entry that was found, for which attributes are read on that came in
	 * part.
	 */
	LdapValue value(Session session, SearchResultEntry found) throws LDAPException {
		Collection<Attribute> all = found.getAttributes();
		List<NamedValues> attributes = begin(all.size());
		for (Attribute attribute : all) {
			AttributeDescription description = description(attributes.size(), attribute.getName());
			if (description.hasOptions() && RangedAttributes.isPart(attribute.getName())) {
				return value(RangedAttributes.complete(session, found));
			}
			take(attributes, description, attribute);
		}
		return end(attributes);
	}

	LdapValue value(Entry whole) {
		Collection<Attribute> all = whole.getAttributes();
		List<NamedValues> attributes = begin(all.size());
		for (Attribute attribute : all) {
			take(attributes, description(attributes.size(), attribute.getName()), attribute);
		}
		return end(attributes);
	}

	private List<NamedValues> begin(int size) {
		this.version = null;
		return new ArrayList<>(size);
	}

	/**
	 * What the schema says of an attribute.
	 * @param position where it would stand in the value
	 */
	private AttributeDescription description(int position, String name) {
		if (position < this.before.size()) {
			AttributeDescription known = this.before.get(position).description();
			if (known.name().equals(name)) {
				return known;
			}
		}
		AttributeDescription ofVersion = this.versionDescription;
		return (ofVersion != null && ofVersion.name().equals(name)) ? ofVersion : this.schema.description(name);
	}

	private void take(List<NamedValues> attributes, AttributeDescription description, Attribute attribute) {
		boolean isVersion = description.name().equalsIgnoreCase(this.versionAttribute);
		if (isVersion) {
			this.version = attribute.getValue();
			this.versionDescription = description;
		}
		if (attribute.hasValue() && !isBesides(description.name()) && (!isVersion || this.versionAsked)
				&& AskedAttributes.contain(this.asked, description.name(), this.schema)) {
			attributes.add(NamedValues.ofServer(description, attribute.getRawValues()));
		}
	}

	private boolean isBesides(String name) {
		return !this.besides.isEmpty() && this.besidesByName.computeIfAbsent(name, this::isAmongBesides);
	}

	private boolean isAmongBesides(String name) {
		for (String other : this.besides) {
			if (other.equalsIgnoreCase(name)) {
				return true;
			}
		}
		return false;
	}

	private LdapValue end(List<NamedValues> attributes) {
		this.before = attributes;
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
