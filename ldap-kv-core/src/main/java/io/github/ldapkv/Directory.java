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

import java.util.Collection;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.Control;
import javax.naming.ldap.LdapContext;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.ldap.core.ContextExecutor;
import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.ldap.support.LdapUtils;

/**
 * The one gate to the directory: every call borrows a connection here, finds it set up,
 * leaves it as it was, and has its failures translated.
 */
final class Directory {

	private static final String BINARY_ATTRIBUTES = "java.naming.ldap.attributes.binary";

	private static final String DEREF_ALIASES = "java.naming.ldap.derefAliases";

	private final LdapTemplate ldapTemplate;

	private final FailureTranslator failures;

	private final KnownServer server;

	private final OperationMonitor monitor;

	Directory(LdapTemplate ldapTemplate, FailureTranslator failures, KnownServer server, OperationMonitor monitor) {
		this.ldapTemplate = ldapTemplate;
		this.failures = failures;
		this.server = server;
		this.monitor = monitor;
	}

	<T> T read(Operation operation, DirectoryCall<T> call) {
		return this.monitor.watch(operation, () -> execute(operation, true, call));
	}

	/**
	 * Reads where writes go, as the account that writes: what a write depends on. The
	 * servers and the account of other reads may not know yet, or not see, what is there.
	 */
	<T> T readForWrite(Operation operation, DirectoryCall<T> call) {
		return this.monitor.watch(operation, () -> attempt(operation, true, call, this.ldapTemplate::executeReadWrite));
	}

	<T> T write(Operation operation, DirectoryCall<T> call) {
		return this.monitor.watch(operation, () -> execute(operation, false, call));
	}

	/**
	 * Tries a write until nobody else is faster. It is one operation.
	 * @param call gives {@code false} if somebody else was faster
	 */
	void writeContended(Operation operation, DirectoryCall<Boolean> call) {
		this.monitor.watch(operation, () -> {
			Contention.retry(operation, () -> execute(operation, false, call));
			return Boolean.TRUE;
		});
	}

	/**
	 * The same for a write that gives a number.
	 * @param call gives none if somebody else was faster
	 */
	long writeContendedNumber(Operation operation, DirectoryCall<OptionalLong> call) {
		return this.monitor.watch(operation,
				() -> Contention.retryNumber(operation, () -> execute(operation, false, call)));
	}

	/**
	 * Takes a connection for a call that goes on, part by part, until it is released.
	 * @param ends whether it is sure to end in this thread
	 * @param first the first part; on a connection that turns out to be broken it is run
	 * again on another
	 */
	HeldConnection hold(Operation operation, boolean ends, DirectoryCall<?> first) {
		OperationWatch watch = this.monitor.begin(operation);
		return watch.runFirst(() -> attempt(operation, true, first, (current) -> hold(current, ends, watch)));
	}

	private HeldConnection hold(Attempt<?> first, boolean ends, OperationWatch watch) {
		ContextSource source = this.ldapTemplate.getContextSource();
		DirContext context = (source instanceof LdapConnectionPool pool) ? pool.getStreamContext(ends)
				: source.getReadOnlyContext();
		boolean held = false;
		try {
			first.executeWithContext(context);
			held = true;
			return new HeldConnection(this, context, watch);
		}
		catch (NamingException ex) {
			throw LdapUtils.convertLdapException(ex);
		}
		finally {
			if (!held) {
				LdapUtils.closeContext(context);
			}
		}
	}

	/**
	 * Runs a further part of a call on the connection that is held for it.
	 */
	<T> T readOn(DirContext held, Supplier<Operation> operation, DirectoryCall<T> call) {
		try {
			return new Attempt<>(call, true).executeWithContext(held);
		}
		catch (NamingException ex) {
			throw failed(operation.get(), ex, true);
		}
	}

	private <T> T execute(Operation operation, boolean readOnly, DirectoryCall<T> call) {
		return attempt(operation, readOnly, call, (current) -> readOnly ? this.ldapTemplate.executeReadOnly(current)
				: this.ldapTemplate.executeReadWrite(current));
	}

	/**
	 * Runs a call, and a second time if its connection turns out to be broken and nothing
	 * can have come of it: if it only reads, or if no write was sent yet.
	 */
	private <T, R> R attempt(Operation operation, boolean readOnly, DirectoryCall<T> call,
			Function<Attempt<T>, R> runner) {
		for (int attempt = 1;; attempt++) {
			Attempt<T> current = new Attempt<>(call, readOnly);
			try {
				return runner.apply(current);
			}
			catch (org.springframework.ldap.NamingException ex) {
				NamingException cause = (ex.getCause() instanceof NamingException naming) ? naming
						: new NamingException(ex.getMessage());
				boolean harmless = readOnly || !current.mayHaveWritten;
				if (cause instanceof UncommittedException uncommitted) {
					harmless = true;
					cause = uncommitted.failure();
				}
				// OpenLDAP refuses a read so now and then while transactions are under
				// way.
				boolean again = current.broken || ServerResult.of(cause).code() == ServerResult.OTHER;
				if (attempt == 1 && again && harmless && !ConnectionFailures.isTimeout(cause)
						&& !ConnectionFailures.isInterruption(cause)) {
					continue;
				}
				throw failed(operation, cause, harmless);
			}
		}
	}

	private DataAccessException failed(Operation operation, NamingException cause, boolean harmless) {
		if (ConnectionFailures.isInterruption(cause)) {
			Thread.currentThread().interrupt();
		}
		return (harmless || !ConnectionFailures.isBroken(cause)) ? this.failures.translate(operation, cause)
				: this.failures.unknownOutcome(operation, cause);
	}

