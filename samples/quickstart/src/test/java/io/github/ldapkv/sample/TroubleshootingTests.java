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

package io.github.ldapkv.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldif.LDIFException;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.LdapConnectionPoolBuilder;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import io.github.ldapkv.UnknownOutcomeException;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The messages that docs/troubleshooting.md shows, from real servers.
 */
class TroubleshootingTests {

	private static final Document DOCUMENT = Document.of("docs/troubleshooting.md");

	private static final String BASE = TestDirectory.SUFFIX;

	private static final OpenLdapContainer SERVER = new OpenLdapContainer().withEnv("LDAP_SIZE_LIMIT", "5")
		.withEnv("LDAP_READONLY_USER", "true");

	private static LdapKeyValueTemplate store;

	@BeforeAll
	static void start() {
		SERVER.start();
		store = new LdapKeyValueTemplate(SERVER.pool().base(BASE).build());
		store.put("/ou=People", Map.of("objectClass", "organizationalUnit"));
		store.put("/ou=People/uid=jdoe", Map.of("objectClass", "inetOrgPerson", "cn", "John", "sn", "Doe"));
		for (int i = 0; i < 8; i++) {
			store.put("/ou=People/uid=u" + i, Map.of("objectClass", "inetOrgPerson", "cn", "U", "sn", "U"));
		}
	}

	@AfterAll
	static void stop() {
		store.close();
		SERVER.stop();
	}

	@Test
	void aMissingParent() {
		assertShown(DataIntegrityViolationException.class, () -> store.put("/ou=Staff/uid=jdoe",
				Map.of("objectClass", "inetOrgPerson", "cn", "John", "sn", "Doe")));
	}

	@Test
	void aMissingStart() {
		assertShown(DataRetrievalFailureException.class, () -> store.children("/ou=Staff"));
		assertThat(store.query("/ou=Staff/*")).isEmpty();
	}

	@Test
	void aPatchOfNothing() {
		assertShown(DataRetrievalFailureException.class,
				() -> store.patch("/ou=People/uid=nobody", (p) -> p.set("title", "Boss")));
	}

	@Test
	void aBaseThatIsNotTheServers() {
		try (LdapKeyValueTemplate other = new LdapKeyValueTemplate(SERVER.pool().base("dc=example,dc=org").build())) {
			assertShown(DataRetrievalFailureException.class, () -> other.query("/ou=People/*"));
			assertShown(InvalidDataAccessResourceUsageException.class,
					() -> other.put("/ou=People", Map.of("objectClass", "organizationalUnit")));
		}
	}

	@Test
	void noBase() {
		try (LdapKeyValueTemplate other = new LdapKeyValueTemplate(SERVER.pool().build())) {
			assertShown(InvalidDataAccessResourceUsageException.class,
					() -> other.put("/ou=People", Map.of("objectClass", "organizationalUnit")));
		}
	}

	@Test
	void theBaseGivenTwiceIsUnderstood() {
		assertThat(store.get("/dc=org/dc=test/ou=People/uid=jdoe")).isEqualTo(store.get("/ou=People/uid=jdoe"))
			.isPresent();
	}

	@Test
	void aWrongPassword() {
		try (LdapKeyValueTemplate other = as(SERVER.userDn(), "wrong")) {
			assertShown(PermissionDeniedDataAccessException.class, () -> other.get("/ou=People/uid=jdoe"));
		}
	}

	@Test
	void aUserNameThatIsNoDn() {
		try (LdapKeyValueTemplate other = as("admin", SERVER.password())) {
			assertShown(InvalidDataAccessApiUsageException.class, () -> other.get("/ou=People/uid=jdoe"));
		}
	}

	@Test
	void whatActiveDirectoryAnswers() throws LDAPException {
		for (String data : List.of("52e", "533", "775")) {
			refusing(ResultCode.INVALID_CREDENTIALS,
					"80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data " + data + ", v4563");
		}
		refusing(ResultCode.STRONG_AUTH_REQUIRED,
				"00002028: LdapErr: DSID-0C090202, comment: The server requires binds to turn on integrity checking if "
						+ "SSL\\TLS are not already active on the connection, data 0, v4563");
	}

