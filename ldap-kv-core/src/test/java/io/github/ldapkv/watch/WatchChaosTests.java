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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several writers that do not know the store change, move and delete entries and trees at
 * random, while the servers are killed and frozen, connections are cut, packets are
 * swallowed, and watches go to a replica and back; the listeners sleep and throw. When
 * the writers pause, what was told is what is in the directory.
 * {@code scripts/watch-chaos} runs it for long.
 */
@Timeout(3600)
class WatchChaosTests {

	private static final int ROUNDS = Integer.getInteger("ldapkv.watch.chaos.rounds", 6);

	private static final long SEED = Long.getLong("ldapkv.watch.chaos.seed", new Random().nextLong());

	private static final int WRITERS = 3;

	private static final Duration KEEP_ALIVE = Duration.ofSeconds(1);

	/**
	 * How long to wait for a watch, on a busy machine.
	 */
	private static final Duration LONG = Duration.ofSeconds(60);

	private static final String AREA = "ou=chaos," + TestDirectory.SUFFIX;

	private final LdapKey area = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "chaos");

	private final AtomicLong written = new AtomicLong();

	/**
	 * Whoever writes has it as a reader, and who compares as a writer.
	 */
	private final ReadWriteLock pause = new ReentrantReadWriteLock();

	private volatile boolean over;

	@Test
	void whatIsToldIsWhatIsThereWhateverHappensInBetween() throws Exception {
		System.out.println("| -Dldapkv.watch.chaos.seed=" + SEED);
		try (WatchedServer provider = new WatchedServer(new OpenLdapContainer().withEnv("LDAP_SERVER_ID", "1"), SEED);
				WatchedServer replica = new WatchedServer(new OpenLdapContainer().withEnv("LDAP_REPLICATE_FROM",
						"ldap://" + provider.container().addressInside() + ":389"), SEED + 1);
				LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool(provider, replica));
				LdapKeyValueTemplate listing = LdapKeyValueTemplate.builder(pool(provider, replica))
					.serverCapabilities((server) -> server.without(Feature.CONTENT_SYNC))
					.build()) {
			provider.store().put(this.area, Map.of("objectClass", "organizationalUnit"));
			provider.store()
				.put(LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "outside-of-chaos"),
						Map.of("objectClass", "organizationalUnit"));
			List<Followed> all = List.of(follow(store, KeyQuery.of(this.area + "/**")),
					follow(store, KeyQuery.of(this.area + "/**").filter("(title=w1)")),
					follow(store, KeyQuery.of(this.area + "/*/*").attributes("uid")),
					follow(listing, KeyQuery.of(this.area + "/**")));
			try {
				run(provider, replica, all);
			}
			finally {
				this.over = true;
				all.forEach((followed) -> followed.watch().close());
			}
		}
	}

	private static LdapConnectionPool pool(WatchedServer provider, WatchedServer replica) {
		return provider.container()
			.poolAt(provider.disturbed().url(), replica.disturbed().url())
			.connectTimeout(Duration.ofSeconds(1))
			.readTimeout(Duration.ofSeconds(2))
			.build();
	}

	private static Followed follow(LdapKeyValueOperations store, KeyQuery query) {
		UnreliableListener listener = new UnreliableListener(SEED + query.toString().hashCode());
		LdapWatch watch = LdapWatch.on(store)
			.keepAlive(KEEP_ALIVE)
			.pollInterval(Duration.ofMillis(500))
			.start(query, listener);
		return new Followed(query, listener, watch);
	}

	private void run(WatchedServer provider, WatchedServer replica, List<Followed> all) throws Exception {
		List<Thread> writers = new ArrayList<>();
		for (int i = 0; i < WRITERS; i++) {
			RandomWriter writer = new RandomWriter(provider.url(), provider.container().userDn(),
					provider.container().password(), AREA, SEED + i);
			Thread thread = new Thread(() -> write(writer), "writer-" + i);
			thread.setDaemon(true);
			thread.start();
			writers.add(thread);
		}
		Random random = new Random(SEED);
		List<Fault> faults = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			if (faults.isEmpty()) {
				Collections.addAll(faults, Fault.values());
				Collections.shuffle(faults, random);
			}
			Fault fault = faults.remove(0);
			long before = this.written.get();
			pause(random.nextInt(500));
			fault.happen(provider, replica, random);
			pause(500 + random.nextInt(500));
			this.pause.writeLock().lock();
			try {
				for (Followed followed : all) {
					check(followed, List.of(provider, replica), "round " + round + ", " + fault);
				}
			}
			finally {
				this.pause.writeLock().unlock();
			}
			System.out.printf("| round %d, %s: %d writes, %s%n", round, fault, this.written.get() - before, all);
			assertThat(this.written.get()).as("writes").isGreaterThan(before);
		}
		this.over = true;
		for (Thread writer : writers) {
			writer.join(LONG.toMillis());
			assertThat(writer.isAlive()).as("%s is alive", writer.getName()).isFalse();
		}
	}

	private void write(RandomWriter writer) {
		try (writer) {
			while (!this.over) {
				this.pause.readLock().lock();
				try {
					if (writer.write()) {
						this.written.incrementAndGet();
					}
				}
				finally {
					this.pause.readLock().unlock();
				}
				// The machine is for the watches too.
				pause(2);
			}
		}
	}

	private static void pause(int millis) {
		LockSupport.parkNanos(1_000_000L * millis);
	}

	/**
	 * Compares what was told with what is on the server that is followed. A replica may
	 * still learn of what was written: what is compared is what was there before and
	 * after.
	 */
	private static void check(Followed followed, List<WatchedServer> servers, String when) {
		LdapWatch watch = followed.watch();
		String as = "seed " + SEED + ", " + when + ", " + followed.query() + ": ";
		for (int i = 0; i < 50; i++) {
			assertThat(watch.awaitCaughtUp(LONG)).as(as + "%s", watch.state()).isTrue();
			for (WatchedServer server : servers) {
				if (server.isFollowedBy(watch)) {
					Map<LdapKey, LdapValue> before = found(server, followed.query());
					assertThat(watch.awaitCaughtUp(LONG)).as(as + "%s", watch.state()).isTrue();
					Map<LdapKey, LdapValue> kept = followed.listener().kept();
					if (server.isFollowedBy(watch) && found(server, followed.query()).equals(before)) {
						assertThat(kept).as(as + "%s", watch.state()).isEqualTo(before);
						assertThat(followed.listener().faults()).as(as + "what did not fit").isEmpty();
						return;
					}
				}
			}
			pause(100);
		}
		throw new AssertionError(as + "the servers do not come to rest");
	}

	private static Map<LdapKey, LdapValue> found(WatchedServer server, KeyQuery query) {
		Map<LdapKey, LdapValue> found = new HashMap<>();
		for (LdapEntry entry : server.store().query(query)) {
			found.put(entry.key(), entry.value());
		}
		return found;
	}

	/**
	 * A watch with what is kept by it.
	 */
	private record Followed(KeyQuery query, UnreliableListener listener, LdapWatch watch) {

		@Override
		public String toString() {
			return this.listener.calls() + " calls for " + this.watch.state().entries() + " entries";
		}

	}

	/**
	 * What happens.
	 */
	private enum Fault {

		NOTHING {
			@Override
			void happen(WatchedServer provider, WatchedServer replica, Random random) {
				pause(1000);
			}
		},

		CUTS {
			@Override
			void happen(WatchedServer provider, WatchedServer replica, Random random) {
				for (int i = 0; i < 5; i++) {
					provider.disturbed().cut();
					replica.disturbed().cut();
					pause(random.nextInt(300));
				}
			}
		},

		DISTURBANCE {
			@Override
			void happen(WatchedServer provider, WatchedServer replica, Random random) {
				provider.disturbed().disturb(30);
				replica.disturbed().disturb(30);
				pause(2000);
				provider.disturbed().disturb(0);
				replica.disturbed().disturb(0);
			}
		},

		SILENCE {
			@Override
			void happen(WatchedServer provider, WatchedServer replica, Random random) {
				boolean cut = random.nextBoolean();
				provider.disturbed().swallow(true);
				pause(2500);
				if (cut) {
					provider.disturbed().cut();
				}
				provider.disturbed().swallow(false);
			}
		},

		KILL {
			@Override
			void happen(WatchedServer provider, WatchedServer replica, Random random) {
				provider.kill();
			}
		},

		FROZEN {
			@Override
			void happen(WatchedServer provider, WatchedServer replica, Random random) {
				provider.container().freeze(true);
				pause(2500);
				provider.container().freeze(false);
			}
		},

		/**
		 * The watches are to go to the other server.
		 */
		FAILOVER {
			@Override
			void happen(WatchedServer provider, WatchedServer replica, Random random) {
				provider.disturbed().down(true);
				pause(2000);
				if (random.nextBoolean()) {
					provider.disturbed().down(false);
					replica.disturbed().cut();
				}
				else {
					pause(500);
					provider.disturbed().down(false);
				}
			}
		};

		abstract void happen(WatchedServer provider, WatchedServer replica, Random random);

	}

}
