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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.ldapkv.internal.key.Rdn;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.NamingCheck;
import io.github.ldapkv.internal.schema.ObjectClasses;
import io.github.ldapkv.internal.text.NamedValues;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of which the name of an entry says what they hold, and by what name each
 * attribute of a value is called.
 */
final class NamingAttributes {

	private NamingAttributes() {
	}

	/**
	 * A value that calls the object classes by the name of their attribute, not by its
	 * number: not every server knows both. One that does so twice stays as it is, to be
	 * refused.
	 */
	static LdapValue withClassesByName(LdapValue value) {
		return (!value.names(ObjectClasses.NUMBER) || value.names(ObjectClasses.ATTRIBUTE)) ? value
				: value.toBuilder()
					.without(ObjectClasses.NUMBER)
					.set(ObjectClasses.ATTRIBUTE, value.values(ObjectClasses.NUMBER).toArray())
					.build();
	}

	/**
	 * Whether an attribute is part of a name, by whatever name of its own.
	 */
	static boolean isNaming(Rdn rdn, String attribute, DirectorySchema schema) {
		return rdn.avas().stream().anyMatch((ava) -> isOf(ava, attribute, schema));
	}

	/**
	 * The values that a name gives an attribute, but for those that are not text.
	 */
	static List<Object> valuesOf(Rdn rdn, String attribute, DirectorySchema schema) {
		return rdn.avas()
			.stream()
			.filter((ava) -> !ava.encoded() && isOf(ava, attribute, schema))
			.<Object>map(Rdn.Ava::value)
			.toList();
	}

	private static boolean isOf(Rdn.Ava ava, String attribute, DirectorySchema schema) {
		return schema.nameOf(ava.type()).equalsIgnoreCase(schema.nameOf(attribute));
	}

	/**
	 * Refuses a value that gives the entry another name than its key does.
	 * @param schema says when two values are equal; where it is not known, nothing is
	 * refused that some server may take for equal
	 */
	static void check(Target target, LdapValue value, @Nullable DirectorySchema schema) {
		for (Rdn.Ava ava : target.rdn().avas()) {
			String given = (schema != null) ? given(value, ava.type(), schema)
					: value.names(ava.type()) ? ava.type() : null;
			if (given != null) {
				check(target, ava, given, value, schema);
			}
		}
	}

	/**
	 * Refuses such a value also where it uses another name of the attribute, and then
	 * gives that the name that the key uses: JNDI adds to a new entry what it does not
	 * find under this one.
	 */
	static LdapValue named(Target target, LdapValue value, DirectorySchema schema) {
		Map<String, String> names = names(target, value, schema);
		LdapValue named = value;
		for (Rdn.Ava ava : target.rdn().avas()) {
			String given = names.get(schema.keyOf(ava.type()));
			if (given != null) {
				check(target, ava, given, value, schema);
				if (!given.equalsIgnoreCase(ava.type())) {
					named = named.without(given).toBuilder().put(ava.type(), value.values(given)).build();
				}
			}
		}
		return named;
	}

	/**
	 * What a value calls its attributes, by what all their names share. Two for one
	 * attribute are refused, of which a server keeps the values of the last, or of both.
	 */
	private static Map<String, String> names(Target target, LdapValue value, DirectorySchema schema) {
		Map<String, String> names = new HashMap<>();
		for (NamedValues attribute : value.attributes()) {
			String other = names.putIfAbsent(schema.keyOf(attribute.name()), attribute.name());
			if (other != null) {
				throw new IllegalArgumentException("The value for '" + target.operation().key() + "' has '" + other
						+ "' and '" + attribute.name() + "', which the server's schema has as names of one attribute. "
						+ "Give all its values to one of them.");
			}
		}
		return names;
	}

	private static void check(Target target, Rdn.Ava ava, String given, LdapValue value,
			@Nullable DirectorySchema schema) {
		NamingCheck.check(target.operation()::key, ava, given, value.values(given), () -> value.shown(given), schema);
	}

	/**
	 * A new entry with what the value leaves to the key.
	 */
	static LdapValue with(Target target, LdapValue value, DirectorySchema schema) {
		LdapValue named = named(target, value, schema);
		LdapValue.Builder entry = named.toBuilder();
		for (Rdn.Ava ava : target.rdn().avas()) {
			if (!named.names(ava.type())) {
				entry.put(ava.type(), values(target.rdn(), ava.foldedType()));
			}
		}
		return entry.build();
	}

	private static List<Object> values(Rdn rdn, String foldedType) {
		return rdn.avas().stream().filter((ava) -> ava.foldedType().equals(foldedType)).map(Rdn.Ava::decoded).toList();
	}

	/**
	 * What can be sent as a change: Active Directory refuses even to set an attribute to
	 * what the name says. Other values are for the server to refuse.
	 */
	static LdapValue without(Target target, LdapValue value, DirectorySchema schema) {
		LdapValue named = named(target, value, schema);
		LdapValue changes = named;
		for (Rdn.Ava ava : target.rdn().avas()) {
			if (named.names(ava.type()) && schema.isFixedByName(ava.type())
					&& (ava.encoded() || NamingCheck.areAll(named.values(ava.type()), ava.value()))) {
				changes = changes.without(ava.type());
			}
		}
		return changes;
	}

	/**
	 * The name by which a value says something about an attribute, which may have several
	 * names.
	 */
	static @Nullable String given(LdapValue value, String attribute, DirectorySchema schema) {
		if (value.names(attribute)) {
			return attribute;
		}
		String key = schema.keyOf(attribute);
		for (NamedValues given : value.attributes()) {
			if (key.equals(schema.keyOf(given.name()))) {
				return given.name();
			}
		}
		return null;
	}

	/**
	 * The values of an attribute, by whatever of its names a value has them.
	 */
	static List<Object> values(LdapValue value, String attribute, DirectorySchema schema) {
		String given = given(value, attribute, schema);
		return (given != null) ? value.values(given) : List.of();
	}

}
