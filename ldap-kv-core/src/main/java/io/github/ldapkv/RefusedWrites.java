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

import java.util.Set;
import java.util.function.Supplier;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.operation.FailureTranslator;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.schema.ActiveDirectorySchema;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.ObjectClasses;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Finds out what a server minds that refuses a write, and how else to say it.
 */
final class RefusedWrites {

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

	private final EntryReader reader;

	private final FailureTranslator failures;

	RefusedWrites(EntryReader reader, FailureTranslator failures) {
		this.reader = reader;
		this.failures = failures;
	}

	/**
	 * Whether a server is not as permissive as it says: Samba does not take an object
	 * class that is there for done, nor does OpenLDAP in its own configuration.
	 */
	static boolean mindsClasses(EntryChange change, LDAPException ex) {
		int code = ServerResult.of(ex).code();
		return change.addsObjectClasses() && (code == ServerResult.ATTRIBUTE_OR_VALUE_EXISTS
				|| code == ServerResult.UNAVAILABLE_CRITICAL_EXTENSION);
	}

	/**
	 * Whether a request that the server has refused has been made another one that means
	 * the same: with the superiors of object classes, or without what the entry has
	 * already. Servers refuse the latter where they store it in another form, such as a
	 * password, or do not let it be written at all.
	 */
	boolean changesCourse(Session session, Target target, EntryChange change, LDAPException ex) throws LDAPException {
		int code = ServerResult.of(ex).code();
		if (code == ServerResult.OBJECT_CLASS_VIOLATION && change.completeObjectClasses(session.schema())) {
			return true;
		}
		if (!mayMindWhatIsThere(code)) {
			return false;
		}
		SearchResultEntry found = this.reader.read(session, target.dn(), change.given());
		return found != null && change.leaveOut(EntryMapper.read(session, found), session.schema());
	}

	/**
	 * Whether a server may mean by a result code that it was given what the entry has
	 * already.
	 */
	static boolean mayMindWhatIsThere(int code) {
		return SCHEMA_VIOLATIONS.contains(code) || OTHER_REFUSALS.contains(code);
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

	/**
	 * The exception for a new entry with a value that another entry has.
	 */
	DataAccessException valueIsTaken(Target target, LDAPException ex) {
		return this.failures.translate(target.operation(), ex, VALUE_IS_TAKEN);
	}

	/**
	 * What the server's schema has against a whole entry.
	 */
	static String explainEntry(LdapValue sent, DirectorySchema schema) {
		LdapValue entry = NamingAttributes.withClassesByName(sent);
		return schema.check().explainEntry(entry.texts(ObjectClasses.ATTRIBUTE), entry.names());
	}

	/**
	 * What the server's schema has against a change.
	 * @param sent the attributes that are sent
	 */
	static String explainChange(LdapValue sent, DirectorySchema schema) {
		LdapValue value = NamingAttributes.withClassesByName(sent);
		return schema.check().explainChange(value.texts(ObjectClasses.ATTRIBUTE), value.names());
	}

	/**
	 * The exception for a change that the server's schema does not allow.
	 * @throws LDAPException for all other failures: this class does not know what they
	 * mean for the connection
	 */
	DataAccessException refusedChange(Session session, Target target, LdapValue value, LDAPException ex)
			throws LDAPException {
		return refused(session, target, () -> explainChange(value, session.schema()), ex);
	}

	/**
	 * The exception for a new entry that the server's schema does not allow.
	 * @throws LDAPException for all other failures
	 */
	DataAccessException refusedEntry(Session session, Target target, LdapValue entry, LDAPException ex)
			throws LDAPException {
		return refused(session, target, () -> explainEntry(entry, session.schema()), ex);
	}

	private DataAccessException refused(Session session, Target target, Supplier<String> explanation, LDAPException ex)
			throws LDAPException {
		int code = ServerResult.of(ex).code();
		if (!SCHEMA_VIOLATIONS.contains(code) && code != ServerResult.OTHER || session.schema().isHidden()) {
			throw ex;
		}
		String finding = explanation.get();
		if (code == ServerResult.OTHER && finding.isEmpty()) {
			throw ex;
		}
		DataAccessException refused = this.failures.translate(target.operation(), ex, finding);
		// ApacheDS has no code for an object class that it does not know.
		return (code == ServerResult.OTHER)
				? new DataIntegrityViolationException(refused.getMessage(), refused.getCause()) : refused;
	}

}
