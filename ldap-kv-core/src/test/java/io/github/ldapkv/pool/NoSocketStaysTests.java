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

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.LyingDirectory;
import io.github.ldapkv.testserver.ProcessSockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What sockets there are, as the server sees it and as the process does.
 */
class NoSocketStaysTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final int CALLERS = 16;

	private static final int MAX_SIZE = 4;

	private final LyingDirectory directory = new LyingDirectory();

	private final AtomicInteger schemaReads = new AtomicInteger();

	@AfterEach
	void close() {
		this.directory.close();
	}

	private int port() {
		return URI.create(this.directory.url()).getPort();
	}

	private LdapConnectionPoolBuilder pool() {
		return LdapConnectionPool.builder(List.of(this.directory.url())).user("cn=admin", "s3cret").maxSize(MAX_SIZE);
	}

	/**
	 * Sixteen callers begin with a store that knows nothing of its server yet.
	 */
	private void callAtOnce(LdapKeyValueTemplate store) throws Exception {
		this.directory.lie((request, answer) -> {
			if (LyingDirectory.Lie.asksFor(request, "subschemaSubentry")) {
				this.schemaReads.incrementAndGet();
				// So that the others come meanwhile.
				LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
			}
			return false;
		});
		CountDownLatch ready = new CountDownLatch(CALLERS);
		ExecutorService executor = Executors.newFixedThreadPool(CALLERS);
		try {
			List<Future<Boolean>> calls = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				calls.add(executor.submit(() -> {
					ready.countDown();
					ready.await();
					return store.contains("/dc=org");
				}));
			}
			for (Future<Boolean> call : calls) {
				assertThat(call.get(30, TimeUnit.SECONDS)).isTrue();
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void afterCloseThereIsNone() throws Exception {
		assertThat(ProcessSockets.to(port())).isZero();
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool().build())) {
			callAtOnce(store);
			assertThat(ProcessSockets.to(port())).isBetween(1L, (long) MAX_SIZE);
		}
		assertThat(ProcessSockets.to(port())).isZero();
		assertThat(this.directory.openWithin(PATIENCE, 0)).isZero();
	}

	@Test
	void afterTheIdleTimeoutThereIsNone() throws Exception {
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				pool().idleTimeout(Duration.ofMillis(500)).build())) {
			callAtOnce(store);
			assertThat(this.directory.openWithin(PATIENCE, 0)).isZero();
			assertThat(ProcessSockets.to(port())).isZero();
		}
	}

	@Test
	void theFirstCallersOpenNoMoreThanTheyMayAndOneOfThemReadsTheSchema() throws Exception {
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool().build())) {
			callAtOnce(store);
			assertThat(this.directory.connections()).isLessThanOrEqualTo(MAX_SIZE);
			assertThat(this.schemaReads).hasValue(1);
		}
	}

	@Test
	void aPoolThatIsClosedOpensNoneForAnAccountEither() {
		LdapConnectionPool pool = pool().build();
		pool.close();
		assertThatExceptionOfType(DataAccessResourceFailureException.class)
			.isThrownBy(() -> pool.getContext("cn=somebody", "s3cret"))
			.withMessage("The store is closed");
		assertThat(this.directory.connections()).isZero();
	}

	@Test
	void oneThatIsOpenedWhileThePoolIsClosedDoesNotStay() throws Exception {
		CountDownLatch binding = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		this.directory.lie((request, answer) -> {
			binding.countDown();
			try {
				closed.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return false;
		});
		LdapConnectionPool pool = pool().build();
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			Future<?> call = executor.submit(pool::getReadOnlyContext);
			assertThat(binding.await(30, TimeUnit.SECONDS)).isTrue();
			pool.close();
			closed.countDown();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> call.get(30, TimeUnit.SECONDS))
				.withCauseInstanceOf(DataAccessResourceFailureException.class);
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(ProcessSockets.to(port())).isZero();
	}

}
