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

import java.util.Map;

import io.github.ldapkv.contract.StoreTest;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What Spring calls around the end of a transaction, also where several transaction
 * managers are at work.
 */
class EndedTransactionTests extends StoreTest {

	private static final LdapKeyValueTemplate STORE = EmbeddedDirectory.shared().store();

	private final TransactionTemplate transaction = new TransactionTemplate(new LdapKeyValueTransactionManager(STORE));

	private final TransactionTemplate another = new TransactionTemplate(new AnotherManager());

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

	@Test
	void aTransactionThatIsBegunAfterACommitCommitsByItself() {
		this.transaction.executeWithoutResult((status) -> {
			store().put(at("uid=first"), person());
			afterCommit(() -> this.transaction.executeWithoutResult((second) -> {
				assertThat(store().contains(at("uid=first"))).isTrue();
				assertThat(second.isNewTransaction()).isTrue();
				store().put(at("uid=second"), person());
				assertThat(store().contains(at("uid=second"))).isFalse();
				afterCommit(() -> store().put(at("uid=third"), person()));
			}));
			afterCommit(() -> {
				assertThat(store().contains(at("uid=third"))).isTrue();
				store().delete(at("uid=third"));
			});
		});
		assertThat(store().contains(at("uid=second"))).isTrue();
		assertThat(store().contains(at("uid=third"))).isFalse();
	}

	@Test
	void whatIsWrittenBeforeACommitBelongsToIt() {
		this.transaction.executeWithoutResult((status) -> register(new TransactionSynchronization() {

			@Override
			public void beforeCommit(boolean readOnly) {
				store().put(at("uid=before-commit"), person());
			}

			@Override
			public void beforeCompletion() {
				store().put(at("uid=before-completion"), person());
				assertThat(store().contains(at("uid=before-completion"))).isFalse();
			}

		}));
		assertThat(store().contains(at("uid=before-commit"))).isTrue();
		assertThat(store().contains(at("uid=before-completion"))).isTrue();
	}

	@Test
	void aTransactionThatIsNeitherCommittedNorRolledBackHasEndedToo() {
		for (RuntimeException failure : new RuntimeException[] { new UnexpectedRollbackException("stop"),
				new CannotCreateTransactionException("stop"), new IllegalStateException("stop") }) {
			LdapKey key = at("uid=" + failure.getClass().getSimpleName());
			assertThatExceptionOfType(failure.getClass())
				.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
					store().put(at("uid=lost"), person());
					register(new TransactionSynchronization() {

						@Override
						public void beforeCommit(boolean readOnly) {
							throw failure;
						}

						@Override
						public void afterCompletion(int status) {
							store().put(key, person());
						}

					});
				}));
			assertThat(store().contains(key)).isTrue();
			assertThat(store().contains(at("uid=lost"))).isFalse();
			assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		}
	}

	@Test
	void whatIsWrittenAfterACommitThatHasFailedIsDone() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
				store().put(at("ou=missing/uid=x"), person());
				register(new TransactionSynchronization() {

					@Override
					public void afterCompletion(int status) {
						store().put(at("uid=after"), person());
					}

				});
			}));
		assertThat(store().contains(at("uid=after"))).isTrue();
	}

	@Test
	void aReadOnlyTransactionThatHasEndedRefusesNothing() {
		this.transaction.setReadOnly(true);
		this.transaction.executeWithoutResult((status) -> afterCommit(() -> store().put(at("uid=after"), person())));
		assertThat(store().contains(at("uid=after"))).isTrue();
	}

	@Test
	void theEndOfAnInnerTransactionIsNotThatOfTheOuterOne() {
		TransactionTemplate inner = new TransactionTemplate(this.transaction.getTransactionManager());
		inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		assertThatIllegalStateException().isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
			store().put(at("uid=outer"), person());
			inner.executeWithoutResult((own) -> {
				store().put(at("uid=inner"), person());
				afterCommit(() -> store().put(at("uid=after-inner"), person()));
			});
			assertThat(store().contains(at("uid=after-inner"))).isTrue();
			store().put(at("uid=outer-again"), person());
			throw new IllegalStateException("stop");
		}));
		assertThat(store().contains(at("uid=outer"))).isFalse();
		assertThat(store().contains(at("uid=outer-again"))).isFalse();
		assertThat(store().contains(at("uid=inner"))).isTrue();
	}

	@Test
	void theEndOfATransactionOfAnotherManagerIsNotThatOfTheStores() {
		this.another.executeWithoutResult((outer) -> {
			afterCommit(() -> store().put(at("uid=after-outer"), person()));
			this.transaction.executeWithoutResult((status) -> {
				this.another
					.executeWithoutResult((inner) -> afterCommit(() -> store().put(at("uid=in-between"), person())));
				assertThat(store().contains(at("uid=in-between"))).isFalse();
				store().put(at("uid=x"), person());
			});
			assertThat(store().contains(at("uid=in-between"))).isTrue();
		});
		assertThat(store().contains(at("uid=after-outer"))).isTrue();
	}

	@Test
	void manyEntriesAreWrittenByThreadsAgainOnceTheTransactionHasEnded() {
		Map<LdapKey, LdapValue> people = Map.of(at("uid=a"), LdapValue.of(person()), at("uid=b"),
				LdapValue.of(person()));
		this.transaction.executeWithoutResult((status) -> {
			store().putAll(people);
			afterCommit(() -> assertThat(store().deleteAll(people.keySet())).isEqualTo(2));
		});
		assertThat(people.keySet()).noneMatch(store()::contains);
	}

	private static void afterCommit(Runnable code) {
		register(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				code.run();
			}

		});
	}

	private static void register(TransactionSynchronization synchronization) {
		TransactionSynchronizationManager.registerSynchronization(synchronization);
	}

	/**
	 * As that of a database, which knows nothing of the store's.
	 */
	private static final class AnotherManager extends AbstractPlatformTransactionManager {

		private static final long serialVersionUID = 1;

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			// Nothing is held.
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			// Nothing is held.
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			// Nothing is held.
		}

	}

}
