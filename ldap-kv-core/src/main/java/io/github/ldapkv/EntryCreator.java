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

import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.reading.MissingAncestor;
import io.github.ldapkv.internal.schema.ActiveDirectorySchema;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.ObjectClasses;
import io.github.ldapkv.internal.wire.NothingDoneException;
import io.github.ldapkv.internal.wire.SentSecrets;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * Creates entries.
 */
final class EntryCreator {

	private final Map<String, List<String>> objectClasses;

	private final EntryReader reader;

	private final MissingAncestor missingAncestor;

	private final RefusedWrites refusals;

	/**
	 * Creates a creator.
	 * @param objectClasses the object classes of a new entry by the lower-case attribute
	 * type of its RDN
	 */
	EntryCreator(Map<String, List<String>> objectClasses, EntryReader reader, MissingAncestor missingAncestor,
			RefusedWrites refusals) {
		this.objectClasses = objectClasses;
		this.reader = reader;
		this.missingAncestor = missingAncestor;
		this.refusals = refusals;
	}

	/**
	 * Creates the entry, unless it is there, whatever is wrong with the value then.
	 * @return whether this call created it
	 */
	boolean createIfAbsent(Session session, Target target, LdapValue value) throws LDAPException {
		try {
			return create(session, target, value);
		}
		catch (DataIntegrityViolationException ex) {
			// What is wrong with a value counts only if there is no entry yet.
			if (isThere(session, target)) {
				return false;
			}
			throw ex;
		}
	}

	private boolean isThere(Session session, Target target) throws NothingDoneException {
		try {
			return this.reader.exists(session, target.dn());
		}
		catch (LDAPException ex) {
			throw new NothingDoneException(ex);
		}
	}

	/**
	 * Creates the entry.
	 * @return whether it was done; {@code false} if there is one
	 */
	boolean create(Session session, Target target, LdapValue value) throws LDAPException {
		DirectorySchema schema = session.schema();
		LdapValue sent = SentAttributes.withoutMaintained(value, schema);
		LdapValue entry = entry(target, creatable(sent, schema), schema);
		try {
			add(session, target, entry);
			return true;
		}
		catch (LDAPException ex) {
			ServerResult result = ServerResult.of(ex);
			if (result.code() == ServerResult.ENTRY_ALREADY_EXISTS) {
				if (ActiveDirectorySchema.isTakenValue(result.diagnostic())) {
					throw this.refusals.valueIsTaken(target, ex);
				}
				return false;
			}
			if (result.code() == ServerResult.NO_SUCH_OBJECT) {
				this.refusals.refuseMissingValue(target, ex);
				throw new DataIntegrityViolationException(
						target.operation().failed() + this.missingAncestor.explain(session, target.absolute().parent()),
						ServerResult.presentable(ex));
			}
			throw this.refusals.refusedEntry(session, target, entry, ex);
		}
	}

	/**
	 * Sends an Add.
	 */
	static void add(Session session, Target target, LdapValue entry) throws LDAPException {
		try {
			session.add(new AddRequest(target.dn(), EntryMapper.toAttributes(entry)));
		}
		catch (LDAPException ex) {
			throw SentSecrets.removedFrom(ex, SentAttributes.secrets(entry.attributes()));
		}
	}

	/**
	 * The whole new entry: what the value leaves to the key and to the configuration is
	 * filled in.
	 */
	LdapValue entry(Target target, LdapValue value, DirectorySchema schema) {
		LdapValue entry = NamingAttributes.with(target, value, schema)
			.only((attribute) -> !attribute.values().isEmpty());
		return value.has(ObjectClasses.ATTRIBUTE) ? entry
				: entry.toBuilder().set(ObjectClasses.ATTRIBUTE, objectClasses(target).toArray()).build();
	}

	private static LdapValue creatable(LdapValue value, DirectorySchema schema) {
		return value.only((attribute) -> schema.isCreatable(attribute.name(), attribute.values()));
	}

	/**
	 * Whether the configuration has object classes for entries of such a name.
	 */
	boolean knowsObjectClasses(Target target) {
		return !configuredObjectClasses(target).isEmpty();
	}

	private List<String> configuredObjectClasses(Target target) {
		return target.rdn()
			.avas()
			.stream()
			.flatMap((ava) -> this.objectClasses.getOrDefault(ava.foldedType(), List.of()).stream())
			.distinct()
			.toList();
	}

	private List<String> objectClasses(Target target) {
		List<String> objectClasses = configuredObjectClasses(target);
		if (objectClasses.isEmpty()) {
			String type = target.rdn().avas().get(0).type();
			throw new DataIntegrityViolationException(target.operation().failed()
					+ "there is no such entry, and to create one takes the attribute 'objectClass'. "
					+ "Put it into the value, or set ldapkv.object-classes." + type + " for all keys that end in '"
					+ type + "='.");
		}
		return objectClasses;
	}

}
