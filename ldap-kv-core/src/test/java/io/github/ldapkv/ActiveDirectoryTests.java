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
import java.util.Map;
import java.util.stream.IntStream;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.ServerCapabilities.Feature;
import io.github.ldapkv.server.RangingProxy;
import io.github.ldapkv.server.SambaContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.PermissionDeniedDataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is special about Active Directory, on Samba.
 */
@Tag("servers")
class ActiveDirectoryTests {

	private static final String BASE = "/dc=org/dc=test/ou=ad";

	private static final String PASSWORD = "S3cret.word";

	private final LdapKeyValueTemplate store = new LdapKeyValueTemplate(SambaContainer.shared().pool().build());

	@BeforeEach
	void createUnit() {
		this.store.put(BASE, Map.of("objectClass", "organizationalUnit"));
	}

	@AfterEach
	void deleteUnit() {
		this.store.deleteTree(BASE);
		this.store.close();
	}

	@Test
	void identitiesAreBytes() throws Exception {
		this.store.put(BASE + "/cn=jdoe", user("jdoe"));
		LdapEntry entry = this.store.getEntry(BASE + "/cn=jdoe").orElseThrow();
		try (LDAPConnection connection = SambaContainer.shared().connect()) {
			Entry real = connection.getEntry(entry.dn(), "objectGUID", "objectSid");
			assertThat(entry.value().bytes("objectGUID")).hasValue(real.getAttributeValueBytes("objectGUID"));
			assertThat(entry.value().bytes("objectGUID").orElseThrow()).hasSize(16);
			assertThat(entry.value().bytes("objectSid")).hasValue(real.getAttributeValueBytes("objectSid"));
		}
	}

	@Test
	void accountsAreFoundByTheirNames() {
		this.store.put(BASE + "/cn=John Doe", user("jdoe"));
		assertThat(this.store.query(KeyQuery.of(BASE + "/*").filter("(sAMAccountName=JDOE)"))).singleElement()
			.satisfies((entry) -> {
				assertThat(entry.dn()).isEqualTo("CN=John Doe,OU=ad,DC=test,DC=org");
				assertThat((CharSequence) entry.key()).isEqualTo(LdapKey.of(BASE + "/cn=john doe"));
				assertThat(entry.value().texts("sAMAccountName")).containsExactly("jdoe");
			});
		assertThat(this.store.contains("cn=john doe,OU=AD,dc=TEST,dc=org")).isTrue();
	}

	@Test
	void timesAreText() {
		this.store.put(BASE + "/cn=jdoe", user("jdoe"));
		LdapValue value = this.store.getRequired(BASE + "/cn=jdoe");
		assertThat(value.text("whenCreated").orElseThrow()).matches("\\d{14}\\.0Z");
		assertThat(value.text("pwdLastSet")).contains("0");
		assertThat(value.text("accountExpires")).contains("9223372036854775807");
	}

	@Test
	void theUpdateSequenceNumberIsTheVersion() {
		this.store.put(BASE + "/cn=jdoe", user("jdoe"));
		Version before = this.store.getEntry(BASE + "/cn=jdoe").orElseThrow().version();
		assertThat(before.toString()).matches("uSNChanged=\\d+");
		this.store.put(BASE + "/cn=jdoe", Map.of("title", "x"));
		assertThat(this.store.getEntry(BASE + "/cn=jdoe").orElseThrow().version()).isNotEqualTo(before);
	}

	@Test
	void referencesOfTheDomainAreNoResults() throws Exception {
		try (LDAPConnection connection = SambaContainer.shared().connect()) {
			assertThat(connection.search("DC=test,DC=org", SearchScope.SUB, "(ou=ad)").getReferenceCount())
				.isPositive();
		}
		assertThat(this.store.keys(KeyQuery.of("/dc=org/dc=test/**/ou=ad"))).hasSize(1);
		assertThat(this.store.count(KeyQuery.of("/dc=org/dc=test/**"))).isGreaterThan(200);
		assertThat(this.store.keys(KeyQuery.of("/dc=org/dc=test/*"))).contains(LdapKey.of("/dc=org/dc=test/cn=Users"),
				LdapKey.of(BASE));
	}

