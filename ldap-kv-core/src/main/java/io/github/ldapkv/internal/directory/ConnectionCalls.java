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

package io.github.ldapkv.internal.directory;

import java.util.Objects;
import java.util.function.Supplier;

import javax.naming.directory.DirContext;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.internal.operation.FailureTranslator;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.server.KnownServer;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.NothingDoneException;
import io.github.ldapkv.internal.wire.OpenSession;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.jndi.JndiFailures;
import io.github.ldapkv.internal.wire.jndi.JndiNames;
import io.github.ldapkv.internal.wire.jndi.JndiSessions;
import io.github.ldapkv.internal.wire.sdk.Borrowed;
import io.github.ldapkv.internal.wire.sdk.SdkSession;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.ldap.core.ContextExecutor;
import org.springframework.ldap.core.DirContextProxy;
import org.springframework.ldap.core.LdapTemplate;

/**
 * Runs calls on connections that a template borrows: sets each up for its call, tries
 * again where that is safe, and translates what fails.
 */
public final class ConnectionCalls {

	private final JndiNames names;

	private final KnownServer server;

	private final FailureTranslator failures;

	public ConnectionCalls(JndiNames names, KnownServer server, FailureTranslator failures) {
		this.names = names;
		this.server = server;
		this.failures = failures;
	}

	/**
	 * A call, to be run once or more often.
	 */
	<T> Supplier<T> of(Operation operation, LdapTemplate template, Access access, DirectoryCall<T> call) {
		return new Run<>(operation, template, access, call);
	}

	/**
	 * Runs a call that has its connection from elsewhere.
	 */
	<T> T outside(Operation operation, Supplier<T> call) {
		try {
			return call.get();
		}
		catch (org.springframework.ldap.NamingException ex) {
			throw this.failures.translate(operation, JndiFailures.of(ex));
		}
	}

	/**
	 * The exception for a failure by which nothing was written.
	 */
	DataAccessException translate(Operation operation, LDAPException ex) {
		if (ConnectionFailures.isInterruption(ex)) {
			Thread.currentThread().interrupt();
		}
		return this.failures.translate(operation, ex);
	}

	/**
	 * Runs the first part of a call on a connection that is held from then on, and on
	 * another one if that turns out to be broken.
	 */
	<T> T readFirst(Lease lease, Operation operation, DirectoryCall<T> call) {
		Attempt<T> attempt = borrowAndRead(lease, call);
		if (attempt.mayBeRepeated()) {
			attempt.retried();
			attempt = borrowAndRead(lease, call);
		}
		return attempt.result(() -> operation);
	}

	private <T> Attempt<T> borrowAndRead(Lease lease, DirectoryCall<T> call) {
		Attempt<T> attempt = new Attempt<>(Access.READ, call);
		try {
			attempt.executeWithContext(lease.borrow());
		}
		catch (org.springframework.ldap.NamingException ex) {
			attempt.failure = JndiFailures.of(ex);
		}
		return attempt;
	}

	/**
	 * Runs a further part of a call on the connection that is held for it.
	 */
	<T> T readOn(Lease lease, Supplier<Operation> operation, DirectoryCall<T> call) {
		Attempt<T> attempt = new Attempt<>(Access.READ, call);
		attempt.executeWithContext(lease.borrowed());
		return attempt.result(operation);
	}

	/**
	 * What a call does, and where.
	 */
	enum Access {

		READ, READ_FOR_WRITE, WRITE

	}

	/**
	 * A call with a connection for it, and a second one if that turns out to be broken
	 * and nothing can have come of the call: if it only reads, or if no write was sent
	 * yet.
	 *
	 * @param <T> what the call gives back
	 */
	private final class Run<T> implements Supplier<T> {

		private final Operation operation;

		private final LdapTemplate template;

		private final Access access;

		private final DirectoryCall<T> call;

		Run(Operation operation, LdapTemplate template, Access access, DirectoryCall<T> call) {
			this.operation = operation;
			this.template = template;
			this.access = access;
			this.call = call;
		}

