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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.naming.NamingException;
import javax.naming.directory.DirContext;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.internal.wire.sdk.Borrowed;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.InterruptedCall;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link LdapConnectionPool}.
 */
@Timeout(60)
class LdapConnectionPoolTests {

	private static final EmbeddedDirectory DIRECTORY = EmbeddedDirectory.shared();

	private static final LdapKey BASE = LdapKey.of("/" + TestDirectory.SUFFIX);

	@Test
	void aConnectionIsUsedAgain() {
		try (TcpProxy proxy = new TcpProxy(DIRECTORY.host(), DIRECTORY.port());
				LdapConnectionPool pool = pool(proxy.url()).build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			for (int i = 0; i < 20; i++) {
				store.contains(BASE);
				store.put(BASE, Map.of("description", "x"));
			}
			assertThat(proxy.connections()).isEqualTo(1);
			assertThat(pool.statistics()).extracting(PoolStatistics::active, PoolStatistics::idle)
				.containsExactly(0, 1);
		}
	}

	/**
	 * As on a thread of the common pool, in an application that is run by its jar.
	 */
	@Test
	void aThreadThatDoesNotSeeTheApplicationsClassesOpensAConnectionToo() {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		ClassLoader platform = ClassLoader.getPlatformClassLoader();
		thread.setContextClassLoader(platform);
		try (LdapConnectionPool pool = pool(DIRECTORY.url()).build()) {
			assertThat(new LdapKeyValueTemplate(pool).contains(BASE)).isTrue();
			assertThat(thread.getContextClassLoader()).isSameAs(platform);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	@Test
	void aCallWaitsNoLongerThanItMay() {
		try (LdapConnectionPool pool = pool(DIRECTORY.url()).maxSize(1).maxWait(Duration.ofMillis(50)).build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			DirContext borrowed = pool.getReadOnlyContext();
			assertThatExceptionOfType(TransientDataAccessResourceException.class).isThrownBy(() -> store.get(BASE))
				.withMessageContaining("50 ms")
				.withMessageContaining("ldapkv.pool.max-size");
			close(borrowed);
			assertThat(store.contains(BASE)).isTrue();
			close(borrowed);
			assertThat(pool.statistics()).extracting(PoolStatistics::active, PoolStatistics::idle)
				.containsExactly(0, 1);
		}
	}

	@Test
	void anOldConnectionIsReplacedAndAnIdleOneClosed() throws InterruptedException {
		try (TcpProxy proxy = new TcpProxy(DIRECTORY.host(), DIRECTORY.port());
				LdapConnectionPool pool = pool(proxy.url()).maxAge(Duration.ofMillis(200))
					.idleTimeout(Duration.ofMillis(500))
					.build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			store.contains(BASE);
			long first = pool.statistics().created();
			// Longer than the maximum age, which is what is tested.
			Thread.sleep(250);
			store.contains(BASE);
			assertThat(pool.statistics().created()).isEqualTo(first + 1);
			// The pool looks for idle connections in a thread of its own.
			for (int i = 0; i < 100 && pool.statistics().idle() > 0; i++) {
				Thread.sleep(50);
			}
			assertThat(pool.statistics()).extracting(PoolStatistics::active, PoolStatistics::idle)
				.containsExactly(0, 0);
		}
	}

	@Test
	void onlyAConnectionThatWasIdleIsChecked() throws InterruptedException {
		OpenLdapContainer server = OpenLdapContainer.shared();
		try (LdapConnectionPool pool = server.pool().validateAfterIdle(Duration.ofMillis(200)).build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			store.contains(BASE);
			assertThat(server.requestsDuring(() -> store.get(BASE))).containsExactly("SEARCH");
			// Longer than a connection may be idle without a check.
			Thread.sleep(250);
			assertThat(server.requestsDuring(() -> store.get(BASE))).containsExactly("SEARCH 1.1", "SEARCH");
		}
	}

	/**
	 * A server that is away would be waited for.
	 */
	@Test
	void noConnectionIsOpenedForOneThatBroke() {
		try (LdapConnectionPool pool = pool(DIRECTORY.url()).build()) {
			DirContext borrowed = pool.getReadOnlyContext();
			((Borrowed) borrowed).connection().breakOff();
			close(borrowed);
			assertThat(pool.statistics()).extracting(PoolStatistics::active, PoolStatistics::idle)
				.containsExactly(0, 0);
			assertThat(pool.statistics().created()).isEqualTo(1);
		}
	}

	@Test
	void aPoolThatIsClosedSaysSo() {
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool(DIRECTORY.url()).build());
		store.contains(BASE);
		store.close();
		store.close();
		assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(() -> store.get(BASE))
			.withMessageContaining("closed");
	}

	@Test
	void aCallerThatWaitsLearnsThatThePoolIsClosedAndIsNotInterrupted() throws Exception {
		try (LdapConnectionPool pool = pool(DIRECTORY.url()).maxSize(1).build()) {
			DirContext borrowed = pool.getReadOnlyContext();
			List<InterruptedCall> calls = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				calls.add(new InterruptedCall(pool::getReadOnlyContext));
			}
			awaitWaiting(pool, 3);
			pool.close();
			for (InterruptedCall call : calls) {
				call.awaitEnd();
				assertThat(call.thrown()).isInstanceOf(DataAccessResourceFailureException.class)
					.hasMessageContaining("closed");
				assertThat(call.flag()).as("interrupt flag").isFalse();
			}
			borrowed.close();
		}
	}

