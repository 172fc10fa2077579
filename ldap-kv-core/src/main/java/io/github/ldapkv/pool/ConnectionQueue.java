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

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * The connections of a pool that are alike: to the same servers, as the same account.
 * <p>
 * The SDK's own pool does not serve here: it has its connections open from the start or
 * opens more than it is allowed, and who waits for one cannot be interrupted.
 */
final class ConnectionQueue {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionQueue.class);

	private static final long LEFT_ASIDE = PoolLimits.nanos(ServerList.LEFT_ASIDE);

	private final PoolLimits limits;

	private final long maxWait;

	private final long maxAge;

	private final long validateAfterIdle;

	private final ServerList servers;

	private final ConnectionOpener opener;

	private final IdleConnections idle = new IdleConnections();

	/**
	 * Who may have a connection; first come, first served. Who has a turn and finds no
	 * idle connection opens one, so that there are never more than turns.
	 */
	private final Semaphore turns;

	private final StreamTurns streams;

	private final IdleKeeper keeper;

	private final AtomicInteger active = new AtomicInteger();

	private final AtomicLong created = new AtomicLong();

	/**
	 * When a connection was last found broken: none that was idle then is trusted.
	 */
	private volatile long lastFailure = System.nanoTime() - LEFT_ASIDE;

	ConnectionQueue(PoolLimits limits, ConnectionOpener opener, ServerList servers) {
		this.limits = limits;
		this.maxWait = PoolLimits.nanos(limits.maxWait());
		this.maxAge = PoolLimits.nanos(limits.maxAge());
		this.validateAfterIdle = PoolLimits.nanos(limits.validateAfterIdle());
		this.servers = servers;
		this.opener = opener;
		this.turns = new Semaphore(this.limits.maxSize(), true);
		this.streams = new StreamTurns(this.limits);
		this.keeper = new IdleKeeper(this::lookAfterIdle, limits.idleTimeout());
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
		awaitTurn();
		LdapConnection connection = null;
		try {
			connection = take();
			this.active.incrementAndGet();
			return connection;
		}
		finally {
			if (connection == null) {
				this.turns.release();
			}
		}
	}

	private void awaitTurn() {
		try {
			if (!this.turns.tryAcquire(this.maxWait, TimeUnit.NANOSECONDS)) {
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
	 * Takes the idle connection that was used last, if it is good for use, or opens one.
	 */
	private LdapConnection take() {
		for (LdapConnection next = this.idle.take(); next != null; next = this.idle.take()) {
			boolean usable = false;
			try {
				usable = isUsable(next);
			}
			finally {
				if (!usable) {
					next.close();
				}
			}
			if (usable) {
				return next;
			}
		}
		if (this.idle.isClosed()) {
			throw new DataAccessResourceFailureException("The store is closed");
		}
		return open(this.opener);
	}

	/**
	 * Whether a connection may be used, and is alive if there is a reason to doubt it.
	 */
	private boolean isUsable(LdapConnection connection) {
		long age = connection.age();
		if (age > this.maxAge || age > LEFT_ASIDE && !this.servers.isFirstChoice(connection.url())) {
			return false;
		}
		boolean fresh = connection.idle() < this.validateAfterIdle && !connection.idleSinceBefore(this.lastFailure);
		return fresh ? !isUneasy() || hasNotEnded(connection) : isAlive(connection);
	}

	/**
	 * Whether a connection broke a moment ago: others may have with it, and were given
	 * back by callers who had their answers.
	 */
	private boolean isUneasy() {
		return System.nanoTime() - this.lastFailure < LEFT_ASIDE;
	}

	private static boolean hasNotEnded(LdapConnection connection) {
		try {
			connection.wire().expectNothing();
			return true;
		}
		catch (LDAPException ex) {
			return false;
		}
	}

	/**
	 * A caller that is interrupted does not go on to the next connection.
	 */
	private static boolean isAlive(LdapConnection connection) {
		try {
			connection.check();
			return true;
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isInterruption(ex)) {
				Thread.currentThread().interrupt();
				throw new TransientDataAccessResourceException(StreamTurns.INTERRUPTED, ex);
			}
			return false;
		}
	}

	/**
	 * Gives a connection back. One that broke is closed, and no other is opened in its
	 * place: that is for the next caller to wait for.
	 */
	void giveBack(LdapConnection connection) {
		try {
			if (connection.wire().isBroken()) {
				this.lastFailure = System.nanoTime();
				connection.close();
			}
			else {
				this.idle.add(connection);
			}
		}
		finally {
			this.active.decrementAndGet();
			this.turns.release();
			this.keeper.wake();
		}
	}

	/**
	 * Opens a connection of its own for an account.
	 */
	LdapConnection open(String principal, String credentials) {
		return open(this.opener.as(principal, credentials));
	}

	/**
	 * Opens a connection to the first server that answers, unless the thread is
	 * interrupted.
	 */
	private LdapConnection open(ConnectionOpener with) {
		LDAPException failure = null;
		for (String url : this.servers.inOrder()) {
			this.servers.trying(url);
			try {
				LdapConnection connection = with.open(ServerUrl.of(url));
				this.servers.answered(url);
				this.created.incrementAndGet();
				this.keeper.wake();
				return connection;
			}
			catch (LDAPException ex) {
				if (!ConnectionFailures.isBroken(ex)) {
					throw ConnectionRefusals.of(ex);
				}
				if (ConnectionFailures.isInterruption(ex)) {
					Thread.currentThread().interrupt();
					throw ConnectionRefusals.of(ex);
				}
				this.servers.failed(url);
				logger.debug("{} does not answer", url, ex);
				failure = ex;
			}
			catch (DataAccessException ex) {
				throw ex;
			}
			catch (RuntimeException ex) {
				throw notTried(ex);
			}
		}
		throw (failure != null) ? ConnectionRefusals.of(failure) : new IllegalStateException("There is no server");
	}

	private static DataAccessException notTried(RuntimeException ex) {
		String reason = (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getName();
		return new DataAccessResourceFailureException(
				"No connection was opened, since what gives the account or the TLS settings failed: "
						+ Excerpt.ofWords(reason),
				ex);
	}

	/**
	 * Closes what is idle for too long, and opens what is to be kept ahead of need.
	 * @return whether there is anything left to look after
	 */
	private boolean lookAfterIdle() {
		this.idle.closeIdleFor(PoolLimits.nanos(this.limits.idleTimeout()));
		while (this.idle.size() < this.limits.minIdle() && !this.idle.isClosed()) {
			LdapConnection connection = openAhead();
			if (connection == null) {
				break;
			}
			this.idle.add(connection);
			this.turns.release();
		}
		return this.idle.size() > 0 || this.limits.minIdle() > 0;
	}

	/**
	 * Opens a connection in a turn of its own, which is kept, if one is free.
	 */
	private @Nullable LdapConnection openAhead() {
		if (!this.turns.tryAcquire()) {
			return null;
		}
		LdapConnection connection = null;
		try {
			boolean room = this.limits.maxSize() - this.turns.availablePermits() + this.idle.size() <= this.limits
				.maxSize();
			connection = room ? open(this.opener) : null;
			return connection;
		}
		catch (RuntimeException ex) {
			logger.debug("No connection is opened ahead of need yet", ex);
			return null;
		}
		finally {
			if (connection == null) {
				this.turns.release();
			}
		}
	}

	PoolStatistics statistics() {
		return new PoolStatistics(this.active.get(), this.idle.size(), this.limits.maxSize(),
				this.turns.getQueueLength() + this.streams.waiting(), this.created.get());
	}

	void close() {
		this.idle.close();
		this.keeper.close();
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

}
