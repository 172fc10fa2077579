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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.testserver.Answer;
import io.github.ldapkv.testserver.InterruptedCall;
import io.github.ldapkv.testserver.LyingDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a store makes of answers that are broken, late or missing: an exception that says
 * so, no hang, no leak, and it goes on afterwards.
 */
class BrokenAnswerTests extends LyingServer {

	@Test
	void bytesThatAreNoLdapAreATimeoutOrABrokenConnection() {
		Random random = new Random(1);
		for (int i = 0; i < 8; i++) {
			byte[] garbage = new byte[200];
			random.nextBytes(garbage);
			this.store.get(KEY);
			this.directory.lie((request, answer) -> {
				if (!LyingDirectory.Lie.isSearch(request, BASE)) {
					return false;
				}
				answer.raw(garbage);
				return true;
			});
			brokenRead();
		}
	}

	@Test
	void anAnswerToAnotherRequestIsNotTakenForThisOne() {
		this.store.get(KEY);
		this.directory.lie((request, answer) -> {
			answer.send(request.getMessageID() + 7, Answer.entry("ou=wrong,dc=org"));
			return true;
		});
		assertThat(brokenRead()).isInstanceOf(QueryTimeoutException.class);
	}

	@Test
	void anAnswerOfTwoGigabytesIsNotWaitedFor() {
		for (String hex : List.of("30847fffffff0201", "3084ffffffff0201", "30847fffffff", "308480000000")) {
			this.store.get(KEY);
			this.directory.lie((request, answer) -> {
				answer.raw(HexFormat.of().parseHex(hex));
				return true;
			});
			brokenRead();
		}
	}

	@Test
	void anAnswerThatIsCutIsABrokenConnection() {
		this.store.get(KEY);
		this.directory.lie((request, answer) -> {
			if (request.getProtocolOpType() != LDAPMessage.PROTOCOL_OP_TYPE_SEARCH_REQUEST) {
				return false;
			}
			byte[] entry = answer.bytes(Answer.entry("ou=a,dc=org"));
			answer.raw(Arrays.copyOf(entry, entry.length / 2));
			answer.hangUp();
			return true;
		});
		assertThat(brokenRead()).isInstanceOf(DataAccessResourceFailureException.class);
	}

	@Test
	void aWriteWhoseAnswerIsBrokenHasAnUnknownOutcome() {
		this.store.get(KEY);
		for (LyingDirectory.Lie lie : List.<LyingDirectory.Lie>of((request, answer) -> {
			answer.hangUp();
			return true;
		}, (request, answer) -> {
			answer.raw(new byte[] { 0x30, 3, 2, 1 });
			answer.hangUp();
			return true;
		}, (request, answer) -> {
			disconnect(answer);
			return true;
		}, (request, answer) -> true)) {
			this.directory.tellTheTruth();
			this.store.get(KEY);
			AtomicInteger writes = new AtomicInteger();
			this.directory.lie((request, answer) -> {
				if (request.getProtocolOpType() != LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_REQUEST) {
					return false;
				}
				writes.incrementAndGet();
				return lie.tell(request, answer);
			});
			assertThatExceptionOfType(UnknownOutcomeException.class)
				.isThrownBy(() -> this.store.put(KEY, Map.of("description", "x")))
				.withMessageContaining(KEY);
			assertThat(writes).hasValue(1);
		}
	}

	@Test
	void aServerThatHangsUpAfterTheBindIsNamed() {
		this.directory.lie((request, answer) -> {
			answer.result(0, "");
			answer.hangUp();
			return true;
		});
		assertThat(brokenRead()).isInstanceOf(DataAccessResourceFailureException.class)
			.hasMessageContaining(this.directory.url().substring("ldap://".length()));
	}

	@Test
	void aNoticeOfDisconnectionIsABrokenConnection() {
		this.store.get(KEY);
		this.directory.lie((request, answer) -> {
			if (LyingDirectory.Lie.isSearch(request, BASE)) {
				disconnect(answer);
				return true;
			}
			return false;
		});
		assertThat(brokenRead()).isInstanceOf(DataAccessResourceFailureException.class);
	}

