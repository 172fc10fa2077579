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

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Very many mixed operations: every result is right, nothing leaks, and the heap stays
 * flat. {@code scripts/soak} runs it.
 */
@Tag("soak")
class SoakTests {

	private static final int THREADS = 8;

	private static final int KEYS = 200;

	private static final long OPERATIONS = Long.getLong("ldapkv.soak.operations", 1_000_000);

	private final AtomicLong done = new AtomicLong();

	@Test
	void nothingIsLostOrLeaked() throws Exception {
		try (OpenLdapContainer server = new OpenLdapContainer().withEnv("LDAP_NOSYNC", "true")
			.withEnv("LDAP_LOG_LEVEL", "0")) {
			server.start();
			try (LdapConnectionPool pool = server.pool().build()) {
				LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
				run(store, OPERATIONS / 10);
				long early = heap();
				run(store, OPERATIONS - OPERATIONS / 10);
				long late = heap();
				System.out.printf(
						"| %,d operations | heap %,d KiB after a tenth, %,d KiB at the end | %d connections opened |%n",
						this.done.get(), early / 1024, late / 1024, pool.statistics().created());
				assertThat(pool.statistics().active()).as("connections leaked").isZero();
				assertThat(late - early).as("bytes that the heap has grown by").isLessThan(8L << 20);
			}
		}
	}

	private void run(LdapKeyValueTemplate store, long operations) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<?>> results = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				int thread = i;
				results.add(executor.submit(() -> work(store, thread, operations / THREADS)));
			}
			for (Future<?> result : results) {
				result.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	/**
	 * Each thread has entries of its own, and so knows what is there.
	 */
	private void work(LdapKeyValueTemplate store, int thread, long operations) {
		Random random = new Random(thread);
		LdapKey area = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "soak-" + thread);
		store.put(area, Map.of("objectClass", "organizationalUnit"));
		String[] values = new String[KEYS];
		store.query(area + "/*").forEach((entry) -> store.delete(entry.key()));
		for (long i = 0; i < operations; i++) {
			int number = random.nextInt(KEYS);
			LdapKey key = area.child("uid", "u" + number);
			switch (random.nextInt(10)) {
				case 0, 1 -> {
					values[number] = "v" + i;
					store.put(key,
							Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "description", "v" + i));
				}
				case 2 -> {
					assertThat(store.delete(key)).isEqualTo(values[number] != null);
					values[number] = null;
				}
				case 3 -> {
					boolean created = store.putIfAbsent(key,
							Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "description", "v" + i));
					assertThat(created).isEqualTo(values[number] == null);
					values[number] = created ? "v" + i : values[number];
				}
				case 4 -> assertThat(store.contains(key)).isEqualTo(values[number] != null);
				default -> assertThat(store.get(key).flatMap((value) -> value.text("description")).orElse(null))
					.isEqualTo(values[number]);
			}
			this.done.incrementAndGet();
		}
	}

	private static long heap() throws InterruptedException {
		for (int i = 0; i < 3; i++) {
			System.gc();
			Thread.sleep(100);
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
