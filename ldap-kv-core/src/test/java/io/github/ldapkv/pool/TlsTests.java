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

import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.naming.NamingException;
import javax.net.ssl.SSLContext;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.InterruptedCall;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.ldap.AuthenticationException;
import org.springframework.ldap.core.AuthenticationSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Connections with TLS, on an OpenLDAP that everybody may read.
 */
@Timeout(60)
class TlsTests {

	private static final OpenLdapContainer SERVER = new OpenLdapContainer().withTls()
		.withEnv("LDAP_ANONYMOUS_READ", "true");

	private static SSLContext trust;

	@BeforeAll
	static void start() {
		SERVER.start();
		trust = SERVER.trust();
	}

	@AfterAll
	static void stop() {
		SERVER.stop();
	}

	@Test
	void worksOverLdaps() {
		assertWorks(ldaps());
	}

	@Test
	void worksOverStartTls() {
		assertWorks(startTls());
	}

	@Test
	void worksAnonymouslyOverStartTls() {
		try (LdapKeyValueTemplate store = store(
				LdapConnectionPool.builder(List.of(SERVER.url())).sslContext(() -> trust).startTls(true))) {
			assertThat(store.contains("/" + TestDirectory.SUFFIX)).isTrue();
		}
	}

	@Test
	void aWrongPasswordFailsAlthoughEverybodyMayRead() {
		for (LdapConnectionPoolBuilder builder : List.of(ldaps(), startTls())) {
			try (LdapKeyValueTemplate store = store(builder.user(SERVER.userDn(), "wr0ng"))) {
				for (int i = 0; i < 2; i++) {
					assertThatExceptionOfType(PermissionDeniedDataAccessException.class)
						.isThrownBy(() -> store.get("/" + TestDirectory.SUFFIX))
						.withMessageContaining("invalidCredentials (49)")
						.withMessageNotContaining("wr0ng");
				}
			}
		}
	}

	@Test
	void aServerThatIsNotTrustedIsRefused() {
		for (LdapConnectionPoolBuilder builder : List.of(ldaps().sslContext(TlsTests::trustOfTheJdk),
				startTls().sslContext(TlsTests::trustOfTheJdk))) {
			try (LdapKeyValueTemplate store = store(builder)) {
				assertThatExceptionOfType(DataAccessResourceFailureException.class)
					.isThrownBy(() -> store.get("/" + TestDirectory.SUFFIX))
					.withMessageContaining("certification path");
			}
		}
	}

	/**
	 * The certificate is for localhost and 127.0.0.1, and not for 127.0.0.2.
	 */
	@Test
	void aServerOfAnotherNameIsRefused() {
		String ldaps = SERVER.tlsUrl().replace("localhost", "127.0.0.2");
		String ldap = SERVER.url().replace("localhost", "127.0.0.2");
		for (LdapConnectionPoolBuilder builder : List.of(
				LdapConnectionPool.builder(List.of(ldaps)).sslContext(() -> trust),
				LdapConnectionPool.builder(List.of(ldap)).sslContext(() -> trust).startTls(true))) {
			try (LdapKeyValueTemplate store = store(builder.user(SERVER.userDn(), SERVER.password()))) {
				assertThatExceptionOfType(DataAccessException.class)
					.isThrownBy(() -> store.get("/" + TestDirectory.SUFFIX))
					.withMessageMatching(
							"(?s).*(No subject alternative names matching|hostname verification failed).*");
			}
		}
	}

