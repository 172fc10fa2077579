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

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import javax.naming.NamingException;
import javax.naming.directory.DirContext;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.text.Arguments;
import io.github.ldapkv.internal.wire.StreamEnd;
import io.github.ldapkv.internal.wire.sdk.ApartConnection;
import io.github.ldapkv.internal.wire.sdk.OwnConnections;
import org.jspecify.annotations.Nullable;

import org.springframework.ldap.core.ContextSource;
import org.springframework.util.Assert;

/**
 * Connections to a directory, kept open for the store that the pool is made for. They are
 * checked, renewed and taken to another server as needed.
 * <p>
 * A pool is safe for use by several threads. It opens no connection before it is used. To
 * close a connection gives it back; calls on it fail from then on.
 */
public final class LdapConnectionPool implements ContextSource, AutoCloseable {

	private final DistinguishedName base;

	private final List<String> urls;

	private final List<PoolListener> listeners;

	private final ConnectionQueue writes;

	private final ConnectionQueue reads;

	private final OwnConnections own = new Own();

	LdapConnectionPool(DistinguishedName base, List<String> urls, ConnectionQueue writes, ConnectionQueue reads,
			List<PoolListener> listeners) {
		this.base = base;
		this.urls = List.copyOf(urls);
		this.writes = writes;
		this.reads = reads;
		this.listeners = listeners;
	}

	/**
	 * Starts a pool.
	 * @param urls LDAP URLs of the servers, the most wanted first, without an account or
	 * a DN; all {@code ldap://} or all {@code ldaps://}
	 * @return a builder
	 * @throws IllegalArgumentException if there is no URL, or one is malformed
	 */
	public static LdapConnectionPoolBuilder builder(Collection<String> urls) {
		return new LdapConnectionPoolBuilder(urls);
	}

	@Override
	public DirContext getReadOnlyContext() {
		return lend(this.reads);
	}

	@Override
	public DirContext getReadWriteContext() {
		return lend(this.writes);
	}

	private static DirContext lend(ConnectionQueue queue) {
		LdapConnection connection = queue.borrow();
		return context(queue, connection, () -> queue.giveBack(connection), null);
	}

	private static DirContext context(ConnectionQueue queue, LdapConnection connection, Runnable giveBack,
			@Nullable StreamTurn turn) {
		try {
			return new LentContext(connection, queue.servers(), giveBack, turn);
		}
		catch (NamingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Opens a connection for an account, which is not pooled: the caller closes it. It
	 * binds with the password also where the pool itself binds as its client certificate.
	 * @param principal the account, a full DN on most servers
	 * @param credentials its password
	 * @return a connection that is bound
	 * @throws org.springframework.ldap.AuthenticationException if the server refuses the
	 * account; before anything is sent if only one of the two is given, since a server
	 * takes that for an anonymous bind (RFC 4513, section 5.1.2)
	 */
	@Override
	public DirContext getContext(String principal, String credentials) {
		LdapConnection connection = this.writes.open(Objects.requireNonNullElse(principal, ""),
				Objects.requireNonNullElse(credentials, ""));
		return context(this.writes, connection, () -> connection.close(CloseReason.DONE), null);
	}

	/**
	 * What the connections are doing at this moment. With read servers, all are counted
	 * together.
	 * @return the numbers
	 */
	public PoolStatistics statistics() {
		PoolStatistics statistics = this.writes.statistics();
		return (this.reads != this.writes) ? statistics.and(this.reads.statistics()) : statistics;
	}

	/**
	 * What the connections are doing at this moment, and what is known of the servers, by
	 * what the connections are for.
	 * @return one state, or those of {@link PoolRole#READ} and {@link PoolRole#WRITE}
	 */
	public List<RoleState> state() {
		return (this.reads != this.writes) ? List.of(this.reads.state(), this.writes.state())
				: List.of(this.writes.state());
	}

	/**
	 * Asks a server whether it is there, at once: on an idle connection, or, if all are
	 * in use, on one more, which is closed again.
	 * @param role what for: {@link PoolRole#READ} or {@link PoolRole#WRITE}; the first
	 * for {@link PoolRole#ALL}
	 * @param dn the DN of the entry to ask for; empty for the root DSE
	 * @return what the server says
	 * @throws IllegalArgumentException if the DN is malformed
	 * @throws org.springframework.ldap.NamingException if no server answers, or one
	 * refuses the account or the question
	 */
	public ServerCheck check(PoolRole role, String dn) {
		boolean writes = Arguments.notNull("role", role) == PoolRole.WRITE;
		String name = Arguments.notNull("DN", dn).isEmpty() ? "" : DistinguishedName.of(dn).dn();
		return (writes ? this.writes : this.reads).check(name);
	}

	/**
	 * Has somebody told what the connections do from now on.
	 * @param listener who is told
	 */
	public void addListener(PoolListener listener) {
		this.listeners.add(Arguments.notNull("listener", listener));
	}

	/**
	 * Gives what this pool is, if it is of a type. A store asks so for what is between it
	 * and its pool.
	 * @param <T> the type
	 * @param type the type
	 * @return what is of that type, or empty if nothing is
	 */
	public <T> Optional<T> unwrap(Class<T> type) {
		Assert.notNull(type, "The type is null");
		return Stream.of(this, this.own).filter(type::isInstance).map(type::cast).findFirst();
	}

	/**
	 * Closes the idle connections, and those in use when they are given back. Calls that
	 * come later fail.
	 */
	@Override
	public void close() {
		this.writes.close();
		this.reads.close();
	}

	/**
	 * What of the pool is for the store that it is made for.
	 */
	private final class Own implements OwnConnections {

		@Override
		public DistinguishedName base() {
			return LdapConnectionPool.this.base;
		}

		@Override
		public List<String> urls() {
			return LdapConnectionPool.this.urls;
		}

		@Override
		public int maxSize() {
			return LdapConnectionPool.this.writes.statistics().max();
		}

		@Override
		public ContextSource forStream(StreamEnd end) {
			return new StreamSource(LdapConnectionPool.this.reads, end);
		}

		@Override
		public ApartConnection openApart() {
			return LdapConnectionPool.this.reads.openApart();
		}

	}

	/**
	 * Lends connections to a stream, in a turn that it has among the streams.
	 */
	private record StreamSource(ConnectionQueue queue, StreamEnd end) implements ContextSource {

		@Override
		public DirContext getReadOnlyContext() {
			StreamTurn turn = this.queue.streams().take(this.end);
			LdapConnection connection = null;
			try {
				connection = this.queue.borrowForStream();
			}
			finally {
				if (connection == null) {
					this.queue.streams().end(turn);
				}
			}
			return context(this.queue, connection, giveBack(connection, turn), turn);
		}

		private Runnable giveBack(LdapConnection connection, StreamTurn turn) {
			return () -> {
				try {
					this.queue.giveBack(connection);
				}
				finally {
					this.queue.streams().end(turn);
				}
			};
		}

		@Override
		public DirContext getReadWriteContext() {
			throw new UnsupportedOperationException("A stream reads");
		}

		@Override
		public DirContext getContext(String principal, String credentials) {
			throw new UnsupportedOperationException("A stream reads");
		}

	}

}