	@Test
	void aReadAfterANoticeOfDisconnectionGoesToAnotherConnection() {
		this.store.get(KEY);
		this.directory.lie((request, answer) -> {
			answer.truth();
			disconnect(answer);
			this.directory.tellTheTruth();
			return true;
		});
		assertThat(this.store.get(KEY)).isPresent();
		assertThat(this.store.get(KEY)).isPresent();
		assertThat(this.directory.connections()).isEqualTo(2);
	}

	@Test
	void anAnswerThatNeverComesIsATimeout() {
		this.store.get(KEY);
		this.directory.lie((request, answer) -> true);
		assertThat(brokenRead()).isInstanceOf(QueryTimeoutException.class)
			.hasMessageContaining(Long.toString(READ_TIMEOUT.toMillis()));
	}

	/**
	 * Nobody waits for the answer that somebody else does not get.
	 */
	@Test
	void callersThatWaitForASchemaThatDoesNotComeDoSoAtTheSameTime() throws InterruptedException {
		this.directory.lie((request, answer) -> LyingDirectory.Lie.asksFor(request, "subschemaSubentry"));
		long start = System.nanoTime();
		List<InterruptedCall> calls = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			calls.add(new InterruptedCall(() -> this.store.get(KEY)));
		}
		for (InterruptedCall call : calls) {
			call.awaitEnd();
			assertThat(call.thrown()).isInstanceOf(QueryTimeoutException.class);
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(READ_TIMEOUT.multipliedBy(4));
	}

	@Test
	void anAnswerThatComesByteByByteInTimeIsAnAnswer() {
		this.store.get(KEY);
		this.directory.lie((request, answer) -> {
			byte[] entry = answer.bytes(Answer.entry("ou=a,dc=org"));
			for (byte part : entry) {
				answer.raw(new byte[] { part });
				pause(1);
			}
			answer.result(0, "");
			return true;
		});
		assertThat(this.store.getRequired(KEY).text("description")).contains("The entry ou=a,dc=org");
		assertThat(this.directory.connections()).isEqualTo(1);
	}

	@Test
	void anAnswerThatComesTooLateIsNotTakenForThatOfTheNextRequest() {
		this.store.get(KEY);
		this.directory.lie((request, answer) -> {
			this.directory.tellTheTruth();
			Thread late = new Thread(() -> {
				pause(READ_TIMEOUT.toMillis() + 100);
				try {
					for (int id = 0; id < 20; id++) {
						answer.send(request.getMessageID() + id, Answer.entry("ou=late,dc=org"));
					}
				}
				catch (IOException ex) {
					// The connection was given up.
				}
			});
			late.setDaemon(true);
			late.start();
			return true;
		});
		assertThat(brokenRead()).isInstanceOf(QueryTimeoutException.class);
		long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
		while (System.nanoTime() < end) {
			assertThat(this.store.getRequired(KEY).text("description")).contains("The entry ou=a,dc=org");
		}
	}

	private static void disconnect(Answer answer) throws IOException {
		answer.send(0,
				new ExtendedResponseProtocolOp(52, null, "going down", List.of(), "1.3.6.1.4.1.1466.20036", null));
		answer.hangUp();
	}

	/**
	 * A read fails, leaves no connection, and the next one works.
	 */
	private DataAccessException brokenRead() {
		DataAccessException thrown = catchThrowableOfType(DataAccessException.class, () -> this.store.get(KEY));
		assertThat(thrown).as("failure").hasMessageContaining(KEY);
		assertThat(this.pool.statistics()).extracting(PoolStatistics::active, PoolStatistics::idle)
			.containsExactly(0, 0);
		this.directory.tellTheTruth();
		assertThat(this.store.get(KEY)).isPresent();
		return thrown;
	}

	private static void pause(long millis) {
		LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
	}

}
