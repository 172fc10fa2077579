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

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.extensions.StartTransactionExtendedRequest;
import io.github.ldapkv.testserver.Answer;
import io.github.ldapkv.testserver.LyingDirectory.Lie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of a transaction if something goes wrong before, at and after its end. The
 * server is one at whose transactions the store looks twice before it ends them.
 */
class LostTransactionTests extends LyingServer {

	private static final Lie HANG_UP = (request, answer) -> {
		answer.hangUp();
		return true;
	};

	private static final Lie REFUSE = (request, answer) -> {
		answer.result(80, WORDS);
		return true;
	};

	private static final Lie BE_SILENT = (request, answer) -> true;

	private final AtomicInteger starts = new AtomicInteger();

	private final AtomicInteger ends = new AtomicInteger();

	private LdapKeyValueTemplate careful;

	@BeforeEach
	void connect() {
		this.directory.lie(LostTransactionTests::beOpenLdap);
		this.careful = new LdapKeyValueTemplate(this.pool);
		this.careful.get(KEY);
		this.directory.tellTheTruth();
	}

	@Test
	void aConnectionLostBeforeTheEndCostsASecondTry() {
		lie(1, LostTransactionTests::isLookBeforeTheEnd, HANG_UP);
		transfer();
		assertThat(this.directory.connections()).isEqualTo(2);
		assertThat(this.starts).hasValue(2);
		assertThat(this.ends).hasValue(1);
	}

	@Test
	void aConnectionLostBeforeTheEndTwiceIsNoUnknownOutcome() {
		lie(Integer.MAX_VALUE, LostTransactionTests::isLookBeforeTheEnd, HANG_UP);
		assertThat(thrownBy(this::transfer)).isExactlyInstanceOf(DataAccessResourceFailureException.class);
		assertThat(this.ends).hasValue(0);
		assertThat(this.pool.statistics().idle()).isZero();
	}

	@Test
	void anAnswerThatIsMissingBeforeTheEndIsATimeout() {
		lie(1, LostTransactionTests::isLookBeforeTheEnd, BE_SILENT);
		assertThat(thrownBy(this::transfer)).isInstanceOf(QueryTimeoutException.class);
		assertThat(this.ends).hasValue(0);
		assertThat(this.pool.statistics().idle()).isZero();
	}

	@Test
	void whateverIsAnsweredBeforeTheEndIsAnAnswer() {
		lie(1, LostTransactionTests::isLookBeforeTheEnd, REFUSE);
		transfer();
		transfer();
		assertThat(this.directory.connections()).isEqualTo(1);
		assertThat(this.starts).hasValue(2);
		assertThat(this.ends).hasValue(2);
	}

