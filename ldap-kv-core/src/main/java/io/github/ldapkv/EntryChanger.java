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
import io.github.ldapkv.ChangePlanner.Guard;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.writing.EntryFailures;
import io.github.ldapkv.internal.writing.FailedAssertions;
import org.jspecify.annotations.Nullable;

/**
 * Changes entries, each by one Modify, and has those created that may be missing.
 */
final class EntryChanger {

	/**
	 * What servers say if they are less permissive than they say.
	 */
	private static final Set<ResultCode> LESS_PERMISSIVE = Set.of(ResultCode.ENTRY_ALREADY_EXISTS,
			ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, ResultCode.UNWILLING_TO_PERFORM, ResultCode.NO_SUCH_ATTRIBUTE);

	private final PutPlanner puts;

	private final ChangePlanner planner;

	private final VersionedReader entries;

	private final EntryCreator creator;

	private final RefusedWrites refusals;

	private final FailedAssertions assertions;

	EntryChanger(PutPlanner puts, ChangePlanner planner, VersionedReader entries, EntryCreator creator,
			RefusedWrites refusals, FailedAssertions assertions) {
		this.puts = puts;
		this.planner = planner;
		this.entries = entries;
		this.creator = creator;
		this.refusals = refusals;
		this.assertions = assertions;
	}

	/**
	 * Replaces the attributes named, or creates the entry. One that is there takes one
	 * round trip.
	 * @return whether it was done; {@code false} if somebody else has created the entry
	 * after it was not there
	 */
	boolean put(Session session, Target target, LdapValue value) throws LDAPException {
		EntryChange change = this.puts.merge(session, target, value);
		return change != null && merge(session, target, change, value) || this.creator.create(session, target, value);
	}

	private boolean merge(Session session, Target target, EntryChange first, LdapValue value) throws LDAPException {
		EntryChange change = first;
		while (!change.isEmpty()) {
			try {
				change.send(session);
				return true;
			}
			catch (LDAPException ex) {
				if (ex.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
					this.refusals.refuseMissingValue(target, ex);
					return false;
				}
				if (change == first && RefusedWrites.mindsClasses(change, ex)) {
					EntryChange other = this.puts.mergeIntoWhatIsThere(session, target, value);
					if (other == null) {
						return false;
					}
					change = other;
				}
				else if (!this.refusals.changesCourse(session, target, change, ex)) {
					throw this.refusals.refusedChange(session, target, value, ex);
				}
			}
		}
		return this.entries.exists(session, target);
	}

	/**
	 * Makes an entry exactly a value, or creates it.
	 * @return whether it was done; {@code false} if somebody else was faster
	 */
	boolean replace(Session session, Target target, LdapValue value) throws LDAPException {
		EntryChange change = this.planner.replacement(session, target, value, Guard.AS_READ);
		if (change == null) {
			return this.creator.createIfAbsent(session, target, value);
		}
		try {
			return send(session, target, change, value);
		}
		catch (LDAPException ex) {
			if (!ex.getResultCode().equals(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION)) {
				throw ex;
			}
			// OpenLDAP has no assertion in its own configuration.
			EntryChange plain = this.planner.replacement(session, target, value, Guard.NONE);
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
			return send(session, target, there(target, this.planner.patch(session, target, patch, Guard.AS_READ)), set);
		}
		catch (LDAPException ex) {
			if (!LESS_PERMISSIVE.contains(ex.getResultCode())) {
				throw ex;
			}
			// Samba is permissive with all but links, such as members, and OpenLDAP with
			// all but the removal of a last value that is not there.
			return send(session, target,
					there(target, this.planner.patchOfWhatIsThere(session, target, patch, Guard.AS_READ)), set);
		}
	}

	private static EntryChange there(Target target, @Nullable EntryChange change) {
		if (change == null) {
			throw EntryFailures.missing(target);
		}
		return change;
	}

	private boolean send(Session session, Target target, EntryChange change, LdapValue value) throws LDAPException {
		if (change.isEmpty()) {
			return true;
		}
		try {
			change.send(session);
			return true;
		}
		catch (LDAPException ex) {
			int code = ServerResult.of(ex).code();
			if (code == ServerResult.NO_SUCH_OBJECT) {
				this.refusals.refuseMissingValue(target, ex);
				throw EntryFailures.missing(target);
			}
			if (this.assertions.isUnfounded(session, target, change.condition(), ex)) {
				throw this.assertions.unfounded(target, ex, "");
			}
			if (code == ServerResult.ASSERTION_FAILED) {
				return false;
			}
			if (code == ServerResult.NO_SUCH_ATTRIBUTE && change.isPermissive()) {
				throw ex;
			}
			if ((code == ServerResult.NO_SUCH_ATTRIBUTE || code == ServerResult.ATTRIBUTE_OR_VALUE_EXISTS)
					&& this.entries.hasChanged(session, target, change.basis())) {
				return false;
			}
			if (code == ServerResult.NO_SUCH_ATTRIBUTE && change.removesPassword()) {
				throw this.refusals.wrongPassword(target, ex);
			}
			if (this.refusals.changesCourse(session, target, change, ex)) {
				return send(session, target, change, value);
			}
			throw this.refusals.refusedChange(session, target, value, ex);
		}
	}

}
