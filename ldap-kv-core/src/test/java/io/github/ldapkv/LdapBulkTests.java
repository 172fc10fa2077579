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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.ldapkv.internal.bulk.DirectStore;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.text.SpelledMap;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How bulk writes use threads and connections.
 */
class LdapBulkTests {

	private static final LdapKey SUFFIX = LdapKey.of(TestDirectory.SUFFIX);

	private final TestDirectory directory = EmbeddedDirectory.shared();

	/**
	 * One thread too many would find no connection.
	 */
	@Test
	void noMoreConnectionsAreWantedThanThePoolHas() {
		for (int size : new int[] { 1, 2, 5 }) {
			try (LdapConnectionPool pool = OpenLdapContainer.shared()
				.pool()
				.maxSize(size)
				.maxWait(Duration.ofMillis(1))
				.build()) {
				LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
				Map<LdapKey, LdapValue> values = people("pool" + size, 100);
				store.putAll(values);
				assertThat(store.deleteAll(values.keySet())).isEqualTo(101);
			}
		}
	}

	/**
	 * By the attribute's own rule, of which a store learns with its first call.
	 */
	@Test
	void aFirstCallTooRefusesWhatContradictsItsKey() {
		LdapKey key = SUFFIX.child("ou", "Red-Team");
		LdapKey other = SUFFIX.child("ou", "good");
		for (boolean alone : new boolean[] { true, false }) {
			try (LdapKeyValueTemplate store = this.directory.store()) {
				Map<LdapKey, LdapValue> values = new LinkedHashMap<>();
				values.put(key, LdapValue.of(Map.of("objectClass", "organizationalUnit", "ou", "Red Team")));
				if (!alone) {
					values.put(other, LdapValue.of(Map.of("objectClass", "organizationalUnit")));
				}
				assertThatIllegalArgumentException().isThrownBy(() -> store.putAll(values))
					.withMessageContaining("contradicts the key '" + key + "'")
					.withMessageContaining("[Red Team]");
				assertThat(store.contains(key)).isFalse();
				assertThat(store.contains(other)).isFalse();
			}
		}
	}

	@Test
	void aStoreWithoutAPoolTakesAFewAtATime() {
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(this.directory.contextSource());
		assertThat(store.unwrap(DirectStore.class).orElseThrow().parallelism()).isEqualTo(4);
		Map<LdapKey, LdapValue> values = people("plain", 20);
		store.putAll(values);
		assertThat(store.deleteAll(values.keySet())).isEqualTo(21);
	}

	@Test
	void manyCallersWriteAtOnce() throws Exception {
		ExecutorService threads = manyThreads();
		try (LdapConnectionPool pool = this.directory.pool().maxSize(2).maxWait(Duration.ofSeconds(30)).build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			List<Future<Long>> deleted = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				Map<LdapKey, LdapValue> values = people("caller" + i, 20);
				deleted.add(threads.submit(() -> {
					store.putAll(values);
					return store.deleteAll(values.keySet());
				}));
			}
			for (Future<Long> count : deleted) {
				assertThat(count.get()).isEqualTo(21);
			}
			assertThat(pool.statistics().active()).isZero();
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void anInterruptEndsTheWaitForTheServer() throws Exception {
		try (TcpProxy proxy = new TcpProxy(this.directory.host(), this.directory.port());
				LdapConnectionPool pool = this.directory.poolAt(proxy.url())
					.readTimeout(Duration.ofMinutes(10))
					.maxSize(2)
					.build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			Map<LdapKey, LdapValue> values = people("interrupted", 2);
			store.putAll(values);
			proxy.swallow(true);
			List<Object> outcome = new ArrayList<>();
			Thread caller = new Thread(() -> {
				try {
					store.putAll(values);
				}
				catch (BulkWriteException ex) {
					outcome.add(ex);
					outcome.add(Thread.currentThread().isInterrupted());
				}
			});
			caller.start();
			while (pool.statistics().active() == 0) {
				Thread.onSpinWait();
			}
			Thread.sleep(100);
			caller.interrupt();
			caller.join(Duration.ofSeconds(60).toMillis());
			assertThat(caller.isAlive()).isFalse();
			assertThat(outcome).hasSize(2).last().isEqualTo(true);
			assertThat(((BulkWriteException) outcome.get(0)).failures()).hasSize(3);
			assertThat(((BulkWriteException) outcome.get(0)).getCause()).isInstanceOf(UnknownOutcomeException.class);
			assertThat(pool.statistics().active()).isZero();
			proxy.swallow(false);
			assertThat(store.deleteAll(values.keySet())).isEqualTo(3);
		}
	}

	@Test
	void theExceptionCanBeSerialized() throws Exception {
		SpelledMap<LdapKey, RuntimeException> failures = new SpelledMap<>();
		failures.put(SUFFIX, new IllegalStateException("it is full"));
		BulkWriteException exception = new BulkWriteException(Verb.PUT, failures, 4, "");
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new ObjectOutputStream(bytes).writeObject(exception);
		BulkWriteException copy = (BulkWriteException) new ObjectInputStream(
				new ByteArrayInputStream(bytes.toByteArray()))
			.readObject();
		assertThat(copy)
			.hasMessage("Could not put 1 of 5 entries; the other 4 are done. The first failure: it is full");
		assertThat(copy.failures()).isEmpty();
		assertThat(copy.done()).isEqualTo(4);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> exception.failures().remove(SUFFIX));
	}

	private static Map<LdapKey, LdapValue> people(String unit, int number) {
		LdapKey parent = SUFFIX.child("ou", "bulk-" + unit);
		Map<LdapKey, LdapValue> values = new LinkedHashMap<>();
		for (int i = 0; i < number; i++) {
			values.put(parent.child("uid", "u" + i),
					LdapValue.of(Map.of("objectClass", "inetOrgPerson", "cn", "John", "sn", "Doe")));
		}
		values.put(parent, LdapValue.of(Map.of("objectClass", "organizationalUnit")));
		return values;
	}

	/**
	 * Virtual threads where the JDK has them.
	 */
	private static ExecutorService manyThreads() throws ReflectiveOperationException {
		if (Runtime.version().feature() >= 21) {
			return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
		}
		return Executors.newFixedThreadPool(20);
	}

}
