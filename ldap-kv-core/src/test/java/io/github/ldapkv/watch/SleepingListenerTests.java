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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import io.github.ldapkv.watch.LdapChange.Kind;
import io.github.ldapkv.watch.WatchState.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Very many changes while the listener sleeps: what waits is one change an entry at most,
 * and neither the server nor those who write wait for it.
 */
@Timeout(300)
class SleepingListenerTests {

	private static final int CHANGES = 20_000;

	private static final int ENTRIES = 200;

	private static final int WRITERS = 4;

	/**
	 * How long to wait for a watch, on a busy machine.
	 */
	private static final Duration LONG = Duration.ofSeconds(120);

	private final Map<String, String> kept = new ConcurrentHashMap<>();

	private final CountDownLatch asleep = new CountDownLatch(1);

	private final CountDownLatch awake = new CountDownLatch(1);

	private volatile boolean sleeps;

	@Test
	void twentyThousandChangesWaitForAListenerThatSleeps() throws Exception {
		try (OpenLdapContainer server = new OpenLdapContainer().withEnv("LDAP_LOG_LEVEL", "0")
			.withEnv("LDAP_NOSYNC", "true")) {
			server.start();
			try (LdapKeyValueTemplate store = server.store()) {
				String area = "/" + TestDirectory.SUFFIX + "/ou=asleep";
				store.put(area, Map.of("objectClass", "organizationalUnit"));
				for (int i = 0; i < ENTRIES; i++) {
					store.put(area + "/uid=p" + i,
							Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "title", "w"));
				}
				try (LdapWatch watch = LdapWatch.on(store).start(KeyQuery.of(area + "/*"), this::changed)) {
					assertThat(watch.awaitCaughtUp(LONG)).as("%s", watch.state()).isTrue();
					sleepThrough(server, watch);
					assertThat(this.kept).hasSize(ENTRIES);
					store.query(area + "/*")
						.forEach((entry) -> assertThat(this.kept).containsEntry(entry.key().toString(),
								entry.value().text("title").orElseThrow()));
				}
				finally {
					this.awake.countDown();
				}
			}
		}
	}

	private void changed(LdapChange change) throws InterruptedException {
		if (this.sleeps) {
			this.asleep.countDown();
			this.awake.await();
		}
		change.entry()
			.ifPresent((entry) -> this.kept.put(entry.key().toString(), entry.value().text("title").orElseThrow()));
	}

	private void sleepThrough(OpenLdapContainer server, LdapWatch watch) throws Exception {
		long comparisons = watch.state().counts().comparisons();
		long told = changes(watch);
		this.sleeps = true;
		long began = System.nanoTime();
		write(server);
		double seconds = (System.nanoTime() - began) / 1e9;
		assertThat(this.asleep.await(LONG.toSeconds(), TimeUnit.SECONDS)).as("asleep: %s", watch.state()).isTrue();
		assertThat(changes(watch)).as("changes that the listener has taken while it slept").isEqualTo(told);
		assertThat(watch.state().phase()).isEqualTo(Phase.LIVE);
		this.sleeps = false;
		this.awake.countDown();
		assertThat(watch.awaitCaughtUp(LONG)).as("%s", watch.state()).isTrue();
		System.out.printf("| %d changes in %.1f s while the listener sleeps, of which %d are told%n", CHANGES, seconds,
				changes(watch) - told);
		// Each entry once, and those that changed again while they were looked at.
		assertThat(changes(watch) - told).as("changes told").isBetween((long) ENTRIES, 2L * ENTRIES);
		assertThat(watch.state().counts().comparisons()).as("comparisons: nothing was lost").isEqualTo(comparisons + 1);
	}

	private static long changes(LdapWatch watch) {
		return watch.state().counts().told().get(Kind.CHANGED);
	}

	private static void write(OpenLdapContainer server) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(WRITERS);
		try {
			List<Future<?>> writers = new ArrayList<>();
			for (int i = 0; i < WRITERS; i++) {
				int first = i;
				writers.add(executor.submit(() -> write(server, first)));
			}
			for (Future<?> writer : writers) {
				writer.get(LONG.toSeconds(), TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static Void write(OpenLdapContainer server, int first) throws LDAPException {
		try (LDAPConnection connection = server.connect()) {
			for (int i = first; i < CHANGES; i += WRITERS) {
				connection.modify("uid=p" + i % ENTRIES + ",ou=asleep," + TestDirectory.SUFFIX,
						new Modification(ModificationType.REPLACE, "title", "w" + i));
			}
		}
		return null;
	}

}
