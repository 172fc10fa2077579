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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.unboundid.ldap.protocol.LDAPMessage;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.LyingDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.ldap.core.AuthenticationSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How often a server that does not answer, or refuses the account, is asked while many
 * threads call without a pause, and what the log says of it.
 */
class OneCallerAsksTests {

	private static final int THREADS = 8;

	private static final Duration LOAD = Duration.ofSeconds(3);

	private final LyingDirectory directory = new LyingDirectory();

	private final AtomicInteger binds = new AtomicInteger();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.log.start();
		logger().setLevel(Level.INFO);
		logger().addAppender(this.log);
	}

	@AfterEach
	void close() {
		logger().detachAppender(this.log);
		logger().setLevel(null);
		this.directory.close();
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger("io.github.ldapkv.pool");
	}

	private List<String> lines(Level level) {
		return List.copyOf(this.log.list)
			.stream()
			.filter((line) -> line.getLevel() == level)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	private void bindsAnswer(int code) {
		this.directory.lie((request, answer) -> {
			if (request.getProtocolOpType() != LDAPMessage.PROTOCOL_OP_TYPE_BIND_REQUEST) {
				return false;
			}
			this.binds.incrementAndGet();
			answer.result(code, "");
			return true;
		});
	}

	private LdapConnectionPool pool() {
		return LdapConnectionPool.builder(List.of(this.directory.url()))
			.name("people")
			.user("cn=admin", "s3cret")
			.connectTimeout(Duration.ofSeconds(5))
			.build();
	}

	/**
	 * Calls without a pause.
	 * @return how many calls have failed
	 */
	private int load(LdapKeyValueTemplate store) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		try {
			long end = System.nanoTime() + LOAD.toNanos();
			List<Future<Integer>> threads = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				threads.add(executor.submit(() -> {
					int failed = 0;
					while (System.nanoTime() < end) {
						try {
							store.contains("/dc=org");
						}
						catch (DataAccessException ex) {
							failed++;
						}
					}
					return failed;
				}));
			}
			int failed = 0;
			for (Future<Integer> thread : threads) {
				failed += thread.get(30, TimeUnit.SECONDS);
			}
			return failed;
		}
		finally {
			executor.shutdownNow();
		}
	}

	/**
	 * After pauses of 0.1, 0.2, 0.4, 0.8, 1.6 seconds there is no time left.
	 */
	@Test
	void aServerThatHangsUp() throws Exception {
		this.directory.lie((request, answer) -> {
			answer.hangUp();
			return true;
		});
		try (LdapConnectionPool pool = pool()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			int failed = load(store);
			System.out.println("| a server that hangs up, " + THREADS + " threads for 3 s | " + failed
					+ " calls failed, " + this.directory.connections() + " connects |");
			assertThat(failed).isGreaterThan(100);
			assertThat(this.directory.connections()).isBetween(3, 6 + THREADS);
			assertThat(lines(Level.WARN)).singleElement()
				.asString()
				.startsWith("people: localhost:")
				.contains("is left aside");
			this.directory.tellTheTruth();
			awaitReturn(pool);
			assertThat(store.contains("/dc=org")).isTrue();
			assertThat(lines(Level.INFO)).filteredOn((line) -> line.startsWith("people: "))
				.singleElement()
				.asString()
				.contains("answers again, after");
		}
	}

	/**
	 * After pauses of 1 and 2 seconds there is no time left.
	 */
	@Test
	void aServerThatRefusesTheAccount() throws Exception {
		bindsAnswer(49);
		try (LdapConnectionPool pool = pool()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			int failed = load(store);
			System.out.println("| a server that refuses the account, " + THREADS + " threads for 3 s | " + failed
					+ " calls failed, " + this.binds + " binds |");
			assertThat(failed).isGreaterThan(100);
			assertThat(this.binds.get()).isBetween(2, 3);
			assertThat(lines(Level.WARN)).singleElement()
				.asString()
				.isEqualTo(
						"people: The account 'cn=admin' is refused by invalidCredentials (49). It is offered again in 1 s, and then less and "
								+ "less often, or at once with another password");
			assertThat(lines(Level.INFO)).noneMatch((line) -> line.startsWith("people: "));
			this.directory.tellTheTruth();
			awaitAccepted(store);
			assertThat(lines(Level.WARN)).hasSize(1);
			assertThat(lines(Level.INFO)).filteredOn((line) -> line.startsWith("people: "))
				.containsExactly("people: The account 'cn=admin' is accepted again");
		}
	}

	private static void awaitAccepted(LdapKeyValueTemplate store) {
		long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
		boolean accepted = false;
		while (!accepted && System.nanoTime() < end) {
			try {
				accepted = store.contains("/dc=org");
			}
			catch (DataAccessException ex) {
				LockSupport.parkNanos(10_000_000);
			}
		}
		assertThat(accepted).isTrue();
	}

	/**
	 * The first pauses together are shorter than what is counted.
	 */
	@Test
	void whatGivesTheAccountIsNotAskedAllTheTimeForAServerThatIsAside() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		AtomicBoolean fails = new AtomicBoolean();
		AuthenticationSource vault = new AuthenticationSource() {

			@Override
			public String getPrincipal() {
				asked.incrementAndGet();
				if (fails.get()) {
					throw new IllegalStateException("The vault is away");
				}
				return "cn=admin";
			}

			@Override
			public String getCredentials() {
				return "s3cret";
			}

		};
		this.directory.lie((request, answer) -> {
			answer.hangUp();
			return true;
		});
		try (LdapConnectionPool pool = LdapConnectionPool.builder(List.of(this.directory.url()))
			.authenticationSource(vault)
			.build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store.contains("/dc=org"));
			fails.set(true);
			asked.set(0);
			LockSupport.parkNanos(LOAD.toNanos());
			assertThat(asked).hasValueBetween(1, 6);
			fails.set(false);
			this.directory.tellTheTruth();
			awaitReturn(pool);
			assertThat(store.contains("/dc=org")).isTrue();
		}
	}

	private static void awaitReturn(LdapConnectionPool pool) {
		long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
		while (pool.state().get(0).servers().get(0).isAside() && System.nanoTime() < end) {
			LockSupport.parkNanos(10_000_000);
		}
	}

}
