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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.TransactionPlanner.Planned;
import io.github.ldapkv.TransactionPlanner.Sending;
import io.github.ldapkv.internal.directory.Directory;
import io.github.ldapkv.internal.directory.DirectoryCall;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.schema.EntryIdentity;
import io.github.ldapkv.internal.text.NamedValues;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.NothingDoneException;
import io.github.ldapkv.internal.wire.Quirk;
import io.github.ldapkv.internal.wire.SentSecrets;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.ServerTransaction;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the writes of a transaction.
 */
final class TransactionExecutor {

	private static final Logger logger = LoggerFactory.getLogger(TransactionExecutor.class);

	private final Directory directory;

	private final TransactionPlanner planner;

	private final TransactionFailures failures;

	private final AtomicBoolean warned = new AtomicBoolean();

	TransactionExecutor(Directory directory, TransactionPlanner planner, TransactionFailures failures) {
		this.directory = directory;
		this.planner = planner;
		this.failures = failures;
	}

	/**
	 * Does all writes of a buffer, or none.
	 */
	void execute(Operation operation, WriteBuffer buffer) {
		Map<EntryIdentity, Version> conditions = buffer.conditions();
		if (buffer.writes().isEmpty()) {
			return;
		}
		this.directory.write(operation, (session) -> {
			ServerCapabilities capabilities = session.capabilities();
			operation.require(capabilities, Feature.TRANSACTIONS, "to do several writes together");
			if (!conditions.isEmpty()) {
				operation.require(capabilities, Feature.ASSERTION, "to depend on versions");
			}
			warn(session);
			run(session, plan(session, buffer, conditions, Sending.ALL),
					(again) -> plan(again, buffer, conditions, Sending.DIFFERENCES));
			return Boolean.TRUE;
		});
	}

	private List<Planned> plan(Session session, WriteBuffer buffer, Map<EntryIdentity, Version> conditions,
			Sending sending) throws NothingDoneException {
		try {
			return this.planner.plan(session, buffer.writes(), conditions, sending);
		}
		catch (LDAPException ex) {
			throw new NothingDoneException(ex);
		}
	}

	private void warn(Session session) {
		if (session.has(Quirk.CRASHES_AT_THE_END_OF_A_TRANSACTION) && this.warned.compareAndSet(false, true)) {
			logger.warn("{} may crash at the end of a transaction, unless it works on one request of a connection "
					+ "at a time: set its olcThreads to 3 or less. The store waits {} ms before each end, which makes it "
					+ "rare, not impossible.", session.capabilities().server(),
					ServerTransaction.PAUSE_BEFORE_THE_END.toMillis());
		}
	}

	/**
	 * Sends the writes of a plan.
	 * @param sparing makes a plan without what is there already, to be tried if this one
	 * is refused; {@code null} if this one is without
	 */
	private void run(Session session, List<Planned> plan, @Nullable DirectoryCall<List<Planned>> sparing)
			throws LDAPException {
		if (plan.isEmpty()) {
			// A server may refuse a transaction of no writes.
			return;
		}
		ServerTransaction transaction = start(session);
		Planned current = plan.get(0);
		try {
			for (Planned planned : plan) {
				current = planned;
				planned.request().send(transaction.session());
			}
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw new NothingDoneException(ex);
			}
			transaction.abort();
			refused(session, plan, sparing, current, ex);
			return;
		}
		catch (RuntimeException | Error ex) {
			transaction.abandon(ex);
			throw ex;
		}
		try {
			transaction.commit();
		}
		catch (NothingDoneException ex) {
			throw ex;
		}
		catch (LDAPException ex) {
			// What is refused at the end may be any of the writes, unless the server
			// tells.
			LDAPException shown = SentSecrets.removedFrom(ex, SentAttributes.secrets(sent(plan)));
			if (ConnectionFailures.isBroken(shown)) {
				throw shown;
			}
			int failed = transaction.failedWrite(ex, plan.size());
			refused(session, plan, sparing, (failed >= 0) ? plan.get(failed) : null, shown);
		}
	}

	private static List<NamedValues> sent(List<Planned> plan) {
		List<NamedValues> sent = new ArrayList<>();
		plan.forEach((planned) -> planned.sent().forEach(sent::add));
		return sent;
	}

	/**
	 * Tries a refused transaction again if there is a way to satisfy the server.
	 */
	private void refused(Session session, List<Planned> plan, @Nullable DirectoryCall<List<Planned>> sparing,
			@Nullable Planned refused, LDAPException ex) throws LDAPException {
		int code = ServerResult.of(ex).code();
		if (code == ServerResult.OBJECT_CLASS_VIOLATION && completeObjectClasses(session, plan)) {
			run(session, plan, sparing);
			return;
		}
		// What is to be removed and not there any more: somebody else was faster.
		boolean outdated = code == ServerResult.NO_SUCH_ATTRIBUTE;
		if (sparing != null && !outdated && RefusedWrites.mayMindWhatIsThere(code)) {
			List<Planned> other = sparing.run(session);
			if (!sent(other).equals(sent(plan))) {
				run(session, other, null);
				return;
			}
		}
		throw this.failures.of(session, plan, refused, ex);
	}

	private boolean completeObjectClasses(Session session, List<Planned> plan) throws LDAPException {
		boolean different = false;
		for (Planned planned : plan) {
			different |= planned.change() != null && planned.change().completeObjectClasses(session.schema());
		}
		return different;
	}

	private ServerTransaction start(Session session) throws LDAPException {
		try {
			return ServerTransaction.start(session);
		}
		catch (LDAPException ex) {
			throw new NothingDoneException(ex);
		}
	}

}
