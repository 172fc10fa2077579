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

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.naming.NamingException;
import javax.naming.directory.DirContext;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
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
import org.springframework.ldap.AuthenticationException;
import org.springframework.ldap.support.LdapUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Several servers of one directory.
 */
@Timeout(120)
class FailoverTests {

	private static final LdapKey BASE = LdapKey.of("/" + TestDirectory.SUFFIX);

	@Test
	void theNextServerTakesOverAndTheFirstComesBack() {
		EmbeddedDirectory first = new EmbeddedDirectory();
		try (EmbeddedDirectory second = new EmbeddedDirectory();
				LdapConnectionPool pool = first.poolAt(first.url(), second.url())
					.maxAge(Duration.ofMillis(1))
					.build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			store.put(BASE, Map.of("description", "first"));
			assertThat(description(store)).isEqualTo("first");
			first.close();
			assertThat(store.getRequired(BASE).has("description")).isFalse();
			assertThat(second.requestsDuring(() -> store.contains(BASE))).contains("SEARCH 1.1");
		}
	}

	/**
	 * A larger pool would only have more callers wait for the server.
	 */
	@Test
	void whoWaitsForConnectionsThatAreBeingOpenedIsNotToldToRaiseTheirNumber() throws Exception {
		try (ServerSocket silent = new ServerSocket(0);
				LdapConnectionPool pool = LdapConnectionPool
					.builder(List.of("ldap://localhost:" + silent.getLocalPort()))
					.user("cn=app", "s3cret")
					.maxSize(1)
					.maxWait(Duration.ofMillis(100))
					.build()) {
			Thread first = new Thread(
					() -> assertThatExceptionOfType(RuntimeException.class).isThrownBy(pool::getReadOnlyContext));
			first.start();
			while (pool.statistics().opening() == 0) {
				Thread.onSpinWait();
			}
			assertThatExceptionOfType(TransientDataAccessResourceException.class).isThrownBy(pool::getReadOnlyContext)
				.withMessage(
						"No connection was free within 100 ms: 1 of at most 1 are being opened, so a server does not "
								+ "answer, or slowly. The health and the log say which.");
			first.interrupt();
			first.join();
		}
	}

	/**
	 * One connection is asked whether it is alive, and then the server for a new one.
	 */
	@Test
	void idleConnectionsToAServerThatHangsAreNotWaitedForOneAfterAnother() {
		Duration timeout = Duration.ofSeconds(1);
		try (EmbeddedDirectory first = new EmbeddedDirectory();
				EmbeddedDirectory second = new EmbeddedDirectory();
				TcpProxy proxy = new TcpProxy(first.host(), first.port());
				LdapConnectionPool pool = first.poolAt(proxy.url(), second.url())
					.connectTimeout(timeout)
					.readTimeout(timeout)
					.validateAfterIdle(Duration.ZERO)
					.build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			assertThat(store.contains(BASE)).isTrue();
			List<DirContext> held = Stream.generate(pool::getReadOnlyContext).limit(8).toList();
			held.forEach(LdapUtils::closeContext);
			proxy.swallow(true);
			long began = System.nanoTime();
			assertThat(store.contains(BASE)).isTrue();
			assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(timeout.multipliedBy(5));
		}
	}

	/**
	 * It costs one caller its timeout once: who comes later is not kept waiting, although
	 * the server is asked again and again.
	 */
	@Test
	void aDeadFirstServerCostsItsTimeoutOnce() throws IOException {
		try (EmbeddedDirectory alive = new EmbeddedDirectory();
				ServerSocket silent = new ServerSocket(0);
				LdapConnectionPool pool = alive.poolAt("ldap://localhost:" + silent.getLocalPort(), alive.url())
					.connectTimeout(Duration.ofSeconds(2))
					.maxAge(Duration.ofMillis(1))
					.build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			assertThat(store.contains(BASE)).isTrue();
			silent.accept().close();
			int calls = 0;
			for (long end = System.nanoTime() + Duration.ofSeconds(1).toNanos(); System.nanoTime() < end;) {
				long began = System.nanoTime();
				assertThat(store.contains(BASE)).isTrue();
				assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
				calls++;
			}
			assertThat(calls).isGreaterThan(1);
			silent.setSoTimeout(10_000);
			silent.accept().close();
		}
	}

