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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.Schema;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of transactions that write to one entry under two names, of which only the
 * server's schema knows that they are the same.
 */
class RenamedTransactionTests {

	private static final String AREA = "/ou=two-names";

	private static final Map<String, String> NAMES = names();

	private static Map<String, String> names() {
		Map<String, String> names = new LinkedHashMap<>();
		names.put(AREA + "/ou=x", AREA + "/organizationalUnitName=X");
		names.put(AREA + "/ou=y", AREA + "/2.5.4.11=y");
		names.put(AREA + "/organizationalUnitName=z", AREA + "/2.5.4.11=Z");
		names.put(AREA + "/ou=a+l=b", AREA + "/localityName=b+organizationalUnitName=a");
		names.put(AREA + "/ou=below", "/organizationalUnitName=two-names/ou=below");
		names.put(AREA + "/telephoneNumber=\\+1 555-1234", AREA + "/telephoneNumber=\\+15551234");
		names.put(AREA + "/seeAlso=cn\\=x\\,ou\\=y", AREA + "/seeAlso=cn\\=x\\, OU\\=Y");
		return names;
	}

	private static final EmbeddedDirectory EMBEDDED = new EmbeddedDirectory(
			(config) -> config.setSchema(schemaWithOtherNames()));

	@AfterAll
	static void stop() {
		EMBEDDED.close();
	}

	/**
	 * The schema of the embedded directory, which has one name for each attribute, with
	 * the other names that OpenLDAP has for some.
	 */
	private static Schema schemaWithOtherNames() {
		try {
			Entry schema = Schema.getDefaultStandardSchema().getSchemaEntry().duplicate();
			String[] types = schema.getAttributeValues(Schema.ATTR_ATTRIBUTE_TYPE);
			schema.setAttribute(Schema.ATTR_ATTRIBUTE_TYPE,
					Arrays.stream(types)
						.map((type) -> type.replace("NAME 'ou'", "NAME ( 'ou' 'organizationalUnitName' )")
							.replace("NAME 'cn'", "NAME ( 'cn' 'commonName' )")
							.replace("NAME 'l'", "NAME ( 'l' 'localityName' )"))
						.toArray(String[]::new));
			return new Schema(schema);
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static List<TestDirectory> directories() {
		return List.of(EMBEDDED, OpenLdapContainer.shared());
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("directories")
	void whatIsThereIsThereUnderEachName(TestDirectory directory) {
		forEachName(directory, (one, other) -> {
			try (LdapKeyValueTemplate store = store(directory)) {
				new TransactionTemplate(new LdapKeyValueTransactionManager(store)).executeWithoutResult((status) -> {
					assertThat(store.putIfAbsent(one, person(one))).as(one).isTrue();
					assertThat(store.putIfAbsent(other, person(other))).as(other).isFalse();
					assertThat(store.delete(other)).as(other).isTrue();
					assertThat(store.delete(one)).as(one).isFalse();
					assertThat(store.putIfAbsent(other, person(other))).as(other).isTrue();
					store.patch(one, (p) -> p.set("description", "again"));
				});
				assertThat(store.getRequired(one).text("description")).as(one).contains("again");
			}
		});
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("directories")
	void aReplacementForgetsWhatWasPutUnderTheOtherName(TestDirectory directory) {
		forEachName(directory, (one, other) -> {
			try (LdapKeyValueTemplate store = store(directory)) {
				store.atomically((tx) -> {
					tx.put(one, person(one).toBuilder().set("street", "x").build());
					tx.replace(other, person(other));
				});
				assertThat(store.getRequired(one).has("street")).as(one).isFalse();
				assertThat(store.getRequired(one).text("description")).as(one).contains(other);
			}
		});
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("directories")
	void aVersionGuardsWhatIsWrittenUnderTheOtherName(TestDirectory directory) {
		forEachName(directory, (one, other) -> {
			Version outdated;
			Version version;
			try (LdapKeyValueTemplate store = store(directory)) {
				store.put(one, person(one));
				outdated = store.getEntry(one).orElseThrow().version();
				store.put(one, Map.of("description", "changed"));
				version = store.getEntry(one).orElseThrow().version();
			}
			try (LdapKeyValueTemplate store = store(directory)) {
				assertThatExceptionOfType(OptimisticLockingFailureException.class).as(other)
					.isThrownBy(() -> store.atomically((tx) -> {
						tx.ifUnchanged(one, outdated);
						tx.put(other, Map.of("description", "never"));
					}));
				assertThat(store.getRequired(one).text("description")).as(one).contains("changed");
			}
			try (LdapKeyValueTemplate store = store(directory)) {
				assertThatExceptionOfType(OptimisticLockingFailureException.class).as(other)
					.isThrownBy(() -> store.atomically((tx) -> {
						tx.ifUnchanged(one, outdated);
						tx.ifUnchanged(other, version);
						tx.put(one, Map.of("description", "never"));
					}))
					.withMessageContaining("depends on two versions");
			}
			try (LdapKeyValueTemplate store = store(directory)) {
				store.atomically((tx) -> {
					tx.ifUnchanged(one, version);
					tx.put(other, Map.of("description", "done"));
				});
				assertThat(store.getRequired(one).text("description")).as(one).contains("done");
			}
		});
	}

	private static void forEachName(TestDirectory directory, BiConsumer<String, String> test) {
		try (LdapKeyValueTemplate admin = store(directory)) {
			admin.deleteTree(AREA);
			admin.put(AREA, Map.of("objectClass", "organizationalUnit"));
			// OpenLDAP cannot delete the last entry below another one in a transaction.
			admin.put(AREA + "/ou=another", Map.of("objectClass", "organizationalUnit"));
			Map<String, String> names = new LinkedHashMap<>(NAMES);
			if (directory != EMBEDDED) {
				names.put(AREA + "/seeAlso=cn\\=x\\,ou\\=z", AREA + "/seeAlso=commonName\\=x\\, 2.5.4.11\\=z");
			}
			names.forEach((one, other) -> {
				admin.delete(one);
				test.accept(one, other);
				admin.delete(one);
				test.accept(other, one);
			});
			admin.deleteTree(AREA);
		}
	}

	private static LdapKeyValueTemplate store(TestDirectory directory) {
		return new LdapKeyValueTemplate(directory.pool().base(TestDirectory.SUFFIX).maxSize(1).build());
	}

	private static LdapValue person(String description) {
		return LdapValue.of(Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "description", description));
	}

}
