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

package io.github.ldapkv.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.controls.ContentSyncState;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.Answer;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.watch.TellingServer.Telling;
import io.github.ldapkv.watch.WatchState.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ldap.core.support.LdapContextSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that offer to tell of changes, and then do not, or in no form that is known.
 */
@Timeout(180)
class WatchRefusalTests {

	private static final Control NO_REQUEST = new Control("1.2.3");

	@AfterEach
	void nothingStays() {
		Watching.assertNothingStays(null);
	}

	/**
	 * To a persistent search no server says that it has begun, so that it is refused
	 * after that.
	 */
	@ParameterizedTest
	@CsvSource({ TellingServer.CONTENT_SYNC + ", 12", TellingServer.CONTENT_SYNC + ", 50",
			TellingServer.CONTENT_SYNC + ", 53", TellingServer.PERSISTENT_SEARCH + ", 12",
			TellingServer.PERSISTENT_SEARCH + ", 50" })
	void aServerThatRefusesToTellIsListed(String control, int code) {
		try (TellingServer server = new TellingServer("Liar", control, (request, answer) -> answer.result(code, "no"));
				Watching watching = Watching.of(server.store(), "/*")) {
			server.put(1, "one");
			watching.awaitTold("CREATED /ou=u1");
			watching.begun();
			server.put(1, "other");
			server.put(2, "two");
			watching.awaitTold("CHANGED /ou=u1");
			watching.awaitTold("CREATED /ou=u2");
			server.delete(1);
			watching.awaitTold("DELETED /ou=u1");
			assertThat(watching.state().source().description()).startsWith("listing every");
			assertThat(watching.state().phase()).isEqualTo(Phase.LIVE);
			assertThat(watching.log().infos()).singleElement().asString().contains("listing every");
			assertThat(watching.log().warnings()).isEmpty();
			assertThat(server.server().connections()).isLessThan(20);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TellingServer.CONTENT_SYNC, TellingServer.PERSISTENT_SEARCH })
	void aServerThatHasRefusedIsAskedAgain(String control) {
		AtomicReference<Answer> told = new AtomicReference<>();
		try (TellingServer server = new TellingServer("Liar", control, (request, answer) -> answer.result(12, "no"));
				Watching watching = Watching.of(server.store(), "/*")) {
			watching.begun();
			watching.await("lists", () -> watching.state().source().description().startsWith("listing"));
			server.telling((request, answer) -> {
				if (control.equals(TellingServer.CONTENT_SYNC)) {
					TellingServer.sayThatItHasBegun(answer, null);
				}
				told.set(answer);
			});
			watching.await("is told", () -> !watching.state().source().description().startsWith("listing"));
			watching.await("says so", () -> watching.log().infos().size() >= 2);
			server.put(1, "one");
			if (control.equals(TellingServer.CONTENT_SYNC)) {
				TellingServer.tell(told.get(), 1, ContentSyncState.ADD);
				watching.awaitTold("CREATED /ou=u1");
			}
			assertThat(watching.log().infos()).last().asString().doesNotContain("listing");
			assertThat(watching.log().warnings()).isEmpty();
		}
	}

	/**
	 * It gives a sign of life, but does not say that it has begun.
	 */
	@Test
	void aServerThatIsSilentWhenItIsAskedToTellIsListed() {
		try (TellingServer server = new TellingServer("Liar", TellingServer.CONTENT_SYNC, (request, answer) -> {
		}); Watching watching = Watching.of(server.store(), "/*")) {
			server.put(1, "one");
			watching.awaitTold("CREATED /ou=u1");
			server.put(2, "two");
			watching.awaitTold("CREATED /ou=u2");
			assertThat(watching.state().source().description()).startsWith("listing every");
			assertThat(watching.log().warnings()).isEmpty();
		}
	}

	@Test
	void anAnswerThatCannotBeReadIsAGap() throws IOException {
		for (Telling bad : List.<Telling>of((request, answer) -> TellingServer.tellOfUnknownState(answer, 1),
				(request, answer) -> answer.raw(new byte[] { 0x54, 1, 0 }), (request, answer) -> answer.result(0, ""),
				(request, answer) -> answer.result(4096, "refresh"), (request, answer) -> answer.hangUp())) {
			AtomicReference<Answer> told = new AtomicReference<>();
			try (TellingServer server = new TellingServer("Liar", TellingServer.CONTENT_SYNC, (request, answer) -> {
				told.set(answer);
				TellingServer.sayThatItHasBegun(answer, null);
			}); Watching watching = Watching.of(server.store(), "/*")) {
				server.put(1, "one");
				watching.begun();
				server.put(1, "other");
				Answer before = told.get();
				bad.begins(NO_REQUEST, before);
				watching.awaitTold("CHANGED /ou=u1");
				watching.await("is live", () -> watching.state().phase() == Phase.LIVE);
				server.put(2, "two");
				TellingServer.tell(told.get(), 2, ContentSyncState.ADD);
				watching.awaitTold("CREATED /ou=u2");
				assertThat(watching.told().changes()).containsExactly("CHANGED /ou=u1", "CREATED /ou=u2");
				assertThat(watching.log().warnings()).hasSize(1);
				watching.assertSourcesLogged(2);
			}
		}
	}

