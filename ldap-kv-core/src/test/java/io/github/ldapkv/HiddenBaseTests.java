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

import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.LDAPConnection;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataRetrievalFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A store whose account may not see the base, but what is below it.
 */
class HiddenBaseTests {

	private static final OpenLdapContainer SERVER = new OpenLdapContainer().withEnv("LDAP_READONLY_USER", "true");

	private static final String ACCOUNT = "cn=readonly," + TestDirectory.SUFFIX;

	@BeforeAll
	static void start() {
		SERVER.start();
		try (LdapKeyValueTemplate admin = new LdapKeyValueTemplate(SERVER.pool().base(TestDirectory.SUFFIX).build())) {
			admin.put("/ou=shown", Map.of("objectClass", "organizationalUnit"));
			admin.put("/ou=shown/cn=x", Map.of("objectClass", "person", "sn", "x"));
		}
	}

	@AfterAll
	static void stop() {
		SERVER.stop();
	}

	@ParameterizedTest
	@ValueSource(strings = { "search", "disclose" })
	void aPatternWhoseStartIsMissingFindsNothing(String access) throws Exception {
		allowOnBase(access);
		try (LdapKeyValueTemplate store = store()) {
			assertThat(store.keys(KeyQuery.of("/ou=shown/*"))).hasSize(1);
			for (String pattern : List.of("/ou=none/*", "/ou=none/**", "/ou=none", "/ou=none/ou=none/*",
					"/ou=shown/ou=none/*", "/noSuchAttribute=x/*")) {
				assertThat(store.query(pattern)).as(pattern).isEmpty();
				assertThat(store.count(KeyQuery.of(pattern))).as(pattern).isZero();
			}
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store.children("/ou=none"));
		}
	}

	/**
	 * The server says the same of a base that is missing. What is seen further down shows
	 * that it is not.
	 */
	@ParameterizedTest
	@ValueSource(strings = "none")
	void aBaseThatIsHiddenAltogetherIsTakenForMissing(String access) throws Exception {
		allowOnBase(access);
		try (LdapKeyValueTemplate store = store()) {
			assertThat(store.keys(KeyQuery.of("/ou=shown/*"))).hasSize(1);
			assertThat(store.keys(KeyQuery.of("/ou=shown/ou=none/*"))).isEmpty();
			assertThat(store.keys(KeyQuery.of("/ou=shown/noSuchAttribute=x/ou=none/*"))).isEmpty();
			for (String pattern : List.of("/*", "/ou=none/*", "/ou=none/**", "/noSuchAttribute=x/ou=none/*")) {
				assertThatExceptionOfType(DataRetrievalFailureException.class).as(pattern)
					.isThrownBy(() -> store.query(pattern))
					.withMessageContaining("or the account may not see");
			}
		}
	}

	private static LdapKeyValueTemplate store() {
		return new LdapKeyValueTemplate(LdapConnectionPool.builder(List.of(SERVER.url()))
			.user(ACCOUNT, "readonly")
			.base(TestDirectory.SUFFIX)
			.build());
	}

	private static void allowOnBase(String access) throws Exception {
		try (LDAPConnection config = new LDAPConnection(SERVER.host(), SERVER.port(), "cn=admin,cn=config", "config")) {
			config
				.modify("dn: olcDatabase={1}mdb,cn=config", "changetype: modify", "replace: olcAccess",
						"olcAccess: to dn.base=\"" + TestDirectory.SUFFIX + "\" by dn.exact=\"" + ACCOUNT + "\" "
								+ access + " by * none",
						"olcAccess: to * by dn.exact=\"" + ACCOUNT + "\" read by * auth");
		}
	}

}
