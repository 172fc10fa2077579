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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;

import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.ProcessSockets;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ldap.core.AuthenticationSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What breaks under steady load, and what does not: no acknowledged write is lost, none
 * is done twice, no connection leaks, no thread hangs. The figures are printed, for
 * {@code docs/reliability.md}.
 */
@Timeout(120)
class FaultTests {

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

	/**
	 * The most connections of a pool, as they are by default.
	 */
	private static final int MAX_SIZE = 8;

	/**
	 * The pool itself sees with one more whether a server is back.
	 */
	private static final int THE_ONE_THAT_LOOKS = 1;

	private OpenLdapContainer server;

	private TcpProxy proxy;

	private LdapConnectionPool pool;

	private LdapKeyValueTemplate store;

	private LdapKey area;

	@BeforeEach
	void start() {
		this.server = new OpenLdapContainer().withEnv("LDAP_IDLE_TIMEOUT", "2");
		this.server.start();
		this.proxy = new TcpProxy(this.server.host(), this.server.port());
		this.pool = this.server.poolAt(this.proxy.url())
			.connectTimeout(Duration.ofSeconds(1))
			.readTimeout(READ_TIMEOUT)
			.build();
		this.store = new LdapKeyValueTemplate(this.pool);
		this.area = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "load");
		this.store.put(this.area, Map.of("objectClass", "organizationalUnit"));
	}

	@AfterEach
	void stop() {
		this.store.close();
		assertThat(sockets()).as("sockets after the pool was closed").isZero();
		this.proxy.close();
		this.server.stop();
	}

	@Test
	void theServerIsRestarted() throws Exception {
		SteadyLoad load = underLoad("restart", () -> {
			this.server.restart();
			this.proxy.target(this.server.host(), this.server.port());
		});
		assertThat(load.failures()).isNotEmpty();
	}

	@Test
	void theServerIsKilled() throws Exception {
		SteadyLoad load = underLoad("SIGKILL and start", () -> {
			this.server.kill();
			this.proxy.target(this.server.host(), this.server.port());
		});
		assertThat(load.failures()).isNotEmpty();
	}

	@Test
	void theServerIsFrozenForLongerThanTheReadTimeout() throws Exception {
		SteadyLoad load = underLoad("frozen for 2 s", () -> {
			this.server.freeze(true);
			Thread.sleep(READ_TIMEOUT.multipliedBy(2).toMillis());
			this.server.freeze(false);
		});
		assertThat(load.failures().keySet()).isSubsetOf("QueryTimeoutException", "UnknownOutcomeException",
				"TransientDataAccessResourceException");
	}

	@Test
	void theNetworkSwallowsPackets() throws Exception {
		underLoad("packets swallowed for 2 s", () -> {
			this.proxy.swallow(true);
			Thread.sleep(READ_TIMEOUT.multipliedBy(2).toMillis());
			this.proxy.cut();
			this.proxy.swallow(false);
		});
	}

	@Test
	void connectionsAreCutUnderLoad() throws Exception {
		SteadyLoad load = underLoad("all connections cut, 5 times", () -> {
			for (int i = 0; i < 5; i++) {
				this.proxy.cut();
				Thread.sleep(100);
			}
		});
		// Reads go on, unless the fresh connection is cut too; a write that was on its
		// way
		// is not repeated.
		assertThat(load.failures().keySet()).isSubsetOf("UnknownOutcomeException",
				"DataAccessResourceFailureException");
	}

	@Test
	void anIdleTimeoutOfTheServerIsNotNoticed() throws Exception {
		SteadyLoad load = underLoad("idle connections cut by the server", () -> {
		});
		assertThat(load.failures()).isEmpty();
		Thread.sleep(4500);
		for (int i = 0; i < 20; i++) {
			assertThat(this.store.contains(this.area)).isTrue();
			this.store.put(this.area, Map.of("description", "x" + i));
		}
	}

	@Test
	void theBindPasswordIsChanged() throws Exception {
		AtomicReference<String> password = new AtomicReference<>(this.server.password());
		try (LdapConnectionPool rotating = LdapConnectionPool.builder(List.of(this.proxy.url()))
			.authenticationSource(new Account(this.server.userDn(), password))
			.build()) {
			SteadyLoad load = underLoad("bind password changed, the application's 0.3 s later", rotating, () -> {
				this.server.changePassword("n3w");
				this.proxy.cut();
				Thread.sleep(300);
				password.set("n3w");
			});
			assertThat(load.failures().keySet()).contains("PermissionDeniedDataAccessException");
		}
	}

	@Test
	void theCertificateIsReplaced() throws Exception {
		try (OpenLdapContainer encrypted = new OpenLdapContainer().withTls()) {
			encrypted.start();
			AtomicReference<SSLContext> trust = new AtomicReference<>(encrypted.trust());
			this.proxy.target(encrypted.host(), encrypted.tlsPort());
			try (LdapConnectionPool secure = encrypted.poolAt(this.proxy.url().replace("ldap:", "ldaps:"))
				.sslContext(trust::get)
				.build()) {
				new LdapKeyValueTemplate(secure).put(this.area, Map.of("objectClass", "organizationalUnit"));
				underLoad("server restarted with a certificate of another authority, trusted 0.3 s later", secure,
						() -> {
							encrypted.renewCertificate();
							this.proxy.target(encrypted.host(), encrypted.tlsPort());
							Thread.sleep(300);
							trust.set(encrypted.trust());
						});
			}
		}
	}

	/**
	 * The replica answers reads while the provider is away, and the pool goes back to the
	 * provider.
	 */
	@Test
	void theProviderOfAReplicaDies() throws Exception {
		try (OpenLdapContainer provider = new OpenLdapContainer().withEnv("LDAP_SERVER_ID", "1")) {
			provider.start();
			try (OpenLdapContainer replica = new OpenLdapContainer().withEnv("LDAP_REPLICATE_FROM",
					"ldap://" + provider.addressInside() + ":389")) {
				replica.start();
				this.proxy.target(provider.host(), provider.port());
				try (LdapConnectionPool both = provider.poolAt(this.proxy.url(), replica.url())
					.connectTimeout(Duration.ofSeconds(1))
					.build(); LdapConnectionPool afterwards = provider.poolAt(this.proxy.url()).build()) {
					LdapKeyValueTemplate provided = new LdapKeyValueTemplate(both);
					provided.put(this.area, Map.of("objectClass", "organizationalUnit"));
					underLoad("provider killed and started, with a replica", both, new LdapKeyValueTemplate(afterwards),
							() -> {
								provider.kill();
								this.proxy.target(provider.host(), provider.port());
							});
				}
			}
		}
	}

	private SteadyLoad underLoad(String fault, Fault code) throws Exception {
		return underLoad(fault, this.pool, code);
	}

	private SteadyLoad underLoad(String fault, LdapConnectionPool pool, Fault code) throws Exception {
		return underLoad(fault, pool, new LdapKeyValueTemplate(pool), code);
	}

	/**
	 * Looks for what is lost where all writes went to: a replica may not have them yet.
	 */
	private SteadyLoad underLoad(String fault, LdapConnectionPool pool, LdapKeyValueTemplate written, Fault code)
			throws Exception {
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
		SteadyLoad load = new SteadyLoad(store, this.area);
		load.awaitSuccesses(2000);
		long sockets = sockets();
		int connects = this.proxy.accepted();
		long began = System.nanoTime();
		code.happen();
		long during = sockets();
		load.awaitSuccesses(2000);
		int stuck = load.stop();
		connects = this.proxy.accepted() - connects;
		System.out.printf(Locale.ROOT,
				"| %s | %s | %d connects, %.0f a second; sockets before %d, during %d, after %d |%n", fault, load,
				connects, connects / ((System.nanoTime() - began) / 1e9), sockets, during, sockets());
		assertThat(List.of(sockets, during, sockets())).as("sockets of the process")
			.allMatch((count) -> count <= MAX_SIZE + THE_ONE_THAT_LOOKS);
		assertThat(stuck).as("threads stuck").isZero();
		assertThat(load.lost(written)).as("acknowledged writes lost").isZero();
		assertThat(load.doneTwice()).as("writes applied twice").isZero();
		assertThat(pool.statistics().active()).as("connections leaked").isZero();
		return load;
	}

	private long sockets() {
		return ProcessSockets.to(this.proxy.port());
	}

	private record Account(String principal, AtomicReference<String> password) implements AuthenticationSource {

		@Override
		public String getPrincipal() {
			return this.principal;
		}

		@Override
		public String getCredentials() {
			return this.password.get();
		}

	}

	@FunctionalInterface
	private interface Fault {

		void happen() throws Exception;

	}

}
