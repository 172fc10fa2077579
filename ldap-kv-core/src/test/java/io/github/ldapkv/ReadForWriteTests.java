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

import io.github.ldapkv.contract.StoreTest;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a write does is decided where it goes, and not by a read server that does not have
 * yet what is there, or by an account that may not see it.
 */
class ReadForWriteTests extends StoreTest {

	private static final EmbeddedDirectory REPLICA = new EmbeddedDirectory();

	private static final LdapKeyValueTemplate STORE = new LdapKeyValueTemplate(
			EmbeddedDirectory.shared().pool().readUrls(List.of(REPLICA.url())).build());

	private final TransactionTemplate transaction = new TransactionTemplate(new LdapKeyValueTransactionManager(STORE));

	@Override
	public TestDirectory directory() {
		return EmbeddedDirectory.shared();
	}

	@Override
	public LdapKeyValueOperations store() {
		return STORE;
	}

	@Override
	protected LdapKey suffix() {
		return LdapKey.of("/dc=org/dc=test");
	}

	@AfterAll
	static void close() {
		STORE.close();
		REPLICA.close();
	}

	@Test
	void aTransactionLooksForEntriesWhereItWritesThem() {
		LdapKey key = putPerson("uid=jdoe");
		assertThat(store().contains(key)).isFalse();
		this.transaction.executeWithoutResult((status) -> {
			assertThat(store().putIfAbsent(key, person())).isFalse();
			assertThat(store().delete(key)).isTrue();
			assertThat(store().delete(key)).isFalse();
			assertThat(store().delete(at("uid=nobody"))).isFalse();
			assertThat(store().putIfAbsent(at("uid=new"), person())).isTrue();
		});
		assertThat(areThere(key, at("uid=new"))).containsExactly(false, true);
	}

	@Test
	void anAccountThatMaySeeNothingDecidesNothing() {
		OpenLdapContainer server = OpenLdapContainer.shared();
		try (LdapConnectionPool pool = server.pool().anonymousReads(true).build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			LdapKey key = suffix().child("uid", "unseen");
			store.put(key, person());
			assertThat(store.contains(key)).isFalse();
			new TransactionTemplate(new LdapKeyValueTransactionManager(store)).executeWithoutResult((status) -> {
				assertThat(store.putIfAbsent(key, person())).isFalse();
				store.patch(key, (p) -> p.set("title", "x"));
			});
			assertThat(store.delete(key)).isTrue();
		}
	}

	@Test
	void eachVerbFindsWhatIsThere() {
		LdapKey key = putPerson("uid=jdoe");
		store().put(key, Map.of("title", "x"));
		assertThat(store().putIfAbsent(key, person())).isFalse();
		assertThat(store().putIfAbsent(key, Map.of("objectClass", "noSuchClass"))).isFalse();
		store().replace(key, personWith(Map.of("title", "y")));
		store().patch(key, (p) -> p.remove("title", "y").add("jpegPhoto", photo((byte) 1)));
		store().increment(key, "employeeNumber", 1);
		assertThat(store().createParents(at("ou=a/ou=b/uid=x"))).isEqualTo(2);
		assertThat(store().createParents(at("ou=a/ou=b/uid=x"))).isZero();
		assertThat(store().deleteTree(at("ou=a"))).isEqualTo(2);
		store().move(key, at("uid=moved"));
		assertThat(store().delete(at("uid=moved"))).isTrue();
		assertThat(store().delete(at("uid=moved"))).isFalse();
	}

	@Test
	void ofManyEntriesNoneWaitsForOneThatIsThere() {
		LdapKey parent = putUnit("ou=parent");
		assertThatExceptionOfType(BulkWriteException.class)
			.isThrownBy(() -> store().putAll(Map.of(parent, LdapValue.of(Map.of("noSuchAttribute", "x")),
					at("ou=parent/uid=x"), LdapValue.of(person()))))
			.satisfies((ex) -> assertThat(ex.failures()).containsOnlyKeys(parent));
		assertThatExceptionOfType(BulkWriteException.class)
			.isThrownBy(() -> store().deleteAll(List.of(parent, at("uid=none"))))
			.satisfies((ex) -> assertThat(ex.failures()).containsOnlyKeys(parent));
		assertThat(areThere(at("ou=parent/uid=x"))).containsExactly(true);
	}

	/**
	 * Whether entries are there.
	 */
	private static List<Boolean> areThere(LdapKey... keys) {
		try (LdapConnectionPool pool = EmbeddedDirectory.shared().pool().build()) {
			return List.of(keys).stream().map(new LdapKeyValueTemplate(pool)::contains).toList();
		}
	}

}
