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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.TransientDataAccessResourceException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Streams whose consumers use the store, in more threads than the pool has connections.
 */
@Timeout(120)
class ManyStreamsTests {

	private static final int SIZE = 3;

	private static final int ENTRIES = 12;

	private static final int PAGE = 5;

	private static final Duration WAIT = Duration.ofSeconds(2);

	@Test
	void everyEntryCanBeWrittenWhereItIsReadByAnyNumberOfThreads() throws Exception {
		for (TestDirectory directory : List.of(EmbeddedDirectory.shared(), OpenLdapContainer.shared())) {
			for (UnaryOperator<LdapConnectionPoolBuilder> settings : List.<UnaryOperator<LdapConnectionPoolBuilder>>of(
					(pool) -> pool.maxSize(SIZE), (pool) -> pool.maxSize(2),
					(pool) -> pool.maxSize(SIZE).readUrls(List.of(directory.url())))) {
				try (Fixture fixture = new Fixture(directory, settings)) {
					AtomicInteger seen = new AtomicInteger();
					Callable<Void> idiom = () -> {
						fixture.store.forEach(fixture.query, (entry) -> {
							fixture.store.patch(entry.key(), (patch) -> patch.set("description", "seen"));
							assertThat(fixture.store.getRequired(entry.key()).has("sn")).isTrue();
							seen.incrementAndGet();
						});
						return null;
					};
					assertThat(together(3 * SIZE, idiom)).isEmpty();
					assertThat(seen).hasValue(3 * SIZE * ENTRIES);
					assertThat(fixture.pool.statistics().active()).isZero();
				}
			}
		}
	}

	/**
	 * What gets on, and is sure to end, is waited for, however long it takes.
	 */
	@Test
	void forEachWaitsForOthersLongerThanAnyOtherCall() throws Exception {
		try (Fixture fixture = new Fixture(EmbeddedDirectory.shared(),
				(pool) -> pool.maxSize(2).maxWait(Duration.ofMillis(300)))) {
			Callable<Void> slow = () -> {
				fixture.store.forEach(fixture.query, (entry) -> pause(40));
				return null;
			};
			assertThat(together(4, slow)).isEmpty();
		}
	}

	/**
	 * Each of the two would wait for the other for ever.
	 */
	@Test
	void aForEachIsNotWaitedForWhoseConsumerWaitsForAnotherThread() throws Exception {
		for (int size : new int[] { 2, SIZE }) {
			try (Fixture fixture = new Fixture(EmbeddedDirectory.shared(),
					(pool) -> pool.maxSize(size).maxWait(Duration.ofMillis(200)))) {
				ExecutorService executor = Executors.newCachedThreadPool();
				CyclicBarrier barrier = new CyclicBarrier(size - 1);
				Runnable other = () -> fixture.store.forEach(fixture.query, (entry) -> {
				});
				Callable<Void> waiting = () -> {
					AtomicInteger seen = new AtomicInteger();
					fixture.store.forEach(fixture.query, (entry) -> {
						if (seen.getAndIncrement() == 0) {
							await(barrier);
							assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
								.isThrownBy(() -> executor.submit(other).get(20, TimeUnit.SECONDS))
								.withCauseInstanceOf(TransientDataAccessResourceException.class)
								.withMessageContaining("No connection was free for one more stream within 200 ms")
								.withMessageContaining("No forEach among them has asked for its next entry within 200")
								.withMessageContaining("waits for another thread's forEach");
							await(barrier);
						}
					});
					assertThat(seen).hasValue(ENTRIES);
					return null;
				};
				try {
					assertThat(together(size - 1, waiting)).isEmpty();
				}
				finally {
					executor.shutdownNow();
				}
				assertThat(fixture.pool.statistics().active()).isZero();
				other.run();
			}
		}
	}

