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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.controls.PermissiveModifyRequestControl;
import com.unboundid.ldap.sdk.controls.PostReadRequestControl;
import io.github.ldapkv.LdapPatch.Change;
import io.github.ldapkv.LdapPatch.Kind;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.NamedValues;
import io.github.ldapkv.internal.text.Octets;
import io.github.ldapkv.internal.text.ServerValues;
import io.github.ldapkv.internal.wire.RequestControls;
import io.github.ldapkv.internal.wire.SentSecrets;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

/**
 * What is to be changed of one entry, and on what condition: one Modify (RFC 4511,
 * section 4.6), with the controls that go with it.
 */
final class EntryChange {

	private static final Control[] NO_CONTROLS = {};

	private final String dn;

	private final List<Change> changes = new ArrayList<>();

	private final List<Control> controls = new ArrayList<>();

	private @Nullable LdapValue basis;

	private @Nullable Filter condition;

	private @Nullable String versionAttribute;

	private boolean permissive;

	private @Nullable ReadOnlyEntry after;

	EntryChange(String dn) {
		this.dn = dn;
	}

	/**
	 * Replaces the attributes that a value names.
	 */
	static EntryChange replacing(String dn, LdapValue value) {
		EntryChange change = new EntryChange(dn);
		for (NamedValues attribute : value.attributes()) {
			change.add(Kind.SET, attribute);
		}
		return change;
	}

	EntryChange add(Kind kind, NamedValues attribute) {
		return add(new Change(kind, attribute));
	}

	EntryChange add(Change change) {
		this.changes.add(change);
		return this;
	}

	/**
	 * What is changed, in this order.
	 */
	List<Change> changes() {
		return this.changes;
	}

	boolean isEmpty() {
		return this.changes.isEmpty();
	}

	/**
	 * Whether it takes away a password that has to be the right one.
	 */
	boolean removesPassword() {
		return this.changes.stream()
			.anyMatch((change) -> change.kind() == Kind.REMOVE && AttributeNames.isPassword(change.attribute().name()));
	}

	/**
	 * Says what the entry was when the changes were worked out, if somebody else can have
	 * changed it since.
	 */
	EntryChange basedOn(@Nullable LdapValue value) {
		this.basis = value;
		return this;
	}

	/**
	 * What the entry was when the changes were worked out, if they depend on that.
	 */
	@Nullable LdapValue basis() {
		return this.basis;
	}

	/**
	 * What it makes of an entry. An attribute of which it takes the last value has none
	 * then.
	 */
	LdapValue appliedTo(LdapValue before, DirectorySchema schema) {
		LdapValue value = before;
		for (Change change : this.changes) {
			value = applied(change, value, schema);
		}
		return value;
	}

	private static LdapValue applied(Change change, LdapValue before, DirectorySchema schema) {
		String given = change.attribute().name();
		String known = NamingAttributes.given(before, given, schema);
		String name = (known != null) ? known : given;
		List<Object> there = before.values(name);
		List<Object> values = spelledAs(there, change, schema).appliedTo(there);
		return before.toBuilder().set(name, values.toArray()).build();
	}

	/**
	 * Names the object classes together with those that they are derived from: some
	 * servers add these to a new entry, but ask for them in a change.
	 * @return whether this makes a difference
	 */
	boolean completeObjectClasses(DirectorySchema schema) {
		boolean different = false;
		for (int i = 0; i < this.changes.size(); i++) {
			Change change = this.changes.get(i);
			boolean takesMore = change.kind() == Kind.SET || change.kind() == Kind.ADD && this.permissive;
			if (takesMore && AttributeNames.isObjectClass(change.attribute().name())) {
				List<String> given = change.attribute().values().stream().map(Object::toString).toList();
				List<String> all = schema.check().withSuperiors(given);
				if (all.size() > given.size()) {
					different = true;
					this.changes.set(i,
							new Change(change.kind(), NamedValues.of(change.attribute().name(), List.copyOf(all))));
				}
			}
		}
		return different;
	}

	/**
	 * Whether it adds object classes that may be there already.
	 */
	boolean addsObjectClasses() {
		return this.changes.stream()
			.anyMatch((change) -> change.kind() == Kind.ADD && AttributeNames.isObjectClass(change.attribute().name()));
	}

	/**
	 * The attributes that it gives values, or none.
	 */
	List<String> given() {
		return this.changes.stream()
			.filter((change) -> change.kind() != Kind.REMOVE)
			.map((change) -> change.attribute().name())
			.toList();
	}

