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
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.LdapPatch.Change;
import io.github.ldapkv.LdapPatch.Kind;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.reading.TimedVersions;
import io.github.ldapkv.internal.reading.VersionAttribute;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.ObjectClasses;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.Octets;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.writing.EntryFailures;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

/**
 * Works out the Modify that does what a caller wants of an entry that is there.
 */
final class ChangePlanner {

	private static final String OBJECT_CLASS = "objectClass";

	private final EntryReader reader;

	ChangePlanner(EntryReader reader) {
		this.reader = reader;
	}

	/**
	 * Reads an entry with its version.
	 * @return the entry, with its absolute key, or {@code null} if there is none
	 */
	@Nullable LdapEntry read(Session session, Target target) throws LDAPException {
		TimedVersions.Reading read = () -> this.reader.read(session, target.dn(),
				VersionAttribute.with(null, session.capabilities().versionAttribute()));
		long asked = TimedVersions.now();
		SearchResultEntry found = TimedVersions.settled(session, read.again(), asked, read);
		return (found != null) ? EntryMapper.entry(session, EntryReader.keyOf(found, target.operation()), found, null)
				: null;
	}

	/**
	 * Reads an entry that has to have a version.
	 * @throws org.springframework.dao.OptimisticLockingFailureException if it has another
	 * one, or is not there
	 */
	LdapEntry readUnchanged(Session session, Target target, Version expected) throws LDAPException {
		LdapEntry current = read(session, target);
		if (current == null || !current.hasVersion() || !current.version().equals(expected)) {
			throw EntryFailures.changed(target, null);
		}
		return current;
	}

	/**
	 * Whether an entry is not what it was when a change of it was worked out.
	 * @param basis what it was; {@code null} if the change does not depend on that
	 */
	boolean hasChanged(Session session, Target target, @Nullable LdapValue basis) throws LDAPException {
		if (basis == null) {
			return false;
		}
		LdapEntry current = read(session, target);
		return current == null || !current.value().equals(basis);
	}

	/**
	 * A change that makes no difference, for the sake of its condition.
	 */
	ModifyRequest touch(Session session, Target target, Version expected) throws LDAPException {
		LdapValue value = readUnchanged(session, target, expected).value();
		return new ModifyRequest(target.dn()).add(Kind.SET,
				new LdapValue.Attribute(OBJECT_CLASS, value.values(OBJECT_CLASS)));
	}

	/**
	 * The change that makes an entry exactly a value. Its own version is its condition
	 * where the server can tell, so that nothing that somebody else adds meanwhile stays.
	 * @param versioned whether the caller sees to the condition
	 * @return the change, or {@code null} if the entry is not there
	 */
	@Nullable ModifyRequest replacement(Session session, Target target, LdapValue value, boolean versioned) throws LDAPException {
		LdapEntry current = read(session, target);
		if (current == null) {
			return null;
		}
		ModifyRequest request = replacement(target, value, current.value(), session.schema());
		if (!versioned && session.capabilities().has(Feature.ASSERTION) && current.hasVersion()) {
			request.onlyIf(current.version());
		}
		return request;
	}

	/**
	 * The same for an entry that was read.
	 * @param current what the entry is
	 */
	ModifyRequest replacement(Target target, LdapValue value, LdapValue current, DirectorySchema schema) {
		LdapValue wanted = SentAttributes.changes(target, value, schema);
		LdapValue before = SentAttributes.withoutMaintained(current, schema);
		ModifyRequest request = new ModifyRequest(target.dn()).basedOn(current);
		for (LdapValue.Attribute attribute : before.attributes()) {
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
				request.add(Kind.SET, new LdapValue.Attribute(name, List.of()));
			}
		}
		for (LdapValue.Attribute attribute : wanted.attributes()) {
			if (!Octets.sameValues(NamingAttributes.values(before, attribute.name(), schema), attribute.values())
					&& !sameClasses(before, attribute, schema)) {
				request.add(Kind.SET, attribute);
			}
		}
		return request;
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
	private static boolean sameClasses(LdapValue before, LdapValue.Attribute wanted, DirectorySchema schema) {
		return AttributeNames.isObjectClass(wanted.name()) && ObjectClasses.same(before.texts(OBJECT_CLASS),
				wanted.values().stream().map(Object::toString).toList(), schema);
	}

	/**
	 * The change that a patch means.
	 * @param versioned whether the caller sees to it that the entry does not change
	 */
	ModifyRequest patch(Session session, Target target, LdapPatch patch, boolean versioned) throws LDAPException {
		if (patch.changes().isEmpty() && !this.reader.exists(session, target.dn())) {
			throw missing(target, versioned);
		}
		return patchesBlindly(session, patch) ? blindPatch(target, patch, session.schema())
				: patchOfWhatIsThere(session, target, patch, versioned);
	}

	/**
	 * The change that a patch means, whatever is there.
	 */
	static ModifyRequest blindPatch(Target target, LdapPatch patch, DirectorySchema schema) {
		ModifyRequest request = new ModifyRequest(target.dn()).permissive();
		patch.changes().forEach((change) -> request.add(change.named(schema.named(change.attribute().name()))));
		return request;
	}

	/**
	 * The same, worked out from the values that the entry has.
	 */
	ModifyRequest patchOfWhatIsThere(Session session, Target target, LdapPatch patch, boolean versioned)
			throws LDAPException {
		LdapEntry current = read(session, target);
		if (current == null) {
			throw missing(target, versioned);
		}
		ModifyRequest request = patch(target, patch, current.value(), session.schema());
		if (!versioned && dependsOnVersion(session, target, patch)) {
			request.onlyIf(current.version());
		}
		return request;
	}

	/**
	 * The same for an entry that was read.
	 * @param current what the entry is
	 */
	ModifyRequest patch(Target target, LdapPatch patch, LdapValue current, DirectorySchema schema) {
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

	private static RuntimeException missing(Target target, boolean versioned) {
		return versioned ? EntryFailures.changed(target, null) : EntryFailures.missing(target);
	}

	/**
	 * Adds and removes the values named, or what of them makes a difference to the values
	 * that were read; an attribute without an equality rule can only be replaced.
	 */
	private static ModifyRequest changes(Target target, LdapPatch patch, Set<String> toReplace, LdapValue current,
			DirectorySchema schema) {
		ModifyRequest request = new ModifyRequest(target.dn()).basedOn(current);
		Set<String> comparedByServer = comparedByServer(patch);
		LdapValue.Builder after = current.toBuilder();
		for (Change change : patch.changes()) {
			if (comparedByServer.contains(AttributeNames.key(change.attribute().name()))) {
				request.add(change);
				continue;
			}
			LdapValue value = after.build();
			String given = NamingAttributes.given(value, change.attribute().name(), schema);
			String name = (given != null) ? given : schema.named(change.attribute().name());
			List<Object> before = value.values(name);
			List<Object> values = ModifyRequest.spelledAs(before, change, schema).appliedTo(before);
			after.set(name, values.toArray());
			if (change.kind() == Kind.SET || toReplace.contains(AttributeNames.key(change.attribute().name()))) {
				request.add(Kind.SET, new LdapValue.Attribute(name, values));
			}
			else {
				List<Object> difference = (change.kind() == Kind.ADD) ? Octets.difference(values, before)
						: Octets.difference(before, values);
				if (!difference.isEmpty()) {
					request.add(change.kind(), new LdapValue.Attribute(name, difference));
				}
			}
		}
		return request;
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

}
