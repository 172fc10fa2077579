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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import javax.naming.NamingException;
import javax.naming.directory.DirContext;

import io.github.ldapkv.internal.key.DistinguishedName;
import org.jspecify.annotations.Nullable;

import org.springframework.ldap.core.ContextSource;

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

	private final int maxSize;

	private final ConnectionQueue writes;

	private final ConnectionQueue reads;

	LdapConnectionPool(LdapConnectionPoolBuilder settings) {
		this.base = settings.baseKey();
		this.urls = Stream.concat(settings.urls().stream(), settings.readUrls().stream()).toList();
		this.maxSize = settings.limits().maxSize();
		this.writes = new ConnectionQueue(settings.limits(), settings.opener(),
				new ServerList(settings.urls(), System::nanoTime), false);
		this.reads = settings.separatesReads()
				? new ConnectionQueue(settings.limits(), settings.opener(), new ServerList(
						settings.readUrls().isEmpty() ? settings.urls() : settings.readUrls(), System::nanoTime), true)
				: this.writes;
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
		return context(this.reads, this.reads.borrow(), null);
	}

	/**
	 * Takes a connection for a stream, which may hold it for long.
	 * @param ends whether the stream is sure to end in this thread
	 */
	DirContext getStreamContext(boolean ends) {
		StreamTurns streams = this.reads.streams();
		StreamTurn turn = streams.take(ends);
		DirContext context = null;
		try {
			context = context(this.reads, this.reads.borrowForStream(), turn);
			return context;
		}
		finally {
			if (context == null) {
				streams.end(turn);
			}
		}
	}

	@Override
	public DirContext getReadWriteContext() {
		return context(this.writes, this.writes.borrow(), null);
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
		return this.writes.open(Objects.requireNonNullElse(principal, ""), Objects.requireNonNullElse(credentials, ""));
	}

	/**
	 * Opens a connection that is not pooled, and whose names are absolute.
	 */
	DirContext openWithoutBase() {
		return this.writes.openWithoutBase();
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
	 * The most connections to the servers that are written to.
	 */
	int maxSize() {
		return this.maxSize;
	}

	DistinguishedName base() {
		return this.base;
	}

	List<String> urls() {
		return this.urls;
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

	private static DirContext context(ConnectionQueue queue, LdapConnection connection, @Nullable StreamTurn turn) {
		connection.begin();
		AtomicBoolean closed = new AtomicBoolean();
		return (PooledContext) Proxy.newProxyInstance(PooledContext.class.getClassLoader(),
				new Class<?>[] { PooledContext.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "connection" -> connection;
					case "turn" -> turn;
					case "close" -> {
						if (closed.compareAndSet(false, true)) {
							try {
								queue.giveBack(connection);
							}
							finally {
								if (turn != null) {
									queue.streams().end(turn);
								}
							}
						}
						yield null;
					}
					case "equals" -> proxy == arguments[0];
					case "hashCode" -> System.identityHashCode(proxy);
					case "toString" -> "connection to " + connection.url();
					default -> {
						if (closed.get()) {
							throw new NamingException(
									"The connection was given back to its pool, and may be in use by another");
						}
						yield invoke(connection, method, arguments);
					}
				});
	}

	private static Object invoke(LdapConnection connection, Method method, Object[] arguments) throws Throwable {
		connection.calling(method.getName());
		try {
			return method.invoke(connection.context(), arguments);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof NamingException failure
					&& ConnectionFailures.isRefusal(JndiFailures.of(failure))) {
				connection.refused();
			}
			throw ex.getCause();
		}
	}

}