	private static void refusing(ResultCode code, String diagnostic) throws LDAPException {
		InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
		config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {

			@Override
			public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
				throw new LDAPException(code, diagnostic);
			}

		});
		InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
		server.startListening();
		try (LdapKeyValueTemplate other = new LdapKeyValueTemplate(
				LdapConnectionPool.builder(List.of("ldap://localhost:" + server.getListenPort()))
					.user("cn=app", "any")
					.build())) {
			assertShown(PermissionDeniedDataAccessException.class, () -> other.get("/ou=People/uid=jdoe"));
		}
		finally {
			server.shutDown(true);
		}
	}

	@Test
	void noObjectClass() {
		assertShown(DataIntegrityViolationException.class,
				() -> store.put("/ou=People/uid=new", Map.of("cn", "New", "sn", "New")));
	}

	@Test
	void theSchema() {
		assertShown(DataIntegrityViolationException.class,
				() -> store.put("/ou=People/uid=new", Map.of("objectClass", "inetOrgPerson", "cn", "New")));
		assertShown(DataIntegrityViolationException.class,
				() -> store.put("/ou=People/uid=jdoe", Map.of("memberUid", "x")));
		assertShown(DataIntegrityViolationException.class,
				() -> store.put("/ou=People/uid=jdoe", Map.of("telefon", "123")));
		assertShown(DataIntegrityViolationException.class, () -> store.put("/ou=People/uid=new",
				Map.of("objectClass", "inetOrgPersons", "cn", "New", "sn", "New")));
		assertShown(DataIntegrityViolationException.class,
				() -> store.put("/ou=People/uid=jdoe", Map.of("telephoneNumber", "")));
		assertShown(DataIntegrityViolationException.class,
				() -> store.put("/ou=People/uid=jdoe", Map.of("employeeNumber", List.of("1", "2"))));
	}

	@Test
	void anAccountWithoutRightsAndLimits() {
		try (LdapKeyValueTemplate reader = as("cn=readonly," + BASE, "readonly")) {
			assertShown(PermissionDeniedDataAccessException.class,
					() -> reader.put("/ou=People/uid=jdoe", Map.of("title", "Boss")));
			assertShown(DataRetrievalFailureException.class, () -> reader.query("/ou=People/*"));
		}
	}

	@Test
	void anExtensionThatTheServerLacks() {
		try (LdapKeyValueTemplate without = LdapKeyValueTemplate.builder(SERVER.pool().base(BASE).build())
			.serverCapabilities((server) -> server.without(Feature.TRANSACTIONS))
			.build();
				LdapKeyValueTemplate wrong = LdapKeyValueTemplate.builder(SERVER.pool().base(BASE).build())
					.serverCapabilities((server) -> server.with(Feature.TREE_DELETE))
					.build()) {
			assertShown(InvalidDataAccessResourceUsageException.class,
					() -> without.atomically((tx) -> tx.put("/ou=People/uid=jdoe", Map.of("title", "Boss"))));
			assertShown(InvalidDataAccessResourceUsageException.class, () -> wrong.deleteTree("/ou=People"));
		}
	}

	@Test
	void anEntryThatIsThere() {
		assertThat(
				store.putIfAbsent("/ou=People/uid=jdoe", Map.of("objectClass", "inetOrgPerson", "cn", "J", "sn", "D")))
			.isFalse();
		assertShown(DuplicateKeyException.class, () -> store.move("/ou=People/uid=u1", "/ou=People/uid=jdoe"));
	}

	@Test
	void anEntryWithChildren() {
		assertShown(DataIntegrityViolationException.class, () -> store.delete("/ou=People"));
	}

	@Test
	void keysThatAreMalformed() {
		assertShown(IllegalArgumentException.class, () -> store.get("ou=People/uid=jdoe"));
		assertShown(IllegalArgumentException.class, () -> store.get("/ou=People/cn=Doe, John"));
		assertShown(IllegalArgumentException.class, () -> store.put("/ou=People/uid=jdoe", Map.of("uid", "jroe")));
	}

	@Test
	void anAttributeTypeThatTheServerDoesNotKnow() {
		assertShown(InvalidDataAccessApiUsageException.class, () -> store.put("/ou=People/login=jdoe",
				Map.of("objectClass", "inetOrgPerson", "cn", "John", "sn", "Doe")));
	}

	@Test
	void tlsThatIsNotTrustedAndTlsThatIsRequired() throws LDAPException, LDIFException {
		try (OpenLdapContainer server = new OpenLdapContainer().withTls()) {
			server.start();
			for (String url : List.of(server.tlsUrl(), server.tlsUrl().replace("localhost", "127.0.0.2"))) {
				LdapConnectionPoolBuilder pool = LdapConnectionPool.builder(List.of(url))
					.user(server.userDn(), server.password())
					.sslContext(url.contains("localhost") ? TroubleshootingTests::trustOfTheJdk : server::trust);
				try (LdapKeyValueTemplate other = new LdapKeyValueTemplate(pool.build())) {
					assertShown(DataAccessResourceFailureException.class, () -> other.get("/ou=People/uid=jdoe"));
				}
			}
			try (LDAPConnection config = new LDAPConnection(server.host(), server.port(), "cn=admin,cn=config",
					"config")) {
				config.modify("dn: cn=config", "changetype: modify", "add: olcSecurity",
						"olcSecurity: simple_bind=128");
			}
			try (LdapKeyValueTemplate plain = new LdapKeyValueTemplate(server.pool().base(BASE).build())) {
				assertShown(PermissionDeniedDataAccessException.class, () -> plain.get("/ou=People/uid=jdoe"));
			}
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

	@Test
	void startTlsThatTheServerLacks() {
		try (LdapKeyValueTemplate other = new LdapKeyValueTemplate(SERVER.pool().startTls(true).build())) {
			assertShown(InvalidDataAccessResourceUsageException.class, () -> other.get("/ou=People/uid=jdoe"));
		}
	}

	@Test
	void aServerThatIsNotThere() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		try (LdapKeyValueTemplate other = new LdapKeyValueTemplate(
				LdapConnectionPool.builder(List.of("ldap://localhost:" + port)).build());
				LdapKeyValueTemplate unknown = new LdapKeyValueTemplate(
						LdapConnectionPool.builder(List.of("ldap://no-such-host.invalid")).build())) {
			assertShown(DataAccessResourceFailureException.class, () -> other.get("/ou=People/uid=jdoe"));
			assertShown(DataAccessResourceFailureException.class, () -> unknown.get("/ou=People/uid=jdoe"));
		}
	}

	@Test
	void answersThatDoNotCome() {
		EmbeddedDirectory directory = EmbeddedDirectory.shared();
		try (TcpProxy proxy = new TcpProxy(directory.host(), directory.port());
				LdapKeyValueTemplate other = new LdapKeyValueTemplate(LdapConnectionPool.builder(List.of(proxy.url()))
					.base(BASE)
					.user(directory.userDn(), directory.password())
					.readTimeout(Duration.ofMillis(500))
					.connectTimeout(Duration.ofMillis(500))
					.build())) {
			other.get("/ou=People/uid=jdoe");
			proxy.swallow(true);
			assertShown(QueryTimeoutException.class, () -> other.get("/ou=People/uid=jdoe"));
			proxy.swallow(false);
			other.put("/ou=Timeouts", Map.of("objectClass", "organizationalUnit"));
			proxy.swallow(true);
			assertShown(UnknownOutcomeException.class, () -> other.put("/ou=Timeouts", Map.of("description", "x")));
			proxy.cut();
			assertShown(QueryTimeoutException.class, () -> other.get("/ou=People/uid=jdoe"));
		}
	}

	@Test
	void aPoolThatIsExhausted() {
		try (LdapKeyValueTemplate small = new LdapKeyValueTemplate(
				SERVER.pool().base(BASE).maxSize(1).maxWait(Duration.ofMillis(100)).build());
				Stream<LdapEntry> people = small.stream(KeyQuery.of("/ou=People/*"))) {
			people.iterator().next();
			assertShown(TransientDataAccessResourceException.class, () -> small.get("/ou=People/uid=jdoe"));
		}
	}

	@Test
	void aVersionThatIsOutdated() {
		LdapEntry john = store.getEntry("/ou=People/uid=jdoe").orElseThrow();
		store.put("/ou=People/uid=jdoe", Map.of("title", "Boss"));
		assertShown(OptimisticLockingFailureException.class,
				() -> store.ifUnchanged(john.version()).put("/ou=People/uid=jdoe", Map.of("title", "Chief")));
		store.put("/ou=People/uid=jdoe", Map.of("title", List.of()));
	}

	@Test
	void bytesThatAreReadAsText() {
		byte[] photo = { (byte) 0xFF, (byte) 0xD8, 0 };
		store.put("/ou=People/uid=u7", Map.of("jpegPhoto", photo));
		assertThat(store.getRequired("/ou=People/uid=u7").bytes("jpegPhoto")).hasValue(photo);
		assertShown(IllegalStateException.class, () -> store.getRequired("/ou=People/uid=u7").text("jpegPhoto"));
		store.put("/ou=People/uid=u7", Map.of("jpegPhoto", Set.of()));
	}

	private static LdapKeyValueTemplate as(String user, String password) {
		return new LdapKeyValueTemplate(
				LdapConnectionPool.builder(List.of(SERVER.url())).base(BASE).user(user, password).build());
	}

	private static void assertShown(Class<? extends Exception> type, ThrowingCallable call) {
		Throwable thrown = catchThrowable(call);
		assertThat(thrown).isInstanceOf(type);
		DOCUMENT.assertShows(type.getSimpleName());
		// JDK 25 puts the name of the TLS alert first.
		DOCUMENT.assertShows(thrown.getMessage().replace("(certificate_unknown) ", ""));
	}

}