	/**
	 * Leaves out what the entry has as it is to be, once the changes before it are made:
	 * a server may refuse to be given it.
	 * @return whether this makes a difference
	 */
	boolean leaveOut(LdapValue there, DirectorySchema schema) {
		List<Change> needed = new ArrayList<>();
		LdapValue value = there;
		for (Change change : this.changes) {
			if (change.kind() == Kind.REMOVE || !isDone(change, value, schema)) {
				needed.add(change);
				value = applied(change, value, schema);
			}
		}
		boolean different = needed.size() < this.changes.size();
		this.changes.clear();
		this.changes.addAll(needed);
		return different;
	}

	private static boolean isDone(Change change, LdapValue there, DirectorySchema schema) {
		NamedValues wanted = change.attribute();
		List<Object> before = NamingAttributes.values(there, wanted.name(), schema);
		List<Object> values = schema.equality(AttributeNames.typeOf(wanted.name())).spelledAs(before, wanted.values());
		return (change.kind() == Kind.SET) ? Octets.sameValues(before, values)
				: Octets.difference(values, before).isEmpty();
	}

	/**
	 * Does it only if the entry has the version.
	 */
	EntryChange onlyIf(Version version) {
		this.condition = version.filter();
		this.controls.add(RequestControls.assertion(this.condition));
		return this;
	}

	/**
	 * The version that the entry has to have, if it has to have one.
	 */
	@Nullable Filter condition() {
		return this.condition;
	}

	/**
	 * Does it only if the entry does not have the attribute.
	 */
	EntryChange onlyWithout(String attribute) {
		this.controls.add(RequestControls.assertionOfAbsence(attribute));
		return this;
	}

	/**
	 * Takes the addition of what is there, and the removal of what is not, for done.
	 */
	EntryChange permissive() {
		this.permissive = true;
		this.controls.add(new PermissiveModifyRequestControl(true));
		return this;
	}

	boolean isPermissive() {
		return this.permissive;
	}

	/**
	 * Has the server tell the entry's new version.
	 * @param others other attributes that it is to tell
	 */
	EntryChange tellingVersion(String attribute, String... others) {
		this.versionAttribute = attribute;
		String[] all = Arrays.copyOf(others, others.length + 1);
		all[others.length] = attribute;
		this.controls.add(new PostReadRequestControl(true, all));
		return this;
	}

	/**
	 * Sends the request.
	 * @return the entry's new version, if it was asked for and told
	 */
	Optional<Version> send(Session session) throws LDAPException {
		if (isEmpty()) {
			// RFC 4511 lets a Modify have no changes, and the servers refuse it.
			return Optional.empty();
		}
		LDAPResult result;
		try {
			result = session.modify(new ModifyRequest(this.dn, modifications(), this.controls.toArray(NO_CONTROLS)));
		}
		catch (LDAPException ex) {
			throw SentSecrets.removedFrom(ex, SentAttributes.secrets(sent()));
		}
		String attribute = this.versionAttribute;
		if (attribute == null) {
			return Optional.empty();
		}
		this.after = RequestControls.postRead(result);
		return Optional.ofNullable(this.after)
			.map((entry) -> entry.getAttributeValue(attribute))
			.map((value) -> new Version(attribute, value));
	}

	/**
	 * The attributes that are sent, with the values that are sent of them.
	 */
	List<NamedValues> sent() {
		return this.changes.stream().map(Change::attribute).toList();
	}

	/**
	 * What the server has told of the entry after it.
	 */
	@Nullable ReadOnlyEntry after() {
		return this.after;
	}

	private Modification[] modifications() {
		Modification[] modifications = new Modification[this.changes.size()];
		for (int i = 0; i < modifications.length; i++) {
			modifications[i] = modification(this.changes.get(i));
		}
		return modifications;
	}

	private static Modification modification(Change change) {
		ModificationType type = switch (change.kind()) {
			case SET -> ModificationType.REPLACE;
			case ADD -> ModificationType.ADD;
			case REMOVE -> ModificationType.DELETE;
		};
		return new Modification(type, change.attribute().name(), ServerValues.octets(change.attribute().values()));
	}

	/**
	 * The change with the values that the server takes for equal to some that are there
	 * in the spelling of those.
	 */
	static Change spelledAs(List<Object> there, Change change, DirectorySchema schema) {
		NamedValues attribute = change.attribute();
		if (change.kind() == Kind.SET) {
			return change;
		}
		List<Object> values = schema.equality(AttributeNames.typeOf(attribute.name()))
			.spelledAs(there, attribute.values());
		return new Change(change.kind(), attribute.with(values));
	}

}
