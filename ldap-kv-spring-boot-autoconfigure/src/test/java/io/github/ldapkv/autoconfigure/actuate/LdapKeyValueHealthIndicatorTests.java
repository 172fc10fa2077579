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
package io.github.ldapkv.autoconfigure.actuate;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import javax.naming.directory.DirContext;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.LdapConnectionPoolBuilder;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The health of a store while its servers, or some of them, are away.
 */
class LdapKeyValueHealthIndicatorTests {

	private static final Status READ_ONLY = new Status("READ_ONLY");

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	/**
	 * For what is not about time.
	 */
	private static final Duration LONG = Duration.ofSeconds(20);

	private static final int PROBES = 50;

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private EmbeddedDirectory provider;

	private EmbeddedDirectory replica;

	private TcpProxy toProvider;

	private TcpProxy toReplica;

	private LdapConnectionPool pool;

	private LdapKeyValueTemplate store;

	private LdapKeyValueHealthIndicator indicator;

	@BeforeEach
	void start() {
		this.provider = new EmbeddedDirectory();
		this.replica = new EmbeddedDirectory((config) -> config.addInMemoryOperationInterceptor(new TakesNoWrites()));
		this.toProvider = new TcpProxy(this.provider.host(), this.provider.port());
		this.toReplica = new TcpProxy(this.replica.host(), this.replica.port());
		this.log.start();
		logger().setLevel(Level.INFO);
		logger().addAppender(this.log);
	}

	@AfterEach
	void stop() {
		logger().detachAppender(this.log);
		logger().setLevel(null);
		this.toProvider.swallow(false);
		this.toReplica.swallow(false);
		this.pool.close();
		this.toProvider.close();
		this.toReplica.close();
		this.provider.close();
		this.replica.close();
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(LdapKeyValueHealthIndicator.class);
	}

	private LdapConnectionPoolBuilder writesOnly() {
		return this.provider.poolAt(this.toProvider.url()).base(TestDirectory.SUFFIX);
	}

	private LdapConnectionPoolBuilder bothRoles() {
		return writesOnly().readUrls(List.of(this.toReplica.url()));
	}

	private void use(LdapConnectionPoolBuilder builder) {
		use(builder, LONG);
	}

	private void use(LdapConnectionPoolBuilder builder, Duration timeout) {
		this.pool = builder.build();
		this.store = LdapKeyValueTemplate.builder(this.pool).name("people").build();
		this.indicator = new LdapKeyValueHealthIndicator(this.store, timeout, READ_ONLY, Map::of);
	}

	@Test
	void bothRolesAreAsked() {
		use(bothRoles());
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("base", TestDirectory.SUFFIX).containsEntry("baseFound", true);
		assertThat(role(health, "read")).containsOnlyKeys("answered");
		assertThat(answered(health, "read")).startsWith("localhost:" + this.toReplica.port());
		assertThat(role(health, "write")).containsOnlyKeys("answered");
		assertThat(answered(health, "write")).startsWith("localhost:" + this.toProvider.port());
		assertThat(this.log.list).isEmpty();
	}

