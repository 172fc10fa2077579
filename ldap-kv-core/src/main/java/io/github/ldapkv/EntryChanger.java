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

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.writing.EntryFailures;
import io.github.ldapkv.internal.writing.FailedAssertions;

/**
 * Changes entries that are there, each by one Modify.
 */
final class EntryChanger {

	/**
	 * What servers say if they are less permissive than they say.
	 */
	private static final Set<ResultCode> LESS_PERMISSIVE = Set.of(ResultCode.ENTRY_ALREADY_EXISTS,
			ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, ResultCode.UNWILLING_TO_PERFORM, ResultCode.NO_SUCH_ATTRIBUTE);

	private final ChangePlanner planner;

	private final EntryWriter writer;

	private final FailedAssertions assertions;

	EntryChanger(ChangePlanner planner, EntryWriter writer, FailedAssertions assertions) {
		this.planner = planner;
		this.writer = writer;
		this.assertions = assertions;
	}

	/**
	 * Makes an entry exactly a value, or creates it.
	 * @return whether it was done; {@code false} if somebody else was faster
	 */
	boolean replace(Session session, Target target, LdapValue value) throws LDAPException {
		ModifyRequest request = this.planner.replacement(session, target, value, false);
		if (request == null) {
			return this.writer.putIfAbsent(session, target, value, session.schema());
		}
		try {
			return send(session, target, request, value);
		}
		catch (LDAPException ex) {
			if (!ex.getResultCode().equals(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION)) {
				throw ex;
			}
			// OpenLDAP has no assertion in its own configuration.
			ModifyRequest plain = this.planner.replacement(session, target, value, true);
			return plain != null && send(session, target, plain, value);
		}
	}

	/**
	 * Changes single values.
	 * @param set what the patch gives to whole attributes
	 * @return whether it was done; {@code false} if somebody else was faster
	 */
	boolean patch(Session session, Target target, LdapPatch patch, LdapValue set) throws LDAPException {
		NamingAttributes.check(target, set, session.schema());
		try {
			return send(session, target, this.planner.patch(session, target, patch, false), set);
		}
		catch (LDAPException ex) {
			if (!LESS_PERMISSIVE.contains(ex.getResultCode())) {
				throw ex;
			}
			// Samba is permissive with all but links, such as members, and OpenLDAP with
			// all but the removal of a last value that is not there.
			return send(session, target, this.planner.patchOfWhatIsThere(session, target, patch, false), set);
		}
	}

	private boolean send(Session session, Target target, ModifyRequest request, LdapValue value) throws LDAPException {
		if (request.isEmpty()) {
			return true;
		}
		try {
			request.send(session);
			return true;
		}
		catch (LDAPException ex) {
			int code = ServerResult.of(ex).code();
			if (code == ServerResult.NO_SUCH_OBJECT) {
				this.writer.refuseMissingValue(target, ex);
				throw EntryFailures.missing(target);
			}
			if (this.assertions.isUnfounded(session, target, request.condition(), ex)) {
				throw this.assertions.unfounded(target, ex, "");
			}
			if (code == ServerResult.ASSERTION_FAILED) {
				return false;
			}
			if (code == ServerResult.NO_SUCH_ATTRIBUTE && request.isPermissive()) {
				throw ex;
			}
			DirectorySchema schema = session.schema();
			if ((code == ServerResult.NO_SUCH_ATTRIBUTE || code == ServerResult.ATTRIBUTE_OR_VALUE_EXISTS)
					&& this.planner.hasChanged(session, target, request.basis())) {
				return false;
			}
			if (code == ServerResult.NO_SUCH_ATTRIBUTE && request.removesPassword()) {
				throw this.writer.wrongPassword(target, ex);
			}
			if (this.writer.changesCourse(session, target, request, schema, ex)) {
				return send(session, target, request, value);
			}
			throw this.writer.refused(target, ex, value, schema, false);
		}
	}

}