	/**
	 * It is asked less and less often, and the log is not filled.
	 */
	@Test
	void aServerWhoseAnswersCanNeverBeReadIsNotAskedAllTheTime() {
		try (TellingServer server = new TellingServer("Liar", TellingServer.CONTENT_SYNC, (request, answer) -> {
			TellingServer.sayThatItHasBegun(answer, null);
			TellingServer.tellOfUnknownState(answer, 1);
		}); Watching watching = Watching.of(server.store(), "/*")) {
			server.put(1, "one");
			watching.awaitTold("CREATED /ou=u1");
			LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
			assertThat(server.server().connections()).isLessThan(16);
			assertThat(watching.log().warnings()).hasSize(1);
			server.put(2, "two");
			watching.awaitTold("CREATED /ou=u2");
			assertThat(watching.state().counts().failures()).isZero();
			server.telling((request, answer) -> TellingServer.sayThatItHasBegun(answer, null));
			watching.await("is live", () -> watching.state().phase() == Phase.LIVE);
		}
	}

	/**
	 * As after a restart, or a change of the content since then.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 4096, 53 })
	void aCookieThatTheServerDoesNotTakeIsForgotten(int code) throws IOException {
		List<String> cookies = Collections.synchronizedList(new ArrayList<>());
		AtomicReference<Answer> told = new AtomicReference<>();
		try (TellingServer server = new TellingServer("Liar", TellingServer.CONTENT_SYNC, (request, answer) -> {
			cookies.add(TellingServer.cookie(request));
			if (cookies.get(cookies.size() - 1).isEmpty()) {
				told.set(answer);
				TellingServer.sayThatItHasBegun(answer, "rid=000,csn=" + cookies.size());
			}
			else {
				answer.result(code, "not this one");
			}
		}); Watching watching = Watching.of(server.store(), "/*")) {
			server.put(1, "one");
			server.put(2, "two");
			watching.begun();
			server.put(1, "other");
			TellingServer.tell(told.get(), 1, ContentSyncState.MODIFY);
			watching.awaitTold("CHANGED /ou=u1");
			told.get().hangUp();
			server.delete(2);
			watching.awaitTold("DELETED /ou=u2");
			watching.await("is live", () -> watching.state().phase() == Phase.LIVE);
			assertThat(cookies).containsExactly("", "rid=000,csn=1", "");
			assertThat(watching.told().changes()).containsExactly("CHANGED /ou=u1", "DELETED /ou=u2");
			assertThat(watching.log().warnings()).hasSize(1);
			watching.assertSourcesLogged(2);
		}
	}

	/**
	 * By the time that it is looked at, the entry has moved on.
	 */
	@Test
	void aHintThatIsLateIsNoDeletion() {
		AtomicReference<Answer> told = new AtomicReference<>();
		try (TellingServer server = new TellingServer("Liar", TellingServer.CONTENT_SYNC, (request, answer) -> {
			told.set(answer);
			TellingServer.sayThatItHasBegun(answer, null);
		}); Watching watching = Watching.of(server.store(), "/*")) {
			server.put(1, "one");
			watching.begun();
			server.move(1, 2);
			TellingServer.tell(told.get(), 1, ContentSyncState.MODIFY);
			watching.awaitTold("MOVED /ou=u1 to /ou=u2");
			assertThat(watching.told().changes()).containsExactly("MOVED /ou=u1 to /ou=u2");
			server.delete(2);
			TellingServer.tell(told.get(), 1, ContentSyncState.MODIFY);
			watching.awaitTold("DELETED /ou=u2");
		}
	}

	/**
	 * Versions are counted by each server on its own.
	 */
	@Test
	void theVersionsOfAnotherServerSayNothing() {
		try (TellingServer first = new TellingServer("389 Project", "1.2.3", (request, answer) -> {
		}); TellingServer second = new TellingServer("389 Project", "1.2.3", (request, answer) -> {
		})) {
			first.put(1, "one", "7");
			first.put(2, "two", "8");
			second.put(1, "another", "7");
			second.put(2, "two", "9");
			try (Watching watching = Watching.of(first.store(second), "/*")) {
				watching.begun();
				assertThat(watching.state().source().server())
					.startsWith(first.server().url().substring("ldap://".length()));
				first.close();
				watching.awaitTold("CHANGED /ou=u1");
				watching.begun();
				assertThat(watching.state().source().server())
					.startsWith(second.server().url().substring("ldap://".length()));
				second.put(1, "one", "10");
				watching.awaitTold("CHANGED /ou=u1");
				assertThat(watching.told().changes()).containsExactly("CHANGED /ou=u1");
			}
		}
	}

