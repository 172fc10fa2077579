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
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import io.github.ldapkv.watch.WatchState.Phase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ldap.core.AuthenticationSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a watch tells when the way to the server breaks, or what it watches goes away.
 */
@Timeout(300)
class WatchGapTests {

	private static final String DATABASE = "dn: olcDatabase={1}mdb,cn=config";

	/**
	 * In which time a server that does not answer is found out: the time to keep alive,
	 * and that to connect, on a busy machine.
	 */
	private static final Duration FOUND_OUT = Duration.ofSeconds(8);

	private static final OpenLdapContainer SERVER = new OpenLdapContainer().withEnv("LDAP_READONLY_USER", "true");

	private WatchedArea area;

	@BeforeAll
	static void start() {
		SERVER.start();
	}

	@AfterAll
	static void stop() {
		SERVER.stop();
	}

	@BeforeEach
	void open() {
		this.area = new WatchedArea(SERVER);
		this.area.put("a", "1");
		this.area.put("b", "1");
	}

	@AfterEach
	void close() {
		this.area.assertNothingStays();
		this.area.close();
	}

	private Watching watch() {
		return Watching.of(this.area.store(), this.area.top() + "/*").begun();
	}

	/**
	 * Changes something, and waits until that alone is told, in whatever order.
	 */
	private void changeAndAssertTold(Watching watching) {
		this.area.put("a", "2");
		this.area.put("c", "1");
		this.area.delete("b");
		assertOnceTold(watching);
	}

	/**
	 * The figures of {@code docs/reliability.md}.
	 * @param healed when the server was there again, in nanoseconds
	 * @param accepted how many connections there were before the fault
	 */
	private void report(String fault, long healed, int accepted) {
		System.out.printf(Locale.ROOT, "| %s | all told %.1f s after | %d connects |%n", fault,
				(System.nanoTime() - healed) / 1e9, this.area.proxy().accepted() - accepted);
	}

	private void assertOnceTold(Watching watching) {
		watching.awaitTold("CHANGED " + this.area.key("a"));
		watching.awaitTold("CREATED " + this.area.key("c"));
		watching.awaitTold("DELETED " + this.area.key("b"));
		watching.assertRight(this.area.admin());
		assertThat(watching.told().changes()).hasSize(3);
	}

	private static void assertOneGapLogged(Watching watching) {
		assertThat(watching.log().warnings()).as("%s", watching).hasSize(1);
		watching.assertSourcesLogged(2);
		assertThat(watching.log().infos()).allSatisfy((line) -> assertThat(line).contains("content synchronization"));
		assertThat(watching.log().errors()).isEmpty();
	}

	private static void park(Duration time) {
		LockSupport.parkNanos(time.toNanos());
	}

	@Test
	void connectionsThatAreCut() {
		try (Watching watching = watch()) {
			int before = this.area.proxy().accepted();
			long cut = System.nanoTime();
			this.area.proxy().cut();
			changeAndAssertTold(watching);
			report("connections cut", cut, before);
			assertOneGapLogged(watching);
			assertThat(this.area.proxy().accepted() - before).isLessThanOrEqualTo(6);
		}
	}

	@Test
	void aServerThatIsKilledAndStartedAgain() {
		try (Watching watching = watch()) {
			int before = this.area.proxy().accepted();
			SERVER.kill();
			long back = System.nanoTime();
			this.area.reconnect();
			changeAndAssertTold(watching);
			report("server killed and started", back, before);
			assertOneGapLogged(watching);
			assertThat(watching.state().source().description()).contains("content synchronization");
			assertThat(this.area.proxy().accepted()).isLessThan(30);
		}
	}

	@Test
	void noServerForSomeTime() throws IOException {
		try (Watching watching = watch()) {
			int before = this.area.proxy().accepted();
			this.area.proxy().target("localhost", deadPort());
			this.area.proxy().cut();
			watching.awaitPhase(Phase.WAITING);
			assertWaits(watching);
			this.area.put("a", "2");
			this.area.put("c", "1");
			this.area.delete("b");
			long back = System.nanoTime();
			this.area.proxy().target(SERVER.host(), SERVER.port());
			assertOnceTold(watching);
			report("no server for 4 s", back, before);
			assertOneGapLogged(watching);
		}
	}

