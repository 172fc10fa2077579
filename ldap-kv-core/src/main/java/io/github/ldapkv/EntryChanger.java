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

import javax.naming.NameAlreadyBoundException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import javax.naming.directory.NoSuchAttributeException;
import javax.naming.ldap.LdapContext;

import io.github.ldapkv.EntryWriter.Target;

import org.springframework.dao.DataRetrievalFailureException;

/**
 * Changes entries that are there, each by one Modify.
 */
final class EntryChanger {

	private final Directory directory;

	private final ChangePlanner planner;

	private final EntryWriter writer;

	private final FailedAssertions assertions;

	EntryChanger(Directory directory, ChangePlanner planner, EntryWriter writer, FailedAssertions assertions) {
		this.directory = directory;
		this.planner = planner;
		this.writer = writer;
		this.assertions = assertions;
	}

	/**
	 * Makes an entry exactly a value, or creates it.
	 * @return whether it was done; {@code false} if somebody else was faster
	 */
	boolean replace(LdapContext context, Target target, LdapValue value) throws NamingException {
		ModifyRequest request = this.planner.replacement(context, target, value, false);
		if (request == null) {
			return this.writer.putIfAbsent(context, target, value, this.directory.schema(context));
		}
		try {
			return send(context, target, request, value);
		}
		catch (OperationNotSupportedException ex) {
			if (ServerResult.of(ex).code() != ServerResult.UNAVAILABLE_CRITICAL_EXTENSION) {
				throw ex;
			}
			// OpenLDAP has no assertion in its own configuration.
			ModifyRequest plain = this.planner.replacement(context, target, value, true);
			return plain != null && send(context, target, plain, value);
		}
	}

	/**
	 * Changes single values.
	 * @param set what the patch gives to whole attributes
	 * @return whether it was done; {@code false} if somebody else was faster
	 */
	boolean patch(LdapContext context, Target target, LdapPatch patch, LdapValue set) throws NamingException {
		NamingAttributes.check(target, set, this.directory.schema(context));
		try {
			return send(context, target, this.planner.patch(context, target, patch, false), set);
		}
		catch (NameAlreadyBoundException | OperationNotSupportedException | NoSuchAttributeException ex) {
			// Samba is permissive with all but links, such as members, and OpenLDAP with
			// all but the removal of a last value that is not there.
			return send(context, target, this.planner.patchOfWhatIsThere(context, target, patch, false), set);
		}
	}

	private boolean send(LdapContext context, Target target, ModifyRequest request, LdapValue value)
			throws NamingException {
		if (request.isEmpty()) {
			return true;
		}
		try {
			request.send(context);
			return true;
		}
		catch (NameNotFoundException ex) {
			this.writer.refuseMissingValue(target, ex);
			throw missing(target);
		}
		catch (NamingException ex) {
			int code = ServerResult.of(ex).code();
			if (this.assertions.isUnfounded(context, target, request.condition(), ex)) {
				throw this.assertions.unfounded(target, ex, "");
			}
			if (code == ServerResult.ASSERTION_FAILED) {
				return false;
			}
			if (code == ServerResult.NO_SUCH_ATTRIBUTE && request.isPermissive()) {
				throw ex;
			}
			DirectorySchema schema = this.directory.schema(context);
			if ((code == ServerResult.NO_SUCH_ATTRIBUTE || code == ServerResult.ATTRIBUTE_OR_VALUE_EXISTS)
					&& this.planner.hasChanged(context, target, request.basis())) {
				return false;
			}
			if (code == ServerResult.NO_SUCH_ATTRIBUTE && request.removesPassword()) {
				throw this.writer.wrongPassword(target, ex);
			}
			if (this.writer.changesCourse(context, target, request, schema, ex)) {
				return send(context, target, request, value);
			}
			throw this.writer.refused(target, ex, value, schema, false);
		}
	}

	static DataRetrievalFailureException missing(Target target) {
		return new DataRetrievalFailureException(
				target.operation().failed() + "there is no such entry. To create it, put it.");
	}

}
