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
import java.util.concurrent.atomic.AtomicBoolean;

import javax.naming.NamingException;
import javax.naming.ldap.LdapContext;

import io.github.ldapkv.EntryWriter.Target;
import io.github.ldapkv.ServerCapabilities.Feature;
import io.github.ldapkv.TransactionPlanner.Planned;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Sends the writes of a transaction, and finds out which one is at fault if the server
 * does none of them.
 */
final class TransactionExecutor {

	private static final Logger logger = LoggerFactory.getLogger(LdapKeyValueTemplate.class);

	private final Directory directory;

	private final EntryReader reader;

	private final TransactionPlanner planner;

	private final KeyResolver resolver;

	private final MissingAncestor missingAncestor;

	private final FailureTranslator failures;

	private final TransactionAutopsy autopsy;

	private final AtomicBoolean warned = new AtomicBoolean();

	TransactionExecutor(Directory directory, EntryReader reader, EntryWriter writer, ChangePlanner planner,
			KeyResolver resolver, MissingAncestor missingAncestor, FailureTranslator failures) {
		this.directory = directory;
		this.reader = reader;
		this.planner = new TransactionPlanner(directory, reader, writer, planner);
		this.resolver = resolver;
		this.missingAncestor = missingAncestor;
		this.failures = failures;
		this.autopsy = new TransactionAutopsy(directory, reader, resolver);
	}

	/**
	 * Does all writes of a buffer, or none.
	 */
	void execute(Operation operation, WriteBuffer buffer) {
		Map<LdapKey, Version> conditions = buffer.conditions();
		if (buffer.writes().isEmpty()) {
			return;
		}
		this.directory.write(operation, (context) -> {
			ServerCapabilities capabilities = this.directory.capabilities(context);
			capabilities.require(Feature.TRANSACTIONS, operation, "to do several writes together");
			if (!conditions.isEmpty()) {
				capabilities.require(Feature.ASSERTION, operation, "to depend on versions");
			}
			warn(capabilities);
			List<Planned> plan;
			try {
				plan = this.planner.plan(context, buffer.writes(), conditions);
			}
			catch (NamingException ex) {
				throw new UncommittedException(ex);
			}
			run(context, plan);
			return Boolean.TRUE;
		});
	}

	private void warn(ServerCapabilities capabilities) {
		if (capabilities.has(Quirk.CRASHES_AT_THE_END_OF_A_TRANSACTION) && this.warned.compareAndSet(false, true)) {
			logger.warn("{} may crash at the end of a transaction, unless it works on one request of a connection "
					+ "at a time: set its olcThreads to 3 or less. The store waits {} ms before each end, which makes it "
					+ "rare, not impossible.", capabilities.server(),
					ServerTransaction.PAUSE_BEFORE_THE_END.toMillis());
		}
	}

	private void run(LdapContext context, List<Planned> plan) throws NamingException {
		ServerTransaction transaction = null;
		Planned current = null;
		try {
			transaction = ServerTransaction.start(context, this.directory.capabilities(context));
			for (Planned planned : plan) {
				current = planned;
				planned.request().send(context, transaction.control());
			}
		}
		catch (NamingException ex) {
			if (transaction == null || current == null || ConnectionFailures.isBroken(ex)) {
				throw new UncommittedException(ex);
			}
			transaction.abort();
			throw failure(context, plan, current, ex);
		}
		try {
			transaction.commit();
		}
		catch (NamingException ex) {
			if (ex instanceof UncommittedException || ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			throw failure(context, plan, null, ex);
		}
	}

	/**
	 * The failure of a transaction that the server has refused.
	 * @param refused the write at fault; {@code null} if that is to be found out
	 * @throws UncommittedException if it cannot be looked into
	 */
	private DataAccessException failure(LdapContext context, List<Planned> plan, @Nullable Planned refused,
			NamingException ex) throws UncommittedException {
		try {
			if (refused != null) {
				return failure(context, plan, plan.indexOf(refused), ex);
			}
			int culprit = (plan.size() == 1) ? 0 : this.autopsy.culprit(context, plan, ServerResult.of(ex).code());
			return failure(context, plan, culprit, ex);
		}
		catch (NamingException unexplained) {
			throw new UncommittedException(unexplained);
		}
	}

	private DataAccessException failure(LdapContext context, List<Planned> plan, int culprit, NamingException ex)
			throws NamingException {
		ServerResult result = ServerResult.of(ex);
		if (culprit < 0) {
			return this.failures.translate(Operation.of("do", "one of " + operations(plan)), ex,
					(Remedies.of(result) + " Nothing of the transaction was done.").strip());
		}
		Planned planned = plan.get(culprit);
		Target target = planned.write().target();
		String position = " It is write " + (culprit + 1) + " of the " + plan.size()
				+ " of a transaction, of which nothing was done.";
		if (result.code() == ServerResult.NO_SUCH_OBJECT && planned.conditional()) {
			return new OptimisticLockingFailureException(
					target.operation().failed() + "the entry is gone since this version of it was read. Read it again, "
							+ "and decide anew." + position,
					ServerResult.presentable(ex));
		}
		LdapKey parent = target.absolute().parent();
		if (result.code() == ServerResult.NO_SUCH_OBJECT && planned.creates()
				&& !this.reader.exists(context, this.resolver.name(parent))) {
			return new DataIntegrityViolationException(
					target.operation().failed() + this.missingAncestor.explain(context, parent) + position, ex);
		}
		return this.failures.translate(target.operation(), ex, (finding(context, planned, result) + position).strip());
	}

	private String finding(LdapContext context, Planned planned, ServerResult result) throws NamingException {
		if (result.code() == ServerResult.NO_SUCH_OBJECT) {
			return "There is no such entry.";
		}
		if (result.code() == ServerResult.OTHER && planned.write().kind() == WriteBuffer.Kind.DELETE) {
			return "OpenLDAP cannot delete the last entry below another one in a transaction: delete it by itself.";
		}
		String broken = EntryWriter.SCHEMA_VIOLATIONS.contains(result.code())
				? this.directory.schema(context).check().explain(planned.value(), planned.creates()) : "";
		return broken.isEmpty() ? Remedies.of(result) : broken;
	}

	private static List<String> operations(List<Planned> plan) {
		return plan.stream()
			.map((planned) -> planned.write().target().operation())
			.map((operation) -> operation.verb() + " " + operation.key())
			.toList();
	}

}
