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

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import javax.naming.directory.DirContext;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.ldap.core.ContextExecutor;
import org.springframework.ldap.core.LdapTemplate;

/**
 * The one gate to the directory: every call borrows a connection here, finds it set up,
 * leaves it as it was, and has its failures translated.
 */
final class Directory {

	private final LdapTemplate ldapTemplate;

	private final FailureTranslator failures;

	private final KnownServer server;

	private final JndiServer sessions;

	private final OperationMonitor monitor;

	/**
	 * Creates the gate.
	 * @param sessions makes sessions on what the template borrows
	 */
	Directory(LdapTemplate ldapTemplate, JndiServer sessions, KnownServer server, FailureTranslator failures,
			OperationMonitor monitor) {
		this.ldapTemplate = ldapTemplate;
		this.sessions = sessions;
		this.server = server;
		this.failures = failures;
		this.monitor = monitor;
	}

	<T> T read(Operation operation, DirectoryCall<T> call) {
		return this.monitor.watch(operation, new Run<>(operation, this.ldapTemplate, Access.READ, call));
	}

	/**
	 * Reads where writes go, as the account that writes: what a write depends on. The
	 * servers and the account of other reads may not know yet, or not see, what is there.
	 */
	<T> T readForWrite(Operation operation, DirectoryCall<T> call) {
		return this.monitor.watch(operation, new Run<>(operation, this.ldapTemplate, Access.READ_FOR_WRITE, call));
	}

	<T> T write(Operation operation, DirectoryCall<T> call) {
		return this.monitor.watch(operation, new Run<>(operation, this.ldapTemplate, Access.WRITE, call));
	}

	/**
	 * Tries a write until nobody else is faster. It is one operation.
	 * @param call gives nothing if somebody else was faster
	 */
	<T> T writeContended(Operation operation, DirectoryCall<Optional<T>> call) {
		Run<Optional<T>> run = new Run<>(operation, this.ldapTemplate, Access.WRITE, call);
		return this.monitor.watch(operation, () -> {
			Contention contention = new Contention(operation);
			Optional<T> result = run.get();
			while (result.isEmpty()) {
				contention.lost();
				result = run.get();
			}
			return result.get();
		});
	}

	/**
	 * Takes a connection for a call that goes on, part by part, until it is released.
	 * @param ends whether it is sure to end in this thread
	 * @param first the first part; on a connection that turns out to be broken it is run
	 * again on another
	 */
	HeldConnection hold(Operation operation, boolean ends, DirectoryCall<?> first) {
		OperationWatch watch = this.monitor.begin(operation);
		return watch.runFirst(() -> {
			Lease lease = new Lease(this.ldapTemplate.getContextSource(), ends);
			boolean held = false;
			try {
				new Run<>(operation, new LdapTemplate(lease), Access.READ, first).get();
				lease.hold();
				held = true;
				return new HeldConnection(this, lease, watch);
			}
			finally {
				if (!held) {
					lease.release();
				}
			}
		});
	}

	/**
	 * Runs a further part of a call on the connection that is held for it.
	 */
	<T> T readOn(Lease lease, Supplier<Operation> operation, DirectoryCall<T> call) {
		Attempt<T> attempt = new Attempt<>(Access.READ, call);
		new LdapTemplate(lease).executeReadOnly(attempt);
		return attempt.result(operation);
	}

	/**
	 * What the server can do, as far as it was asked.
	 */
	@Nullable ServerCapabilities knownCapabilities() {
		ServerReader.Found found = this.server.found();
		return (found != null) ? found.capabilities() : null;
	}

	/**
	 * The server's schema, as far as it was read.
	 */
	@Nullable DirectorySchema knownSchema() {
		ServerReader.Found found = this.server.found();
		return (found != null) ? found.schema() : null;
	}

	/**
	 * What a call does, and where.
	 */
	private enum Access {

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
			try (JndiSession session = Directory.this.sessions.open(context, this.access != Access.WRITE)) {
				try {
					session.learn(Directory.this.server.known(session));
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
			}
			catch (LDAPException ex) {
				this.failure = (this.failure != null) ? this.failure : ex;
			}
			return Boolean.TRUE;
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

		private boolean isHarmless(LDAPException ex) {
			return this.access != Access.WRITE || !this.mayHaveWritten || ex instanceof UncommittedException;
		}

		private LDAPException cause(LDAPException ex) {
			return (ex instanceof UncommittedException uncommitted) ? uncommitted.failure() : ex;
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
			throw (isHarmless(this.failure) || !ConnectionFailures.isBroken(cause))
					? Directory.this.failures.translate(operation.get(), cause)
					: Directory.this.failures.unknownOutcome(operation.get(), cause);
		}

	}

}
