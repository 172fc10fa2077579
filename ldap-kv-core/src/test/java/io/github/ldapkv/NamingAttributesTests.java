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

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldif.LDIFException;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Names that no law of the store speaks of.
 */
class NamingAttributesTests {

	private static final String OTHER = "/uid=other";

	private static final Map<String, Object> PERSON = Map.of("objectClass", "inetOrgPerson", "sn", "x", "cn",
			"Red-Team");

	private static final List<Contradiction> CONTRADICTIONS = List.of(
			new Contradiction("/cn=Red-Team", "cn", "Red Team"),
			new Contradiction("/uid=jdoe", "0.9.2342.19200300.100.1.1", "somebody"));

	@Test
	void aNameThatIsNoTextIsImpliedAsBytes() {
		try (LdapKeyValueTemplate store = EmbeddedDirectory.shared().store()) {
			LdapKey key = LdapKey.of("/dc=org/dc=test/cn=x+userPassword=#0401FF");
			store.put(key, Map.of("objectClass", "person", "sn", "x"));
			LdapValue value = store.getRequired(key);
			assertThat(value.texts("cn")).containsExactly("x");
			assertThat(value.asMap().get("userPassword")).containsExactly(new byte[] { -1 });
			store.put(key, Map.of("description", "y"));
			assertThat(store.getRequired(key).text("description")).contains("y");
			assertThat(store.delete(key)).isTrue();
		}
	}

	/**
	 * The schema has to be asked for first, and only it knows what the number of an
	 * attribute stands for, and what is equal.
	 */
	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("directories")
	void theFirstCallOfAStoreRefusesWhatContradictsTheKey(TestDirectory directory) {
		try (LdapKeyValueTemplate admin = store(directory)) {
			for (Contradiction contradiction : CONTRADICTIONS) {
				admin.put(contradiction.key(), PERSON);
				admin.put(OTHER, PERSON);
				LdapValue before = admin.getRequired(contradiction.key());
				Version version = admin.getEntry(contradiction.key()).orElseThrow().version();
				writes(contradiction, version).forEach((name, write) -> {
					try (LdapKeyValueTemplate store = store(directory)) {
						assertThatIllegalArgumentException().as("%s of %s", name, contradiction)
							.isThrownBy(() -> write.accept(store))
							.withMessageContaining("The value contradicts the key '" + contradiction.key() + "'")
							.withMessageContaining("'" + contradiction.attribute() + "'")
							.withMessageContaining(contradiction.value());
					}
					assertThat(admin.getRequired(contradiction.key())).isEqualTo(before);
					assertThat(admin.getRequired(OTHER).has("title")).isFalse();
				});
				admin.delete(contradiction.key());
			}
			admin.delete(OTHER);
		}
	}

	static List<TestDirectory> directories() {
		return List.of(EmbeddedDirectory.shared(), OpenLdapContainer.shared());
	}

	private static LdapKeyValueTemplate store(TestDirectory directory) {
		return new LdapKeyValueTemplate(directory.pool().base(TestDirectory.SUFFIX).build());
	}

	private static Map<String, Consumer<LdapKeyValueTemplate>> writes(Contradiction contradiction, Version version) {
		String key = contradiction.key();
		Map<String, Object> value = new HashMap<>(PERSON);
		value.put(contradiction.attribute(), contradiction.value());
		Consumer<LdapPatch> changes = (p) -> p.set("title", "x").set(contradiction.attribute(), contradiction.value());
		Map<String, Consumer<LdapKeyValueTemplate>> plain = new LinkedHashMap<>();
		plain.put("put", (store) -> store.put(key, value));
		plain.put("replace", (store) -> store.replace(key, value));
		plain.put("patch", (store) -> store.patch(key, changes));
		Map<String, Consumer<LdapKeyValueTemplate>> all = new LinkedHashMap<>(plain);
		all.put("putIfAbsent", (store) -> store.putIfAbsent(key, value));
		all.put("conditional put", (store) -> store.ifUnchanged(version).put(key, value));
		all.put("conditional replace", (store) -> store.ifUnchanged(version).replace(key, value));
		all.put("conditional patch", (store) -> store.ifUnchanged(version).patch(key, changes));
		plain.forEach((name, write) -> all.put(name + " in a Spring transaction",
				(store) -> new TransactionTemplate(new LdapKeyValueTransactionManager(store))
					.executeWithoutResult((status) -> {
						store.put(OTHER, Map.of("title", "x"));
						write.accept(store);
					})));
		Map<String, Consumer<LdapTransaction>> atomic = new LinkedHashMap<>();
		atomic.put("put", (tx) -> tx.put(key, value));
		atomic.put("replace", (tx) -> tx.replace(key, value));
		atomic.put("patch", (tx) -> tx.patch(key, changes));
		atomic.put("patch and delete", (tx) -> {
			tx.patch(key, changes);
			tx.delete(key);
		});
		atomic.forEach((name, write) -> {
			all.put("atomic " + name, (store) -> store.atomically(write));
			all.put("atomic put and " + name, (store) -> store.atomically((tx) -> {
				tx.put(OTHER, Map.of("title", "x"));
				write.accept(tx);
			}));
		});
		return all;
	}

	@Test
	void aValueContradictsTheKeyByTheRuleOfItsAttribute() throws LDIFException {
		DirectorySchema schema = DirectorySchema.of(new Entry("dn: cn=schema",
				"attributeTypes: ( 1.1.1 NAME 'exact' "
						+ "EQUALITY caseExactMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
				"attributeTypes: ( 1.1.2 NAME ( 'ignore' 'other' ) EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
				"attributeTypes: ( 1.1.3 NAME 'phone' EQUALITY telephoneNumberMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.50 )",
				"attributeTypes: ( 1.1.4 NAME 'foreign' EQUALITY someMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )"));
		for (String equal : List.of("exact=Dev Dev", "ignore=dev  dev", "other=DEV dev", "foreign=DevDev",
				"none=dev-dev", "ignore=\uFF24ev Dev", "phone=D-e v dev")) {
			check("Dev Dev", equal, schema);
		}
		for (String other : List.of("exact=dev dev", "ignore=Dev-Dev", "other=DevDev", "phone=De", "foreign=x")) {
			assertThatIllegalArgumentException().as(other)
				.isThrownBy(() -> check("Dev Dev", other, schema))
				.withMessageContaining("'Dev Dev'");
		}
		check("Dev Dev", "exact=dev-dev", null);
	}

	private static void check(String name, String given, @Nullable DirectorySchema schema) {
		String[] parts = given.split("=");
		DistinguishedName key = DistinguishedName.of("/" + parts[0].replace("other", "ignore") + "=" + name);
		NamingAttributes.check(new Target(Operation.of(Verb.PUT, key, key), key),
				LdapValue.of(Map.of(parts[0], parts[1])), schema);
	}

	/**
	 * A value of an attribute that gives an entry another name than its key does.
	 */
	private record Contradiction(String key, String attribute, String value) {

	}

}
