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
import java.util.Set;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.operation.FailureTranslator;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.reading.MissingAncestor;
import io.github.ldapkv.internal.schema.ActiveDirectorySchema;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.ObjectClasses;
import io.github.ldapkv.internal.wire.SentSecrets;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.wire.UncommittedException;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Writes on one connection.
 */
final class EntryWriter {

	private static final String NAMES_A_MISSING_ENTRY = "Not the entry itself, but a value names an entry that is missing: "
			+ "check the DNs among the values.";

	static final String WRONG_PASSWORD = "The old password is wrong.";

	private static final String VALUE_IS_TAKEN = "There is no such entry, but another one has a value that has to be unique, "
			+ "such as sAMAccountName.";

	/**
	 * The result codes of servers for what their schema does not allow.
	 */
	static final Set<Integer> SCHEMA_VIOLATIONS = Set.of(16, 17, 19, 21, 64, ServerResult.OBJECT_CLASS_VIOLATION);

	/**
	 * What else they say where an attribute may not be written, by anybody or by the
	 * account.
	 */
	private static final Set<Integer> OTHER_REFUSALS = Set.of(ServerResult.INSUFFICIENT_ACCESS_RIGHTS,
			ServerResult.UNWILLING_TO_PERFORM, ServerResult.NOT_ALLOWED_ON_RDN, ServerResult.OTHER);

	private final Map<String, List<String>> objectClasses;

	private final EntryReader reader;

	private final MergePlanner merges;

	private final MissingAncestor missingAncestor;

	private final FailureTranslator failures;

	/**
	 * Creates a writer.
	 * @param objectClasses the object classes of a new entry by the lower-case attribute
	 * type of its RDN
	 */
	EntryWriter(Map<String, List<String>> objectClasses, EntryReader reader, MergePlanner merges,
			MissingAncestor missingAncestor, FailureTranslator failures) {
		this.objectClasses = objectClasses;
		this.reader = reader;
		this.merges = merges;
		this.missingAncestor = missingAncestor;
		this.failures = failures;
	}

	/**
	 * Creates the entry or replaces the attributes named. An entry that is there takes
	 * one round trip.
	 * @return whether it was done; {@code false} if somebody else has created the entry
	 * after it was not there
	 */
	boolean put(Session session, Target target, LdapValue value, DirectorySchema schema) throws LDAPException {
		ModifyRequest request = this.merges.merge(session, target, value);
		return request != null && modify(session, target, request, value, schema)
				|| add(session, target, SentAttributes.withoutMaintained(value, schema), schema);
	}

	/**
	 * Refuses a request for which an entry is missing, if the server says that it is one
	 * that a value names.
	 */
	void refuseMissingValue(Target target, LDAPException ex) {
		if (ActiveDirectorySchema.isMissingValue(ServerResult.of(ex).diagnostic())) {
			throw new DataIntegrityViolationException(
					this.failures.translate(target.operation(), ex, NAMES_A_MISSING_ENTRY).getMessage(),
					ServerResult.presentable(ex));
		}
	}

	/**
	 * The exception for a password that was to be removed and is another one.
	 */
	DataAccessException wrongPassword(Target target, LDAPException ex) {
		return this.failures.translate(target.operation(), ex, WRONG_PASSWORD);
	}

	private boolean modify(Session session, Target target, ModifyRequest first, LdapValue value, DirectorySchema schema)
			throws LDAPException {
		ModifyRequest request = first;
		while (!request.isEmpty()) {
			try {
				request.send(session);
				return true;
			}
			catch (LDAPException ex) {
				if (ex.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
					refuseMissingValue(target, ex);
					return false;
				}
				if (request == first && mindsClasses(request, ex)) {
					ModifyRequest other = this.merges.mergeIntoWhatIsThere(session, target, value);
					if (other == null) {
						return false;
					}
					request = other;
				}
				else if (!changesCourse(session, target, request, schema, ex)) {
					throw refused(target, ex, value, schema, false);
				}
			}
		}
		return this.reader.exists(session, target.dn());
	}

	/**
	 * Whether a server is not as permissive as it says: Samba does not take an object
	 * class that is there for done, nor does OpenLDAP in its own configuration.
	 */
	static boolean mindsClasses(ModifyRequest request, LDAPException ex) {
		int code = ServerResult.of(ex).code();
		return request.addsObjectClasses() && (code == ServerResult.ATTRIBUTE_OR_VALUE_EXISTS
				|| code == ServerResult.UNAVAILABLE_CRITICAL_EXTENSION);
	}

