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

import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import io.github.ldapkv.testserver.Answer;
import io.github.ldapkv.testserver.LyingDirectory;
import io.github.ldapkv.server.ServerCapabilities;
import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.ldap.core.support.LdapContextSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of a write when a read breaks that it does on the way.
 */
class ReadInsideWriteTests extends LyingServer {

	@Test
	void aServerThatIsBusyBeforeTheFirstWriteHasDoneNothing() {
		for (int code : new int[] { 51, 52 }) {
			LdapKeyValueTemplate fresh = new LdapKeyValueTemplate(this.pool);
			this.directory.lie((request, answer) -> {
				boolean rootDse = LyingDirectory.Lie.asksFor(request, "supportedControl");
				if (rootDse) {
					answer.result(code, WORDS);
				}
				return rootDse;
			});
			assertThatExceptionOfType(TransientDataAccessResourceException.class)
				.isThrownBy(() -> fresh.put(KEY, Map.of("description", "x")))
				.withMessageContaining(KEY)
				.withMessageContaining(WORDS);
			this.directory.tellTheTruth();
			fresh.put(KEY, Map.of("description", "x"));
		}
	}

	@Test
	void aSchemaThatDoesNotComeBeforeTheFirstWriteIsATimeout() {
		this.directory.lie((request, answer) -> LyingDirectory.Lie.asksFor(request, "subschemaSubentry"));
		assertThatExceptionOfType(QueryTimeoutException.class)
			.isThrownBy(() -> this.store.put(KEY, Map.of("description", "x")))
			.withMessageContaining(KEY);
	}

	/**
	 * Nothing was written, so the call begins again, once.
	 */
	@Test
	void aReadThatBreaksInsideAWriteIsDoneAgainWithIt() {
		for (Map.Entry<Runnable, Byte> write : readingWrites().entrySet()) {
			this.store.get(KEY);
			AtomicInteger reads = new AtomicInteger();
			AtomicInteger writes = new AtomicInteger();
			this.directory.lie((request, answer) -> {
				if (LyingDirectory.Lie.isSearch(request, BASE) && reads.incrementAndGet() == 1) {
					answer.hangUp();
					return true;
				}
				writes.addAndGet((request.getProtocolOpType() == write.getValue()) ? 1 : 0);
				return number(request, answer);
			});
			write.getKey().run();
			assertThat(writes).hasValue(1);
			this.directory.tellTheTruth();
		}
	}

	/**
	 * A read of its own beside the one that is under way.
	 */
	@Test
	void aReadOfARangeThatBreaksInsideAWriteIsDoneAgainWithIt() {
		this.store.get(KEY);
		AtomicInteger ranges = new AtomicInteger();
		AtomicInteger writes = new AtomicInteger();
		this.directory.lie((request, answer) -> {
			writes.addAndGet((request.getProtocolOpType() == LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_REQUEST) ? 1 : 0);
			if (!LyingDirectory.Lie.isSearch(request, BASE)) {
				return false;
			}
			boolean range = LyingDirectory.Lie.asksFor(request, "description;range=1-*");
			if (range && ranges.incrementAndGet() == 1) {
				answer.hangUp();
				return true;
			}
			answer.send(new SearchResultEntryProtocolOp("ou=a,dc=org",
					List.of(new Attribute("objectClass", "organizationalUnit"),
							range ? new Attribute("description;range=1-*", "y")
									: new Attribute("description;range=0-0", "x"))));
			answer.result(0, "");
			return true;
		});
		this.store.replace(KEY, Map.of("objectClass", "organizationalUnit", "description", "z"));
		assertThat(ranges).hasValue(2);
		assertThat(writes).hasValue(1);
	}

	@Test
	void aReadThatGetsNoAnswerInsideAWriteIsATimeoutAndNothingIsWritten() {
		for (Runnable write : readingWrites().keySet()) {
			this.directory.tellTheTruth();
			this.store.get(KEY);
			AtomicInteger writes = new AtomicInteger();
			this.directory.lie((request, answer) -> {
				byte type = request.getProtocolOpType();
				writes.addAndGet((type == LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_REQUEST
						|| type == LDAPMessage.PROTOCOL_OP_TYPE_DELETE_REQUEST) ? 1 : 0);
				return type == LDAPMessage.PROTOCOL_OP_TYPE_SEARCH_REQUEST;
			});
			assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(write::run).withMessageContaining(KEY);
			assertThat(writes).hasValue(0);
		}
	}

	/**
	 * Its connections do not tell their writes from their reads.
	 */
	@Test
	void aReadThatBreaksOnAnotherContextSourceLeavesAnUnknownOutcome() {
		LdapContextSource source = new LdapContextSource();
		source.setUrl(this.directory.url());
		source.afterPropertiesSet();
		LdapKeyValueTemplate foreign = new LdapKeyValueTemplate(source);
		foreign.get(KEY);
		this.directory.lie((request, answer) -> {
			boolean read = LyingDirectory.Lie.isSearch(request, BASE);
			if (read) {
				answer.hangUp();
			}
			return read;
		});
		assertThatExceptionOfType(UnknownOutcomeException.class)
			.isThrownBy(() -> foreign.increment(KEY, "telephoneNumber", 2));
	}

	/**
	 * The writes of a deletion of a tree, one of which was answered.
	 */
	@Test
	void aReadThatBreaksAfterAWriteLeavesAnUnknownOutcome() {
		LdapKeyValueTemplate plain = LdapKeyValueTemplate.builder(this.pool)
			.serverCapabilities((server) -> ServerCapabilities.unknown())
			.pageSize(1)
			.build();
		plain.get(KEY);
		AtomicInteger writes = new AtomicInteger();
		this.directory.lie((request, answer) -> {
			if (request.getProtocolOpType() == LDAPMessage.PROTOCOL_OP_TYPE_DELETE_REQUEST) {
				writes.incrementAndGet();
				return false;
			}
			if (LyingDirectory.Lie.isSearch(request, ONE) && writes.get() > 0) {
				answer.hangUp();
				return true;
			}
			return false;
		});
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> plain.deleteTree(KEY))
			.withMessageContaining(KEY);
		assertThat(writes).hasValue(1);
	}

	/**
	 * Writes that read first, with the request of the write.
	 */
	private Map<Runnable, Byte> readingWrites() {
		return Map.of(() -> assertThat(this.store.increment(KEY, "telephoneNumber", 2)).isEqualTo(42),
				LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_REQUEST,
				() -> this.store.replace(KEY, Map.of("objectClass", "organizationalUnit", "description", "y")),
				LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_REQUEST,
				() -> LdapKeyValueTemplate.builder(this.pool).build().delete(KEY),
				LDAPMessage.PROTOCOL_OP_TYPE_DELETE_REQUEST);
	}

	/**
	 * Answers a read with an entry that has a number.
	 */
	private static boolean number(LDAPMessage request, Answer answer) throws IOException {
		if (!LyingDirectory.Lie.isSearch(request, BASE)) {
			return false;
		}
		answer.send(new SearchResultEntryProtocolOp("ou=a,dc=org", List.of(new Attribute("telephoneNumber", "40"),
				new Attribute("objectClass", "organizationalUnit"), new Attribute("description", "x"))));
		answer.result(0, "");
		return true;
	}

}