	@Test
	void aLargeAttributeIsCompleteThoughItComesInParts() {
		List<String> members = IntStream.range(0, 10).mapToObj((i) -> "OU=u" + i + ",OU=ad,DC=test,DC=org").toList();
		members.forEach((member) -> this.store.put(member, Map.of("objectClass", "organizationalUnit")));
		this.store.put(BASE + "/cn=group", Map.of("objectClass", "group", "member", members));
		SambaContainer samba = SambaContainer.shared();
		try (RangingProxy proxy = new RangingProxy(samba.host(), samba.port(), "member", 3);
				LdapKeyValueTemplate ranging = new LdapKeyValueTemplate(LdapConnectionPool.builder(List.of(proxy.url()))
					.user(samba.userDn(), samba.password())
					.build())) {
			LdapValue value = ranging.getRequired(BASE + "/cn=group");
			assertThat(proxy.parts()).isEqualTo(3);
			assertThat(value.texts("member")).containsExactlyInAnyOrderElementsOf(members);
			assertThat(value.names()).noneMatch((name) -> name.contains(";"));
			assertThat(ranging.query(BASE + "/cn=g*").get(0).value().texts("member")).hasSize(10);
		}
	}

	@Test
	void aRefusedBindSaysWhy() throws Exception {
		SambaContainer samba = SambaContainer.shared();
		samba.tool("user", "create", "jdoe", PASSWORD, "--userou=OU=ad");
		bind("CN=jdoe,OU=ad,DC=test,DC=org", PASSWORD);
		assertRefused("CN=jdoe,OU=ad,DC=test,DC=org", "wrong", "The password is wrong.");
		samba.tool("user", "disable", "jdoe");
		assertRefused("CN=jdoe,OU=ad,DC=test,DC=org", PASSWORD, "The account is disabled.");
		samba.tool("user", "enable", "jdoe");
		samba.tool("domain", "passwordsettings", "set", "--account-lockout-threshold=1");
		assertRefused("CN=jdoe,OU=ad,DC=test,DC=org", "wrong", "The password is wrong.");
		assertRefused("CN=jdoe,OU=ad,DC=test,DC=org", PASSWORD, "The account is locked.");
		samba.tool("domain", "passwordsettings", "set", "--account-lockout-threshold=0");
	}

	/**
	 * The server answers with an extended response, whatever was asked.
	 */
	@Test
	@Timeout(60)
	void anUnknownCriticalControlIsAFailureAndNoHang() {
		this.store.put(BASE + "/cn=jdoe", user("jdoe"));
		try (LdapKeyValueTemplate wrong = LdapKeyValueTemplate
			.builder(SambaContainer.shared().pool().readTimeout(Duration.ofSeconds(5)).build())
			.serverCapabilities((server) -> server.with(Feature.ASSERTION))
			.build()) {
			Version version = wrong.getEntry(BASE + "/cn=jdoe").orElseThrow().version();
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> wrong.ifUnchanged(version).put(BASE + "/cn=jdoe", Map.of("title", "x")))
				.withMessageContaining("cn=jdoe");
			assertThat(wrong.getRequired(BASE + "/cn=jdoe").has("title")).isFalse();
		}
	}

	private static void bind(String dn, String password) {
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				LdapConnectionPool.builder(List.of(SambaContainer.shared().url())).user(dn, password).build())) {
			assertThat(store.contains(dn)).isTrue();
		}
	}

	private static void assertRefused(String dn, String password, String reason) {
		assertThatExceptionOfType(PermissionDeniedDataAccessException.class).isThrownBy(() -> bind(dn, password))
			.withMessageContaining(reason);
	}

	private static Map<String, Object> user(String name) {
		return Map.of("objectClass", "user", "sAMAccountName", name);
	}

}
