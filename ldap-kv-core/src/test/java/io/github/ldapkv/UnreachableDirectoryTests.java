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

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;

import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.ldap.core.support.LdapContextSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a store says of a directory that it cannot use, or not as it is asked to.
 */
class UnreachableDirectoryTests {

	@Test
	void aServerThatIsNotThereIsNamed() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		LdapKeyValueTemplate store = store("ldap://localhost:" + port, "cn=admin", "s3cret");
		assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(() -> store.get("/dc=org"))
			.satisfies((ex) -> assertThat(ex.getMessage())
				.contains("'/dc=org'", "ldap://localhost:" + port, "refused", "spring.ldap.urls")
				.doesNotContain("s3cret"));
	}

	@Test
	void aServerThatDoesNotAnswerIsATimeout() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			LdapContextSource source = source("ldap://localhost:" + socket.getLocalPort(), "cn=admin", "s3cret");
			source.setBaseEnvironmentProperties(Map.of("com.sun.jndi.ldap.connect.timeout", "200"));
			source.afterPropertiesSet();
			assertThatExceptionOfType(QueryTimeoutException.class)
				.isThrownBy(() -> new LdapKeyValueTemplate(source).get("/dc=org"))
				.withMessageContaining("'/dc=org'")
				.withMessageContaining("200 ms");
		}
	}

	@Test
	void aWrongPasswordIsExplainedAndNotShownByTheEmbeddedDirectory() {
		aWrongPasswordIsExplainedAndNotShown(EmbeddedDirectory.shared());
	}

	@Test
	void aWrongPasswordIsExplainedAndNotShownByOpenLdap() {
		aWrongPasswordIsExplainedAndNotShown(OpenLdapContainer.shared());
	}

	private static void aWrongPasswordIsExplainedAndNotShown(TestDirectory directory) {
		LdapKeyValueTemplate store = store(directory.url(), directory.userDn(), "wr0ng");
		assertThatExceptionOfType(PermissionDeniedDataAccessException.class).isThrownBy(() -> store.get("/dc=org"))
			.satisfies((ex) -> {
				assertThat(ex.getMessage()).contains("'/dc=org'", "invalidCredentials (49)", "password");
				for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
					assertThat(cause.toString()).doesNotContain("wr0ng");
				}
			});
	}

	@Test
	void aSizeLimitIsAnExceptionThatNamesTheSetting() {
		try (OpenLdapContainer directory = new OpenLdapContainer().withEnv("LDAP_SIZE_LIMIT", "5")
			.withEnv("LDAP_READONLY_USER", "true")) {
			directory.start();
			LdapKeyValueTemplate admin = new LdapKeyValueTemplate(directory.contextSource());
			LdapKey base = LdapKey.of("/" + TestDirectory.SUFFIX);
			for (int i = 0; i < 8; i++) {
				admin.put(base.child("ou", "u" + i), Map.of("objectClass", "organizationalUnit"));
			}
			LdapKeyValueTemplate reader = store(directory.url(), "cn=readonly," + TestDirectory.SUFFIX, "readonly");
			assertThat(reader.contains(base.child("ou", "u1"))).isTrue();
			assertThat(reader.keys(KeyQuery.of(base + "/ou=u1*"))).hasSize(1);
			assertThatExceptionOfType(DataRetrievalFailureException.class)
				.isThrownBy(() -> reader.query(base + "/ou=u*"))
				.withMessageContaining("'" + base + "/ou=u*'")
				.withMessageContaining("sizeLimitExceeded (4)")
				.withMessageContaining("olcSizeLimit");
			assertThatExceptionOfType(PermissionDeniedDataAccessException.class)
				.isThrownBy(() -> reader.put(base.child("ou", "u1"), Map.of("description", "x")))
				.withMessageContaining("insufficientAccessRights (50)");
		}
	}

	private static LdapKeyValueTemplate store(String url, String userDn, String password) {
		LdapContextSource source = source(url, userDn, password);
		source.afterPropertiesSet();
		return new LdapKeyValueTemplate(source);
	}

	private static LdapContextSource source(String url, String userDn, String password) {
		LdapContextSource source = new LdapContextSource();
		source.setUrl(url);
		source.setUserDn(userDn);
		source.setPassword(password);
		return source;
	}

}
