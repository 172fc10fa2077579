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

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.internal.directory.Directory;
import io.github.ldapkv.internal.directory.DirectoryCall;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.wire.RequestControls;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.writing.EntryDeleter;
import io.github.ldapkv.internal.writing.EntryFailures;
import io.github.ldapkv.internal.writing.FailedAssertions;
import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Writes on condition that an entry has a version.
 */
final class ConditionalWriter implements ConditionalOperations {

	private static final Logger logger = LoggerFactory.getLogger(ConditionalWriter.class);

	private final Version expected;

	private final Targets targets;

	private final Directory directory;

	private final ChangePlanner planner;

	private final MergePlanner merges;

	private final AssertedModify assertedModify;

	private final PairedModify pairedModify;

	private final FailedAssertions assertions;

	private final Consumer<Operation> guard;

	/**
	 * Creates a writer.
	 * @param guard refuses operations that are not possible now
	 */
	ConditionalWriter(Version expected, Targets targets, Directory directory, ChangePlanner planner,
			MergePlanner merges, EntryWriter writer, FailedAssertions assertions, Consumer<Operation> guard) {
		this.expected = expected;
		this.targets = targets;
		this.directory = directory;
		this.planner = planner;
		this.merges = merges;
		this.assertedModify = new AssertedModify(planner, writer, assertions);
		this.pairedModify = new PairedModify(planner, writer);
		this.assertions = assertions;
		this.guard = guard;
	}

	@Override
	public Version put(CharSequence key, LdapValue value) {
		Target target = this.targets.of(Verb.PUT, key, value);
		AtomicBoolean done = new AtomicBoolean();
		return change(target, done, (session) -> {
			ModifyRequest request = session.capabilities().has(Feature.ASSERTION)
					? this.merges.merge(session, target, value)
					: this.merges.mergeIntoWhatIsThere(session, target, value);
			if (request == null) {
				throw EntryFailures.changed(target, null);
			}
			return modify(session, target, request, value, done);
		});
	}

	@Override
	public Version replace(CharSequence key, LdapValue value) {
		Target target = this.targets.of(Verb.REPLACE, key, value);
		AtomicBoolean done = new AtomicBoolean();
		return change(target, done, (session) -> {
			ModifyRequest request = this.planner.replacement(session, target, value, true);
			if (request == null) {
				throw EntryFailures.changed(target, null);
			}
			return modify(session, target, request, value, done);
		});
	}

	@Override
	public Version patch(CharSequence key, Consumer<LdapPatch> changes) {
		LdapPatch patch = Targets.patch(key, changes);
		LdapValue set = Targets.set(patch);
		Target target = this.targets.of(Verb.PATCH, key, set);
		AtomicBoolean done = new AtomicBoolean();
		return change(target, done, (session) -> {
			if (patch.changes().isEmpty()) {
				return modify(session, target, new ModifyRequest(target.dn()), set, done);
			}
			NamingAttributes.check(target, set, session.schema());
			try {
				return modify(session, target, this.planner.patch(session, target, patch, true), set, done);
			}
			catch (LDAPException ex) {
				if (!ex.getResultCode().equals(ResultCode.NO_SUCH_ATTRIBUTE)) {
					throw ex;
				}
				return modify(session, target, this.planner.patchOfWhatIsThere(session, target, patch, true), set,
						done);
			}
		});
	}

	private Version modify(Session session, Target target, ModifyRequest request, LdapValue value, AtomicBoolean done)
			throws LDAPException {
		if (request.isEmpty()) {
			// RFC 4511 lets a Modify have no changes, and the servers refuse it.
			this.planner.readUnchanged(session, target, this.expected);
			return this.expected;
		}
		return session.capabilities().has(Feature.ASSERTION)
				? this.assertedModify.send(session, target, request, this.expected, value, done)
				: this.pairedModify.send(session, target, request, this.expected, value, done);
	}

	@Override
	public void delete(CharSequence key) {
		Target target = this.targets.of(Verb.DELETE, key, LdapValue.empty());
		write(target, (session) -> {
			ServerCapabilities capabilities = session.capabilities();
			target.operation().require(capabilities, Feature.ASSERTION, "to delete on condition of a version");
			this.expected.requireKeptBy(capabilities, target.operation());
			if (!delete(session, target)) {
				throw EntryFailures.changed(target, null);
			}
			return Boolean.TRUE;
		});
	}

	private boolean delete(Session session, Target target) throws LDAPException {
		try {
			return EntryDeleter.deleteAndTell(session, target.dn(), RequestControls.assertion(this.expected.filter()));
		}
		catch (LDAPException ex) {
			if (this.assertions.isUnfounded(session, target, this.expected.filter(), ex)) {
				throw this.assertions.unfounded(target, ex, "");
			}
			if (ServerResult.of(ex).code() == ServerResult.ASSERTION_FAILED) {
				return false;
			}
			throw ex;
		}
	}

	/**
	 * Makes a change. Once the server has acknowledged it, it is no failure if the entry
	 * cannot be read any more: its version stays the old one, which no entry has, and
	 * only the connection bears the consequences.
	 * @param done set by the call once the server has acknowledged it
	 */
	private Version change(Target target, AtomicBoolean done, DirectoryCall<Version> call) {
		try {
			return write(target, call);
		}
		catch (DataAccessException ex) {
			if (!done.get()) {
				throw ex;
			}
			logger.debug("The entry '{}' is written, but its new version cannot be read", target.operation().key(), ex);
			return this.expected;
		}
	}

	private <T> T write(Target target, DirectoryCall<T> call) {
		this.guard.accept(target.operation());
		return this.directory.write(target.operation(), call);
	}

}