	/**
	 * The certificate is for the address that the name has, and not for the name.
	 */
	@Test
	void aNameIsVerifiedWhateverItsAddressIs() throws Exception {
		for (String host : List.of("localhost", "many.test")) {
			ServerUrl url = ServerUrl.of(SERVER.tlsUrl().replace("localhost", host));
			Server server = new Server(new ServerAddress(url, InetAddress.getByName("127.0.0.1")));
			ConnectionOpener opener = new ConnectionOpener(BindSettings.ANONYMOUS, new TlsSettings(false, () -> trust),
					Duration.ofSeconds(10), Duration.ofSeconds(10), new PoolEvents(PoolRole.ALL, List.of()));
			if (host.equals("localhost")) {
				opener.open(server).close(CloseReason.DONE);
			}
			else {
				assertThatExceptionOfType(LDAPException.class).isThrownBy(() -> opener.open(server))
					.withStackTraceContaining("many.test found");
			}
		}
	}

	/**
	 * The password would go out in clear text otherwise.
	 */
	@Test
	void aServerWithoutStartTlsGetsNoPassword() {
		try (OpenLdapContainer plain = new OpenLdapContainer()) {
			plain.start();
			List<String> requests = plain.requestsDuring(() -> {
				try (LdapKeyValueTemplate store = store(plain.pool().startTls(true))) {
					assertThatExceptionOfType(DataAccessException.class)
						.isThrownBy(() -> store.get("/" + TestDirectory.SUFFIX))
						.withMessageContaining("use ldaps:// with the port that speaks TLS");
				}
			});
			assertThat(requests).containsOnly("EXTENDED");
		}
	}

	/**
	 * The certificate is the pool's, and says nothing of the account.
	 */
	@Test
	void anAccountThatIsAskedForBindsWithItsPasswordAlsoWhereThePoolBindsAsItsCertificate() throws NamingException {
		for (LdapConnectionPoolBuilder builder : List.of(ldaps().externalBind(true), startTls().externalBind(true),
				ldaps(), startTls())) {
			try (LdapConnectionPool pool = builder.build()) {
				pool.getContext(SERVER.userDn(), SERVER.password()).close();
				assertThatExceptionOfType(AuthenticationException.class)
					.isThrownBy(() -> pool.getContext(SERVER.userDn(), "wr0ng"))
					.withMessageContaining("error code 49");
			}
		}
	}

	/**
	 * RFC 4513, section 5.1.2: a server takes the one, and may take the other, for an
	 * anonymous bind, and says yes.
	 */
	@Test
	void anAccountWithoutANameOrAPasswordIsRefusedBeforeAnythingIsSent() {
		for (LdapConnectionPoolBuilder builder : List.of(ldaps().externalBind(true), startTls().externalBind(true),
				ldaps(), startTls(), SERVER.pool())) {
			List<String> requests = SERVER.requestsDuring(() -> {
				try (LdapConnectionPool pool = builder.build()) {
					assertThatExceptionOfType(AuthenticationException.class)
						.isThrownBy(() -> pool.getContext(SERVER.userDn(), ""))
						.withMessageContaining(SERVER.userDn())
						.withMessageContaining("password");
					assertThatExceptionOfType(AuthenticationException.class)
						.isThrownBy(() -> pool.getContext("", "s3cret"))
						.withMessageContaining("user name")
						.withMessageNotContaining("s3cret");
				}
			});
			assertThat(requests).isEmpty();
		}
	}

	@Test
	void aStoreIsNotSilentlyAnonymousWhereItsAccountHasNoPassword() {
		AuthenticationSource account = new SimpleAccount(SERVER.userDn(), "");
		for (LdapConnectionPoolBuilder builder : List.of(ldaps(), startTls(), SERVER.pool())) {
			List<String> requests = SERVER.requestsDuring(() -> {
				try (LdapKeyValueTemplate store = store(builder.authenticationSource(account))) {
					assertThatExceptionOfType(PermissionDeniedDataAccessException.class)
						.isThrownBy(() -> store.get("/" + TestDirectory.SUFFIX))
						.withMessageContaining("Could not get '/dc=org/dc=test'")
						.withMessageContaining(SERVER.userDn())
						.withMessageContaining("password");
				}
			});
			assertThat(requests).isEmpty();
		}
	}

