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
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What OpenLDAP shows of an entry and does not take back as it is: passwords whose
 * quality it checks (overlay {@code ppolicy}), its own configuration; and what it minds
 * of values that have to be unique ({@code unique}).
 */
class OpenLdapOverlayTests {

	private static final String MANAGER = "cn=manager," + TestDirectory.SUFFIX;

	private static final String DATABASE = "olcDatabase={1}mdb,cn=config";

	private static final LdapKey PERSON = LdapKey.of("/ou=People/uid=jdoe");

	private static final OpenLdapContainer SERVER = new OpenLdapContainer();

	private static LdapKeyValueTemplate admin;

	private static LdapKeyValueTemplate store;

	@BeforeAll
	static void start() throws LDAPException, LDIFException {
		SERVER.start();
		try (LDAPConnection config = new LDAPConnection(SERVER.host(), SERVER.port(), "cn=admin,cn=config", "config")) {
			config.modify("dn: cn=module{0},cn=config", "changetype: modify", "add: olcModuleLoad",
					"olcModuleLoad: ppolicy", "olcModuleLoad: unique");
			config.modify("dn: " + DATABASE, "changetype: modify", "add: olcAccess",
					"olcAccess: {0}to * by dn.exact=\"" + MANAGER + "\" write by * break");
			config.add("dn: olcOverlay=ppolicy," + DATABASE, "objectClass: olcOverlayConfig",
					"objectClass: olcPPolicyConfig", "olcOverlay: ppolicy",
					"olcPPolicyDefault: cn=policy," + TestDirectory.SUFFIX, "olcPPolicyHashCleartext: TRUE");
			config.add("dn: olcOverlay=unique," + DATABASE, "objectClass: olcOverlayConfig",
					"objectClass: olcUniqueConfig", "olcOverlay: unique", "olcUniqueURI: ldap:///?mail?sub");
		}
		admin = new LdapKeyValueTemplate(SERVER.pool().base(TestDirectory.SUFFIX).build());
		admin.put("/cn=manager", Map.of("objectClass", List.of("organizationalRole", "simpleSecurityObject"),
				"userPassword", "manager"));
		admin.put("/cn=policy", Map.of("objectClass", List.of("device", "pwdPolicy"), "pwdAttribute", "userPassword",
				"pwdMinLength", 8, "pwdCheckQuality", 2));
		admin.put("/ou=People", Map.of("objectClass", "organizationalUnit"));
		store = new LdapKeyValueTemplate(LdapConnectionPool.builder(List.of(SERVER.url()))
			.user(MANAGER, "manager")
			.base(TestDirectory.SUFFIX)
			.build());
	}

	@AfterAll
	static void stop() {
		SERVER.stop();
	}

	@BeforeEach
	void putPerson() {
		store.delete(PERSON);
		store.put(PERSON, Map.of("objectClass", "inetOrgPerson", "cn", "John", "sn", "Doe", "userPassword",
				"long enough", "mail", "john@test.org"));
	}

	@Test
	void aPasswordThatTheServerHasHashedIsPutBack() {
		LdapValue value = store.getRequired(PERSON);
		assertThat(new String(value.bytes("userPassword").orElseThrow())).startsWith("{");
		store.put(PERSON, value.toBuilder().set("title", "x").build());
		assertThat(store.getRequired(PERSON).texts("title")).containsExactly("x");
		store.put(PERSON, value);
		Version version = store.getEntry(PERSON).orElseThrow().version();
		Version next = store.ifUnchanged(version).put(PERSON, value.toBuilder().set("title", "y").build());
		assertThat(next).isNotEqualTo(version);
		store.ifUnchanged(next).put(PERSON, store.getRequired(PERSON));
		store.replace(PERSON, value.toBuilder().set("title", "z").build());
		assertThat(store.getRequired(PERSON)).isEqualTo(value.toBuilder().set("title", "z").build());
		assertThat(store.getRequired(PERSON).texts("title")).containsExactly("z");
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store.put(PERSON, Map.of("userPassword", "{SSHA}c29tZXRoaW5nIGVsc2U=", "title", "never")))
			.withMessageContaining("(19)");
		assertThat(store.getRequired(PERSON).texts("title")).containsExactly("z");
	}

	@Test
	void aPasswordThatTheServerHasHashedIsPutBackInATransactionToo() {
		LdapValue value = store.getRequired(PERSON);
		store.atomically((tx) -> {
			tx.put(PERSON, value.toBuilder().set("title", "x").build());
			tx.patch(PERSON, (p) -> p.add("title", "y"));
		});
		assertThat(store.getRequired(PERSON).texts("title")).containsExactlyInAnyOrder("x", "y");
		assertThat(store.getRequired(PERSON).bytes("userPassword").orElseThrow())
			.isEqualTo(value.bytes("userPassword").orElseThrow());
		store.atomically((tx) -> tx.put(PERSON, Map.of("userPassword", "another one")));
		assertThat(store.getRequired(PERSON).bytes("userPassword").orElseThrow())
			.isNotEqualTo(value.bytes("userPassword").orElseThrow());
	}

	@Test
	void theConfigurationOfTheServerIsPutBack() {
		LdapConnectionPool pool = LdapConnectionPool.builder(List.of(SERVER.url()))
			.user("cn=admin,cn=config", "config")
			.base("cn=config")
			.build();
		LdapKeyValueTemplate config = new LdapKeyValueTemplate(pool);
		List<LdapEntry> entries = config.query(KeyQuery.of("/*").attributes("*"));
		assertThat(entries).hasSizeGreaterThan(4);
		for (LdapEntry entry : entries) {
			config.put(entry.key(), entry.value());
			config.replace(entry.key(), entry.value());
			assertThat(config.get(entry.key())).contains(entry.value());
		}
		LdapKey database = LdapKey.of("/olcDatabase={1}mdb");
		config.put(database, config.getRequired(database).toBuilder().set("olcSizeLimit", 700).build());
		assertThat(config.getRequired(database).texts("olcSizeLimit")).containsExactly("700");
		config.replace(database, config.getRequired(database).toBuilder().set("olcSizeLimit", 800).build());
		assertThat(config.getRequired(database).texts("olcSizeLimit")).containsExactly("800");
		config.patch(database, (p) -> p.remove("olcSizeLimit", 800));
		assertThat(config.getRequired(database).has("olcSizeLimit")).isFalse();
		pool.close();
	}

	@Test
	void aPatchRemovesAValueThatAnotherEntryHas() {
		LdapKey other = LdapKey.of("/ou=People/uid=other");
		store.delete(other);
		store.put(other,
				Map.of("objectClass", "inetOrgPerson", "cn", "Other", "sn", "Other", "mail", "other@test.org"));
		store.patch(other, (p) -> p.remove("mail", "john@test.org").add("title", "x"));
		assertThat(store.getRequired(other).texts("title")).containsExactly("x");
		Version version = store.getEntry(other).orElseThrow().version();
		store.ifUnchanged(version).patch(other, (p) -> p.remove("mail", "john@test.org").add("title", "y"));
		assertThat(store.getRequired(other).texts("title")).containsExactlyInAnyOrder("x", "y");
		assertThat(store.getRequired(other).texts("mail")).containsExactly("other@test.org");
		store.atomically((tx) -> {
			tx.patch(other, (p) -> p.remove("mail", "john@test.org").remove("title", "x"));
			tx.patch(other, (p) -> p.remove("title", "x").remove("title", "y").remove("mail", "OTHER@test.org"));
		});
		assertThat(store.getRequired(other).has("title")).isFalse();
		assertThat(store.getRequired(other).has("mail")).isFalse();
	}

}