	/**
	 * It counts up to the same numbers again.
	 */
	@Test
	void aServerThatCountsVersionsIsRestoredFromAnOlderCopy() throws IOException {
		AtomicReference<Answer> told = new AtomicReference<>();
		try (TellingServer server = new TellingServer("389 Project", TellingServer.PERSISTENT_SEARCH,
				(request, answer) -> told.set(answer)); Watching watching = Watching.of(server.store(), "/*")) {
			server.put(1, "one", "7");
			server.put(2, "two", "6");
			watching.begun();
			server.put(1, "written after it was restored", "7");
			told.get().hangUp();
			watching.awaitTold("CHANGED /ou=u1");
			watching.begun();
			assertThat(watching.state().source().description()).contains("persistent search");
		}
	}

	/**
	 * Nobody knows which one somebody else's context source is connected to.
	 */
	@Test
	void theVersionsOfAServerThatIsNotKnownSayNothing() {
		try (TellingServer first = new TellingServer("389 Project", "1.2.3", (request, answer) -> {
		}); TellingServer second = new TellingServer("389 Project", "1.2.3", (request, answer) -> {
		})) {
			first.put(1, "one", "7");
			second.put(1, "another", "7");
			LdapContextSource source = new LdapContextSource();
			source.setUrls(new String[] { first.server().url(), second.server().url() });
			source.setBase(TellingServer.BASE);
			source.setUserDn("cn=admin");
			source.setPassword("s3cret");
			source.setPooled(false);
			source.afterPropertiesSet();
			try (Watching watching = Watching.of(new LdapKeyValueTemplate(source), "/*")) {
				watching.begun();
				first.close();
				watching.awaitTold("CHANGED /ou=u1");
				assertThat(watching.state().source().server()).isEmpty();
			}
		}
	}

	/**
	 * A server without versions has times, of a second each: those of an entry are looked
	 * at, and the entry itself is read while that second may last.
	 */
	@Test
	void theTimeOfAWriteSaysThatNothingHasChangedOnceItIsOver() {
		try (TellingServer server = new TellingServer("Liar", "1.2.3", (request, answer) -> {
		}); Watching watching = Watching.of(server.store(), "/*")) {
			for (int i = 0; i < 50; i++) {
				server.putAt(i, "one", "20260101000000Z");
			}
			watching.begun();
			long before = watching.state().counts().comparisons();
			for (int i = 0; i < 5; i++) {
				server.putAt(7, "written " + i, "20260101000007Z");
				watching.awaitTold("CHANGED /ou=u7");
				watching.told().forget();
			}
			// Less than would find them by reading all now and then.
			assertThat(watching.state().counts().comparisons() - before).isLessThan(25);
			watching.await("times are enough", () -> {
				int whole = server.wholeEntries();
				long listings = watching.state().counts().comparisons();
				watching.await("lists", () -> watching.state().counts().comparisons() > listings + 2);
				return server.wholeEntries() == whole;
			});
			server.putAt(8, "other", "20260101000008Z");
			watching.awaitTold("CHANGED /ou=u8");
			assertThat(watching.told().changes()).containsExactly("CHANGED /ou=u8");
			// As if the clock was set back: all is read now and then.
			server.putAt(9, "other", "20260101000000Z");
			watching.awaitTold("CHANGED /ou=u9");
		}
	}

	@Test
	void aFilterThatTheServerCannotEvaluateEndsTheWatch() {
		LdapKeyValueTemplate store = EmbeddedDirectory.shared().store();
		KeyQuery query = KeyQuery.of("/dc=org/dc=test/*").filter("(cn:1.2.3.4:=x)");
		try (Watching watching = Watching.of(store, query, (watch) -> watch)) {
			watching.awaitPhase(Phase.FAILED);
			assertThat(watching.failure()).contains("inappropriateMatching (18)");
			assertThat(watching.log().errors()).singleElement().asString().contains("has ended");
		}
	}

	/**
	 * Nothing is told by a search that begins where no entry is.
	 */
	@Test
	void allTreesOfAServerAreListed() {
		AtomicInteger asked = new AtomicInteger();
		try (TellingServer server = new TellingServer("Liar", TellingServer.PERSISTENT_SEARCH,
				(request, answer) -> asked.incrementAndGet())) {
			server.put(1, "one");
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(
					LdapConnectionPool.builder(List.of(server.server().url())).build());
			try (Watching watching = Watching.of(store, KeyQuery.of("/**"), (watch) -> watch)) {
				watching.begun();
				server.put(2, "two");
				watching.awaitTold("CREATED /dc=org/dc=test/ou=u2");
				assertThat(asked).hasValue(0);
			}
		}
	}

}
