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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.RangingProxy;
import io.github.ldapkv.testserver.SambaContainer;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
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

	private final LdapKeyValueTemplate store = SambaContainer.shared().store();

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
				LdapKeyValueTemplate ranging = new LdapKeyValueTemplate(samba.poolAt(proxy.url()).build())) {
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

	@Test
	void whoKnowsThePasswordCanChangeIt() throws Exception {
		SambaContainer.shared().tool("domain", "passwordsettings", "set", "--min-pwd-age=0");
		String dn = "CN=Doe\\, John,OU=ad,DC=test,DC=org";
		try (LdapKeyValueTemplate admin = secured(SambaContainer.shared().userDn(),
				SambaContainer.shared().password())) {
			admin.put(dn, Map.of("objectClass", "user", "sAMAccountName", "jdoe", "unicodePwd", quoted(PASSWORD),
					"userAccountControl", 512));
			try (LdapKeyValueTemplate own = secured(dn, PASSWORD)) {
				assertThatExceptionOfType(DataIntegrityViolationException.class)
					.isThrownBy(() -> changePassword(own, dn, "wr0ng.Word", "0ther.word"))
					.withMessageContaining("The old password is wrong.");
				changePassword(own, dn, PASSWORD, "0ther.word");
			}
			bind(dn, "0ther.word");
			admin.put(dn, Map.of("unicodePwd", quoted("Th1rd.word")));
			bind(dn, "Th1rd.word");
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> admin.put(BASE + "/cn=new",
						Map.of("objectClass", "user", "sAMAccountName", "new", "unicodePwd", quoted("a"),
								"userAccountControl", 512)))
				.withMessageEndingWith(
						"The password does not keep to the rules for its length, its characters, its age "
								+ "or its history.");
		}
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.store.put(dn, Map.of("unicodePwd", quoted("F0urth.word"))))
			.withMessageContaining("over ldaps:// or StartTLS only");
	}

	@Test
	void anAccountWithAPasswordCanBePutBack() {
		try (LdapKeyValueTemplate admin = secured(SambaContainer.shared().userDn(),
				SambaContainer.shared().password())) {
			admin.put(BASE + "/cn=jdoe", Map.of("objectClass", "user", "sAMAccountName", "jdoe", "unicodePwd",
					quoted(PASSWORD), "userAccountControl", 512));
			LdapValue read = admin.getRequired(BASE + "/cn=jdoe");
			assertThat(read.text("pwdLastSet").orElseThrow()).hasSizeGreaterThan(10);
			admin.put(BASE + "/cn=jdoe", read);
			admin.replace(BASE + "/cn=jdoe", read.toBuilder().set("title", "Boss").build());
			admin.put(BASE + "/cn=jdoe", Map.of("pwdLastSet", 0));
			assertThat(admin.getRequired(BASE + "/cn=jdoe").text("pwdLastSet")).contains("0");
		}
	}

	@Test
	void aMemberThatIsMissingIsNotTakenForTheGroup() {
		this.store.put(BASE + "/cn=group", Map.of("objectClass", "group"));
		String nobody = "CN=nobody,OU=ad,DC=test,DC=org";
		for (ThrowingCallable write : List.<ThrowingCallable>of(
				() -> this.store.patch(BASE + "/cn=group", (p) -> p.add("member", nobody)),
				() -> this.store.put(BASE + "/cn=group", Map.of("member", nobody)),
				() -> this.store.put(BASE + "/cn=group", Map.of("objectClass", "group", "member", nobody)),
				() -> this.store.replace(BASE + "/cn=group", Map.of("objectClass", "group", "member", nobody)))) {
			assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(write)
				.withMessageContaining("a value names an entry that is missing");
		}
	}

	@Test
	void aMissingEntryInAConditionalWriteIsNoLostUpdate() {
		this.store.put(BASE + "/cn=jdoe", user("jdoe"));
		Version version = this.store.getEntry(BASE + "/cn=jdoe").orElseThrow().version();
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.store.ifUnchanged(version)
				.put(BASE + "/cn=jdoe", Map.of("manager", "CN=nobody,OU=ad,DC=test,DC=org")))
			.withMessageContaining("A value names an entry that is missing");
	}

	@Test
	void anAccountNameThatIsTakenIsNotTakenForTheEntry() {
		this.store.put(BASE + "/cn=jdoe", user("jdoe"));
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> this.store.put(BASE + "/cn=other", user("jdoe")))
			.withMessageContaining("such as sAMAccountName");
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> this.store.putIfAbsent(BASE + "/cn=other", user("jdoe")));
		assertThat(this.store.putIfAbsent(BASE + "/cn=jdoe", user("other"))).isFalse();
	}

	@Test
	void groupsOfGroupsAreSearchedByTheServer() {
		this.store.put(BASE + "/cn=jdoe", user("jdoe"));
		this.store.put(BASE + "/cn=inner", Map.of("objectClass", "group", "member", "CN=jdoe,OU=ad,DC=test,DC=org"));
		this.store.put(BASE + "/cn=outer", Map.of("objectClass", "group", "member", "CN=inner,OU=ad,DC=test,DC=org"));
		KeyQuery below = KeyQuery.of(BASE + "/*");
		assertThat(this.store.keys(below.filter("(memberOf:1.2.840.113556.1.4.1941:=CN=outer,OU=ad,DC=test,DC=org)")))
			.containsExactlyInAnyOrder(LdapKey.of(BASE + "/cn=jdoe"), LdapKey.of(BASE + "/cn=inner"));
		LdapValue computed = this.store.query(KeyQuery.of(BASE + "/cn=jdoe").attributes("tokenGroups", "canonicalName"))
			.get(0)
			.value();
		assertThat(computed.values("tokenGroups")).isNotEmpty().allMatch((sid) -> sid instanceof byte[]);
		assertThat(computed.text("canonicalName")).contains("test.org/ad/jdoe");
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

	private static LdapKeyValueTemplate secured(String dn, String password) {
		return new LdapKeyValueTemplate(LdapConnectionPool.builder(List.of(SambaContainer.shared().tlsUrl()))
			.sslContext(SambaContainer.shared()::trust)
			.user(dn, password)
			.build());
	}

	private static void changePassword(LdapKeyValueTemplate store, String dn, String before, String after) {
		store.patch(dn, (p) -> p.remove("unicodePwd", quoted(before)).add("unicodePwd", quoted(after)));
	}

	private static byte[] quoted(String password) {
		return ('"' + password + '"').getBytes(StandardCharsets.UTF_16LE);
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
