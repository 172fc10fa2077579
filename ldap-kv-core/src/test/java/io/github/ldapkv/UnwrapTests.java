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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What stands in front of a store is asked what it wraps.
 */
class UnwrapTests {

	private static final LdapKey BASE = LdapKey.of("/" + TestDirectory.SUFFIX);

	private final LdapConnectionPool pool = EmbeddedDirectory.shared().pool().maxSize(3).build();

	private final LdapKeyValueTemplate store = new LdapKeyValueTemplate(this.pool);

	private final Set<Thread> writers = ConcurrentHashMap.newKeySet();

	private volatile CountDownLatch together = new CountDownLatch(0);

	@AfterEach
	void close() {
		this.store.deleteTree(BASE.child("ou", "unwrap"));
		this.store.close();
	}

	@Test
	void aStoreIsWhatItIsAndHasThePoolThatItWasMadeWith() {
		assertThat(this.store.unwrap(LdapKeyValueOperations.class)).containsSame(this.store);
		assertThat(this.store.unwrap(LdapKeyValueTemplate.class)).containsSame(this.store);
		assertThat(this.store.unwrap(LdapConnectionPool.class)).containsSame(this.pool);
		assertThat(this.store.unwrap(String.class)).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.unwrap(null));
	}

	/**
	 * It writes through what stands in front, as many at a time as the pool has
	 * connections, and knows the schema.
	 */
	@Test
	void bulkWritesBehindADecoratorAreWhatTheyAreWithoutIt() {
		LdapKeyValueOperations front = inFront(true);
		assertThat(front.unwrap(LdapKeyValueTemplate.class)).containsSame(this.store);
		putMany(front, 3);
		assertThat(this.writers).hasSize(3);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LdapBulk.on(front)
				.putAll(Map.of(BASE.child("ou", "unwrap").child("cn", "x"), unit(),
						BASE.child("ou", "unwrap").child("2.5.4.3", "X"), unit())))
			.withMessageContaining("name the same entry");
	}

	@Test
	void aDecoratorThatKeepsWhatItWrapsToItselfIsTakenForAnyStore() {
		LdapKeyValueOperations front = inFront(false);
		assertThat(front.unwrap(LdapKeyValueTemplate.class)).isEmpty();
		putMany(front, 4);
		assertThat(this.writers).hasSize(4);
	}

	/**
	 * It has keys of its own, of which the one behind knows nothing.
	 */
	@Test
	void aStoreWithAnotherBaseIsTakenForAnyStore() {
		LdapKeyValueOperations front = inFront(true, LdapKey.of("/dc=elsewhere"));
		putMany(front, 4);
		assertThat(this.writers).hasSize(4);
	}

	/**
	 * As do stubs, and stores that are made only when they are called first.
	 */
	@Test
	void aStoreIsAskedByCallsOnly() {
		List<String> asked = new ArrayList<>();
		LdapKeyValueOperations stub = (LdapKeyValueOperations) Proxy.newProxyInstance(
				LdapKeyValueOperations.class.getClassLoader(), new Class<?>[] { LdapKeyValueOperations.class },
				(proxy, method, arguments) -> {
					asked.add(method.getName());
					return method.getName().equals("base") ? LdapKey.of("/") : null;
				});
		LdapBulk bulk = LdapBulk.on(stub);
		assertThat(asked).isEmpty();
		bulk.putAll(Map.of("/cn=x", unit()));
		assertThat(asked).contains("unwrap", "put");
	}

	/**
	 * Puts many entries, of which none is written before so many threads have one.
	 */
	private void putMany(LdapKeyValueOperations front, int parallelism) {
		this.together = new CountDownLatch(parallelism);
		LdapKey parent = BASE.child("ou", "unwrap");
		Map<LdapKey, LdapValue> values = IntStream.range(0, 100)
			.boxed()
			.collect(Collectors.toMap((i) -> parent.child("ou", "u" + i), (i) -> unit()));
		this.store.put(parent, unit());
		LdapBulk.on(front).putAll(values);
		assertThat(this.store.getAll(values.keySet())).hasSize(100);
	}

	private static LdapValue unit() {
		return LdapValue.of(Map.of("objectClass", "organizationalUnit"));
	}

	private LdapKeyValueOperations inFront(boolean shown) {
		return inFront(shown, this.store.base());
	}

	private LdapKeyValueOperations inFront(boolean shown, LdapKey base) {
		return (LdapKeyValueOperations) Proxy.newProxyInstance(LdapKeyValueOperations.class.getClassLoader(),
				new Class<?>[] { LdapKeyValueOperations.class }, (proxy, method, arguments) -> {
					switch (method.getName()) {
						case "put" -> {
							if (this.writers.add(Thread.currentThread())) {
								this.together.countDown();
							}
							assertThat(this.together.await(60, TimeUnit.SECONDS)).as("so many write at a time")
								.isTrue();
						}
						case "unwrap" -> {
							if (!shown) {
								return Optional.empty();
							}
						}
						case "base" -> {
							return base;
						}
						default -> {
							// Passed on.
						}
					}
					try {
						return method.invoke(this.store, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

}
