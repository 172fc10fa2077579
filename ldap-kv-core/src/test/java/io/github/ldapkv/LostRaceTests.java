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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.ldapkv.contract.StoreTest;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Somebody else writes the entry between a look at it and the write that is decided by
 * it.
 */
class LostRaceTests extends StoreTest {

	private static final LdapKeyValueTemplate OTHERS = EmbeddedDirectory.shared().store();

	private final LdapConnectionPool pool = EmbeddedDirectory.shared().pool().build();

	private final MeddlingContextSource source = new MeddlingContextSource(this.pool);

	private final LdapKeyValueTemplate store = new LdapKeyValueTemplate(this.source);

	@Override
	public TestDirectory directory() {
		return EmbeddedDirectory.shared();
	}

	@Override
	public LdapKeyValueOperations store() {
		return OTHERS;
	}

	@Override
	protected LdapKey suffix() {
		return LdapKey.of("/dc=org/dc=test");
	}

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	void whoLosesInATransactionMayTryAgain() {
		LdapKey key = at("uid=jdoe");
		LdapKey other = putPerson("uid=other");
		Map<String, Consumer<LdapTransaction>> writes = new LinkedHashMap<>();
		writes.put("put", (tx) -> tx.put(key, personWith(Map.of("title", "mine"))));
		writes.put("replace", (tx) -> tx.replace(key, personWith(Map.of("title", "mine"))));
		writes.forEach((verb, write) -> {
			Runnable transaction = () -> this.store.atomically((tx) -> {
				tx.put(other, Map.of("title", "mine"));
				write.accept(tx);
			});
			atTheStart(() -> OTHERS.put(key, person()));
			lost(transaction);
			atTheStart(() -> OTHERS.delete(key));
			lost(transaction);
			assertThat(OTHERS.getRequired(other).has("title")).isFalse();
			OTHERS.delete(key);
		});
	}

	@Test
	void aPatchThatWasWorkedOutByReadingMayBeTriedAgain() {
		LdapKey key = at("uid=jdoe");
		OTHERS.put(key, personWith(Map.of("employeeNumber", 1)));
		atTheStart(() -> OTHERS.put(key, Map.of("employeeNumber", 2)));
		lost(() -> this.store.atomically((tx) -> tx.patch(key, (p) -> p.remove("employeeNumber", "1"))));
		assertThat(OTHERS.getRequired(key).texts("employeeNumber")).containsExactly("2");
	}

	@Test
	void whatHasToBeThereIsMissingAndNotLost() {
		LdapKey key = putPerson("uid=jdoe");
		atTheStart(() -> OTHERS.delete(key));
		assertThatExceptionOfType(DataRetrievalFailureException.class)
			.isThrownBy(() -> this.store.atomically((tx) -> tx.patch(key, (p) -> p.add("title", "x"))));
		OTHERS.put(key, person());
		atTheStart(() -> OTHERS.delete(key));
		assertThatExceptionOfType(DataRetrievalFailureException.class)
			.isThrownBy(() -> this.store.atomically((tx) -> tx.delete(key)));
	}

	@Test
	void whatTheTransactionItselfDeletesIsNobodyElsesDoing() {
		LdapKey key = putPerson("uid=jdoe");
		assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(() -> this.store.atomically((tx) -> {
			tx.delete(key);
			tx.patch(key, (p) -> p.add("title", "x"));
		})).withMessageContaining("write 2 of the 2");
		assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(() -> this.store.atomically((tx) -> {
			tx.delete(key);
			tx.delete(key);
		})).withMessageContaining("write 2 of the 2");
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.store.atomically((tx) -> {
				tx.delete(key);
				tx.put(key.child("uid", "x"), person());
			}))
			.withMessageContaining("write 2 of the 2");
		assertThat(OTHERS.contains(key)).isTrue();
	}

	@Test
	void anEntryThatOthersDeleteAndCreateAgainAndAgainIsPutAtLast() {
		LdapKey key = at("uid=jdoe");
		this.store.get(key);
		AtomicInteger rounds = new AtomicInteger();
		this.source.meddle((request) -> {
			if (rounds.get() < 30 && request.equals(MeddlingContextSource.ADD)) {
				rounds.incrementAndGet();
				OTHERS.put(key, person());
			}
			else if (request.equals(MeddlingContextSource.MODIFY) && rounds.get() < 30) {
				OTHERS.delete(key);
			}
		});
		this.store.put(key, personWith(Map.of("title", "mine")));
		assertThat(rounds).hasValue(30);
		assertThat(OTHERS.getRequired(key).texts("title")).containsExactly("mine");
	}

	private void lost(Runnable transaction) {
		assertThatExceptionOfType(ConcurrencyFailureException.class).isThrownBy(transaction::run)
			.withMessageContaining("jdoe")
			.withMessageContaining("gain")
			.withMessageContaining("of which nothing was done");
	}

	/**
	 * Does something once, when the requests of a transaction are worked out and none is
	 * sent yet.
	 */
	private void atTheStart(Runnable theirs) {
		AtomicInteger starts = new AtomicInteger();
		this.source.meddle((request) -> {
			if (request.equals(MeddlingContextSource.START) && starts.getAndIncrement() == 0) {
				theirs.run();
			}
		});
	}

}
