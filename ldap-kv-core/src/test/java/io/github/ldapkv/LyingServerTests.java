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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.protocol.SearchResultReferenceProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.operation.Remedies;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.testserver.Answer;
import io.github.ldapkv.testserver.LyingDirectory;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a store makes of a server, or of something between, that hides things, or says
 * what it should not.
 */
class LyingServerTests extends LyingServer {

	@Test
	void aRootDseThatMayNotBeReadIsThatOfAnUnknownServer() {
		rootDseAnswers((answer) -> answer.result(50, WORDS));
		worksAsWithAnUnknownServer();
	}

	@Test
	void aRootDseThatIsEmptyIsThatOfAnUnknownServer() {
		rootDseAnswers((answer) -> answer.result(0, ""));
		worksAsWithAnUnknownServer();
	}

	private void worksAsWithAnUnknownServer() {
		assertThat(this.store.get(KEY)).isPresent();
		this.store.put(KEY, Map.of("description", "x"));
		assertThat(this.store.query("/dc=org/*")).hasSize(1);
		Version version = new Version("entryCSN", "1");
		assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class)
			.isThrownBy(() -> this.store.ifUnchanged(version).delete(KEY))
			.withMessageContaining(KEY)
			.withMessageContaining(Feature.ASSERTION.description());
		assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class)
			.isThrownBy(() -> this.store.atomically((tx) -> tx.put(KEY, Map.of("description", "x"))))
			.withMessageContaining(Feature.TRANSACTIONS.description());
	}

	@Test
	void theOutcomeOfAWriteThatWasRefusedIsKnown() {
		// What the store looks up to explain a refusal may fail: the write was not done.
		this.store.get(KEY);
		this.directory.lie((request, answer) -> {
			if (request.getProtocolOp() instanceof ModifyRequestProtocolOp) {
				answer.result(19, WORDS);
				return true;
			}
			if (LyingDirectory.Lie.isSearch(request, SearchScope.BASE_INT_VALUE)) {
				answer.hangUp();
				return true;
			}
			return false;
		});
		for (Runnable write : List.<Runnable>of(() -> this.store.put(KEY, Map.of("description", "x")),
				() -> this.store.patch(KEY, (patch) -> patch.set("description", "x")))) {
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(write::run)
				.isNotInstanceOf(UnknownOutcomeException.class);
		}
	}

	@Test
	void aServerThatIsBusyAtFirstIsAskedAgainWhatItCanDo() {
		for (int code : new int[] { 51, 52 }) {
			LdapKeyValueTemplate fresh = new LdapKeyValueTemplate(this.pool);
			rootDseAnswers((answer) -> answer.result(code, WORDS));
			assertThatExceptionOfType(TransientDataAccessResourceException.class).isThrownBy(() -> fresh.get(KEY))
				.withMessageContaining(WORDS);
			this.directory.tellTheTruth();
			assertThat(fresh.get(KEY)).isPresent();
			assertThat(fresh.info().server().server()).as("after %d", code).contains("Liar");
		}
	}

	@Test
	void aSchemaThatMayNotBeReadIsDoneWithout() {
		this.directory.lie((request, answer) -> {
			if (LyingDirectory.Lie.asksFor(request, "subschemaSubentry")) {
				answer.send(
						new SearchResultEntryProtocolOp("", List.of(new Attribute("subschemaSubentry", "cn=schema"))));
				answer.result(0, "");
				return true;
			}
			if (request.getProtocolOp() instanceof SearchRequestProtocolOp search
					&& search.getBaseDN().equals("cn=schema")) {
				answer.result(50, WORDS);
				return true;
			}
			return false;
		});
		assertThat(this.store.get(KEY)).isPresent();
		this.store.put(KEY, Map.of("description", "x"));
		assertThat(this.store.query("/dc=org/*")).hasSize(1);
	}

	@Test
	void aSchemaThatDoesNotComeIsATimeoutAndIsAskedForAgain() {
		this.directory.lie((request, answer) -> LyingDirectory.Lie.asksFor(request, "subschemaSubentry"));
		assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(() -> this.store.get(KEY))
			.withMessageContaining(KEY);
		assertThat(this.pool.statistics()).extracting(PoolStatistics::active, PoolStatistics::idle)
			.containsExactly(0, 0);
	}

	@Test
	void aControlThatIsRefusedThoughItWasOfferedIsAnError() {
		this.store.get(KEY);
		this.directory.lie((request, answer) -> {
			boolean refused = request.getControls().stream().anyMatch(Control::isCritical);
			if (refused) {
				answer.result(12, WORDS);
			}
			return refused;
		});
		LdapKeyValueTemplate versioned = LdapKeyValueTemplate.builder(this.pool)
			.serverCapabilities((server) -> server.withVersionAttribute("entryCSN"))
			.build();
		Version version = new Version("entryCSN", "1");
		refused(12, () -> versioned.ifUnchanged(version).put(KEY, Map.of("description", "x")));
		refused(12, () -> versioned.ifUnchanged(version).delete(KEY));
		refused(12, () -> this.store.deleteTree(KEY));
		refused(12, () -> this.store.atomically((tx) -> tx.put(KEY, Map.of("description", "x"))));
		// Goes without the control, and asks for pages with one that is not critical.
		this.store.patch(KEY, (patch) -> patch.add("description", "x"));
		assertThat(this.store.query("/dc=org/*")).hasSize(1);
		assertThat(this.directory.connections()).isEqualTo(1);
	}

	@Test
	void aTransactionThatIsRefusedThoughItWasOfferedIsAnError() {
		for (int code : new int[] { 2, 12 }) {
			answer(LDAPMessage.PROTOCOL_OP_TYPE_EXTENDED_REQUEST, code);
			refused(code, () -> this.store.atomically((tx) -> tx.put(KEY, Map.of("description", "x"))));
		}
		assertThat(this.directory.connections()).isEqualTo(1);
	}

	@Test
	void aReferralIsNotFollowed() {
		this.store.get(KEY);
		this.directory.lie((request, answer) -> {
			answer.result(10, WORDS, "ldap://elsewhere.invalid/dc=org");
			return true;
		});
		refused(10, () -> this.store.get(KEY));
		refused(10, () -> this.store.query("/dc=org/*"));
		refused(10, () -> this.store.put(KEY, Map.of("description", "x")));
		refused(10, () -> this.store.putIfAbsent(KEY, Map.of("objectClass", "organizationalUnit")));
		refused(10, () -> this.store.delete(KEY));
		refused(10, () -> this.store.move(KEY, "/dc=org/ou=b"));
		assertThat(this.directory.connections()).isEqualTo(1);
	}

	@Test
	void referencesAmongTheResultsAreLeftOut() {
		this.directory.lie((request, answer) -> {
			if (!LyingDirectory.Lie.isSearch(request, ONE)) {
				return false;
			}
			answer.send(Answer.entry("ou=a,dc=org"));
			answer.send(new SearchResultReferenceProtocolOp(List.of("ldap://elsewhere.invalid/ou=c,dc=org")));
			answer.send(Answer.entry("ou=b,dc=org"));
			answer.send(new SearchResultReferenceProtocolOp(List.of("ldap://elsewhere.invalid/ou=d,dc=org")));
			answer.result(0, "");
			return true;
		});
		assertThat(this.store.query("/dc=org/*")).extracting(LdapEntry::dn)
			.containsExactly("ou=a,dc=org", "ou=b,dc=org");
		assertThat(this.pool.statistics()).extracting(PoolStatistics::active, PoolStatistics::idle)
			.containsExactly(0, 1);
	}

	@Test
	void emptyPagesWithACookieAreGoneThrough() {
		AtomicInteger pages = new AtomicInteger();
		pagesAnswer((answer) -> {
			if (pages.incrementAndGet() > 5) {
				answer.send(Answer.entry("ou=a,dc=org"));
			}
			answer.endOfPage((pages.get() > 5) ? "" : "more");
		});
		assertThat(this.store.query("/dc=org/*")).hasSize(1);
	}

	@Test
	void aPageThatIsLargerThanAskedForIsReadWhole() {
		pagesAnswer((answer) -> {
			for (int i = 0; i < 35; i++) {
				answer.send(Answer.entry("ou=" + i + ",dc=org"));
			}
			answer.endOfPage("");
		});
		assertThat(this.store.query("/dc=org/*")).hasSize(35);
		try (Stream<LdapEntry> stream = this.store.stream(KeyQuery.of("/dc=org/*"))) {
			assertThat(stream.iterator().next()).isNotNull();
		}
		assertThat(this.pool.statistics()).extracting(PoolStatistics::active, PoolStatistics::idle)
			.containsExactly(0, 1);
	}

	@Test
	void pagesThatNeverEndAreReadUntilTheReaderIsInterrupted() throws InterruptedException {
		for (int size : new int[] { 10, 0 }) {
			this.directory.tellTheTruth();
			this.store.get(KEY);
			pagesAnswer((answer) -> {
				for (int i = 0; i < size; i++) {
					answer.send(Answer.entry("ou=" + i + ",dc=org"));
				}
				answer.endOfPage("more");
			});
			AtomicInteger seen = new AtomicInteger();
			AtomicReference<Throwable> thrown = new AtomicReference<>();
			Thread reader = new Thread(() -> thrown.set(thrownBy(() -> {
				try (Stream<LdapEntry> stream = this.store.stream(KeyQuery.of("/dc=org/*"))) {
					stream.forEach((entry) -> seen.incrementAndGet());
				}
			})));
			reader.start();
			// Time in which a stream that ends by itself would have ended.
			Thread.sleep(300);
			assertThat(reader.isAlive()).isTrue();
			reader.interrupt();
			reader.join(5000);
			assertThat(reader.isAlive()).isFalse();
			assertThat(thrown.get()).isInstanceOf(DataAccessException.class);
			assertThat(seen.get()).isGreaterThanOrEqualTo(size * 2);
			assertThat(this.pool.statistics().active()).isZero();
		}
	}

	@Test
	void entriesOutsideOfThePatternAreLeftOutAndOthersAreThereAsOftenAsSent() {
		pagesAnswer((answer) -> {
			for (String dn : List.of("ou=a,dc=org", "ou=b,dc=com", "ou=c,ou=a,dc=org", "dc=org", "", "ou=a,dc=org")) {
				answer.send(Answer.entry(dn));
			}
			answer.endOfPage("");
		});
		assertThat(this.store.keys(KeyQuery.of("/dc=org/*"))).extracting(LdapKey::toString).containsExactly(KEY, KEY);
	}

	@Test
	void anEntryWhoseNameIsNoDnIsAFailureOfTheQuery() {
		pagesAnswer((answer) -> {
			answer.send(Answer.entry("ou=a,dc=org"));
			answer.send(Answer.entry("no name"));
			answer.endOfPage("");
		});
		for (Runnable query : List.<Runnable>of(() -> this.store.query("/dc=org/*"),
				() -> this.store.stream(KeyQuery.of("/dc=org/*")).toList(),
				() -> this.store.count(KeyQuery.of("/dc=org/*")))) {
			assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(query::run)
				.withMessageContaining("/dc=org/*")
				.withMessageContaining("'no name'");
		}
	}

	private void rootDseAnswers(Part part) {
		this.directory.lie((request, answer) -> {
			boolean rootDse = request.getProtocolOp() instanceof SearchRequestProtocolOp search
					&& search.getBaseDN().isEmpty();
			if (rootDse) {
				part.send(answer);
			}
			return rootDse;
		});
	}

	private static void refused(int code, Runnable call) {
		Throwable thrown = thrownBy(call);
		assertThat(thrown).as("result %d", code)
			.isInstanceOf(InvalidDataAccessResourceUsageException.class)
			.hasMessageContaining("(" + code + ")")
			.hasMessageContaining(WORDS)
			.satisfies((ex) -> assertThat(ex.getMessage()).containsAnyOf("'/dc=org", TRANSACTION))
			.hasMessageContaining(Remedies.of(new ServerResult(code, "")));
	}

}
