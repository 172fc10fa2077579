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

import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.LdapName;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.jndi.JndiFailures;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectState;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.ldap.support.LdapUtils;

/**
 * The connections of a pool that are alike: to the same servers, as the same account.
 */
final class ConnectionQueue {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionQueue.class);

	private static final Duration MOMENT = Duration.ofMillis(100);

	private static final Duration SHORTEST_CHECK = Duration.ofSeconds(1);

	private static final String[] NO_ATTRIBUTES = { SearchRequest.NO_ATTRIBUTES };

	private final PoolLimits limits;

	private final ServerList servers;

	private final ConnectionOpener opener;

	private final GenericObjectPool<LdapConnection> pool;

	/**
	 * Who may use a connection; first come, first served. Those who wait for their turn
	 * do so here: the pool would open a connection for them in the thread that gives back
	 * a broken one, keep its failure from them, and interrupt them at its end.
	 */
	private final Semaphore turns;

	private final StreamTurns streams;

	/**
	 * Whether the idle connections ahead of need were asked for: without, they come when
	 * idle ones are looked after for the first time, which is minutes later.
	 */
	private final AtomicBoolean prepared = new AtomicBoolean();

	/**
	 * When a connection was last found broken: none that was idle then is trusted.
	 */
	private volatile Instant lastFailure = Instant.MIN;

	ConnectionQueue(PoolLimits limits, ConnectionOpener opener, ServerList servers) {
		this.limits = limits;
		this.servers = servers;
		this.opener = opener;
		this.pool = new GenericObjectPool<>(new Factory(), configuration(this.limits));
		this.turns = new Semaphore(this.limits.maxSize(), true);
		this.streams = new StreamTurns(this.limits);
	}

	private static GenericObjectPoolConfig<LdapConnection> configuration(PoolLimits limits) {
		GenericObjectPoolConfig<LdapConnection> configuration = new GenericObjectPoolConfig<>();
		configuration.setMaxTotal(limits.maxSize());
		configuration.setMaxIdle(limits.maxSize());
		configuration.setMinIdle(limits.minIdle());
		configuration.setTestOnBorrow(true);
		configuration.setTestOnReturn(true);
		configuration.setMinEvictableIdleDuration(limits.idleTimeout());
		Duration check = limits.idleTimeout().dividedBy(4);
		configuration.setTimeBetweenEvictionRuns((check.compareTo(SHORTEST_CHECK) < 0) ? SHORTEST_CHECK : check);
		configuration.setNumTestsPerEvictionRun(-1);
		configuration.setJmxEnabled(false);
		return configuration;
	}

	/**
	 * Takes a connection, and opens one if none is idle.
	 */
	LdapConnection borrow() {
		this.streams.refuseWithinAll(this.limits.maxSize());
		return borrowForStream();
	}

	/**
	 * Takes a connection for a stream that has its turn among the {@link #streams()}.
	 */
	LdapConnection borrowForStream() {
		long start = System.nanoTime();
		awaitTurn();
		LdapConnection connection = null;
		try {
			connection = take(start);
		}
		finally {
			if (connection == null) {
				this.turns.release();
			}
		}
		if (connection.isBroken()) {
			giveBack(connection);
			throw new TransientDataAccessResourceException(StreamTurns.INTERRUPTED);
		}
		if (this.limits.minIdle() > 0 && this.prepared.compareAndSet(false, true)) {
			Thread thread = new Thread(null, this::prepare, "ldapkv-min-idle", 0, false);
			thread.setDaemon(true);
			thread.start();
		}
		return connection;
	}

	/**
	 * Opens the idle connections ahead of need, one after another.
	 */
	private void prepare() {
		try {
			this.pool.preparePool();
		}
		catch (Exception ex) {
			logger.debug("No connection is opened ahead of need yet", ex);
		}
	}

	private void awaitTurn() {
		try {
			if (!this.turns.tryAcquire(TimeUnit.NANOSECONDS.convert(this.limits.maxWait()), TimeUnit.NANOSECONDS)) {
				throw new TransientDataAccessResourceException("No connection was free within "
						+ this.limits.maxWait().toMillis() + " ms: all " + this.limits.maxSize()
						+ " are in use. Raise ldapkv.pool.max-size or ldapkv.pool.max-wait, or close streams sooner.");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TransientDataAccessResourceException(StreamTurns.INTERRUPTED, ex);
		}
	}

	/**
	 * Takes the connection that there is, or is room for. Only the thread that closes
	 * idle connections, and opens some ahead of need, can hold it for a while.
	 */
	private LdapConnection take(long start) {
		while (true) {
			try {
				return this.pool.borrowObject(MOMENT);
			}
			catch (NoSuchElementException ex) {
				if (System.nanoTime() - start > TimeUnit.NANOSECONDS.convert(this.limits.maxWait())) {
					throw new TransientDataAccessResourceException("No connection was ready within "
							+ this.limits.maxWait().toMillis() + " ms: some are still being opened ahead of need. "
							+ "Raise ldapkv.pool.max-size or ldapkv.pool.max-wait.", ex);
				}
			}
			catch (IllegalStateException | InterruptedException ex) {
				if (this.pool.isClosed()) {
					throw new DataAccessResourceFailureException("The store is closed", ex);
				}
				if (ex instanceof RuntimeException runtime) {
					throw runtime;
				}
				Thread.currentThread().interrupt();
				throw new TransientDataAccessResourceException(StreamTurns.INTERRUPTED, ex);
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	/**
	 * Gives a connection back. One that broke is closed, and no other is opened in its
	 * place: that is for the next caller to wait for.
	 */
	void giveBack(LdapConnection connection) {
		if (connection.isBroken()) {
			this.lastFailure = Instant.now();
		}
		try {
			this.pool.returnObject(connection);
		}
		finally {
			this.turns.release();
		}
	}

	/**
	 * Opens a connection to the first server that answers, unless the thread is
	 * interrupted.
	 */
	private LdapConnection open(Function<String, LdapConnection> opening) {
		org.springframework.ldap.NamingException failure = null;
		for (String url : this.servers.inOrder()) {
			this.servers.trying(url);
			try {
				LdapConnection connection = opening.apply(url);
				this.servers.answered(url);
				return connection;
			}
			catch (org.springframework.ldap.NamingException ex) {
				LDAPException cause = JndiFailures.of(ex);
				if (!ConnectionFailures.isBroken(cause)) {
					throw ex;
				}
				if (ConnectionFailures.isInterruption(cause)) {
					Thread.currentThread().interrupt();
					throw ex;
				}
				this.servers.failed(url);
				logger.debug("{} does not answer", url, ex);
				failure = ex;
			}
			catch (DataAccessException ex) {
				throw ex;
			}
			catch (RuntimeException ex) {
				String reason = (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getName();
				throw new DataAccessResourceFailureException(
						"No connection was opened, since what gives the account or the TLS settings failed: "
								+ Excerpt.ofWords(reason),
						ex);
			}
		}
		throw (failure != null) ? failure : new IllegalStateException("There is no server");
	}

	/**
	 * Opens a connection that is not pooled, and whose names are absolute.
	 */
	DirContext openWithoutBase() {
		ConnectionOpener withoutBase = this.opener.withoutBase();
		return open(withoutBase::open).context();
	}

	/**
	 * Opens a connection of its own for an account.
	 */
	DirContext open(String principal, String credentials) {
		return open((url) -> this.opener.open(url, principal, credentials)).context();
	}

	PoolStatistics statistics() {
		return new PoolStatistics(this.pool.getNumActive(), this.pool.getNumIdle(), this.limits.maxSize(),
				this.turns.getQueueLength() + this.streams.waiting(), this.pool.getCreatedCount());
	}

	void close() {
		this.pool.close();
		// Whoever waits has its turn, one after another, and learns of it.
		this.turns.release();
		this.streams.close();
	}

	/**
	 * Who may hold a connection for a stream.
	 */
	StreamTurns streams() {
		return this.streams;
	}

	private final class Factory extends BasePooledObjectFactory<LdapConnection> {

		@Override
		public LdapConnection create() {
			return open(ConnectionQueue.this.opener::open);
		}

		@Override
		public PooledObject<LdapConnection> wrap(LdapConnection connection) {
			return new DefaultPooledObject<>(connection);
		}

		/**
		 * Asks a connection whether it is alive if there is a reason to doubt it.
		 */
		@Override
		public boolean validateObject(PooledObject<LdapConnection> pooled) {
			if (pooled.getState() == PooledObjectState.RETURNING) {
				return !pooled.getObject().isBroken();
			}
			Duration age = pooled.getFullDuration();
			if (age.compareTo(ConnectionQueue.this.limits.maxAge()) > 0 || age.compareTo(ServerList.LEFT_ASIDE) > 0
					&& !ConnectionQueue.this.servers.isFirstChoice(pooled.getObject().url())) {
				return false;
			}
			boolean fresh = pooled.getIdleDuration().compareTo(ConnectionQueue.this.limits.validateAfterIdle()) < 0;
			return fresh && pooled.getLastReturnInstant().isAfter(ConnectionQueue.this.lastFailure)
					|| isAlive(pooled.getObject());
		}

		/**
		 * A connection of which an interrupted caller has not awaited the answer counts
		 * as alive, so that the pool does not go on to the next for that caller.
		 */
		private boolean isAlive(LdapConnection connection) {
			try {
				connection.context().getAttributes(new LdapName(""), NO_ATTRIBUTES);
				return true;
			}
			catch (NameNotFoundException ex) {
				return true;
			}
			catch (NamingException ex) {
				LDAPException failure = JndiFailures.of(ex);
				if (ConnectionFailures.isInterruption(failure)) {
					Thread.currentThread().interrupt();
					connection.breakOff();
					return true;
				}
				return !ConnectionFailures.isBroken(failure);
			}
		}

		@Override
		public void destroyObject(PooledObject<LdapConnection> pooled) {
			LdapUtils.closeContext(pooled.getObject().context());
		}

	}

}
