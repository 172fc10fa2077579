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

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.LdapPatch.Change;
import io.github.ldapkv.LdapPatch.Kind;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.ObjectClasses;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.NamedValues;
import io.github.ldapkv.internal.text.Octets;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

/**
 * Works out the Modify that a replace or a patch means, if the entry is there.
 */
final class ChangePlanner {

	private static final String OBJECT_CLASS = "objectClass";

	private final VersionedReader entries;

	ChangePlanner(VersionedReader entries) {
		this.entries = entries;
	}

	/**
	 * A change that makes no difference, for the sake of its condition.
	 */
	EntryChange touch(Session session, Target target, Version expected) throws LDAPException {
		LdapValue value = this.entries.readUnchanged(session, target, expected).value();
		return new EntryChange(target.dn()).add(Kind.SET, NamedValues.of(OBJECT_CLASS, value.values(OBJECT_CLASS)));
	}

	/**
	 * The change that makes an entry exactly a value.
	 * @return the change, or {@code null} if the entry is not there
	 */
	@Nullable EntryChange replacement(Session session, Target target, LdapValue value, Guard guard) throws LDAPException {
		LdapEntry current = this.entries.read(session, target);
		if (current == null) {
			return null;
		}
		EntryChange result = replacement(target, value, current.value(), session.schema());
		if (guard == Guard.AS_READ && session.capabilities().has(Feature.ASSERTION) && current.hasVersion()) {
			result.onlyIf(current.version());
		}
		return result;
	}

	/**
	 * The change that makes an entry that was read exactly a value.
	 * @param current what the entry is
	 */
	EntryChange replacement(Target target, LdapValue value, LdapValue current, DirectorySchema schema) {
		LdapValue wanted = SentAttributes.changes(target, value, schema);
		LdapValue before = SentAttributes.withoutMaintained(current, schema);
		EntryChange result = new EntryChange(target.dn()).basedOn(current);
		for (NamedValues attribute : before.attributes()) {
			String name = attribute.name();
			if (NamingAttributes.given(wanted, name, schema) != null) {
				continue;
			}
			if (NamingAttributes.isNaming(target.rdn(), name, schema)) {
				if (!schema.isFixedByName(name)) {
					wanted = wanted.toBuilder().set(name, named(target, before, name, schema).toArray()).build();
				}
			}
			// 389 shows the operational aci with the user attributes.
			else if (!name.equalsIgnoreCase(OBJECT_CLASS) && !schema.isAddedByServer(AttributeNames.typeOf(name))
					&& !schema.isOperational(AttributeNames.typeOf(name))) {
				result.add(Kind.SET, NamedValues.of(name, List.of()));
			}
		}
		for (NamedValues attribute : wanted.attributes()) {
			if (!Octets.sameValues(NamingAttributes.values(before, attribute.name(), schema), attribute.values())
					&& !sameClasses(before, attribute, schema)) {
				result.add(Kind.SET, attribute);
			}
		}
		return result;
	}

	/**
	 * What the key says of an attribute, in the spelling that the entry has of it.
	 */
	private static List<Object> named(Target target, LdapValue before, String name, DirectorySchema schema) {
		List<Object> there = before.values(name);
		List<Object> values = NamingAttributes.valuesOf(target.rdn(), name, schema);
		return values.isEmpty() ? there : schema.equality(name).spelledAs(there, values);
	}

	/**
	 * Whether a patch can be sent without reading the entry. A value that is to be
	 * removed may have to be added first, which an attribute of one value does not take.
	 */
	boolean patchesBlindly(Session session, LdapPatch patch) {
		DirectorySchema schema = session.schema();
		return session.capabilities().has(Feature.PERMISSIVE_MODIFY) && withoutEquality(patch, schema).isEmpty()
				&& comparedByServer(patch).isEmpty()
				&& patch.changes()
					.stream()
					.noneMatch((change) -> change.kind() == Kind.REMOVE
							&& schema.isSingleValued(AttributeNames.typeOf(change.attribute().name())));
	}

	/**
	 * Whether object classes are the same, as some servers name the superiors with them.
	 */
	private static boolean sameClasses(LdapValue before, NamedValues wanted, DirectorySchema schema) {
		return AttributeNames.isObjectClass(wanted.name()) && ObjectClasses.same(before.texts(OBJECT_CLASS),
				wanted.values().stream().map(Object::toString).toList(), schema);
	}

	/**
	 * The change that a patch means.
	 * @return the change, or {@code null} if the entry was looked for and is not there
	 */
	@Nullable EntryChange patch(Session session, Target target, LdapPatch patch, Guard guard) throws LDAPException {
		if (patch.changes().isEmpty() && !this.entries.exists(session, target)) {
			return null;
		}
		return patchesBlindly(session, patch) ? blindPatch(target, patch, session.schema())
				: patchOfWhatIsThere(session, target, patch, guard);
	}