		@Override
		public T get() {
			boolean second = false;
			while (true) {
				Attempt<T> attempt = new Attempt<>(this.access, this.call);
				try {
					if (this.access == Access.READ) {
						this.template.executeReadOnly(attempt);
					}
					else {
						this.template.executeReadWrite(attempt);
					}
				}
				catch (org.springframework.ldap.NamingException ex) {
					attempt.failure = JndiFailures.of(ex);
				}
				if (second || !attempt.mayBeRepeated()) {
					return attempt.result(() -> this.operation);
				}
				attempt.retried();
				second = true;
			}
		}

	}

	/**
	 * One try of a call, with what came of it.
	 *
	 * @param <T> what the call gives back
	 */
	private final class Attempt<T> implements ContextExecutor<Object> {

		private final Access access;

		private final DirectoryCall<T> call;

		private @Nullable T result;

		private @Nullable LDAPException failure;

		/**
		 * The connection, if it is one of the store's own.
		 */
		private @Nullable Borrowed borrowed;

		/**
		 * Whether there was a connection, and it broke.
		 */
		private boolean broken;

		/**
		 * Whether the server may have been sent a write on it.
		 */
		private boolean mayHaveWritten;

		Attempt(Access access, DirectoryCall<T> call) {
			this.access = access;
			this.call = call;
		}

		@Override
		public Object executeWithContext(DirContext context) {
			try (OpenSession session = open(context)) {
				try {
					session.learn(ConnectionCalls.this.server.known(session));
					this.result = this.call.run(session);
				}
				catch (LDAPException ex) {
					this.failure = ex;
					this.broken = ConnectionFailures.isBroken(cause(ex));
					if (this.broken) {
						session.breakOff();
					}
				}
				finally {
					this.mayHaveWritten = session.mayHaveWritten();
				}
				if (this.failure == null && this.mayHaveWritten && this.borrowed != null) {
					this.borrowed.written();
				}
			}
			catch (LDAPException ex) {
				this.failure = (this.failure != null) ? this.failure : ex;
			}
			return Boolean.TRUE;
		}

		/**
		 * Opens a session on a connection of the store's own, or on a context of JNDI.
		 */
		private OpenSession open(DirContext context) throws LDAPException {
			boolean reads = this.access != Access.WRITE;
			DirContext lent = (context instanceof DirContextProxy proxy) ? proxy.getTargetContext() : context;
			if (lent instanceof Borrowed own) {
				this.borrowed = own;
				return SdkSession.open(own.connection(), reads);
			}
			return JndiSessions.open(context, reads, ConnectionCalls.this.names);
		}

		/**
		 * OpenLDAP refuses a read so now and then while transactions are under way.
		 */
		boolean mayBeRepeated() {
			if (this.failure == null || !isHarmless(this.failure)) {
				return false;
			}
			LDAPException cause = cause(this.failure);
			return (this.broken || cause.getResultCode().equals(ResultCode.OTHER))
					&& !ConnectionFailures.isTimeout(cause) && !ConnectionFailures.isInterruption(cause);
		}

		void retried() {
			if (this.borrowed != null) {
				this.borrowed.retried();
			}
		}

		/**
		 * Why a replica was asked for a write, if it was.
		 */
		private String whyThere(LDAPException ex) {
			return (this.access == Access.WRITE && this.borrowed != null && ServerResult.of(ex).isOfReplica())
					? this.borrowed.refusedAsReplica() : "";
		}

		private boolean isHarmless(LDAPException ex) {
			return this.access != Access.WRITE || !this.mayHaveWritten || ex instanceof NothingDoneException;
		}

		private LDAPException cause(LDAPException ex) {
			return (ex instanceof NothingDoneException nothing) ? nothing.failure() : ex;
		}

		/**
		 * What the call gave back.
		 * @throws DataAccessException if it failed
		 */
		T result(Supplier<Operation> operation) {
			if (this.failure == null) {
				return Objects.requireNonNull(this.result, "The call gave nothing back");
			}
			LDAPException cause = cause(this.failure);
			if (ConnectionFailures.isInterruption(cause)) {
				Thread.currentThread().interrupt();
			}
			if (isHarmless(this.failure) || !ConnectionFailures.isBroken(cause)) {
				throw ConnectionCalls.this.failures.translate(operation.get(), cause, whyThere(cause));
			}
			if (this.borrowed != null) {
				this.borrowed.outcomeUnknown();
			}
			throw ConnectionCalls.this.failures.unknownOutcome(operation.get(), cause);
		}

	}

}
