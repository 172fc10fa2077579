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

package io.github.ldapkv.pool;

import java.util.concurrent.atomic.AtomicBoolean;

import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import javax.naming.directory.InitialDirContext;

import io.github.ldapkv.internal.wire.sdk.Borrowed;
import io.github.ldapkv.internal.wire.sdk.SdkConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a pool from when it is borrowed until it is given back, in the form
 * that a template of Spring LDAP borrows: a context of JNDI, which takes no other call
 * than to be closed. All others go by way of a default context, which there is not.
 */
final class LentContext extends InitialDirContext implements Borrowed {

	private final LdapConnection connection;

	private final ServerList servers;

	private final Runnable giveBack;

	private final @Nullable StreamTurn turn;

	private final AtomicBoolean closed = new AtomicBoolean();

	/**
	 * Lends a connection.
	 * @param servers the servers that the connection could go to
	 * @param giveBack what closing the context does
	 * @param turn the turn of the stream that it is for, if it is for one
	 */
	LentContext(LdapConnection connection, ServerList servers, Runnable giveBack, @Nullable StreamTurn turn)
			throws NamingException {
		super(true);
		this.connection = connection;
		this.servers = servers;
		this.giveBack = giveBack;
		this.turn = turn;
		connection.wire().begin();
	}

	@Override
	public SdkConnection connection() {
		if (this.closed.get()) {
			throw new IllegalStateException("The connection was given back to its pool, and may be in use by another");
		}
		return this.connection.wire();
	}

	@Override
	public void fetching() {
		if (this.turn != null) {
			this.turn.fetching();
		}
	}

	@Override
	public void fetched() {
		if (this.turn != null) {
			this.turn.fetched();
		}
	}

	@Override
	public void retried() {
		this.connection.events().retried();
	}

	@Override
	public void outcomeUnknown() {
		this.connection.events().outcomeUnknown();
	}

	@Override
	public void written() {
		this.connection.server().refusesWrites(false);
	}

	@Override
	public String refusedAsReplica() {
		return this.servers.refusedAsReplica(this.connection.server());
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.giveBack.run();
		}
	}

	@Override
	protected Context getDefaultInitCtx() throws NamingException {
		throw new OperationNotSupportedException(
				"The connections of a store's pool are for the store alone. Give a template, or whatever else uses "
						+ "JNDI, a context source of its own, such as LdapContextSource");
	}

	@Override
	protected Context getURLOrDefaultInitCtx(String name) throws NamingException {
		return getDefaultInitCtx();
	}

	@Override
	protected Context getURLOrDefaultInitCtx(Name name) throws NamingException {
		return getDefaultInitCtx();
	}

	@Override
	public String toString() {
		return "connection to " + this.connection.server();
	}

}
