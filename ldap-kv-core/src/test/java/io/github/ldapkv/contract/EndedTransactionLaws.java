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

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.LdapValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code that Spring calls when a transaction has ended: nothing is left that a write could
 * be kept for.
 */
public interface EndedTransactionLaws extends TransactionLaws {

	/**
	 * Runs code once a transaction has ended.
	 */
	private void afterTheEnd(boolean committed, boolean completion, Runnable code) {
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		AtomicInteger runs = new AtomicInteger();
		Runnable once = () -> {
			runs.incrementAndGet();
			try {
				code.run();
			}
			catch (RuntimeException | AssertionError ex) {
				// Spring logs it only.
				failure.set(ex);
			}
		};
		transactionTemplate().executeWithoutResult((status) -> {
			if (!committed) {
				store().put(at("uid=rolled-back"), person());
				status.setRollbackOnly();
			}
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCommit() {
					if (!completion) {
						once.run();
					}
				}

				@Override
				public void afterCompletion(int status) {
					if (completion) {
						once.run();
					}
				}

			});
		});
		assertThat(failure.get()).isNull();
		assertThat(runs).hasValue(1);
		assertThat(store().contains(at("uid=rolled-back"))).isFalse();
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
	}

	private void afterEachEnd(Runnable code) {
		afterTheEnd(true, false, code);
		afterTheEnd(true, true, code);
		afterTheEnd(false, true, code);
	}

	@Test
	default void afterATransactionEachWriteIsDoneAtOnce() {
		AtomicInteger number = new AtomicInteger();
		afterEachEnd(() -> {
			LdapKey key = at("uid=after-" + number.incrementAndGet());
			store().put(key, person());
			assertThat(store().contains(key)).isTrue();
			assertThat(store().putIfAbsent(key, person())).isFalse();
			store().patch(key, (p) -> p.set("title", "x"));
			assertThat(store().getRequired(key).text("title")).contains("x");
			store().replace(key, person());
			assertThat(store().getRequired(key).has("title")).isFalse();
			assertThat(store().delete(key)).isTrue();
			assertThat(store().delete(key)).isFalse();
			assertThat(store().contains(key)).isFalse();
			assertThat(store().putIfAbsent(key, person())).isTrue();
			assertThat(store().contains(key)).isTrue();
		});
	}

	@Test
	default void afterATransactionAllVerbsWork() {
		LdapKey key = putPerson("uid=jdoe");
		AtomicInteger number = new AtomicInteger();
		afterEachEnd(() -> {
			int i = number.incrementAndGet();
			assertThat(store().increment(key, "employeeNumber", 1)).isEqualTo(i);
			assertThat(store().createParents(at("ou=parent-" + i + "/uid=x"))).isEqualTo(1);
			store().move(at("ou=parent-" + i), at("ou=moved-" + i));
			assertThat(store().deleteTree(at("ou=moved-" + i))).isEqualTo(1);
			store().ifUnchanged(store().getEntry(key).orElseThrow().version()).put(key, Map.of("employeeNumber", i));
		});
	}

	@Test
	default void afterATransactionManyEntriesAreWritten() {
		AtomicInteger number = new AtomicInteger();
		afterEachEnd(() -> {
			int i = number.incrementAndGet();
			LdapValue person = LdapValue.of(person());
			List<LdapKey> keys = List.of(at("uid=one-" + i), at("uid=two-" + i), at("ou=three-" + i));
			store().putAll(Map.of(keys.get(0), person, keys.get(1), person));
			String ldif = "dn: " + dn("ou=three-" + i) + "\nobjectClass: organizationalUnit\nou: three-" + i + "\n";
			assertThat(load(ldif).created()).isEqualTo(1);
			assertThat(keys).allMatch(store()::contains);
			assertThat(store().deleteAll(keys)).isEqualTo(3);
			assertThat(keys).noneMatch(store()::contains);
		});
	}

	private LdapLdif.Loaded load(String ldif) {
		try {
			return LdapLdif.on(store()).load(new StringReader(ldif));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	default void afterATransactionThereMayBeAnother() {
		AtomicInteger number = new AtomicInteger();
		for (int propagation : new int[] { TransactionDefinition.PROPAGATION_REQUIRED,
				TransactionDefinition.PROPAGATION_REQUIRES_NEW, TransactionDefinition.PROPAGATION_NESTED }) {
			TransactionTemplate another = transactionTemplate();
			another.setPropagationBehavior(propagation);
			afterEachEnd(() -> {
				LdapKey undone = at("uid=undone");
				another.executeWithoutResult((status) -> {
					store().put(undone, person());
					assertThat(store().contains(undone)).isFalse();
					status.setRollbackOnly();
				});
				assertThat(store().contains(undone)).isFalse();
				LdapKey afterwards = at("uid=afterwards-" + number.incrementAndGet());
				store().put(afterwards, person());
				assertThat(store().contains(afterwards)).isTrue();
			});
		}
	}

}
