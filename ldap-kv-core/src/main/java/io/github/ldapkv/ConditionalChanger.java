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

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.ChangePlanner.Guard;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.wire.RequestControls;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.writing.EntryFailures;
import io.github.ldapkv.internal.writing.FailedAssertions;
import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

/**
 * Changes and deletes entries on condition that they have a version, each by one request.
 */
final class ConditionalChanger {

	private final PutPlanner puts;

	private final ChangePlanner planner;

	private final VersionedReader entries;

	private final FailedAssertions assertions;

	private final AssertedModify assertedModify;

	private final PairedModify pairedModify;

	ConditionalChanger(PutPlanner puts, ChangePlanner planner, VersionedReader entries, RefusedWrites refusals,
			FailedAssertions assertions) {
		this.puts = puts;
		this.planner = planner;
		this.entries = entries;
		this.assertions = assertions;
		this.assertedModify = new AssertedModify(entries, refusals, assertions);
		this.pairedModify = new PairedModify(entries, refusals);
	}

	/**
	 * Replaces the attributes named.
	 * @return the new version
	 */
	Version put(Session session, ConditionalWrite write) throws LDAPException {
		EntryChange change = session.capabilities().has(Feature.ASSERTION)
				? this.puts.merge(session, write.target(), write.value())
				: this.puts.mergeIntoWhatIsThere(session, write.target(), write.value());
		return modify(session, write, there(write, change));
	}

	/**
	 * Makes an entry exactly the value.
	 * @return the new version
	 */
	Version replace(Session session, ConditionalWrite write) throws LDAPException {
		EntryChange change = this.planner.replacement(session, write.target(), write.value(), Guard.NONE);
		return modify(session, write, there(write, change));
	}

	private static EntryChange there(ConditionalWrite write, @Nullable EntryChange change) {
		if (change == null) {
			throw EntryFailures.changed(write.target(), null);
		}
		return change;
	}

	/**
	 * Changes single values.
	 * @return the new version
	 */
	Version patch(Session session, ConditionalWrite write, LdapPatch patch) throws LDAPException {
		Target target = write.target();
		if (patch.changes().isEmpty()) {
			return modify(session, write, new EntryChange(target.dn()));
		}
		NamingAttributes.check(target, write.value(), session.schema());
		try {
			return modify(session, write, there(write, this.planner.patch(session, target, patch, Guard.NONE)));
		}
		catch (LDAPException ex) {
			if (!ex.getResultCode().equals(ResultCode.NO_SUCH_ATTRIBUTE)) {
				throw ex;
			}
			return modify(session, write,
					there(write, this.planner.patchOfWhatIsThere(session, target, patch, Guard.NONE)));
		}
	}

	private Version modify(Session session, ConditionalWrite write, EntryChange change) throws LDAPException {
		if (change.isEmpty()) {
			// RFC 4511 lets a Modify have no changes, and the servers refuse it.
			this.entries.readUnchanged(session, write.target(), write.expected());
			return write.expected();
		}
		return session.capabilities().has(Feature.ASSERTION) ? this.assertedModify.send(session, write, change)
				: this.pairedModify.send(session, write, change);
	}

	void delete(Session session, Target target, Version expected) throws LDAPException {
		ServerCapabilities capabilities = session.capabilities();
		target.operation().require(capabilities, Feature.ASSERTION, "to delete on condition of a version");
		expected.requireKeptBy(capabilities, target.operation());
		if (!deleteIfThere(session, target, expected)) {
			throw EntryFailures.changed(target, null);
		}
	}

	private boolean deleteIfThere(Session session, Target target, Version expected) throws LDAPException {
		try {
			return session.deleteIfThere(
					new DeleteRequest(target.dn(), new Control[] { RequestControls.assertion(expected.filter()) }));
		}
		catch (LDAPException ex) {
			if (this.assertions.isUnfounded(session, target, expected.filter(), ex)) {
				throw this.assertions.unfounded(target, ex, "");
			}
			if (ServerResult.of(ex).code() == ServerResult.ASSERTION_FAILED) {
				return false;
			}
			throw ex;
		}
	}

}