	@Test
	void aStreamThatFindsNoConnectionSaysThatOthersHoldThem() {
		try (Fixture fixture = new Fixture(EmbeddedDirectory.shared(),
				(pool) -> pool.maxSize(SIZE).maxWait(Duration.ofMillis(100)))) {
			List<Stream<LdapEntry>> open = new ArrayList<>();
			for (int i = 0; i < SIZE - 1; i++) {
				Stream<LdapEntry> stream = fixture.store.stream(fixture.query);
				open.add(stream);
				assertThat(stream.iterator().hasNext()).isTrue();
			}
			for (Runnable more : List.<Runnable>of(() -> fixture.store.stream(fixture.query).findFirst(),
					() -> fixture.store.forEach(fixture.query, (entry) -> {
					}))) {
				assertThatExceptionOfType(TransientDataAccessResourceException.class).isThrownBy(more::run)
					.withMessageContaining("No connection was free for one more stream within 100 ms")
					.withMessageContaining("2 are open, the most of a pool of 3")
					.withMessageContaining("ldapkv.pool.max-size");
			}
			assertThat(fixture.store.count(fixture.query)).isEqualTo(ENTRIES);
			open.forEach(Stream::close);
			assertThat(fixture.store.stream(fixture.query)).hasSize(ENTRIES);
			assertThat(fixture.pool.statistics().active()).isZero();
		}
	}

	@Test
	void whatCanNeverWorkWithinForEachFailsAtOnce() {
		try (Fixture fixture = new Fixture(EmbeddedDirectory.shared(),
				(pool) -> pool.maxSize(1).maxWait(Duration.ofMinutes(10)))) {
			for (Runnable nested : List.<Runnable>of(() -> fixture.store.count(fixture.query),
					() -> fixture.store.put(fixture.area, Map.of("description", "x")),
					() -> fixture.store.forEach(fixture.query, (entry) -> {
					}))) {
				assertThatExceptionOfType(TransientDataAccessResourceException.class)
					.isThrownBy(() -> fixture.store.forEach(fixture.query, (entry) -> nested.run()))
					.withMessageContaining("this thread holds 1 of the 1 of the pool")
					.withMessageContaining("ldapkv.pool.max-size");
			}
			assertThat(fixture.store.count(fixture.query)).isEqualTo(ENTRIES);
		}
		try (Fixture fixture = new Fixture(EmbeddedDirectory.shared(),
				(pool) -> pool.maxSize(SIZE).maxWait(Duration.ofMinutes(10)))) {
			Runnable third = () -> fixture.store.forEach(fixture.query, (entry) -> {
			});
			Runnable second = () -> fixture.store.forEach(fixture.query, (entry) -> third.run());
			assertThatExceptionOfType(TransientDataAccessResourceException.class)
				.isThrownBy(() -> fixture.store.forEach(fixture.query, (entry) -> second.run()))
				.withMessageContaining("this thread holds 2 of the 3 of the pool");
			second.run();
		}
	}

	/**
	 * Whoever holds a stream does not wait for ever for the next one.
	 */
	@Test
	void streamsOneInsideTheOtherInManyThreadsAllEnd() throws Exception {
		try (Fixture fixture = new Fixture(EmbeddedDirectory.shared(),
				(pool) -> pool.maxSize(SIZE).maxWait(Duration.ofMillis(200)))) {
			CyclicBarrier barrier = new CyclicBarrier(SIZE - 1);
			Callable<Void> nested = () -> {
				AtomicInteger first = new AtomicInteger();
				fixture.store.forEach(fixture.query, (outer) -> {
					if (first.getAndIncrement() == 0) {
						await(barrier);
						fixture.store.forEach(fixture.query, (inner) -> pause(1));
					}
				});
				return null;
			};
			assertThat(together(SIZE - 1, nested)).isNotEmpty()
				.allSatisfy((ex) -> assertThat(ex).hasRootCauseInstanceOf(TransientDataAccessResourceException.class)
					.hasRootCauseMessage(
							"No connection was free for one more stream within 200 ms: 2 are open, the most "
									+ "of a pool of 3. Close streams sooner, or raise ldapkv.pool.max-size or "
									+ "ldapkv.pool.max-wait."));
			assertThat(fixture.pool.statistics().active()).isZero();
			assertThat(fixture.store.stream(fixture.query)).hasSize(ENTRIES);
		}
	}