	/**
	 * A bundle that is missing, for example.
	 */
	@Test
	void whatTheGiverOfTheTrustSaysIsSaidAndItsConnectionIsClosed() throws InterruptedException {
		for (boolean startTls : new boolean[] { true, false }) {
			try (TcpProxy proxy = new TcpProxy(SERVER.host(), SERVER.port());
					LdapKeyValueTemplate store = store(
							SERVER.poolAt(startTls ? proxy.url() : proxy.url().replace("ldap:", "ldaps:"))
								.startTls(startTls)
								.sslContext(() -> {
									throw new IllegalStateException("There is no such bundle");
								}))) {
				assertThatExceptionOfType(DataAccessResourceFailureException.class)
					.isThrownBy(() -> store.get("/" + TestDirectory.SUFFIX))
					.withMessageContaining("There is no such bundle");
				// The proxy sees the end of a connection a moment later.
				for (int i = 0; i < 50 && proxy.connections() > 0; i++) {
					Thread.sleep(20);
				}
				assertThat(proxy.connections()).as("connections left open").isZero();
			}
		}
	}

	@Test
	void aHandshakeThatGetsNoAnswerIsATimeout() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
				LdapKeyValueTemplate store = store(
						LdapConnectionPool.builder(List.of("ldaps://localhost:" + silent.getLocalPort()))
							.connectTimeout(Duration.ofMillis(300)))) {
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store.get("/" + TestDirectory.SUFFIX))
				.withMessageContaining("timed out");
		}
	}

	@Test
	void anInterruptEndsAHandshakeAndAConnectAtOnce() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			isEndedByAnInterrupt("ldaps://localhost:" + silent.getLocalPort());
			List<SocketChannel> fillers = new ArrayList<>();
			// Once its queue is full, a server that accepts nobody lets the next wait.
			for (int i = 0; i < 4; i++) {
				SocketChannel filler = SocketChannel.open();
				filler.configureBlocking(false);
				filler.connect(silent.getLocalSocketAddress());
				fillers.add(filler);
			}
			isEndedByAnInterrupt("ldap://localhost:" + silent.getLocalPort());
			for (SocketChannel filler : fillers) {
				filler.close();
			}
		}
	}

	private static void isEndedByAnInterrupt(String url) throws InterruptedException {
		try (LdapKeyValueTemplate store = store(
				LdapConnectionPool.builder(List.of(url)).connectTimeout(Duration.ofSeconds(30)))) {
			InterruptedCall call = new InterruptedCall(() -> store.get("/" + TestDirectory.SUFFIX));
			call.interruptAfter(200);
			assertThat(call.thrown()).isInstanceOf(DataAccessException.class).hasMessageContaining("interrupted");
			assertThat(call.flag()).as("interrupt flag").isTrue();
		}
	}

	private static SSLContext trustOfTheJdk() {
		try {
			return SSLContext.getDefault();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void assertWorks(LdapConnectionPoolBuilder builder) {
		try (LdapKeyValueTemplate store = store(builder)) {
			LdapKey key = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "tls");
			for (int i = 0; i < 3; i++) {
				store.put(key, Map.of("objectClass", "organizationalUnit", "description", "x" + i));
				assertThat(store.getRequired(key).text("description")).contains("x" + i);
			}
			assertThat(store.delete(key)).isTrue();
		}
	}

	private static LdapConnectionPoolBuilder ldaps() {
		return SERVER.poolAt(SERVER.tlsUrl()).sslContext(() -> trust);
	}

	private static LdapConnectionPoolBuilder startTls() {
		return SERVER.pool().sslContext(() -> trust).startTls(true);
	}

	private static LdapKeyValueTemplate store(LdapConnectionPoolBuilder builder) {
		return new LdapKeyValueTemplate(builder.build());
	}

	private record SimpleAccount(String name, String password) implements AuthenticationSource {

		@Override
		public String getPrincipal() {
			return this.name;
		}

		@Override
		public String getCredentials() {
			return this.password;
		}

	}

}
