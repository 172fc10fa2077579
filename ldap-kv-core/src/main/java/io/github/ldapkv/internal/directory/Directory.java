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

import java.util.Optional;
import java.util.function.Supplier;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.directory.ConnectionCalls.Access;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.OperationMonitor;
import io.github.ldapkv.internal.operation.OperationWatch;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.server.KnownServer;
import io.github.ldapkv.internal.wire.ServerFacts;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.wire.StreamEnd;
import io.github.ldapkv.server.ServerCapabilities;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.ldap.core.LdapTemplate;

/**
 * The one gate to the directory: every call borrows a connection here, finds it set up,
 * leaves it as it was, and has its failures translated.
 */
public final class Directory {

	private final LdapTemplate ldapTemplate;

	private final ConnectionCalls calls;

	private final KnownServer server;

	private final OperationMonitor monitor;

	public Directory(LdapTemplate ldapTemplate, ConnectionCalls calls, KnownServer server, OperationMonitor monitor) {
		this.ldapTemplate = ldapTemplate;
		this.calls = calls;
		this.server = server;
		this.monitor = monitor;
	}

	public <T> T read(Operation operation, DirectoryCall<T> call) {
		return this.monitor.watch(operation, this.calls.of(operation, this.ldapTemplate, Access.READ, call));
	}

	/**
	 * Runs what is no operation of the store, and has its connection from elsewhere.
	 */
	public <T> T outside(Operation operation, Supplier<T> call) {
		return this.calls.outside(operation, call);
	}

	/**
	 * Reads where writes go, as the account that writes: what a write depends on. The
	 * servers and the account of other reads may not know yet, or not see, what is there.
	 */
	public <T> T readForWrite(Operation operation, DirectoryCall<T> call) {
		return this.monitor.watch(operation, this.calls.of(operation, this.ldapTemplate, Access.READ_FOR_WRITE, call));
	}

	public <T> T write(Operation operation, DirectoryCall<T> call) {
		return this.monitor.watch(operation, this.calls.of(operation, this.ldapTemplate, Access.WRITE, call));
	}

	/**
	 * Tries a write until nobody else is faster. It is one operation.
	 * @param call gives nothing if somebody else was faster
	 */
	public <T> T writeContended(Operation operation, DirectoryCall<Optional<T>> call) {
		Supplier<Optional<T>> run = this.calls.of(operation, this.ldapTemplate, Access.WRITE, call);
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
	 * @param end where the call ends
	 * @param first the first part; on a connection that turns out to be broken it is run
	 * again on another
	 */
	public HeldConnection hold(Operation operation, StreamEnd end, DirectoryCall<?> first) {
		OperationWatch watch = this.monitor.begin(operation);
		return watch.runFirst(() -> {
			Lease lease = new Lease(this.ldapTemplate.getContextSource(), end);
			boolean held = false;
			try {
				this.calls.readFirst(lease, operation, first);
				held = true;
				return new HeldConnection(this.calls, lease, watch);
			}
			finally {
				if (!held) {
					lease.release();
				}
			}
		});
	}

	/**
	 * What is known of the server, which is asked the first time.
	 * @param session a connection to it that has no base
	 */
	public ServerFacts known(Session session) throws LDAPException {
		return this.server.known(session);
	}

	/**
	 * The exception for the failure of what only reads.
	 */
	public DataAccessException translate(Operation operation, LDAPException ex) {
		return this.calls.translate(operation, ex);
	}

	/**
	 * What the server can do, as far as it was asked.
	 */
	public @Nullable ServerCapabilities knownCapabilities() {
		ServerFacts found = this.server.found();
		return (found != null) ? found.capabilities() : null;
	}

	/**
	 * The server's schema, as far as it was read.
	 */
	public @Nullable DirectorySchema knownSchema() {
		ServerFacts found = this.server.found();
		return (found != null) ? found.schema() : null;
	}

}
