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

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.TransactionPlanner.Planned;
import io.github.ldapkv.WriteBuffer.Kind;
import io.github.ldapkv.internal.operation.FailureTranslator;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Remedies;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.reading.MissingAncestor;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.wire.NothingDoneException;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.writing.FailedAssertions;
import io.github.ldapkv.internal.writing.TransactionAutopsy;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Finds out which write of a transaction is at fault if the server does none of them, and
 * why.
 */
final class TransactionFailures {

	private final EntryReader reader;

	private final VersionedReader entries;

	private final MissingAncestor missingAncestor;

	private final FailedAssertions assertions;

	private final FailureTranslator failures;

	private final TransactionAutopsy autopsy;

	TransactionFailures(EntryReader reader, VersionedReader entries, MissingAncestor missingAncestor,
			FailedAssertions assertions, FailureTranslator failures) {
		this.reader = reader;
		this.entries = entries;
		this.missingAncestor = missingAncestor;
		this.assertions = assertions;
		this.failures = failures;
		this.autopsy = new TransactionAutopsy(reader);
	}

	/**
	 * The failure of a transaction that the server has refused.
	 * @param refused the write at fault; {@code null} if that is to be found out
	 * @throws NothingDoneException if it cannot be looked into
	 */
	DataAccessException of(Session session, List<Planned> plan, @Nullable Planned refused, LDAPException ex)
			throws NothingDoneException {
		try {
			Planned culprit = refused;
			if (culprit == null) {
				int index = (plan.size() == 1) ? 0 : culprit(session, plan, ServerResult.of(ex).code());
				culprit = (index >= 0) ? plan.get(index) : null;
			}
			return (culprit != null) ? failure(session, culprit, ex) : unexplained(plan, ex);
		}
		catch (LDAPException unexplained) {
			throw new NothingDoneException(unexplained);
		}
	}

	private int culprit(Session session, List<Planned> plan, int code) throws LDAPException {
		return this.autopsy.culprit(session, plan.stream().map(Planned::request).toList(),
				plan.get(0).target().absolute(), code);
	}

	private DataAccessException unexplained(List<Planned> plan, LDAPException ex) {
		List<String> operations = plan.stream()
			.map((planned) -> planned.target().operation())
			.map((operation) -> operation.verb().words() + " " + operation.key())
			.toList();
		Operation oneOf = Operation.of(Verb.ATOMICALLY, "one of " + Excerpt.ofWords(operations.toString()));
		ServerResult result = ServerResult.of(ex);
		if (result.code() == ServerResult.ENTRY_ALREADY_EXISTS
				&& plan.stream().noneMatch((planned) -> planned.kind() == Kind.CREATE)) {
			return lostRace(oneOf, ex, " Nothing of the transaction was done.");
		}
		return this.failures.translate(oneOf, ex,
				(Remedies.of(result) + " Nothing of the transaction was done.").strip());
	}

	private static ConcurrencyFailureException lostRace(Operation operation, LDAPException ex, String ending) {
		return new ConcurrencyFailureException(operation.failed()
				+ "somebody else has written the entry after it was looked for, or the account may not see it. Try "
				+ "again, or check the account's rights. The server answered " + ServerResult.of(ex).name() + "."
				+ ending, ServerResult.presentable(ex));
	}

	private DataAccessException failure(Session session, Planned planned, LDAPException ex) throws LDAPException {
		ServerResult result = ServerResult.of(ex);
		Target target = planned.target();
		String position = planned.step().position();
		if (result.code() == ServerResult.NO_SUCH_OBJECT && planned.condition() != null) {
			return new OptimisticLockingFailureException(
					target.operation().failed() + "the entry is gone since this version of it was read. Read it again, "
							+ "and decide anew." + position,
					ServerResult.presentable(ex));
		}
		if (result.code() == ServerResult.NO_SUCH_OBJECT && planned.creates()) {
			return new DataIntegrityViolationException(target.operation().failed()
					+ this.missingAncestor.explain(session, target.absolute().parent()) + position,
					ServerResult.presentable(ex));
		}
		if (this.assertions.isUnfounded(session, target, planned.condition(), ex)) {
			return this.assertions.unfounded(target, ex, position);
		}
		if (isLostRace(session, planned, result)) {
			return lostRace(target.operation(), ex, position);
		}
		return this.failures.translate(target.operation(), ex, (finding(session, planned, result) + position).strip());
	}

	/**
	 * Whether a request was right when it was worked out, and somebody else has written
	 * the entry since. Which request it was may be found out wrongly for the same reason.
	 * Who creates an entry has said that it is not there, and who patches or deletes one
	 * that it is.
	 */
	private boolean isLostRace(Session session, Planned planned, ServerResult result) throws LDAPException {
		return switch (result.code()) {
			case ServerResult.ENTRY_ALREADY_EXISTS -> planned.kind() != Kind.CREATE;
			case ServerResult.NO_SUCH_OBJECT -> planned.kind() == Kind.PUT || planned.kind() == Kind.REPLACE
					|| this.reader.exists(session, planned.target().dn());
			case ServerResult.NO_SUCH_ATTRIBUTE, ServerResult.ATTRIBUTE_OR_VALUE_EXISTS -> planned.change() != null
					&& this.entries.hasChanged(session, planned.target(), planned.change().basis());
			default -> false;
		};
	}

	private String finding(Session session, Planned planned, ServerResult result) throws LDAPException {
		if (result.code() == ServerResult.NO_SUCH_OBJECT) {
			return "There is no such entry.";
		}
		if (result.code() == ServerResult.OTHER && planned.kind() == Kind.DELETE) {
			return "OpenLDAP cannot delete the last entry below another one in a transaction: delete it by itself.";
		}
		if (result.code() == ServerResult.NO_SUCH_ATTRIBUTE && planned.change() != null
				&& planned.change().removesPassword()) {
			return RefusedWrites.WRONG_PASSWORD;
		}
		String broken = RefusedWrites.SCHEMA_VIOLATIONS.contains(result.code()) ? explanation(session, planned) : "";
		return broken.isEmpty() ? Remedies.of(result) : broken;
	}

	private static String explanation(Session session, Planned planned) {
		return planned.creates() ? RefusedWrites.explainEntry(planned.value(), session.schema())
				: RefusedWrites.explainChange(planned.value(), session.schema());
	}

}
