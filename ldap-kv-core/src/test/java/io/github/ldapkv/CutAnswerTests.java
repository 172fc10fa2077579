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

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.protocol.DeleteResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.controls.PreReadResponseControl;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.Answer;
import io.github.ldapkv.testserver.LyingDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.ldap.core.support.LdapContextSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A connection may end in the middle of a message, at any of its bytes. JNDI makes of a
 * part of a message what it can: an entry with fewer attributes and values, the end of a
 * result of which there are more pages, an answer without its controls.
 */
class CutAnswerTests extends LyingServer {

	@Test
	void anEntryThatIsCutIsNotHandedOver() {
		assertEntriesAreWhole(this.store);
	}

	/**
	 * Whatever ends the connection, as a gateway may do in good order with TLS.
	 */
	@Test
	void anEntryThatIsCutIsNotHandedOverByOtherContextSources() {
		LdapContextSource source = new LdapContextSource();
		source.setUrl(this.directory.url());
		source.setUserDn("cn=admin");
		source.setPassword("s3cret");
		source.setCacheEnvironmentProperties(false);
		source.afterPropertiesSet();
		assertEntriesAreWhole(new LdapKeyValueTemplate(source));
	}

	private void assertEntriesAreWhole(LdapKeyValueTemplate store) {
		store.get(KEY);
		int length = cutAfterEachByte((answer) -> answer.bytes(Answer.entry("ou=2,ou=a,dc=org")), (cut) -> {
			try (Stream<LdapEntry> entries = store.stream(KeyQuery.of(KEY + "/*"))) {
				assertThatExceptionOfType(DataAccessResourceFailureException.class).as("cut after %d bytes", cut)
					.isThrownBy(() -> entries.forEach(
							(entry) -> assertThat(entry.value().names()).as("cut after %d bytes", cut).hasSize(3)));
			}
		});
		assertThat(length).isGreaterThan(100);
	}

	@Test
	void theEndOfAPageThatIsCutIsNotTheEndOfTheResult() {
		this.store.get(KEY);
		int length = cutAfterEachByte(
				(answer) -> answer.bytes(new SearchResultDoneProtocolOp(0, null, null, null),
						new SimplePagedResultsControl(0, new ASN1OctetString("more"))),
				(cut) -> assertThatExceptionOfType(DataAccessResourceFailureException.class)
					.as("cut after %d bytes", cut)
					.isThrownBy(() -> this.store.query(KEY + "/*")));
		assertThat(length).isGreaterThan(30);
	}

	/**
	 * Of several servers, whoever is called at night looks at the one that is named.
	 */
	@Test
	void theServerThatEndsTheConnectionIsNamedAndNoOther() {
		try (LdapKeyValueTemplate several = new LdapKeyValueTemplate(
				LdapConnectionPool.builder(List.of(this.directory.url(), "ldap://localhost:1")).build())) {
			several.get(KEY);
			this.directory.lie((request, answer) -> {
				boolean search = LyingDirectory.Lie.isSearch(request, BASE);
				if (search) {
					answer.hangUp();
				}
				return search;
			});
			assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(() -> several.get(KEY))
				.withMessageContainingAll("the connection was lost: ",
						this.directory.url().substring("ldap://".length()))
				.withMessageNotContainingAny("localhost:1:", "ldap://");
		}
	}

	/**
	 * Answers searches with an entry and a part of another message, and ends the
	 * connection.
	 * @param message what is cut, after each of its bytes in turn
	 * @param search searches each time
	 * @return the length of the message
	 */
	private int cutAfterEachByte(Function<Answer, byte[]> message, IntConsumer search) {
		int length = 1;
		for (int cut = 1; cut < length || cut == 1; cut++) {
			int bytes = cut;
			int[] whole = new int[1];
			this.directory.lie((request, answer) -> {
				if (!LyingDirectory.Lie.isSearch(request, ONE)) {
					return false;
				}
				answer.send(Answer.entry("ou=1,ou=a,dc=org"));
				// JNDI gives what is cut to those only who wait for it.
				LockSupport.parkNanos(5_000_000);
				byte[] last = message.apply(answer);
				whole[0] = last.length;
				answer.raw(Arrays.copyOf(last, bytes));
				answer.hangUp();
				return true;
			});
			search.accept(cut);
			length = whole[0];
		}
		return length;
	}

	@Test
	void anAnswerToADeletionThatIsCutSaysNothing() {
		Control read = new PreReadResponseControl(new ReadOnlyEntry("ou=a,dc=org", List.of()));
		int length = Integer.MAX_VALUE;
		for (int cut = length; cut > 0; cut = Math.min(cut, length) - 1) {
			int bytes = cut;
			int[] whole = new int[1];
			this.directory.lie((request, answer) -> {
				if (request.getProtocolOpType() != LDAPMessage.PROTOCOL_OP_TYPE_DELETE_REQUEST) {
					return false;
				}
				byte[] result = answer.bytes(new DeleteResponseProtocolOp(0, null, null, null), read);
				whole[0] = result.length;
				answer.raw(Arrays.copyOf(result, Math.min(bytes, result.length)));
				if (bytes < result.length) {
					answer.hangUp();
				}
				return true;
			});
			if (length == Integer.MAX_VALUE) {
				assertThat(this.store.delete(KEY)).isTrue();
				length = whole[0];
			}
			else {
				assertThatExceptionOfType(UnknownOutcomeException.class).as("cut after %d bytes", cut)
					.isThrownBy(() -> this.store.delete(KEY));
			}
		}
	}

}
