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

package io.github.ldapkv.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerListTests {

	private static final LDAPException DEAD = new LDAPException(ResultCode.SERVER_DOWN, "Connection refused");

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);

	private List<Place> places = List.of(place("a", 0, 1), place("b", 1, 1), place("c", 2, 1));

	private final ServerList servers = new ServerList("pool", () -> this.places, PoolRole.ALL, new Servers(),
			this.now::get);

	private static Place place(String host, int rank, int weight) {
		return new Place(new ServerAddress(ServerUrl.of("ldap://" + host), null), rank, weight);
	}

	private List<String> hosts() {
		return this.servers.inOrder().stream().map((server) -> server.address().server().host()).toList();
	}

	private Server server(String host) {
		return this.servers.inOrder()
			.stream()
			.filter((server) -> server.address().server().host().equals(host))
			.findFirst()
			.orElseThrow();
	}

	private void fail(String host) {
		Server server = server(host);
		assertThat(this.servers.mayAsk(server) || this.servers.mayAskAgain(server)).isTrue();
		this.servers.failed(server, DEAD);
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

	@Test
	void theyAreAskedInTheOrderInWhichTheyAreWanted() {
		assertThat(hosts()).containsExactly("a", "b", "c");
	}

	@Test
	void oneThatDoesNotAnswerIsNotForCallersToAskAndIsAskedByThePoolAfterEachPause() {
		fail("a");
		for (long pause : new long[] { 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000 }) {
			assertThat(this.servers.mayAskAgain(server("a"))).isFalse();
			pass(Duration.ofMillis(pause - 1));
			assertThat(this.servers.mayAskAgain(server("a"))).as("after " + (pause - 1) + " ms").isFalse();
			pass(Duration.ofMillis(1));
			assertThat(this.servers.mayAsk(server("a"))).isFalse();
			fail("a");
		}
		pass(Duration.ofSeconds(10));
		assertThat(this.servers.mayAskAgain(server("a"))).isTrue();
		assertThat(this.servers.mayAskAgain(server("a"))).as("a second time").isFalse();
		this.servers.answered(server("a"));
		assertThat(this.servers.mayAsk(server("a"))).isTrue();
	}

	@Test
	void manyWhoFailAtTheSameTimeAreOneFailure() {
		Server server = server("a");
		for (int i = 0; i < 20; i++) {
			assertThat(this.servers.mayAsk(server)).isTrue();
		}
		for (int i = 0; i < 20; i++) {
			assertThat(this.servers.failed(server, DEAD)).isEqualTo(i == 0);
		}
		pass(Duration.ofMillis(100));
		assertThat(this.servers.mayAskAgain(server)).isTrue();
	}

	@Test
	void whoDoesNotAskInTheEndLetsOthersAsk() {
		fail("a");
		pass(Duration.ofMillis(100));
		assertThat(this.servers.mayAskAgain(server("a"))).isTrue();
		this.servers.notAsked(server("a"));
		assertThat(this.servers.mayAskAgain(server("a"))).isTrue();
	}

	@Test
	void theFirstChoiceIsTheMostWantedThatAnswersOrItsEquals() {
		this.places = List.of(place("a", 0, 1), place("b", 0, 1), place("c", 1, 1));
		assertThat(this.servers.isFirstChoice(server("a"))).isTrue();
		assertThat(this.servers.isFirstChoice(server("b"))).isTrue();
		assertThat(this.servers.isFirstChoice(server("c"))).isFalse();
		fail("a");
		assertThat(this.servers.isFirstChoice(server("c"))).isFalse();
		fail("b");
		assertThat(this.servers.isFirstChoice(server("c"))).isTrue();
		this.servers.answered(server("a"));
		assertThat(this.servers.isFirstChoice(server("c"))).isFalse();
	}

	@Test
	void oneThatHasGoneFromTheListIsNoChoice() {
		Server gone = server("a");
		this.places = List.of(place("b", 0, 1));
		assertThat(hosts()).containsExactly("b");
		assertThat(this.servers.isFirstChoice(gone)).isFalse();
	}

	@Test
	void whatIsKnownOfAServerOutlastsThatItIsFoundAnew() {
		fail("a");
		this.places = List.of(place("b", 0, 1), place("a", 0, 3));
		assertThat(this.servers.mayAsk(server("a"))).isFalse();
	}

	@Test
	void itIsSeenToUntilItAnswersOrHasGone() {
		assertThat(this.servers.untilAskedAgain(server("a"))).isNegative();
		fail("a");
		Server asked = server("a");
		assertThat(this.servers.untilAskedAgain(asked)).isEqualTo(Duration.ofMillis(100).toNanos());
		this.places = List.of(place("b", 0, 1));
		assertThat(hosts()).containsExactly("b");
		assertThat(this.servers.untilAskedAgain(asked)).isNegative();
	}

	@Test
	void whatIsKnownOfAServerIsKnownToAllRoles() {
		Servers shared = new Servers();
		ServerList reads = new ServerList("pool", () -> this.places, PoolRole.READ, shared, this.now::get);
		ServerList writes = new ServerList("pool", () -> List.of(place("a", 0, 1)), PoolRole.WRITE, shared,
				this.now::get);
		assertThat(reads.inOrder()).hasSize(3);
		Server server = writes.inOrder().get(0);
		assertThat(writes.failed(server, DEAD)).isTrue();
		assertThat(reads.mayAsk(server)).isFalse();
		assertThat(reads.state().get(0).isAside()).isTrue();
		this.places = List.of(place("b", 0, 1));
		assertThat(reads.inOrder()).hasSize(1);
		assertThat(writes.untilAskedAgain(server)).as("still one of the servers for writes").isPositive();
	}

	@Test
	void whereTheServersAreIsFoundAnewWhenOneHasFailed() {
		AtomicInteger forgotten = new AtomicInteger();
		ServerList list = new ServerList("pool", new Places() {

			@Override
			public List<Place> find() {
				return List.of(place("a", 0, 1));
			}

			@Override
			public void forget() {
				forgotten.incrementAndGet();
			}

		}, PoolRole.ALL, new Servers(), this.now::get);
		Server server = list.inOrder().get(0);
		list.failed(server, DEAD);
		assertThat(list.mayAsk(server)).isFalse();
		list.failed(server, DEAD);
		assertThat(forgotten).as("once an outage").hasValue(1);
	}

	@Test
	void aReplicaIsToldApartByWhatStandsBeforeIt() {
		assertThat(this.servers.refusedAsReplica(server("b"))).as("it was not asked in place of another").isEmpty();
		assertThat(server("b").refusesWrites()).isFalse();
		fail("a");
		pass(Duration.ofSeconds(3));
		assertThat(this.servers.refusedAsReplica(server("b"))).contains("b:389", "a:389 has not answered for 3.0 s",
				"Connection refused");
		assertThat(this.servers.state()).extracting(ServerState::refusesWrites).containsExactly(false, true, false);
		server("b").refusesWrites(false);
		assertThat(this.servers.state()).extracting(ServerState::refusesWrites).containsOnly(false);
	}

	@Test
	void aReplicaIsNoneToWriteToAsSoonAsTheOneBeforeItIsBack() {
		fail("a");
		this.servers.refusedAsReplica(server("b"));
		this.servers.answered(server("c"));
		assertThat(server("b").refusesWrites()).isTrue();
		this.servers.answered(server("a"));
		assertThat(this.servers.state()).extracting(ServerState::refusesWrites).containsOnly(false);
	}

	@Test
	void equalServersShareTheConnectionsByTheirWeights() {
		this.places = List.of(place("a", 0, 1), place("b", 0, 3), place("c", 0, 0), place("d", 1, 1));
		Map<String, Integer> connections = new HashMap<>();
		for (int i = 0; i < 40; i++) {
			Server next = this.servers.inOrder().get(0);
			next.connections().incrementAndGet();
			connections.merge(next.address().server().host(), 1, Integer::sum);
		}
		assertThat(connections).containsOnlyKeys("a", "b").containsEntry("a", 10).containsEntry("b", 30);
	}

	@Test
	void notEveryOneBeginsWithTheSameOfEquals() {
		this.places = List.of(place("a", 0, 1), place("b", 0, 1));
		List<String> first = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			first.add(hosts().get(0));
		}
		assertThat(first).contains("a", "b");
	}

	@Test
	void aChanceIsWaitedForWhileTheServerIsAskedOrForAMoment() throws Exception {
		ServerList real = new ServerList("pool", () -> List.of(place("a", 0, 1)), PoolRole.ALL, new Servers(),
				System::nanoTime);
		long longest = TimeUnit.SECONDS.toNanos(10);
		assertThat(real.awaitChance(longest)).as("there is no server").isFalse();
		Server server = real.inOrder().get(0);
		assertThat(real.awaitChance(longest)).as("it may well answer").isTrue();
		real.failed(server, DEAD);
		assertThat(waitsAndThen(real, longest, () -> real.answered(server))).as("in a moment").isTrue();
		real.failed(server, DEAD);
		while (!real.mayAskAgain(server)) {
			Thread.onSpinWait();
		}
		assertThat(waitsAndThen(real, longest, () -> real.failed(server, DEAD))).as("it has failed again").isFalse();
		assertThat(real.awaitChance(longest)).as("the pause is too long").isFalse();
	}

	private static boolean waitsAndThen(ServerList list, long longest, Runnable news) throws Exception {
		FutureTask<Boolean> waiting = new FutureTask<>(() -> list.awaitChance(longest));
		new Thread(waiting).start();
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> waiting.get(50, TimeUnit.MILLISECONDS));
		news.run();
		return waiting.get(10, TimeUnit.SECONDS);
	}

	@Test
	void oneThatIsNamedTwiceIsWantedAsMuchAsWhereItIsNamedFirst() {
		this.places = List.of(place("a", 0, 1), place("a", 1, 1), place("b", 2, 1));
		assertThat(hosts()).containsExactly("a", "b");
		assertThat(this.servers.isFirstChoice(server("a"))).isTrue();
		assertThat(this.servers.state()).hasSize(2);
	}

	@Test
	void oneThatIsWantedLessAndAnswersAgainIsNotTheOneInUse() {
		this.servers.answered(server("a"));
		fail("b");
		Logger logger = (Logger) LoggerFactory.getLogger(ServerList.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.setLevel(Level.INFO);
		logger.addAppender(log);
		try {
			this.servers.answered(server("b"));
			this.servers.answered(server("a"));
		}
		finally {
			logger.detachAppender(log);
			logger.setLevel(null);
		}
		assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
			.singleElement()
			.asString()
			.contains("b:389 answers again");
	}

	@Test
	void thatAReplicaRefusesWritesIsForgottenOnceTheyGoToAnother() {
		fail("a");
		assertThat(this.servers.refusedAsReplica(server("b"))).contains("a:389 has not answered");
		assertThat(this.servers.state()).extracting(ServerState::refusesWrites).containsExactly(false, true, false);
		this.servers.answered(server("a"));
		assertThat(this.servers.state()).extracting(ServerState::refusesWrites).containsOnly(false);
	}

}