	@Test
	void connectionsThatAreAllInUseAreNoIllness() throws Exception {
		use(writesOnly().maxSize(8).maxWait(Duration.ofMinutes(1)));
		for (String unit : List.of("one", "two")) {
			this.store.put("/ou=" + unit, Map.of("objectClass", "organizationalUnit"));
		}
		List<Stream<LdapEntry>> streams = new ArrayList<>();
		DirContext last = null;
		try {
			for (int i = 0; i < 7; i++) {
				Stream<LdapEntry> stream = this.store.stream(KeyQuery.of("/**"));
				streams.add(stream);
				stream.iterator().hasNext();
			}
			last = this.pool.getReadOnlyContext();
			assertThat(this.pool.statistics().active()).isEqualTo(8);
			Health health = this.indicator.health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails().get("pool"))
				.asInstanceOf(InstanceOfAssertFactories.map(String.class, Number.class))
				.containsEntry("active", 8)
				.containsEntry("max", 8);
		}
		finally {
			if (last != null) {
				last.close();
			}
			streams.forEach(Stream::close);
		}
	}

	@Test
	void serversThatHangAreDownInTime() {
		use(bothRoles(), TIMEOUT);
		this.toProvider.swallow(true);
		this.toReplica.swallow(true);
		Instant start = Instant.now();
		Health health = this.indicator.health();
		assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		for (String role : List.of("read", "write")) {
			assertThat(role(health, role)).containsEntry("failure", "There was no answer within 500 ms");
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.contains("ldapkv-people-health-" + role);
		}
	}

	/**
	 * Also if nobody but the health uses the store, and if that has less time than it
	 * takes to give a server up.
	 */
	@Test
	void aServerThatHangsMakesWayForTheNext() {
		this.toProvider.swallow(true);
		use(this.provider.poolAt(this.toProvider.url(), this.toReplica.url()).connectTimeout(Duration.ofSeconds(2)),
				TIMEOUT);
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
		Health health = await(Status.UP);
		assertThat(answered(health, "all")).startsWith("localhost:" + this.toReplica.port());
		assertThat(role(health, "all").get("aside")).asInstanceOf(InstanceOfAssertFactories.list(Map.class))
			.allSatisfy((server) -> {
				assertThat(server.get("server").toString()).startsWith("localhost:" + this.toProvider.port());
				assertThat(Instant.parse(server.get("until").toString()))
					.isAfter(Instant.parse(server.get("since").toString()));
				assertThat(server).containsKey("failure");
			})
			.isNotEmpty();
	}

	@Test
	void withoutAServerForWritesItIsReadOnly() {
		use(bothRoles());
		int port = this.toProvider.port();
		this.toProvider.close();
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(READ_ONLY);
		assertThat(health.getDetails()).containsEntry("baseFound", true);
		assertThat(answered(health, "read")).startsWith("localhost:" + this.toReplica.port());
		assertThat(role(health, "write")).containsOnlyKeys("failure", "aside");
		assertThat(role(health, "write").get("failure").toString()).contains("localhost:" + port);
		this.toProvider = new TcpProxy(new InetSocketAddress("localhost", port), this.provider.host(),
				this.provider.port());
		await(Status.UP);
		assertThat(lines(Level.WARN)).singleElement()
			.asString()
			.startsWith("people: it can be read, and not be written to: ")
			.contains("localhost:" + port);
		assertThat(lines(Level.INFO)).singleElement()
			.asString()
			.matches("people: it can be read and written to again, after \\d+\\.\\d s");
	}

	@Test
	void aReplicaInThePlaceOfTheProviderIsReadOnly() {
		use(this.provider.poolAt(this.toProvider.url(), this.toReplica.url()).base(TestDirectory.SUFFIX));
		this.toProvider.close();
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.store.put("/", Map.of("description", "x")));
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(READ_ONLY);
		assertThat(role(health, "all")).containsEntry("refusesWrites", true);
		assertThat(lines(Level.WARN)).singleElement()
			.asString()
			.contains("localhost:" + this.toReplica.port(), "refuses writes, as a replica does");
	}

	@Test
	void eachChangeIsOneLine() {
		use(bothRoles());
		int writes = this.toProvider.port();
		probe(Status.UP);
		this.toProvider.close();
		probe(READ_ONLY);
		this.toReplica.close();
		probe(Status.DOWN);
		this.toProvider = new TcpProxy(new InetSocketAddress("localhost", writes), this.provider.host(),
				this.provider.port());
		await(Status.UP);
		probe(Status.UP);
		assertThat(lines(Level.WARN)).hasSize(2);
		assertThat(lines(Level.WARN).get(0)).startsWith("people: it can be read, and not be written to: ");
		assertThat(lines(Level.WARN).get(1)).startsWith("people: it cannot be read: ");
		// The provider may be back for reads a moment before it is for writes.
		assertThat(lines(Level.INFO)).hasSizeBetween(1, 2)
			.last()
			.asString()
			.startsWith("people: it can be read and written to again, after ");
		assertThat(this.log.list).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
	}

	/**
	 * Asks often.
	 */
	private void probe(Status expected) {
		for (int i = 0; i < PROBES; i++) {
			assertThat(this.indicator.health().getStatus()).isEqualTo(expected);
		}
	}

	private Health await(Status expected) {
		Instant end = Instant.now().plusSeconds(20);
		Health health = this.indicator.health();
		while (!health.getStatus().equals(expected) && Instant.now().isBefore(end)) {
			LockSupport.parkNanos(50_000_000);
			health = this.indicator.health();
		}
		assertThat(health.getStatus()).isEqualTo(expected);
		return health;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> role(Health health, String role) {
		return (Map<String, Object>) ((Map<String, Object>) health.getDetails().get("roles")).get(role);
	}

	private static String answered(Health health, String role) {
		return String.valueOf(role(health, role).get("answered"));
	}

	private List<String> lines(Level level) {
		return List.copyOf(this.log.list)
			.stream()
			.filter((line) -> line.getLevel() == level)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	/**
	 * As OpenLDAP's replica that knows of no provider.
	 */
	private static final class TakesNoWrites extends InMemoryOperationInterceptor {

		@Override
		public void processModifyRequest(InMemoryInterceptedModifyRequest request) throws LDAPException {
			throw new LDAPException(new LDAPResult(-1, ResultCode.UNWILLING_TO_PERFORM,
					"shadow context; no update referral", null, new String[0], new Control[0]));
		}

	}

}
