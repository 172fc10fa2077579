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

import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.SmartTransactionObject;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.Assert;

/**
 * Lets Spring's transactions ({@code @Transactional}, {@code TransactionTemplate}) cover
 * the writes of a store: they are kept until the transaction commits, and then done
 * together, or not at all, as by {@link LdapKeyValueOperations#atomically}.
 * <p>
 * Reads inside a transaction see the directory as it is, without the transaction's own
 * writes; so do the results of {@code putIfAbsent} and {@code delete}, which are found
 * out where writes go, apart from what the transaction itself has written to the same
 * key. If the directory has changed meanwhile so that a write cannot be done, the commit
 * fails. If the connection is lost at the commit, that is an
 * {@link UnknownOutcomeException}, and synchronizations see
 * {@link TransactionSynchronization#STATUS_UNKNOWN}. Isolation levels and timeouts have
 * no effect: nothing is held open. There are no savepoints; {@code REQUIRES_NEW} is a
 * transaction of its own. A read-only transaction refuses all writes.
 * <p>
 * Before {@code afterCommit} and {@code afterCompletion} of a synchronization, and a
 * {@code @TransactionalEventListener} of these phases, the transaction has ended: what
 * they write is done at once, or belongs to a new transaction that they begin.
 * <p>
 * {@code increment}, {@code move}, {@code deleteTree}, {@code createParents} and
 * {@code ifUnchanged} need the server's answer, or work in several steps, and are refused
 * inside a transaction.
 */
public final class LdapKeyValueTransactionManager extends AbstractPlatformTransactionManager
		implements ResourceTransactionManager {

	private static final long serialVersionUID = 1;

	private final transient LdapKeyValueTemplate store;

	/**
	 * What the transaction is bound to.
	 */
	private final transient Object key;

	/**
	 * Creates a transaction manager.
	 * @param store the store whose writes it covers
	 */
	public LdapKeyValueTransactionManager(LdapKeyValueTemplate store) {
		Assert.notNull(store, "The store is null");
		this.store = store;
		Object shared = store.transactionKey();
		this.key = (shared != null) ? shared : store;
		setTransactionSynchronization(SYNCHRONIZATION_ON_ACTUAL_TRANSACTION);
		setRollbackOnCommitFailure(false);
	}

	@Override
	public Object getResourceFactory() {
		return this.store;
	}

	@Override
	protected Object doGetTransaction() {
		return new Transaction((WriteBuffer) TransactionSynchronizationManager.getResource(this.key));
	}

	@Override
	protected boolean isExistingTransaction(Object transaction) {
		return ((Transaction) transaction).buffer != null;
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
		WriteBuffer buffer = this.store.newBuffer();
		// A mock of the store has none, and nothing to keep in it.
		if (buffer != null) {
			if (definition.isReadOnly()) {
				buffer.setReadOnly();
			}
			((Transaction) transaction).buffer = buffer;
			TransactionSynchronizationManager.bindResource(this.key, buffer);
		}
	}

	/**
	 * What fails before a commit may be an exception of Spring's transactions itself, and
	 * then neither a commit nor a rollback follows.
	 */
	@Override
	protected void prepareSynchronization(DefaultTransactionStatus status, TransactionDefinition definition) {
		super.prepareSynchronization(status, definition);
		if (status.isNewSynchronization() && status.isNewTransaction()) {
			TransactionSynchronizationManager.registerSynchronization(new End((Transaction) status.getTransaction()));
		}
	}

	@Override
	protected Object doSuspend(Object transaction) {
		((Transaction) transaction).buffer = null;
		return TransactionSynchronizationManager.unbindResource(this.key);
	}

	@Override
	protected void doResume(@Nullable Object transaction, Object suspendedResources) {
		TransactionSynchronizationManager.bindResource(this.key, suspendedResources);
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		Transaction transaction = (Transaction) status.getTransaction();
		end(transaction);
		if (transaction.buffer != null) {
			try {
				this.store.commit(transaction.buffer);
			}
			catch (UnknownOutcomeException ex) {
				transaction.unknownOutcome = ex;
				throw ex;
			}
		}
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		// What was kept is forgotten with the buffer.
		Transaction transaction = (Transaction) status.getTransaction();
		end(transaction);
		UnknownOutcomeException unknownOutcome = transaction.unknownOutcome;
		if (unknownOutcome != null) {
			// Spring rolls back after a commit that fails, and takes the transaction for
			// rolled back unless this fails, too.
			throw unknownOutcome;
		}
	}

	@Override
	protected void doSetRollbackOnly(DefaultTransactionStatus status) {
		((Transaction) status.getTransaction()).rollbackOnly();
	}

	@Override
	protected void doCleanupAfterCompletion(Object transaction) {
		end((Transaction) transaction);
		((Transaction) transaction).buffer = null;
	}

	/**
	 * Keeps no more writes: nobody would send them. Spring tells others that the
	 * transaction has ended before it cleans up, and they may write.
	 */
	private void end(Transaction transaction) {
		if (transaction.buffer != null
				&& transaction.buffer == TransactionSynchronizationManager.getResource(this.key)) {
			TransactionSynchronizationManager.unbindResource(this.key);
		}
	}

	/**
	 * Ends a transaction before anybody else is told of its completion.
	 */
	private final class End implements TransactionSynchronization {

		private final Transaction transaction;

		End(Transaction transaction) {
			this.transaction = transaction;
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public void afterCompletion(int status) {
			end(this.transaction);
		}

	}

	/**
	 * A transaction as one participant sees it.
	 */
	private static final class Transaction implements SmartTransactionObject {

		private @Nullable WriteBuffer buffer;

		private @Nullable UnknownOutcomeException unknownOutcome;

		Transaction(@Nullable WriteBuffer buffer) {
			this.buffer = buffer;
		}

		void rollbackOnly() {
			if (this.buffer != null) {
				this.buffer.setRollbackOnly();
			}
		}

		@Override
		public boolean isRollbackOnly() {
			return this.buffer != null && this.buffer.isRollbackOnly();
		}

		@Override
		public void flush() {
			// Nothing is sent before the commit.
		}

	}

}