	@Test
	void aCallerThatIsInterruptedWhileItWaitsEndsAtOnce() throws Exception {
		try (LdapConnectionPool pool = pool(DIRECTORY.url()).maxSize(1).build()) {
			DirContext borrowed = pool.getReadOnlyContext();
			InterruptedCall call = new InterruptedCall(pool::getReadOnlyContext);
			awaitWaiting(pool, 1);
			call.interruptAfter(0);
			assertThat(call.thrown()).isInstanceOf(TransientDataAccessResourceException.class)
				.hasMessageContaining("Interrupted");
			assertThat(call.flag()).isTrue();
			borrowed.close();
			assertThat(new LdapKeyValueTemplate(pool).contains(BASE)).isTrue();
		}
	}

	/**
	 * The caller that waits opens the next one, and has the failure of it.
	 */
	@Test
	void whoGivesBackABrokenConnectionOpensNoneForThoseWhoWait() throws Exception {
		try (TcpProxy proxy = new TcpProxy(DIRECTORY.host(), DIRECTORY.port());
				LdapConnectionPool pool = pool(proxy.url()).maxSize(1).connectTimeout(Duration.ofSeconds(1)).build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			DirContext borrowed = pool.getReadOnlyContext();
			InterruptedCall waiting = new InterruptedCall(() -> store.get(BASE));
			awaitWaiting(pool, 1);
			proxy.swallow(true);
			((Borrowed) borrowed).connection().breakOff();
			long start = System.nanoTime();
			close(borrowed);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
			waiting.awaitEnd();
			assertThat(waiting.thrown()).isInstanceOf(DataAccessException.class)
				.hasMessageContaining("timed out")
				.hasMessageNotContaining("in use");
			proxy.swallow(false);
			assertThat(store.contains(BASE)).isTrue();
		}
	}

	@Test
	void anInterruptedCallerGetsItsExceptionAndTheConnectionIsNotUsedAgain() throws InterruptedException {
		try (TcpProxy proxy = new TcpProxy(DIRECTORY.host(), DIRECTORY.port());
				LdapConnectionPool pool = pool(proxy.url()).build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			store.contains(BASE);
			long before = pool.statistics().created();
			proxy.swallow(true);
			InterruptedCall call = new InterruptedCall(() -> store.get(BASE));
			call.interruptAfter(200);
			proxy.swallow(false);
			assertThat(call.thrown()).isInstanceOf(DataAccessResourceFailureException.class)
				.hasMessageContaining("interrupted");
			assertThat(call.flag()).isTrue();
			assertThat(store.getRequired(BASE).has("dc")).isTrue();
			assertThat(pool.statistics().created()).isEqualTo(before + 1);
			assertThat(pool.statistics().active()).isZero();
		}
	}

	/**
	 * The check of one connection costs that one, and neither the interrupt nor the other
	 * connections.
	 */
	@Test
	void aCallerThatIsInterruptedWhileItsConnectionIsCheckedEndsAtOnce() throws InterruptedException {
		try (TcpProxy proxy = new TcpProxy(DIRECTORY.host(), DIRECTORY.port());
				LdapConnectionPool pool = pool(proxy.url()).validateAfterIdle(Duration.ZERO).build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			store.contains(BASE);
			List<DirContext> borrowed = List.of(pool.getReadOnlyContext(), pool.getReadOnlyContext(),
					pool.getReadOnlyContext());
			borrowed.forEach(LdapConnectionPoolTests::close);
			proxy.swallow(true);
			InterruptedCall call = new InterruptedCall(() -> store.get(BASE));
			call.interruptAfter(200);
			proxy.swallow(false);
			assertThat(call.thrown()).isInstanceOf(DataAccessException.class).hasMessageContaining("nterrupted");
			assertThat(call.flag()).isTrue();
			assertThat(pool.statistics()).extracting(PoolStatistics::active, PoolStatistics::idle)
				.containsExactly(0, 2);
			assertThat(store.contains(BASE)).isTrue();
			assertThat(pool.statistics().created()).isEqualTo(3);
		}
	}

	@Test
	void thousandsOfThreadsShareThePool() throws Exception {
		ExecutorService threads = manyThreads();
		try (LdapConnectionPool pool = OpenLdapContainer.shared()
			.pool()
			.maxSize(4)
			.maxWait(Duration.ofSeconds(30))
			.build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			List<Future<Boolean>> results = new ArrayList<>();
			for (int i = 0; i < 3000; i++) {
				results.add(threads.submit(() -> store.contains(BASE)));
			}
			for (Future<Boolean> result : results) {
				assertThat(result.get()).isTrue();
			}
			assertThat(pool.statistics().created()).isLessThanOrEqualTo(4L);
			assertThat(pool.statistics().active()).isZero();
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Virtual threads where the JDK has them.
	 */
	private static ExecutorService manyThreads() throws ReflectiveOperationException {
		if (Runtime.version().feature() >= 21) {
			return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
		}
		return Executors.newFixedThreadPool(1000);
	}

	private static LdapConnectionPoolBuilder pool(String url) {
		return DIRECTORY.poolAt(url);
	}

	/**
	 * Threads come to wait when they come; it is looked for until they do.
	 */
	private static void awaitWaiting(LdapConnectionPool pool, int count) throws InterruptedException {
		for (int i = 0; i < 200 && pool.statistics().waiting() < count; i++) {
			Thread.sleep(10);
		}
		assertThat(pool.statistics().waiting()).isEqualTo(count);
	}

	private static void close(DirContext context) {
		try {
			context.close();
		}
		catch (NamingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