	/**
	 * The one that waits is not the one that is at fault.
	 */
	@Test
	void anInterruptedCallerDoesNotTakeItsServerForADeadOne() throws InterruptedException {
		try (EmbeddedDirectory first = new EmbeddedDirectory();
				EmbeddedDirectory second = new EmbeddedDirectory();
				TcpProxy slow = new TcpProxy(first.host(), first.port());
				TcpProxy next = new TcpProxy(second.host(), second.port());
				LdapConnectionPool pool = first.poolAt(slow.url(), next.url()).build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			slow.swallow(true);
			InterruptedCall call = new InterruptedCall(() -> store.get(BASE));
			call.interruptAfter(300);
			assertThat(call.thrown()).isInstanceOf(DataAccessResourceFailureException.class)
				.hasMessageContaining("'" + BASE + "'")
				.hasMessageContaining("interrupted");
			assertThat(call.flag()).as("interrupt flag").isTrue();
			assertThat(next.connections()).as("connections to the next server").isZero();
			slow.swallow(false);
			assertThat(first.requestsDuring(() -> store.contains(BASE))).contains("SEARCH 1.1");
			assertThat(next.connections()).isZero();
		}
	}

	@Test
	void anAccountThatIsAskedForIsTakenToTheNextServer() throws NamingException {
		EmbeddedDirectory first = new EmbeddedDirectory();
		try (EmbeddedDirectory second = new EmbeddedDirectory();
				LdapConnectionPool pool = LdapConnectionPool.builder(List.of(first.url(), second.url())).build()) {
			first.close();
			pool.getContext(second.userDn(), second.password()).close();
			assertThatExceptionOfType(AuthenticationException.class)
				.isThrownBy(() -> pool.getContext(second.userDn(), "wrong"));
		}
	}

	@Test
	void aServerThatAnswersWithARefusalIsNotPassedOver() {
		try (EmbeddedDirectory first = new EmbeddedDirectory();
				EmbeddedDirectory second = new EmbeddedDirectory();
				LdapConnectionPool pool = LdapConnectionPool.builder(List.of(first.url(), second.url()))
					.user(first.userDn(), "wrong")
					.build()) {
			List<String> requests = second.requestsDuring(() -> assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> new LdapKeyValueTemplate(pool).get(BASE))
				.withMessageContaining("invalidCredentials (49)"));
			assertThat(requests).isEmpty();
		}
	}

	@Test
	void readsGoToTheReplicaAndWritesToTheProvider() throws InterruptedException {
		try (OpenLdapContainer provider = new OpenLdapContainer().withEnv("LDAP_SERVER_ID", "1")) {
			provider.start();
			try (OpenLdapContainer replica = new OpenLdapContainer().withEnv("LDAP_REPLICATE_FROM",
					"ldap://" + provider.addressInside() + ":389")) {
				replica.start();
				try (LdapConnectionPool pool = provider.pool().readUrls(List.of(replica.url())).build()) {
					LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
					LdapKey key = BASE.child("ou", "replicated");
					assertThat(provider.requestsDuring(
							() -> store.put(key, Map.of("objectClass", "organizationalUnit", "description", "a"))))
						.contains("MODIFY", "ADD");
					awaitReplica(store, key);
					assertThat(provider.requestsDuring(() -> store.getRequired(key))).isEmpty();
					assertThat(replica.requestsDuring(() -> store.getRequired(key))).containsExactly("SEARCH");
				}
				// And with the provider gone, the replica still answers.
				try (LdapConnectionPool pool = provider.poolAt(provider.url(), replica.url()).build()) {
					LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
					LdapKey key = BASE.child("ou", "replicated");
					assertThat(store.contains(key)).isTrue();
					String away = provider.host() + ":" + provider.port();
					provider.stop();
					assertThat(store.contains(key)).isTrue();
					assertThatExceptionOfType(DataAccessException.class)
						.isThrownBy(() -> store.put(key, Map.of("description", "b")))
						.withMessageContaining("referral (10)")
						.withMessageContaining("which takes none, since " + away)
						.withMessageContaining("has not answered for");
				}
			}
		}
	}

	@Test
	void aMixOfPlainAndEncryptedServersIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LdapConnectionPool.builder(List.of("ldap://a", "ldaps://b")).build())
			.withMessageContaining("clear text");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LdapConnectionPool.builder(List.of("ldaps://a")).readUrls(List.of("ldap://b")).build());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LdapConnectionPool.builder(List.of("ldaps://a")).startTls(true).build())
			.withMessageContaining("StartTLS");
		assertThatIllegalArgumentException().isThrownBy(() -> LdapConnectionPool.builder(List.of()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LdapConnectionPool.builder(List.of("ldap://a")).user("cn=a", ""));
	}

	private static void awaitReplica(LdapKeyValueTemplate store, LdapKey key) throws InterruptedException {
		for (int i = 0; i < 200 && !store.contains(key); i++) {
			Thread.sleep(50);
		}
		assertThat(store.contains(key)).isTrue();
	}

	private static String description(LdapKeyValueTemplate store) {
		return store.getRequired(BASE).text("description").orElseThrow();
	}

}
