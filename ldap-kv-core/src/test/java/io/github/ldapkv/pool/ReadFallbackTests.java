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

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where reads go while the servers for reads are away.
 */
class ReadFallbackTests {

	private static final LdapKey BASE = LdapKey.of("/" + TestDirectory.SUFFIX);

	private EmbeddedDirectory provider;

	private EmbeddedDirectory replica;

	private TcpProxy way;

	@BeforeEach
	void start() {
		this.provider = new EmbeddedDirectory();
		this.replica = new EmbeddedDirectory();
		this.way = new TcpProxy(this.replica.host(), this.replica.port());
	}

	@AfterEach
	void stop() {
		this.way.close();
		this.replica.close();
		this.provider.close();
	}

	private LdapConnectionPoolBuilder pool() {
		return this.provider.poolAt(this.provider.url())
			.readUrls(List.of(this.way.url()))
			.maxAge(Duration.ofMillis(1))
			.connectTimeout(Duration.ofMillis(500));
	}

	@Test
	void readsGoToTheServersForWritesAndBack() {
		try (LdapConnectionPool pool = pool().build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			assertThat(this.replica.requestsDuring(() -> store.contains(BASE))).contains("SEARCH 1.1");
			int port = this.way.port();
			this.way.close();
			assertThat(this.provider.requestsDuring(() -> store.contains(BASE))).contains("SEARCH 1.1");
			assertThat(reads(pool).servers()).extracting(ServerState::isAside).containsExactly(true, false);
			this.way = new TcpProxy(new InetSocketAddress("localhost", port), this.replica.host(), this.replica.port());
			awaitReturn(pool);
			assertThat(this.replica.requestsDuring(() -> store.contains(BASE))).contains("SEARCH 1.1");
		}
	}

	@Test
	void readsThatDoNotFallBackFailAndNameTheirServersOnly() {
		try (LdapConnectionPool pool = pool().readsFallBack(false).build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			int replicas = this.way.port();
			this.way.close();
			assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(() -> store.get(BASE))
				.withMessageContaining("localhost:" + replicas)
				.withMessageNotContaining("localhost:" + this.provider.port());
			store.put(BASE, Map.of("description", "written"));
		}
	}

	@Test
	void whereNoneAnswersBothAreNamed() {
		try (LdapConnectionPool pool = pool().build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			int replicas = this.way.port();
			int providers = this.provider.port();
			this.way.close();
			this.provider.close();
			assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(() -> store.get(BASE))
				.withMessageContaining("localhost:" + replicas)
				.withMessageContaining("localhost:" + providers);
			assertThatExceptionOfType(DataAccessResourceFailureException.class)
				.isThrownBy(() -> store.put(BASE, Map.of("description", "x")))
				.withMessageContaining("localhost:" + providers)
				.withMessageNotContaining("localhost:" + replicas);
		}
	}

	private static RoleState reads(LdapConnectionPool pool) {
		return pool.state().get(0);
	}

	private static void awaitReturn(LdapConnectionPool pool) {
		long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
		while (reads(pool).servers().get(0).isAside() && System.nanoTime() < end) {
			LockSupport.parkNanos(10_000_000);
		}
		assertThat(reads(pool).servers().get(0).isAside()).as("nobody has called meanwhile").isFalse();
	}

}