	/**
	 * The change that a patch means, whatever is there.
	 */
	static EntryChange blindPatch(Target target, LdapPatch patch, DirectorySchema schema) {
		EntryChange result = new EntryChange(target.dn()).permissive();
		patch.changes().forEach((change) -> result.add(change.named(schema.named(change.attribute().name()))));
		return result;
	}

	/**
	 * The change that a patch means, worked out from the values that the entry has.
	 * @return the change, or {@code null} if the entry is not there
	 */
	@Nullable EntryChange patchOfWhatIsThere(Session session, Target target, LdapPatch patch, Guard guard) throws LDAPException {
		LdapEntry current = this.entries.read(session, target);
		if (current == null) {
			return null;
		}
		EntryChange result = patch(target, patch, current.value(), session.schema());
		if (guard == Guard.AS_READ && dependsOnVersion(session, target, patch)) {
			result.onlyIf(current.version());
		}
		return result;
	}

	/**
	 * The change that a patch means to an entry that was read.
	 * @param current what the entry is
	 */
	EntryChange patch(Target target, LdapPatch patch, LdapValue current, DirectorySchema schema) {
		return changes(target, patch, withoutEquality(patch, schema), current, schema);
	}

	/**
	 * Whether a patch has to give values back that are there, and so would undo what
	 * somebody else does to them. A server that cannot compare versions is refused.
	 */
	boolean dependsOnVersion(Session session, Target target, LdapPatch patch) {
		Set<String> withoutEquality = withoutEquality(patch, session.schema());
		if (withoutEquality.isEmpty()) {
			return false;
		}
		target.operation()
			.require(session.capabilities(), Feature.ASSERTION, "to change single values of " + withoutEquality
					+ ", whose type has no equality rule, without losing those of others");
		return true;
	}

	/**
	 * Adds and removes the values named, or what of them makes a difference to the values
	 * that were read; an attribute without an equality rule can only be replaced.
	 */
	private static EntryChange changes(Target target, LdapPatch patch, Set<String> toReplace, LdapValue current,
			DirectorySchema schema) {
		EntryChange result = new EntryChange(target.dn()).basedOn(current);
		Set<String> comparedByServer = comparedByServer(patch);
		LdapValue.Builder after = current.toBuilder();
		for (Change change : patch.changes()) {
			if (comparedByServer.contains(AttributeNames.key(change.attribute().name()))) {
				result.add(change);
				continue;
			}
			LdapValue value = after.build();
			String given = NamingAttributes.given(value, change.attribute().name(), schema);
			String name = (given != null) ? given : schema.named(change.attribute().name());
			List<Object> before = value.values(name);
			List<Object> values = EntryChange.spelledAs(before, change, schema).appliedTo(before);
			after.set(name, values.toArray());
			if (change.kind() == Kind.SET || toReplace.contains(AttributeNames.key(change.attribute().name()))) {
				result.add(Kind.SET, NamedValues.of(name, values));
			}
			else {
				List<Object> difference = (change.kind() == Kind.ADD) ? Octets.difference(values, before)
						: Octets.difference(before, values);
				if (!difference.isEmpty()) {
					result.add(change.kind(), NamedValues.of(name, difference));
				}
			}
		}
		return result;
	}

	/**
	 * The passwords of which the patch removes a value. To remove the old one is to prove
	 * that it is known: such a change is sent as it is, for the server to refuse.
	 */
	private static Set<String> comparedByServer(LdapPatch patch) {
		return patch.changes()
			.stream()
			.filter((change) -> change.kind() == Kind.REMOVE)
			.map((change) -> AttributeNames.key(change.attribute().name()))
			.filter(AttributeNames::isPassword)
			.collect(Collectors.toSet());
	}

	private static Set<String> withoutEquality(LdapPatch patch, DirectorySchema schema) {
		Set<String> names = new LinkedHashSet<>();
		Set<String> comparedByServer = comparedByServer(patch);
		for (Change change : patch.changes()) {
			String name = change.attribute().name();
			if (change.kind() != Kind.SET && !comparedByServer.contains(AttributeNames.key(name))
					&& !schema.hasEquality(AttributeNames.typeOf(name))) {
				names.add(AttributeNames.key(name));
			}
		}
		return names;
	}

	/**
	 * What a change asks of an entry that was read to work it out.
	 */
	enum Guard {

		/**
		 * To be as it was read, if what somebody else has done to it since would be lost
		 * or undone, and the server can tell.
		 */
		AS_READ,

		/**
		 * Nothing: whoever sends the change sees to it.
		 */
		NONE

	}

}
