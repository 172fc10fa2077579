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

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.ChaosProxy;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything at once through a network at its worst, to two addresses of which one comes
 * and goes: no answer is somebody else's or a part of one, no write is lost, done twice
 * or called undone when it was done, interrupts are kept, and nothing leaks or hangs.
 */
@Timeout(120)
class ChaosTests {

	private static final Duration TIME = Duration.ofSeconds(Long.getLong("ldapkv.chaos.seconds", 6));

	/**
	 * Two waits for a connection, an answer and a turn each, and a busy machine.
	 */
	private static final Duration LONGEST_CALL = Duration.ofSeconds(12);

	private static final AtomicInteger AREAS = new AtomicInteger();

	// On OpenLDAP without transactions: it crashes when connections are lost in their
	// middle.

	@Test
	void whatTheThreadsAreToldIsTrueOnOpenLdap() throws Exception {
		run(OpenLdapContainer.shared(), false, 4, 12, 40, false);
	}

	@Test
	void whatTheThreadsAreToldIsTrueOverOneConnection() throws Exception {
		run(OpenLdapContainer.shared(), false, 1, 8, 40, false);
	}

	@Test
	void whatTheThreadsAreToldIsTrueWhileThePoolIsClosed() throws Exception {
		run(OpenLdapContainer.shared(), false, 2, 16, 60, true);
	}

	@Test
	void whatTheThreadsAreToldIsTrueOfTransactions() throws Exception {
		try (EmbeddedDirectory server = new EmbeddedDirectory()) {
			run(server, true, 4, 12, 40, false);
		}
	}

	private static void run(TestDirectory server, boolean transactions, int connections, int threads, int oneIn,
			boolean closed) throws Exception {
		long seed = new Random().nextLong();
		try (LdapKeyValueTemplate direct = server.store();
				ChaosProxy first = new ChaosProxy(server.host(), server.port(), seed);
				ChaosProxy second = new ChaosProxy(server.host(), server.port(), seed + 1);
				LdapConnectionPool pool = server.poolAt(first.url(), second.url())
					.connectTimeout(Duration.ofSeconds(1))
					.readTimeout(Duration.ofSeconds(1))
					.maxWait(Duration.ofSeconds(2))
					.maxSize(connections)
					.maxAge(Duration.ofMillis(600))
					.idleTimeout(Duration.ofMillis(1500))
					.validateAfterIdle(Duration.ofMillis(50))
					.build()) {
			LdapKeyValueTemplate store = LdapKeyValueTemplate.builder(pool).pageSize(20).build();
			LdapKey area = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "chaos-" + AREAS.incrementAndGet());
			ChaosLoad load = new ChaosLoad(store, direct, area, transactions, seed);
			load.start(threads);
			first.disturb(oneIn);
			second.disturb(oneIn);
			load.run(TIME.dividedBy(3));
			first.down(true);
			load.run(TIME.dividedBy(3));
			first.down(false);
			load.run(TIME.dividedBy(3));
			first.disturb(0);
			second.disturb(0);
			long before = load.successes();
			load.run(Duration.ofSeconds(2));
			if (closed) {
				pool.close();
			}
			load.stop(LONGEST_CALL);
			System.out.println("| " + load);
			assertThat(load.successes()).as("calls that succeed again").isGreaterThan(before);
			assertThat(load.slowest().values()).as("milliseconds of the slowest calls: %s", load)
				.allSatisfy((slowest) -> assertThat(slowest.get()).isLessThan(LONGEST_CALL.toMillis()));
			assertThat(pool.statistics().active()).as("connections leaked").isZero();
			load.check();
			pool.close();
			awaitNoConnection(first);
			awaitNoConnection(second);
		}
		assertThat(threads()).as("threads left").isEmpty();
	}

	/**
	 * The proxy hears of a closed connection a little later, and tells nobody when.
	 */
	private static void awaitNoConnection(ChaosProxy proxy) throws InterruptedException {
		for (int i = 0; i < 500 && proxy.connections() > 0; i++) {
			Thread.sleep(10);
		}
		assertThat(proxy.connections()).as("connections left").isZero();
	}

	private static Set<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("ldap-kv-") || name.startsWith("chaos-"))
			.collect(Collectors.toSet());
	}

}
