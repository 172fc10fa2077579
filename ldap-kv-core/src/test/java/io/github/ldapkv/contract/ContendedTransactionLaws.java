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

package io.github.ldapkv.contract;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapTransaction;
import io.github.ldapkv.Version;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Transactions on entries that others write, too.
 */
public interface ContendedTransactionLaws extends TransactionLaws {

	@Test
	default void aTransactionDependsOnNoOtherAttribute() {
		LdapKey one = putPerson("uid=one");
		LdapKey two = putPerson("uid=two");
		for (Consumer<LdapTransaction> write : List.<Consumer<LdapTransaction>>of(
				(tx) -> tx.put(two, Map.of("title", "1")), (tx) -> tx.put(two, Map.of()),
				(tx) -> tx.replace(two, Map.of("cn", "J", "sn", "D")),
				(tx) -> tx.patch(two, (p) -> p.set("title", "1")), (tx) -> tx.delete(two))) {
			assertThatExceptionOfType(OptimisticLockingFailureException.class)
				.isThrownBy(() -> store().atomically((tx) -> {
					tx.put(one, Map.of("title", "1"));
					tx.ifUnchanged(two, Version.of(named("uid=two")));
					write.accept(tx);
				}))
				.withMessageContaining(named("uid=two"));
		}
		assertThat(store().getRequired(one).has("title")).isFalse();
		assertThat(store().getRequired(two)).isEqualTo(store().getRequired(one).toBuilder().set(id(), "two").build());
	}

	@Test
	default void oneOfTwoVersionsIsOutOfDate() {
		LdapKey key = putPerson("uid=jdoe");
		Version first = store().getEntry(key).orElseThrow().version();
		tick();
		store().put(key, Map.of("title", "theirs"));
		Version second = store().getEntry(key).orElseThrow().version();
		Consumer<Runnable> outOfDate = (writes) -> assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(writes::run)
			.withMessageContaining(named("uid=jdoe"))
			.withMessageContaining("Read it again");
		outOfDate.accept(() -> store().atomically((tx) -> {
			tx.ifUnchanged(key, first);
			tx.put(key, Map.of("title", "mine"));
			tx.ifUnchanged(key, second);
		}));
		outOfDate.accept(() -> transactionTemplate().executeWithoutResult((status) -> {
			store().atomically((tx) -> {
				tx.ifUnchanged(key, first);
				tx.put(key, Map.of("title", "mine"));
			});
			store().atomically((tx) -> {
				tx.ifUnchanged(key, second);
				tx.put(key, Map.of("title", "mine"));
			});
		}));
		assertThat(store().getRequired(key).text("title")).contains("theirs");
	}

	@Test
	default void aGroupOfWritesThatIsOutOfDateLeavesTheOthers() {
		LdapKey key = putPerson("uid=jdoe");
		LdapKey other = putPerson("uid=other");
		Version first = store().getEntry(key).orElseThrow().version();
		tick();
		store().put(key, Map.of("title", "theirs"));
		Version second = store().getEntry(key).orElseThrow().version();
		transactionTemplate().executeWithoutResult((status) -> {
			store().atomically((tx) -> {
				tx.ifUnchanged(key, second);
				tx.put(key, Map.of("title", "mine"));
			});
			assertThatExceptionOfType(OptimisticLockingFailureException.class)
				.isThrownBy(() -> store().atomically((tx) -> {
					tx.put(other, Map.of("title", "mine"));
					tx.ifUnchanged(key, first);
					tx.put(key, Map.of("title", "lost"));
				}));
			store().atomically((tx) -> tx.ifUnchanged(key, second));
		});
		assertThat(store().getRequired(key).text("title")).contains("mine");
		assertThat(store().getRequired(other).has("title")).isFalse();
	}

	@Test
	default void anEntryThatIsGoneHasNoVersion() {
		LdapKey one = putPerson("uid=one");
		LdapKey two = putPerson("uid=two");
		Version version = store().getEntry(two).orElseThrow().version();
		store().delete(two);
		for (Consumer<LdapTransaction> write : List.<Consumer<LdapTransaction>>of((tx) -> tx.delete(two),
				(tx) -> tx.patch(two, (p) -> p.set("title", "1")), (tx) -> tx.put(two, person()),
				(tx) -> tx.replace(two, person()))) {
			for (boolean alone : new boolean[] { true, false }) {
				assertThatExceptionOfType(OptimisticLockingFailureException.class)
					.isThrownBy(() -> store().atomically((tx) -> {
						if (!alone) {
							tx.put(one, Map.of("title", "1"));
						}
						tx.ifUnchanged(two, version);
						write.accept(tx);
					}))
					.withMessageContaining(named("uid=two"));
			}
		}
		assertThat(store().getRequired(one).has("title")).isFalse();
		assertThat(store().contains(two)).isFalse();
	}

	@Test
	default void ofTwoCallersWhoCreateAnEntryOneDoes() {
		LdapKey key = at("uid=new");
		TransactionTemplate transaction = transactionTemplate();
		transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> transaction.executeWithoutResult((status) -> {
				create(key, "mine");
				transaction.executeWithoutResult((theirs) -> create(key, "theirs"));
			}))
			.withMessageContaining(named("uid=new"));
		assertThat(store().getRequired(key).text("title")).contains("theirs");
	}

	private void create(LdapKey key, String title) {
		assertThat(store().putIfAbsent(key, person())).isTrue();
		store().replace(key, personWith(Map.of("title", title)));
	}

}
