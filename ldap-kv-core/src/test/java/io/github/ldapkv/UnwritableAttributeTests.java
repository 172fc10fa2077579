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
import java.util.function.Consumer;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldif.LDIFException;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an account does with an entry of which it may read an attribute, the
 * {@code employeeNumber}, and not write it: OpenLDAP says so at the end of a transaction,
 * the embedded directory at once.
 */
class UnwritableAttributeTests {

	private static final LdapKey PERSON = LdapKey.of("/" + TestDirectory.SUFFIX).child("uid", "jdoe");

	private static final LdapKey OTHER = LdapKey.of("/" + TestDirectory.SUFFIX).child("uid", "other");

	private static final OpenLdapContainer OPENLDAP = new OpenLdapContainer().withEnv("LDAP_READONLY_USER", "true");

	private static final EmbeddedDirectory EMBEDDED = new EmbeddedDirectory(
			(config) -> config.addInMemoryOperationInterceptor(new Refusal()));

	@BeforeAll
	static void start() throws LDAPException, LDIFException {
		OPENLDAP.start();
		String account = " by dn.exact=\"cn=readonly," + TestDirectory.SUFFIX + "\" ";
		try (LDAPConnection config = new LDAPConnection(OPENLDAP.host(), OPENLDAP.port(), "cn=admin,cn=config",
				"config")) {
			config.modify("dn: olcDatabase={1}mdb,cn=config", "changetype: modify", "replace: olcAccess",
					"olcAccess: to attrs=employeeNumber" + account + "read by * none",
					"olcAccess: to *" + account + "write by * auth");
		}
	}

	@AfterAll
	static void stop() {
		OPENLDAP.stop();
		EMBEDDED.close();
	}

	static List<Account> accounts() {
		return List.of(new Account(OPENLDAP, "cn=readonly", "readonly", true),
				new Account(OPENLDAP, "cn=readonly", "readonly", false),
				new Account(EMBEDDED, "cn=admin", "admin", true), new Account(EMBEDDED, "cn=admin", "admin", false));
	}

	@ParameterizedTest
	@MethodSource("accounts")
	void whatWasReadIsPutBack(Account account) {
		account.use((store) -> {
			LdapValue value = store.getRequired(PERSON);
			assertThat(value.text("employeeNumber")).contains("1");
			store.put(PERSON, value.toBuilder().set("title", "outside").build());
			assertThat(store.getRequired(PERSON).texts("title")).containsExactly("outside");
			store.atomically((tx) -> tx.put(PERSON, value.toBuilder().set("title", "inside").build()));
			assertThat(store.getRequired(PERSON)).isEqualTo(value.toBuilder().set("title", "inside").build());
			transaction(store).executeWithoutResult((status) -> {
				store.put(PERSON, value.toBuilder().set("title", "Spring").build());
				store.put(OTHER, store.getRequired(OTHER).toBuilder().set("title", "Spring").build());
			});
			assertThat(store.getRequired(PERSON).texts("title")).containsExactly("Spring");
			assertThat(store.getRequired(OTHER).texts("title")).containsExactly("Spring");
		});
	}

	@ParameterizedTest
	@MethodSource("accounts")
	void whatDoesNotDifferIsDone(Account account) {
		account.use((store) -> {
			LdapEntry entry = store.getEntry(PERSON).orElseThrow();
			store.put(PERSON, entry.value());
			store.atomically((tx) -> tx.put(PERSON, entry.value()));
			store.atomically((tx) -> {
				tx.ifUnchanged(PERSON, entry.version());
				tx.put(PERSON, entry.value());
			});
			assertThat(store.getRequired(PERSON)).isEqualTo(entry.value());
		});
	}