	/**
	 * It says why, and connects seldom.
	 */
	private void assertWaits(Watching watching) {
		int before = this.area.proxy().accepted();
		park(Duration.ofSeconds(4));
		assertThat(this.area.proxy().accepted() - before).isLessThan(25);
		assertThat(watching.state().phase()).isIn(Phase.WAITING, Phase.CATCHING_UP);
		watching.await("says why", () -> !watching.failure().isEmpty());
		assertThat(watching.log().warnings()).hasSize(1);
	}

	@Test
	void noServerAtTheStart() throws IOException {
		this.area.proxy().target("localhost", deadPort());
		try (Watching watching = Watching.of(this.area.store(), this.area.top() + "/*")) {
			watching.awaitPhase(Phase.WAITING);
			assertThat(watching.state().source().description()).isEmpty();
			assertThat(watching.state().source().server()).isEmpty();
			assertWaits(watching);
			this.area.proxy().target(SERVER.host(), SERVER.port());
			watching.awaitTold("CREATED " + this.area.key("b"));
			watching.assertRight(this.area.admin());
			assertThat(watching.told().changes()).hasSize(2);
			assertThat(watching.log().warnings()).hasSize(1);
			watching.assertSourcesLogged(1);
		}
	}

	private static int deadPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Test
	void aServerThatIsFrozen() {
		assertFoundOut("server frozen for 4 s", SERVER::freeze);
	}

	@Test
	void packetsThatAreSwallowed() {
		assertFoundOut("packets swallowed for 4 s", this.area.proxy()::swallow);
	}

	private void assertFoundOut(String fault, Consumer<Boolean> hang) {
		try (Watching watching = watch()) {
			int before = this.area.proxy().accepted();
			long began = System.nanoTime();
			hang.accept(true);
			try {
				watching.awaitPhase(Phase.WAITING);
				assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(FOUND_OUT);
				assertWaits(watching);
			}
			finally {
				hang.accept(false);
			}
			long back = System.nanoTime();
			changeAndAssertTold(watching);
			report(fault, back, before);
			assertOneGapLogged(watching);
		}
	}

	@Test
	void closingDoesNotWaitForAServerThatHangs() {
		Watching watching = Watching
			.of(this.area.store(), KeyQuery.of(this.area.top() + "/*"), (watch) -> watch.keepAlive(Duration.ofHours(1)))
			.begun();
		this.area.proxy().swallow(true);
		try {
			watching.watch().close();
			assertThat(watching.state().phase()).isEqualTo(Phase.CLOSED);
		}
		finally {
			this.area.proxy().swallow(false);
			watching.close();
		}
	}

	/**
	 * Silence alone is no gap. The sign of life is asked for on a connection that does
	 * not stay.
	 */
	@Test
	void aServerThatHasNothingToTell() {
		try (Watching watching = watch()) {
			int before = this.area.proxy().accepted();
			park(Duration.ofSeconds(5));
			assertThat(watching.state().phase()).isEqualTo(Phase.LIVE);
			assertThat(watching.log().warnings()).isEmpty();
			assertThat(this.area.proxy().accepted() - before).isBetween(2, 6);
			assertThat(this.area.proxy().connections()).isLessThanOrEqualTo(3);
			assertThat(watching.state().source().lastWord()).isAfter(java.time.Instant.now().minusSeconds(4));
			changeAndAssertTold(watching);
		}
	}

	/**
	 * OpenLDAP tells by a result that the content is to be read again (4096) when the
	 * search base is back, which is another one to it.
	 */
	@Test
	void aBaseThatIsRenamedAwayAndBack() {
		String top = this.area.top();
		String away = top + "-away";
		try (Watching watching = Watching.of(this.area.store(), top + "/**").begun()) {
			this.area.admin().move(top, away);
			watching.awaitTold("DELETED " + this.area.key("a"));
			watching.awaitTold("DELETED " + this.area.key("b"));
			watching.awaitTold("DELETED " + top);
			this.area.admin().move(away, top);
			watching.awaitTold("CREATED " + this.area.key("b"));
			watching.assertRight(this.area.admin());
			assertThat(watching.told().changes()).hasSize(6);
			this.area.put("c", "1");
			watching.awaitTold("CREATED " + this.area.key("c"));
			assertThat(watching.log().warnings()).hasSizeLessThanOrEqualTo(1);
		}
	}

