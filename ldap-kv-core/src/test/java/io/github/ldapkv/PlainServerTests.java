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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.ldapkv.contract.StoreTest;
import io.github.ldapkv.contract.TreeLaws;
import io.github.ldapkv.contract.WithoutAssertion;
import io.github.ldapkv.contract.WithoutPermissiveModify;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.OptimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The laws of writes on a server that has none of the extensions of LDAP that the store
 * makes use of, apart from an attribute that is a version. What cannot be done there is
 * refused.
 */
class PlainServerTests extends StoreTest implements WithoutPermissiveModify, WithoutAssertion, TreeLaws {

	private static final LdapKeyValueTemplate STORE = LdapKeyValueTemplate
		.builder(OpenLdapContainer.shared().pool().build())
		.serverCapabilities((server) -> ServerCapabilities.unknown().withVersionAttribute("entryCSN"))
		.build();

	@Override
	public TestDirectory directory() {
		return OpenLdapContainer.shared();
	}

	@Override
	public LdapKeyValueOperations store() {
		return STORE;
	}

	@Override
	protected LdapKey suffix() {
		return LdapKey.of("/dc=org/dc=test");
	}

	@Test
	void attributesThatMayHaveSeveralValuesAreNotWrittenOnCondition() {
		LdapKey key = putPerson("uid=jdoe");
		Version version = version(key);
		assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class)
			.isThrownBy(() -> store().ifUnchanged(version).put(key, Map.of("title", "x")))
			.withMessageContaining("RFC 4528")
			.withMessageContaining("'title' may have several");
		assertThat(store().getRequired(key).has("title")).isFalse();
	}

	@Test
	void oneOfManyWritersOfAVersionWins() throws InterruptedException {
		LdapKey key = putPerson("uid=jdoe");
		for (int round = 0; round < 20; round++) {
			Version version = version(key);
			Queue<Integer> winners = new ConcurrentLinkedQueue<>();
			Queue<Throwable> losers = new ConcurrentLinkedQueue<>();
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				int number = round * 8 + i;
				Thread thread = new Thread(() -> {
					try {
						store().ifUnchanged(version).put(key, Map.of("employeeNumber", number));
						winners.add(number);
					}
					catch (OptimisticLockingFailureException ex) {
						losers.add(ex);
					}
				});
				thread.start();
				threads.add(thread);
			}
			for (Thread thread : threads) {
				thread.join();
			}
			assertThat(winners).hasSize(1);
			assertThat(losers).hasSize(7);
			assertThat(store().getRequired(key).texts("employeeNumber"))
				.containsExactly(String.valueOf(winners.peek()));
		}
	}

	@Test
	void numbersOfAttributesThatMayHaveSeveralValuesNeedAFirstOne() {
		LdapKey key = putPerson("uid=jdoe");
		refused(() -> store().increment(key, "description", 1));
		store().put(key, Map.of("description", 1));
		assertThat(store().increment(key, "description", 1)).isEqualTo(2);
	}

	@Test
	void transactionsAreRefused() {
		LdapKey key = putPerson("uid=jdoe");
		refused(() -> store().atomically((tx) -> tx.put(key, Map.of("title", "x"))));
		assertThat(store().getRequired(key).has("title")).isFalse();
	}

	@Test
	void withoutAVersionAttributeEntriesHaveNone() {
		LdapKeyValueTemplate store = LdapKeyValueTemplate.builder(OpenLdapContainer.shared().pool().build())
			.serverCapabilities((server) -> server.withVersionAttribute(null).without(Feature.ASSERTION))
			.build();
		LdapKey key = putPerson("uid=jdoe");
		LdapEntry entry = store.getEntry(key).orElseThrow();
		assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class).isThrownBy(entry::version);
		store.close();
	}

	private static void refused(Runnable write) {
		assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class).isThrownBy(write::run)
			.withMessageContaining("unknown server");
	}

	private static Version version(LdapKey key) {
		return STORE.getEntry(key).orElseThrow().version();
	}

}