	/**
	 * Whether a request that the server has refused has been made another one that means
	 * the same: with the superiors of object classes, or without what the entry has
	 * already. Servers refuse the latter where they store it in another form, such as a
	 * password, or do not let it be written at all.
	 */
	boolean changesCourse(Session session, Target target, ModifyRequest request, DirectorySchema schema,
			LDAPException ex) throws LDAPException {
		int code = ServerResult.of(ex).code();
		if (code == ServerResult.OBJECT_CLASS_VIOLATION && request.completeObjectClasses(schema)) {
			return true;
		}
		if (!mayMindWhatIsThere(code)) {
			return false;
		}
		SearchResultEntry found = this.reader.read(session, target.dn(), request.given());
		return found != null && request.leaveOut(EntryMapper.read(session, found), schema);
	}

	/**
	 * Whether a server may mean by a result code that it was given what the entry has
	 * already.
	 */
	static boolean mayMindWhatIsThere(int code) {
		return SCHEMA_VIOLATIONS.contains(code) || OTHER_REFUSALS.contains(code);
	}

	/**
	 * Creates the entry, unless it is there.
	 * @return whether this call created it
	 */
	boolean putIfAbsent(Session session, Target target, LdapValue value, DirectorySchema schema) throws LDAPException {
		try {
			return add(session, target, SentAttributes.withoutMaintained(value, schema), schema);
		}
		catch (DataIntegrityViolationException ex) {
			// What is wrong with a value counts only if there is no entry yet.
			if (isThere(session, target)) {
				return false;
			}
			throw ex;
		}
	}

	private boolean isThere(Session session, Target target) throws UncommittedException {
		try {
			return this.reader.exists(session, target.dn());
		}
		catch (LDAPException ex) {
			throw new UncommittedException(ex);
		}
	}

	private boolean add(Session session, Target target, LdapValue value, DirectorySchema schema) throws LDAPException {
		LdapValue entry = entry(target, creatable(value, schema), schema);
		try {
			add(session, target, entry);
			return true;
		}
		catch (LDAPException ex) {
			ServerResult result = ServerResult.of(ex);
			if (result.code() == ServerResult.ENTRY_ALREADY_EXISTS) {
				if (ActiveDirectorySchema.isTakenValue(result.diagnostic())) {
					throw this.failures.translate(target.operation(), ex, VALUE_IS_TAKEN);
				}
				return false;
			}
			if (result.code() == ServerResult.NO_SUCH_OBJECT) {
				refuseMissingValue(target, ex);
				throw new DataIntegrityViolationException(
						target.operation().failed() + this.missingAncestor.explain(session, target.absolute().parent()),
						ServerResult.presentable(ex));
			}
			throw refused(target, ex, entry, schema, true);
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
		LdapValue named = NamingAttributes.with(target, value, schema);
		LdapValue.Builder entry = named.toBuilder();
		for (LdapValue.Attribute attribute : named.attributes()) {
			if (attribute.values().isEmpty()) {
				entry.without(attribute.name());
			}
		}
		if (!value.has(ObjectClasses.ATTRIBUTE)) {
			entry.set(ObjectClasses.ATTRIBUTE, objectClasses(target).toArray());
		}
		return entry.build();
	}

	private static LdapValue creatable(LdapValue value, DirectorySchema schema) {
		LdapValue creatable = value;
		for (LdapValue.Attribute attribute : value.attributes()) {
			if (!schema.isCreatable(attribute.name(), attribute.values())) {
				creatable = creatable.toBuilder().without(attribute.name()).build();
			}
		}
		return creatable;
	}

	/**
	 * What the server's schema has against an entry.
	 * @param whole whether the value is a whole entry
	 */
	static String explain(LdapValue sent, boolean whole, DirectorySchema schema) {
		LdapValue value = NamingAttributes.withClassesByName(sent);
		return schema.check().explain(value.texts(ObjectClasses.ATTRIBUTE), value.names(), whole);
	}

	/**
	 * The exception for what the server's schema does not allow. All other failures are
	 * not for this class: it does not know what they mean for the connection.
	 */
	DataAccessException refused(Target target, LDAPException ex, LdapValue value, DirectorySchema schema, boolean whole)
			throws LDAPException {
		int code = ServerResult.of(ex).code();
		if (!SCHEMA_VIOLATIONS.contains(code) && code != ServerResult.OTHER || schema.isHidden()) {
			throw ex;
		}
		String finding = explain(value, whole, schema);
		if (code == ServerResult.OTHER && finding.isEmpty()) {
			throw ex;
		}
		DataAccessException refused = this.failures.translate(target.operation(), ex, finding);
		// ApacheDS has no code for an object class that it does not know.
		return (code == ServerResult.OTHER)
				? new DataIntegrityViolationException(refused.getMessage(), refused.getCause()) : refused;
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
