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
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ldapkv.contract.StoreTest;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.support.SingleContextSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What becomes of the connection if something throws in the middle of a transaction that
 * is none of the server's answers.
 */
class InterruptedTransactionTests extends StoreTest {

	private static final LdapKeyValueTemplate STORE = EmbeddedDirectory.shared().store();

	private final LdapConnectionPool pool = EmbeddedDirectory.shared().pool().maxSize(1).build();

	private final SingleContextSource single = new SingleContextSource(
			EmbeddedDirectory.shared().contextSource().getReadWriteContext());

	private LdapKey key = LdapKey.of("/");

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

	@BeforeEach
	void createPerson() {
		this.key = putPerson("uid=jdoe");
	}

	@AfterEach
	void close() {
		this.pool.close();
		this.single.destroy();
	}

	@Test
	void aTransactionInWhichAWriteThrowsIsEnded() {
		for (ContextSource source : List.of(this.pool, this.single)) {
			MeddlingContextSource meddling = new MeddlingContextSource(source);
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(meddling);
			store.get(this.key);
			AtomicInteger ends = new AtomicInteger();
			AtomicInteger writes = new AtomicInteger();
			meddling.meddle((request) -> {
				if (request.equals(MeddlingContextSource.MODIFY) && writes.incrementAndGet() == 2) {
					throw new IllegalStateException("stop");
				}
				ends.addAndGet(request.equals(MeddlingContextSource.END) ? 1 : 0);
			});
			assertThatIllegalStateException().isThrownBy(() -> writeTwice(store)).withMessage("stop");
			assertThat(ends).hasValue(1);
			assertNothingIsLeft(store);
		}
		assertThat(this.pool.statistics().created()).isEqualTo(1);
	}

	@Test
	void aConnectionWhoseTransactionCannotBeEndedIsClosed() {
		MeddlingContextSource meddling = new MeddlingContextSource(this.pool);
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(meddling);
		store.get(this.key);
		meddling.meddle((request) -> {
			if (request.equals(MeddlingContextSource.MODIFY) || request.equals(MeddlingContextSource.END)) {
				throw new IllegalStateException("stop");
			}
		});
		assertThatIllegalStateException().isThrownBy(() -> writeTwice(store)).withMessage("stop");
		assertThat(this.pool.statistics().idle()).isZero();
		meddling.meddle((request) -> {
		});
		assertNothingIsLeft(store);
	}

	@Test
	void aConnectionOnWhichTheEndThrowsIsClosedAndTheOutcomeUnknown() {
		MeddlingContextSource meddling = new MeddlingContextSource(this.pool);
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(meddling);
		store.get(this.key);
		meddling.meddle((request) -> {
			if (request.equals(MeddlingContextSource.END)) {
				throw new IllegalStateException("stop");
			}
		});
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> writeTwice(store))
			.withMessageContaining("stop");
		assertThat(this.pool.statistics().idle()).isZero();
	}

	private void writeTwice(LdapKeyValueTemplate store) {
		store.atomically((tx) -> {
			tx.put(this.key, Map.of("title", "1"));
			tx.put(this.key, Map.of("title", "2"));
		});
	}

	/**
	 * A connection with an open transaction would keep this write for its end.
	 */
	private void assertNothingIsLeft(LdapKeyValueTemplate store) {
		assertThat(store().getRequired(this.key).has("title")).isFalse();
		writeTwice(store);
		assertThat(store().getRequired(this.key).texts("title")).containsExactly("2");
		store.put(this.key, Map.of("title", List.of()));
		assertThat(store().getRequired(this.key).has("title")).isFalse();
	}

}