	@Test
	void aConnectionLostAtTheEndIsAnUnknownOutcome() {
		lie(1, (request) -> isEnd(request, true), HANG_UP);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this::transfer);
		assertThat(this.ends).hasValue(1);
	}

	@Test
	void aTransactionThatCannotBeGivenUpIsDoneOnAnotherConnection() {
		for (Lie lie : List.of(HANG_UP, REFUSE)) {
			this.careful.get(KEY);
			int connections = this.directory.connections();
			AtomicInteger refused = new AtomicInteger();
			lie(2, (request) -> isModify(request) && refused.getAndIncrement() == 0 || isEnd(request, false),
					(request, answer) -> {
						if (!isModify(request)) {
							return lie.tell(request, answer);
						}
						answer.result(65, WORDS);
						return true;
					});
			transfer();
			assertThat(this.directory.connections()).isEqualTo(connections + 1);
		}
	}

	@Test
	void aTransactionThatCanNeverBeGivenUpIsNoUnknownOutcome() {
		lie(Integer.MAX_VALUE, (request) -> isModify(request) || isEnd(request, false), REFUSE);
		assertThat(thrownBy(this::transfer)).isExactlyInstanceOf(DataAccessResourceFailureException.class)
			.hasMessageContaining("The transaction cannot be ended")
			.hasMessageContaining(WORDS);
		assertThat(this.pool.statistics().idle()).isZero();
	}

	@Test
	void aConnectionLostInSearchOfTheCulpritIsNotUsedAgain() {
		AtomicInteger modified = new AtomicInteger();
		lie(Integer.MAX_VALUE,
				(request) -> isModify(request) && modified.incrementAndGet() == 3 || isEnd(request, true),
				(request, answer) -> {
					if (isModify(request)) {
						return HANG_UP.tell(request, answer);
					}
					answer.result(65, WORDS);
					return true;
				});
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(this::transfer)
			.withMessageContaining("write 1 of the 2")
			.withMessageContaining(WORDS);
		assertThat(this.directory.connections()).isEqualTo(2);
	}

	@Test
	void anAnswerThatIsMissingInSearchOfTheCulpritIsATimeout() {
		lie(2, (request) -> isEnd(request, true), (request, answer) -> {
			if (this.ends.get() == 1) {
				answer.result(65, WORDS);
			}
			return true;
		});
		assertThat(thrownBy(this::transfer)).isInstanceOf(QueryTimeoutException.class);
		assertThat(this.pool.statistics().idle()).isZero();
	}

	/**
	 * Who does something about a transaction that was rolled back must not do it for this
	 * one.
	 */
	@Test
	void aSpringTransactionOfUnknownOutcomeIsNotOneThatWasRolledBack() {
		lie(1, (request) -> isEnd(request, true), HANG_UP);
		AtomicInteger status = new AtomicInteger(-1);
		assertThat(thrownBy(() -> transferInSpringTransaction(status))).isInstanceOf(UnknownOutcomeException.class)
			.hasMessageContaining("a transaction of 2 writes");
		assertThat(status).hasValue(TransactionSynchronization.STATUS_UNKNOWN);
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		transferInSpringTransaction(status);
		assertThat(status).hasValue(TransactionSynchronization.STATUS_COMMITTED);
	}

	@Test
	void aSpringTransactionThatIsRefusedIsRolledBack() {
		lie(Integer.MAX_VALUE, (request) -> isEnd(request, true), REFUSE);
		AtomicInteger status = new AtomicInteger(-1);
		assertThat(thrownBy(() -> transferInSpringTransaction(status)))
			.isInstanceOf(NonTransientDataAccessResourceException.class)
			.hasMessageContaining(WORDS);
		assertThat(status).hasValue(TransactionSynchronization.STATUS_ROLLED_BACK);
	}

	private static boolean beOpenLdap(LDAPMessage request, Answer answer) throws IOException {
		boolean asked = request.getProtocolOp() instanceof SearchRequestProtocolOp search
				&& search.getBaseDN().isEmpty();
		if (asked) {
			answer.send(new SearchResultEntryProtocolOp("",
					List.of(new Attribute("objectClass", "top", "OpenLDAProotDSE"), new Attribute("supportedExtension",
							StartTransactionExtendedRequest.START_TRANSACTION_REQUEST_OID))));
			answer.result(0, "");
		}
		return asked;
	}

	private void transferInSpringTransaction(AtomicInteger seen) {
		new TransactionTemplate(new LdapKeyValueTransactionManager(this.careful))
			.executeWithoutResult((transaction) -> {
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCompletion(int status) {
						seen.set(status);
					}

				});
				transfer();
			});
	}

	private void transfer() {
		this.careful.atomically((tx) -> {
			tx.put(KEY, Map.of("description", "1"));
			tx.put("/dc=org/ou=b", Map.of("description", "2"));
		});
	}

	/**
	 * Lies to some requests.
	 * @param times how many
	 */
	private void lie(int times, Requests which, Lie lie) {
		AtomicInteger left = new AtomicInteger(times);
		this.directory.lie((request, answer) -> {
			this.starts.addAndGet(isStart(request) ? 1 : 0);
			this.ends.addAndGet(isEnd(request, true) ? 1 : 0);
			return which.match(request) && left.getAndDecrement() > 0 && lie.tell(request, answer);
		});
	}

	private static boolean isLookBeforeTheEnd(LDAPMessage request) {
		return request.getProtocolOp() instanceof SearchRequestProtocolOp search && search.getBaseDN().isEmpty()
				&& search.getAttributes().equals(List.of("1.1"));
	}

	private static boolean isModify(LDAPMessage request) {
		return request.getProtocolOpType() == LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_REQUEST;
	}

	private static boolean isStart(LDAPMessage request) {
		return request.getProtocolOp() instanceof ExtendedRequestProtocolOp extended && extended.getValue() == null;
	}

	private static boolean isEnd(LDAPMessage request, boolean commit) {
		// A commit is the default, and not encoded.
		return request.getProtocolOp() instanceof ExtendedRequestProtocolOp extended && extended.getValue() != null
				&& (extended.getValue().getValueLength() == 4) == commit;
	}

	@FunctionalInterface
	private interface Requests {

		boolean match(LDAPMessage request);

	}

}