	@Test
	void aForEachThatWaitsCanBeInterrupted() throws Exception {
		try (Fixture fixture = new Fixture(EmbeddedDirectory.shared(),
				(pool) -> pool.maxSize(2).maxWait(Duration.ofMinutes(10)))) {
			CountDownLatch begun = new CountDownLatch(1);
			CountDownLatch over = new CountDownLatch(1);
			Thread holder = new Thread(() -> fixture.store.forEach(fixture.query, (entry) -> {
				begun.countDown();
				await(over);
			}));
			holder.start();
			begun.await();
			List<Object> outcome = new ArrayList<>();
			Thread waiting = new Thread(() -> {
				try {
					fixture.store.forEach(fixture.query, (entry) -> {
					});
				}
				catch (TransientDataAccessResourceException ex) {
					outcome.add(ex.getMessage());
					outcome.add(Thread.currentThread().isInterrupted());
				}
			});
			waiting.start();
			while (fixture.pool.statistics().waiting() == 0) {
				pause(10);
			}
			waiting.interrupt();
			waiting.join();
			over.countDown();
			holder.join();
			assertThat(outcome).containsExactly("Interrupted while waiting for a connection", true);
			assertThat(fixture.store.stream(fixture.query)).hasSize(ENTRIES);
		}
	}

	@Test
	void aPoolThatIsClosedEndsTheWaitForIt() throws Exception {
		Fixture fixture = new Fixture(EmbeddedDirectory.shared(),
				(pool) -> pool.maxSize(2).maxWait(Duration.ofMinutes(10)));
		Iterator<LdapEntry> open = fixture.store.stream(fixture.query).iterator();
		assertThat(open.hasNext()).isTrue();
		List<Throwable> failures = new ArrayList<>();
		Thread waiting = new Thread(() -> {
			try {
				fixture.store.stream(fixture.query).findFirst();
			}
			catch (RuntimeException ex) {
				failures.add(ex);
			}
		});
		waiting.start();
		while (fixture.pool.statistics().waiting() == 0) {
			pause(10);
		}
		fixture.pool.close();
		waiting.join();
		assertThat(failures).singleElement().satisfies((ex) -> assertThat(ex).hasMessageContaining("closed"));
	}

	/**
	 * Runs a task in several threads, and gives their failures.
	 */
	private static List<Throwable> together(int threads, Callable<Void> task) throws InterruptedException {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		List<Throwable> failures = new ArrayList<>();
		try {
			for (Future<Void> done : executor.invokeAll(IntStream.range(0, threads).mapToObj((i) -> task).toList())) {
				try {
					done.get();
				}
				catch (java.util.concurrent.ExecutionException ex) {
					failures.add(ex);
				}
			}
		}
		finally {
			executor.shutdownNow();
		}
		return failures;
	}

	/**
	 * A consumer that takes its time with an entry, which only time itself can show.
	 */
	private static void pause(long milliseconds) {
		try {
			Thread.sleep(milliseconds);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Some people, and a small pool.
	 */
	private static final class Fixture implements AutoCloseable {

		private static final AtomicInteger AREAS = new AtomicInteger();

		private final LdapConnectionPool pool;

		private final LdapKeyValueTemplate store;

		private final LdapKey area = LdapKey.of("/" + TestDirectory.SUFFIX)
			.child("ou", "many-streams-" + AREAS.incrementAndGet());

		private final KeyQuery query = KeyQuery.of(this.area + "/uid=*");

		Fixture(TestDirectory directory, UnaryOperator<LdapConnectionPoolBuilder> settings) {
			this.pool = settings.apply(directory.pool().maxWait(WAIT)).build();
			this.store = LdapKeyValueTemplate.builder(this.pool).pageSize(PAGE).build();
			this.store.put(this.area, Map.of("objectClass", "organizationalUnit"));
			for (int i = 0; i < ENTRIES; i++) {
				this.store.put(this.area.child("uid", "u" + i),
						Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x"));
			}
		}

		@Override
		public void close() {
			this.store.close();
		}

	}

}