	/**
	 * JNDI ignores referrals by asking for the entries that hold them (RFC 3296): good
	 * for a read, which leaves them out, but a write would change such an entry.
	 * Referrals are never followed.
	 */
	private <T> T run(DirContext dirContext, boolean readOnly, DirectoryCall<T> call) throws NamingException {
		String referral = readOnly ? "ignore" : "throw";
		if (dirContext instanceof PooledContext pooled) {
			LdapConnection connection = pooled.connection();
			connection.set(Context.REFERRAL, referral);
			schema(pooled);
			connection.set(BINARY_ATTRIBUTES, this.server.binaryAttributes());
			return runUnmangled(pooled, call, (names) -> connection.set(BINARY_ATTRIBUTES, names));
		}
		if (!(dirContext instanceof LdapContext context)) {
			throw new InvalidDataAccessApiUsageException("The context source gives a " + dirContext.getClass().getName()
					+ ", which is no LdapContext: LDAP controls cannot be sent with it");
		}
		Object before = context.addToEnvironment(Context.REFERRAL, referral);
		Object derefAliases = context.addToEnvironment(DEREF_ALIASES, "never");
		Object binary = context.getEnvironment().get(BINARY_ATTRIBUTES);
		try {
			schema(context);
			context.addToEnvironment(BINARY_ATTRIBUTES, this.server.binaryAttributes());
			return runUnmangled(context, call, (names) -> context.addToEnvironment(BINARY_ATTRIBUTES, names));
		}
		finally {
			restore(context, DEREF_ALIASES, derefAliases);
			restore(context, BINARY_ATTRIBUTES, binary);
			restore(context, Context.REFERRAL, before);
		}
	}

	private <T> T runUnmangled(LdapContext context, DirectoryCall<T> call, Preparation again) throws NamingException {
		Set<String> readAgain = new HashSet<>();
		while (true) {
			try {
				return call.run(context);
			}
			catch (MangledAttributeException ex) {
				ex.addTo(readAgain);
				again.prepare(this.server.addBinary(readAgain));
			}
		}
	}

	private static void restore(LdapContext context, String name, @Nullable Object value) throws NamingException {
		if (value != null) {
			context.addToEnvironment(name, value);
		}
		else {
			context.removeFromEnvironment(name);
		}
	}

	/**
	 * Runs a call with request controls, and takes them off the connection again: its
	 * next user must not inherit them.
	 */
	static <T> T withControls(LdapContext context, Control[] controls, DirectoryCall<T> call) throws NamingException {
		context.setRequestControls(controls);
		try {
			return call.run(context);
		}
		finally {
			context.setRequestControls(null);
		}
	}

	/**
	 * Marks a connection as one that must not be used again, if it is one of the pool's.
	 */
	static void breakOff(DirContext context) {
		if (context instanceof PooledContext pooled) {
			pooled.connection().breakOff();
		}
	}

	/**
	 * The server's schema.
	 */
	DirectorySchema schema(LdapContext context) throws NamingException {
		return this.server.schema(context);
	}

	/**
	 * What the server can do.
	 */
	ServerCapabilities capabilities(LdapContext context) throws NamingException {
		return this.server.capabilities(context);
	}

	/**
	 * Makes JNDI return attributes as bytes from now on, also in a search that is under
	 * way on this connection.
	 */
	void readAsBytes(LdapContext context, Collection<String> descriptions) throws NamingException {
		context.addToEnvironment(BINARY_ATTRIBUTES, this.server.addBinary(descriptions));
	}

	/**
	 * What the server can do, as far as it was asked.
	 */
	@Nullable ServerCapabilities knownCapabilities() {
		return this.server.knownCapabilities();
	}

	/**
	 * The server's schema, as far as it was read.
	 */
	@Nullable DirectorySchema knownSchema() {
		return this.server.knownSchema();
	}

	/**
	 * Makes a connection ready for a call.
	 */
	@FunctionalInterface
	private interface Preparation {

		void prepare(String binaryAttributes) throws NamingException;

	}

	/**
	 * One run of a call, with what it did to its connection.
	 *
	 * @param <T> what the call gives back
	 */
	private final class Attempt<T> implements ContextExecutor<T> {

		private final DirectoryCall<T> call;

		private final boolean readOnly;

		/**
		 * Whether there was a connection, and it broke.
		 */
		private boolean broken;

		/**
		 * Whether the server may have been sent a write on it.
		 */
		private boolean mayHaveWritten;

		Attempt(DirectoryCall<T> call, boolean readOnly) {
			this.call = call;
			this.readOnly = readOnly;
		}

		@Override
		public T executeWithContext(DirContext context) throws NamingException {
			LdapConnection connection = (context instanceof PooledContext pooled) ? pooled.connection() : null;
			try {
				return run(context, this.readOnly, this.call);
			}
			catch (NamingException ex) {
				this.broken = ConnectionFailures
					.isBroken((ex instanceof UncommittedException uncommitted) ? uncommitted.failure() : ex);
				// Only a connection of the pool tells its writes from its reads.
				this.mayHaveWritten = connection == null;
				if (connection != null && this.broken) {
					connection.breakOff();
				}
				throw ex;
			}
			finally {
				if (connection != null) {
					this.mayHaveWritten = connection.mayHaveWritten();
				}
			}
		}

	}

}
