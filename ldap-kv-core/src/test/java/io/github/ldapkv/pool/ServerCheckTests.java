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
import java.util.stream.Stream;

import javax.naming.directory.DirContext;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.InterruptedCall;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.ldap.support.LdapUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The question whether a server is there.
 */
class ServerCheckTests {

	private EmbeddedDirectory server;

	private TcpProxy proxy;

	@BeforeEach
	void start() {
		this.server = new EmbeddedDirectory();
		this.proxy = new TcpProxy(this.server.host(), this.server.port());
	}

	@AfterEach
	void stop() {
		this.proxy.close();
		this.server.close();
	}

	@Test
	void itTellsTheServerAndWhetherTheBaseIsThere() {
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				this.server.poolAt(this.proxy.url()).base(TestDirectory.SUFFIX).build())) {
			ServerCheck check = store.check(PoolRole.READ);
			assertThat(check.server()).startsWith("localhost:" + this.proxy.port());
			assertThat(check.baseFound()).isTrue();
			assertThat(store.info().pool().idle()).as("connections that it has opened and kept").isEqualTo(1);
			assertThat(store.check(PoolRole.WRITE)).isEqualTo(check);
			assertThat(store.info().pool().created()).isEqualTo(1);
		}
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				this.server.poolAt(this.proxy.url()).base("ou=None," + TestDirectory.SUFFIX).build())) {
			assertThat(store.check(PoolRole.READ).baseFound()).isFalse();
		}
	}

	@Test
	void itWaitsForNobody() {
		try (LdapConnectionPool pool = this.server.poolAt(this.proxy.url())
			.maxSize(3)
			.maxWait(Duration.ofMinutes(1))
			.build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			List<Stream<LdapEntry>> streams = new ArrayList<>();
			try {
				for (int i = 0; i < 2; i++) {
					Stream<LdapEntry> stream = store.stream(KeyQuery.of("/" + TestDirectory.SUFFIX + "/**"));
					streams.add(stream);
					stream.iterator().hasNext();
				}
				pool.getReadOnlyContext();
				assertThat(pool.statistics().active()).isEqualTo(3);
				long began = System.nanoTime();
				assertThat(store.check(PoolRole.READ).server()).contains("localhost");
				assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
				assertThat(pool.statistics().idle()).as("the one that was opened for it is closed").isZero();
			}
			finally {
				streams.forEach(Stream::close);
			}
		}
	}

	@Test
	void aConnectionThatHasEndedIsNoDeadServer() {
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				this.server.poolAt(this.proxy.url()).base(TestDirectory.SUFFIX).build())) {
			store.check(PoolRole.READ);
			this.proxy.cut();
			assertThat(store.check(PoolRole.READ).baseFound()).isTrue();
		}
	}

	@Test
	void aStoreThatIsClosedDoesNotWaitForAServerThatSaysNothing() throws InterruptedException {
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				this.server.poolAt(this.proxy.url()).readTimeout(Duration.ofMinutes(2)).build());
		store.check(PoolRole.READ);
		this.proxy.swallow(true);
		InterruptedCall call = new InterruptedCall(() -> store.check(PoolRole.READ));
		// Nobody outside sees when it waits for the server; too early a close ends it
		// too.
		Thread.sleep(200);
		store.close();
		call.awaitEnd();
		assertThat(call.thrown()).isInstanceOf(DataAccessResourceFailureException.class);
	}

	@Test
	void aServerThatIsAwayOrRefusesTheAccountIsTold() {
		this.proxy.close();
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(this.server.poolAt(this.proxy.url()).build())) {
			assertThatExceptionOfType(DataAccessResourceFailureException.class)
				.isThrownBy(() -> store.check(PoolRole.READ))
				.withMessageContaining("Could not check '/'")
				.withMessageContaining("localhost:" + this.proxy.port());
		}
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				LdapConnectionPool.builder(List.of(this.server.url())).user(this.server.userDn(), "wrong").build())) {
			assertThatExceptionOfType(PermissionDeniedDataAccessException.class)
				.isThrownBy(() -> store.check(PoolRole.READ))
				.withMessageContaining("invalidCredentials (49)");
		}
		LdapKeyValueTemplate closed = new LdapKeyValueTemplate(this.server.poolAt(this.server.url()).build());
		closed.close();
		assertThatExceptionOfType(DataAccessResourceFailureException.class)
			.isThrownBy(() -> closed.check(PoolRole.READ))
			.withMessageContaining("closed");
	}

	@Test
	void aStoreWithoutAPoolLooksForItsBase() {
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(this.server.contextSource(TestDirectory.SUFFIX))) {
			ServerCheck check = store.check(PoolRole.WRITE);
			assertThat(check.server()).isEqualTo(this.server.url());
			assertThat(check.baseFound()).isTrue();
		}
	}

	@Test
	void severalConnectionsThatHaveEndedAreNoDeadServerEither() {
		try (LdapConnectionPool pool = this.server.poolAt(this.proxy.url()).build()) {
			List<DirContext> held = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				held.add(pool.getReadOnlyContext());
			}
			held.forEach(LdapUtils::closeContext);
			assertThat(pool.statistics().idle()).isEqualTo(4);
			this.proxy.cut();
			assertThat(pool.check(PoolRole.READ, "").baseFound()).isTrue();
		}
	}

}
