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
import java.util.List;

import io.github.ldapkv.internal.text.Arguments;
import io.github.ldapkv.internal.text.NamedValues;
import io.github.ldapkv.internal.text.Octets;

/**
 * Changes of single attributes and values of an entry, made in the order given and all
 * together or not at all. Names and values are those of {@link LdapValue#of}.
 * <p>
 * A patch is not safe for use by several threads.
 * <p>
 * No argument may be {@code null}: it is refused by an {@link IllegalArgumentException}.
 *
 * @see LdapKeyValueOperations#patch
 */
public final class LdapPatch {

	private final List<Change> changes = new ArrayList<>();

	LdapPatch() {
	}

	/**
	 * Gives an attribute these values in place of those it has.
	 * @param attribute the attribute
	 * @param values the values; none removes the attribute
	 * @return this patch
	 * @throws IllegalArgumentException as for {@link LdapValue#of}
	 */
	public LdapPatch set(String attribute, Object... values) {
		return change(Kind.SET, attribute, values);
	}

	/**
	 * Adds values to an attribute. One that is there already is no error.
	 * @param attribute the attribute
	 * @param values the values
	 * @return this patch
	 * @throws IllegalArgumentException as for {@link LdapValue#of}
	 */
	public LdapPatch add(String attribute, Object... values) {
		return change(Kind.ADD, attribute, values);
	}

	/**
	 * Removes values from an attribute. One that is not there is no error, but for a
	 * password ({@code userPassword}, {@code unicodePwd}): to remove the old one and add
	 * the new one in one patch is how users change their own, and the server compares.
	 * @param attribute the attribute
	 * @param values the values
	 * @return this patch
	 * @throws IllegalArgumentException as for {@link LdapValue#of}
	 */
	public LdapPatch remove(String attribute, Object... values) {
		return change(Kind.REMOVE, attribute, values);
	}

	/**
	 * Removes an attribute with all its values. One that is not there is no error.
	 * @param attribute the attribute
	 * @return this patch
	 * @throws IllegalArgumentException if the name is no attribute description
	 */
	public LdapPatch unset(String attribute) {
		return change(Kind.SET, attribute);
	}

	List<Change> changes() {
		return this.changes;
	}

	private LdapPatch change(Kind kind, String attribute, Object... values) {
		Arguments.attribute(attribute);
		List<Object> converted = AttributeValues.convert(attribute, values);
		if (kind == Kind.SET || !converted.isEmpty()) {
			this.changes.add(new Change(kind, NamedValues.of(attribute, converted)));
		}
		return this;
	}

	@Override
	public String toString() {
		return this.changes.toString();
	}

	/**
	 * One change.
	 *
	 * @param kind what is done
	 * @param attribute to which attribute, with which values
	 */
	record Change(Kind kind, NamedValues attribute) {

		/**
		 * Changes the attribute by another of its names.
		 */
		Change named(String name) {
			return name.equals(this.attribute.name()) ? this : new Change(this.kind, this.attribute.named(name));
		}

		/**
		 * The values of the attribute after the change.
		 * @param before its values before
		 */
		List<Object> appliedTo(List<Object> before) {
			return switch (this.kind) {
				case SET -> this.attribute.values();
				case ADD -> Octets.union(before, this.attribute.values());
				case REMOVE -> Octets.difference(before, this.attribute.values());
			};
		}

	}

	/**
	 * What a change does to an attribute.
	 */
	enum Kind {

		SET, ADD, REMOVE

	}

}
