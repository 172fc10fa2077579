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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.LdapConnectionPoolBuilder;
import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a stream does with its connection, on OpenLDAP.
 */
@Timeout(60)
class StreamTests {

	private static final OpenLdapContainer SERVER = OpenLdapContainer.shared();

	private static final LdapKey AREA = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "streams");

	private static final int ENTRIES = 50;

	private static final int PAGE = 10;

	private static final KeyQuery QUERY = KeyQuery.of(AREA + "/uid=*");

	private TcpProxy proxy;

	private LdapConnectionPool pool;

	private LdapKeyValueTemplate store;

	@BeforeAll
	static void fill() {
		try (LdapConnectionPool pool = SERVER.pool().build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			store.put(AREA, Map.of("objectClass", "organizationalUnit"));
			IntStream.range(0, ENTRIES)
				.forEach((i) -> store.put(AREA.child("uid", "u" + i),
						Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x")));
		}
	}

	@BeforeEach
	void start() {
		this.proxy = new TcpProxy(SERVER.host(), SERVER.port());
		use(SERVER.poolAt(this.proxy.url())
			.maxSize(1)
			.maxWait(Duration.ofMillis(100))
			.readTimeout(Duration.ofSeconds(5)));
	}

	@AfterEach
	void stop() {
		this.store.close();
		this.proxy.close();
	}

	@Test
	void theConnectionIsHeldFromTheFirstEntryToTheLast() {
		try (Stream<LdapEntry> stream = this.store.stream(QUERY)) {
			Iterator<LdapEntry> entries = stream.iterator();
			assertConnections(0, 0);
			assertThat(entries.hasNext()).isTrue();
			assertConnections(1, 0);
			entries.forEachRemaining((entry) -> assertThat(entry.value().has("sn")).isTrue());
			assertConnections(0, 1);
		}
		assertConnections(0, 1);
		assertThat(this.store.count(QUERY)).isEqualTo(ENTRIES);
		assertThat(this.pool.statistics().created()).isEqualTo(1);
	}

	@Test
	void aStreamThatIsClosedEarlyLeavesAConnectionThatWorks() {
		for (int taken = 0; taken <= ENTRIES; taken++) {
			try (Stream<LdapEntry> stream = this.store.stream(QUERY)) {
				Iterator<LdapEntry> entries = stream.iterator();
				for (int i = 0; i < taken; i++) {
					entries.next();
				}
			}
			assertConnections(0, Math.min(taken, 1));
			assertThat(this.store.keys(QUERY)).hasSize(ENTRIES);
		}
		assertThat(this.pool.statistics().created()).isEqualTo(1);
	}

	@Test
	void aStreamThatFailedInItsConsumerLeavesAConnectionThatWorks() {
		for (int fatal : new int[] { 1, PAGE - 1, PAGE, PAGE + 1, ENTRIES }) {
			AtomicInteger seen = new AtomicInteger();
			Stream<LdapEntry> neverClosed = this.store.stream(QUERY);
			assertThatIllegalStateException().isThrownBy(() -> neverClosed.forEach((entry) -> {
				if (seen.incrementAndGet() == fatal) {
					throw new IllegalStateException("of the consumer");
				}
			})).withMessage("of the consumer");
			assertThat(seen).hasValue(fatal);
			assertConnections(0, 1);
			assertThat(this.store.keys(QUERY)).hasSize(ENTRIES);
		}
		assertThat(this.pool.statistics().created()).isEqualTo(1);
	}

	@Test
	void aCallWithinAStreamThatHasTheOnlyConnectionFailsInTime() {
		try (Stream<LdapEntry> stream = this.store.stream(QUERY)) {
			assertThatExceptionOfType(TransientDataAccessResourceException.class)
				.isThrownBy(() -> stream.forEach((entry) -> this.store.get(entry.key())))
				.withMessageContaining("No connection was free within 100 ms")
				.withMessageContaining("streams");
		}
		assertConnections(0, 1);
		assertThat(this.store.contains(AREA)).isTrue();
	}

	@Test
	void aStreamInOrderHoldsNothingWhileItIsRead() {
		AtomicInteger seen = new AtomicInteger();
		this.store.forEach(QUERY.limit(20), (entry) -> {
			assertThat(this.store.get(entry.key())).isPresent();
			seen.incrementAndGet();
		});
		assertThat(seen).hasValue(20);
	}

	@Test
	void aConnectionThatDiesInTheMiddleEndsTheStreamAndSaysHowFarItGot() {
		List<LdapKey> seen = new ArrayList<>();
		assertThatExceptionOfType(DataAccessResourceFailureException.class)
			.isThrownBy(() -> this.store.forEach(QUERY, (entry) -> {
				seen.add(entry.key());
				if (seen.size() == PAGE + 1) {
					this.proxy.cut();
				}
			}))
			.satisfies((ex) -> assertThat(ex).hasMessageContaining("after " + seen.size() + " entries")
				.hasMessageContaining("the last of them '" + seen.get(seen.size() - 1) + "'")
				.hasMessageContaining(AREA + "/uid=*"));
		assertThat(seen).hasSizeBetween(PAGE + 1, ENTRIES - 1).doesNotHaveDuplicates();
		assertConnections(0, 0);
		assertThat(this.store.keys(QUERY)).hasSize(ENTRIES);
		assertThat(this.pool.statistics().created()).isEqualTo(2);
	}

	@Test
	void aConnectionThatWasDeadBeforeTheFirstEntryIsReplaced() {
		this.store.contains(AREA);
		this.proxy.cut();
		AtomicInteger seen = new AtomicInteger();
		this.store.forEach(QUERY, (entry) -> seen.incrementAndGet());
		assertThat(seen).hasValue(ENTRIES);
		assertConnections(0, 1);
	}

	@Test
	void aServerThatStopsAnsweringEndsTheStreamInTime() {
		stop();
		this.proxy = new TcpProxy(SERVER.host(), SERVER.port());
		use(SERVER.poolAt(this.proxy.url()).readTimeout(Duration.ofMillis(300)));
		AtomicInteger seen = new AtomicInteger();
		assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(() -> this.store.forEach(QUERY, (entry) -> {
			if (seen.incrementAndGet() == 1) {
				this.proxy.swallow(true);
			}
		})).withMessageContaining("after ");
		assertThat(this.pool.statistics().active()).isZero();
		this.proxy.cut();
		this.proxy.swallow(false);
		assertThat(this.store.keys(QUERY)).hasSize(ENTRIES);
	}

	@Test
	void anInterruptedReaderGetsItsExceptionAndItsFlag() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		List<Object> outcome = new ArrayList<>();
		Thread reader = new Thread(() -> {
			try {
				this.store.forEach(QUERY, (entry) -> {
					this.proxy.swallow(true);
					started.countDown();
				});
			}
			catch (DataAccessException ex) {
				outcome.add(ex);
				outcome.add(Thread.currentThread().isInterrupted());
			}
		});
		reader.start();
		started.await();
		Thread.sleep(200);
		reader.interrupt();
		reader.join();
		this.proxy.swallow(false);
		assertThat(outcome).hasSize(2);
		assertThat((Exception) outcome.get(0)).isInstanceOf(DataAccessResourceFailureException.class)
			.hasMessageContaining("Could not go on after ");
		assertThat(outcome.get(1)).isEqualTo(true);
		assertConnections(0, 0);
		assertThat(this.store.keys(QUERY)).hasSize(ENTRIES);
	}

	@Test
	void aLimitOfTheServerIsAnExceptionWhereItIsReached() {
		try (OpenLdapContainer limited = new OpenLdapContainer().withEnv("LDAP_READONLY_USER", "true")
			.withEnv("LDAP_SIZE_LIMIT", "25")) {
			limited.start();
			try (LdapConnectionPool admin = limited.pool().build();
					LdapConnectionPool reader = LdapConnectionPool.builder(List.of(limited.url()))
						.user("cn=readonly," + TestDirectory.SUFFIX, "readonly")
						.build()) {
				LdapKeyValueTemplate all = new LdapKeyValueTemplate(admin);
				all.put(AREA, Map.of("objectClass", "organizationalUnit"));
				IntStream.range(0, 40)
					.forEach((i) -> all.put(AREA.child("ou", "u" + i), Map.of("objectClass", "organizationalUnit")));
				LdapKeyValueTemplate few = LdapKeyValueTemplate.builder(reader).pageSize(PAGE).build();
				AtomicInteger seen = new AtomicInteger();
				assertThatExceptionOfType(DataRetrievalFailureException.class)
					.isThrownBy(() -> few.forEach(KeyQuery.of(AREA + "/*"), (entry) -> seen.incrementAndGet()))
					.withMessageContaining("sizeLimitExceeded (4)")
					.satisfies((ex) -> assertThat(ex).hasMessageContaining("after " + seen + " entries"));
				assertThat(seen.get()).isGreaterThanOrEqualTo(2 * PAGE);
				assertThat(reader.statistics()).extracting(PoolStatistics::active, PoolStatistics::idle)
					.containsExactly(0, 1);
				assertThat(few.contains(AREA)).isTrue();
			}
		}
	}

	@Test
	void aForgottenStreamIsReportedAndItsConnectionComesBack() throws Exception {
		List<ILoggingEvent> warnings = new ArrayList<>();
		Consumer<LdapKeyValueTemplate> forgetful = (store) -> store.stream(QUERY).iterator().next();
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		Logger logger = (Logger) LoggerFactory.getLogger(OpenQuery.class);
		logger.addAppender(log);
		try {
			forgetful.accept(this.store);
			assertConnections(1, 0);
			for (int i = 0; i < 200 && this.pool.statistics().active() > 0; i++) {
				System.gc();
				Thread.sleep(20);
			}
			warnings.addAll(log.list);
		}
		finally {
			logger.detachAppender(log);
		}
		assertConnections(0, 0);
		assertThat(warnings).singleElement().satisfies((warning) -> {
			assertThat(warning.getFormattedMessage()).contains(AREA + "/uid=*").contains("never closed");
			assertThat(warning.getThrowableProxy().getStackTraceElementProxyArray())
				.anyMatch((frame) -> frame.getSTEAsString().contains(StreamTests.class.getSimpleName()));
		});
		assertThat(this.store.keys(QUERY)).hasSize(ENTRIES);
	}

	@Test
	void aParallelStreamReadsOneAfterAnother() {
		try (Stream<LdapEntry> stream = this.store.stream(QUERY)) {
			assertThat(stream.parallel().map(LdapEntry::key).toList()).doesNotHaveDuplicates().hasSize(ENTRIES);
		}
		assertConnections(0, 1);
	}

	private void use(LdapConnectionPoolBuilder builder) {
		this.pool = builder.build();
		this.store = LdapKeyValueTemplate.builder(this.pool).pageSize(PAGE).build();
	}

	private void assertConnections(int active, int idle) {
		assertThat(this.pool.statistics()).as("connections in use and idle")
			.extracting(PoolStatistics::active, PoolStatistics::idle)
			.containsExactly(active, idle);
	}

}