	@ParameterizedTest
	@MethodSource("accounts")
	void eachWriteIsComparedWithWhatTheOnesBeforeItLeave(Account account) {
		account.use((store) -> {
			LdapValue value = store.getRequired(PERSON);
			store.atomically((tx) -> {
				tx.put(PERSON, value.toBuilder().set("title", "second").build());
				tx.patch(PERSON, (p) -> p.add("title", "third").set("employeeNumber", "1"));
				tx.put(PERSON, value);
				tx.put(OTHER, Map.of("title", "second"));
			});
			assertThat(store.getRequired(PERSON)).isEqualTo(value);
			assertThat(store.getRequired(OTHER).texts("title")).containsExactly("second");
		});
	}

	@ParameterizedTest
	@MethodSource("accounts")
	void eachChangeIsComparedWithWhatTheOnesBeforeItLeave(Account account) {
		Consumer<LdapPatch> changes = (p) -> p.set("title", "second")
			.add("title", "first")
			.set("employeeNumber", "1")
			.set("description", "x")
			.unset("description");
		account.use((store) -> {
			store.patch(PERSON, changes);
			LdapValue outside = store.getRequired(PERSON);
			assertThat(outside.texts("title")).containsExactlyInAnyOrder("first", "second");
			assertThat(outside.has("description")).isFalse();
		});
		account.use((store) -> {
			store.atomically((tx) -> tx.patch(PERSON, changes));
			assertThat(store.getRequired(PERSON).texts("title")).containsExactlyInAnyOrder("first", "second");
			assertThat(store.getRequired(PERSON).has("description")).isFalse();
		});
	}

	@ParameterizedTest
	@MethodSource("accounts")
	void whatDiffersIsRefused(Account account) {
		account.use((store) -> {
			LdapValue value = store.getRequired(PERSON);
			assertThatExceptionOfType(PermissionDeniedDataAccessException.class)
				.isThrownBy(() -> store.atomically((tx) -> {
					tx.put(OTHER, Map.of("title", "never"));
					tx.put(PERSON, value.toBuilder().set("employeeNumber", "2").build());
				}))
				.withMessageContaining("(50)")
				.withMessageContaining("It is write 2 of the 2 of a transaction");
			assertThat(store.getRequired(PERSON)).isEqualTo(value);
			assertThat(store.getRequired(OTHER).texts("title")).containsExactly("first");
		});
	}

	private static TransactionTemplate transaction(LdapKeyValueTemplate store) {
		return new TransactionTemplate(new LdapKeyValueTransactionManager(store));
	}

	/**
	 * An account, and whether the store may use the permissive modify control.
	 */
	private record Account(TestDirectory directory, String rdn, String password, boolean permissive) {

		void use(Consumer<LdapKeyValueTemplate> test) {
			try (LDAPConnection connection = this.directory.connect();
					LdapKeyValueTemplate store = LdapKeyValueTemplate
						.builder(LdapConnectionPool.builder(List.of(this.directory.url()))
							.user(this.rdn + "," + TestDirectory.SUFFIX, this.password)
							.build())
						.serverCapabilities(
								(server) -> this.permissive ? server : server.without(Feature.PERMISSIVE_MODIFY))
						.build()) {
				for (LdapKey key : List.of(PERSON, OTHER)) {
					store.delete(key);
					connection.add("dn: " + key.dn(), "objectClass: inetOrgPerson", "cn: John", "sn: Doe",
							"employeeNumber: 1", "title: first");
				}
				test.accept(store);
			}
			catch (LDAPException | LDIFException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public String toString() {
			return this.directory.product() + (this.permissive ? "" : " without permissive modify");
		}

	}

	/**
	 * Lets nobody change the attribute.
	 */
	private static final class Refusal extends InMemoryOperationInterceptor {

		@Override
		public void processModifyRequest(InMemoryInterceptedModifyRequest request) throws LDAPException {
			if (request.getRequest()
				.getModifications()
				.stream()
				.anyMatch((modification) -> "employeeNumber".equalsIgnoreCase(modification.getAttributeName()))) {
				throw new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "not employeeNumber");
			}
		}

	}

}