	@Test
	void aBaseThatIsCreatedLaterAndDeletedAndCreatedAgain() {
		String later = this.area.key("later");
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(this.area.pool()
			.base("ou=later,ou=" + this.area.top().substring(4) + "," + TestDirectory.SUFFIX)
			.build());
		try (Watching watching = Watching.of(store, "/**")) {
			watching.awaitPhase(Phase.WAITING);
			assertThat(watching.failure()).contains("is missing");
			this.area.put("later", "1");
			this.area.admin().put(later + "/ou=x", WatchedArea.unit("1"));
			watching.awaitTold("CREATED /");
			watching.awaitTold("CREATED /ou=x");
			watching.awaitPhase(Phase.LIVE);
			assertThat(watching.log().warnings()).hasSize(1);
			watching.assertSourcesLogged(1);
			watching.told().forget();
			this.area.admin().deleteTree(later);
			watching.awaitTold("DELETED /ou=x");
			watching.awaitTold("DELETED /");
			assertThat(watching.state().entries()).isZero();
			this.area.put("later", "2");
			this.area.admin().put(later + "/ou=y", WatchedArea.unit("1"));
			watching.awaitTold("CREATED /");
			watching.awaitTold("CREATED /ou=y");
			watching.assertRight(store);
			assertThat(watching.told().changes()).hasSize(4);
		}
	}

	/**
	 * Nobody says so: everything is compared now and then.
	 */
	@Test
	void anAccountThatLosesAndGainsTheRightToRead() {
		KeyQuery query = KeyQuery.of(this.area.top() + "/*");
		try (Watching watching = Watching
			.of(this.area.readerStore(), query, (watch) -> watch.compareInterval(Duration.ofMillis(100)))
			.begun()) {
			allow("none");
			watching.awaitTold("DELETED " + this.area.key("a"));
			watching.awaitTold("DELETED " + this.area.key("b"));
			watching.await("is live", () -> watching.state().phase() == Phase.LIVE);
			allow("read");
			watching.awaitTold("CREATED " + this.area.key("a"));
			watching.awaitTold("CREATED " + this.area.key("b"));
			watching.assertRight(this.area.admin());
			assertThat(watching.told().changes()).hasSize(4);
			allow("disclose");
			watching.awaitPhase(Phase.FAILED);
			assertThat(watching.failure()).contains("(50)");
			assertThat(watching.log().errors()).singleElement().asString().contains("(50)");
			assertThat(watching.watch().awaitCaughtUp(Duration.ofSeconds(1))).isFalse();
		}
		finally {
			allow("read");
		}
	}

	private void allow(String access) {
		SERVER.configure(DATABASE, "changetype: modify", "replace: olcAccess",
				"olcAccess: {0}to attrs=userPassword by self write by anonymous auth by * none",
				"olcAccess: {1}to dn.subtree=\"ou=" + this.area.top().substring(4) + "," + TestDirectory.SUFFIX
						+ "\" by dn.exact=\"" + WatchedArea.READER + "\" " + access + " by * none",
				"olcAccess: {2}to * by dn.exact=\"" + WatchedArea.READER + "\" read by * none");
	}

	@Test
	void aWrongPasswordThatIsMendedLater() {
		AtomicReference<String> password = new AtomicReference<>("wr0ng");
		AuthenticationSource account = new AuthenticationSource() {

			@Override
			public String getPrincipal() {
				return SERVER.userDn();
			}

			@Override
			public String getCredentials() {
				return password.get();
			}

		};
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				WatchedArea.impatient(LdapConnectionPool.builder(List.of(this.area.proxy().url())))
					.authenticationSource(account)
					.build());
		try (Watching watching = Watching.of(store, this.area.top() + "/*")) {
			watching.awaitPhase(Phase.WAITING);
			assertThat(watching.failure()).contains("invalidCredentials (49)").doesNotContain("wr0ng");
			assertWaits(watching);
			password.set(SERVER.password());
			watching.awaitTold("CREATED " + this.area.key("b"));
			watching.assertRight(this.area.admin());
			watching.assertSourcesLogged(1);
		}
	}

}
