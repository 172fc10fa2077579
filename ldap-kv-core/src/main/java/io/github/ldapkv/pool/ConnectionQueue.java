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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

	private static final String CLOSED = "The store is closed";

	/**
	 * How many servers that were left aside are asked at a time: one that hangs is waited
	 * for, and another may be back meanwhile.
	 */
	static final int MOST_ASKED = 4;

	private final PoolLimits limits;

	private final long maxWait;

	private final FitnessCheck fitness;

	private final ServerList servers;

	private final Connector connector;

	private final ConnectionOpener opener;

	private final PoolEvents events;

	private final IdleConnections idle = new IdleConnections();

	/**
	 * Who may have a connection; first come, first served. Who has a turn and finds no
	 * idle connection opens one, so that there are never more than turns.
	 */
	private final Semaphore turns;

	private final StreamTurns streams;

	/**
	 * Those on which a server is asked whether it is there.
	 */
	private final Set<LdapConnection> checking = ConcurrentHashMap.newKeySet();

	private final IdleKeeper keeper;

	private final AtomicInteger active = new AtomicInteger();

	private final AtomicInteger opening = new AtomicInteger();

	private final AtomicLong created = new AtomicLong();

	/**
	 * Creates a queue without connections.
	 * @param threads what its threads are called
	 */
	ConnectionQueue(PoolLimits limits, ConnectionOpener opener, ServerList servers, String threads) {
		this.limits = limits;
		this.maxWait = PoolLimits.nanos(limits.maxWait());
		this.fitness = new FitnessCheck(limits, servers);
		this.servers = servers;
		this.connector = new Connector(servers, opener, new BackgroundThread(threads + "-servers", MOST_ASKED),
				this.maxWait);
		this.opener = opener;
		this.events = opener.events();
		this.turns = new Semaphore(this.limits.maxSize(), true);
		this.streams = new StreamTurns(this.limits);
		this.keeper = new IdleKeeper(this::lookAfterIdle, limits.idleTimeout(),
				new BackgroundThread(threads + "-idle"));
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
		long began = System.nanoTime();
		LdapConnection connection = null;
		try {
			awaitTurn();
			connection = takeInTurn();
			this.active.incrementAndGet();
			return connection;
		}
		finally {
			this.events.acquired(began, connection != null);
		}
	}

	private LdapConnection takeInTurn() {
		LdapConnection connection = null;
		try {
			connection = take();
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
						+ this.limits.maxWait().toMillis() + " ms: " + whyNoneIsFree());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TransientDataAccessResourceException(StreamTurns.INTERRUPTED, ex);
		}
	}

	private String whyNoneIsFree() {
		int most = this.limits.maxSize();
		int slow = this.opening.get();
		return (slow > 0)
				? slow + " of at most " + most
						+ " are being opened, so a server does not answer, or slowly. The health and the log say which."
				: "all " + most
						+ " are in use. Raise ldapkv.pool.max-size or ldapkv.pool.max-wait, or close streams sooner.";
	}

	/**
	 * Takes the idle connection that was used last, if it is good for use, or opens one.
	 */
	private LdapConnection take() {
		for (LdapConnection next = this.idle.take(); next != null; next = this.idle.take()) {
			CloseReason unfit = CloseReason.ENDED;
			try {
				unfit = this.fitness.unfit(next);
			}
			finally {
				if (unfit != null) {
					next.close(unfit);
				}
			}
			if (unfit == null) {
				return next;
			}
		}
		return open(this.opener);
	}

	/**
	 * Gives a connection back. One that broke is closed, and no other is opened in its
	 * place: that is for the next caller to wait for.
	 */
	void giveBack(LdapConnection connection) {
		try {
			if (connection.wire().isBroken()) {
				this.fitness.oneHasBroken();
				connection.close(CloseReason.BROKEN);
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
	 * Opens a connection that is not one of those that are lent.
	 */
	OpenedApart openApart() {
		if (this.idle.isClosed()) {
			throw new DataAccessResourceFailureException(CLOSED);
		}
		return new OpenedApart(open(this.opener), this.opener);
	}

	private LdapConnection open(ConnectionOpener with) {
		if (this.idle.isClosed()) {
			throw new DataAccessResourceFailureException(CLOSED);
		}
		this.opening.incrementAndGet();
		try {
			LdapConnection connection = this.connector.open(with);
			this.created.incrementAndGet();
			if (this.idle.isClosed()) {
				connection.close(CloseReason.POOL);
				throw new DataAccessResourceFailureException(CLOSED);
			}
			this.keeper.wake();
			return connection;
		}
		finally {
			this.opening.decrementAndGet();
		}
	}

	/**
	 * Asks a server whether it is there, without waiting for other callers: on an idle
	 * connection, or on one of its own.
	 * @param base the entry to ask for
	 */
	ServerCheck check(String base) {
		try {
			try {
				return checkOnce(base);
			}
			catch (LDAPException ex) {
				// Only the connection may have been at its end.
				if (!ConnectionFailures.isBroken(ex) || ConnectionFailures.isTimeout(ex)
						|| ConnectionFailures.isInterruption(ex)) {
					throw ex;
				}
				this.fitness.oneHasBroken();
				return checkOnce(base);
			}
		}
		catch (LDAPException ex) {
			throw ConnectionRefusals.of(ex);
		}
	}

	private ServerCheck checkOnce(String base) throws LDAPException {
		boolean turn = this.turns.tryAcquire();
		LdapConnection connection = null;
		CloseReason end = CloseReason.BROKEN;
		try {
			connection = turn ? take() : open(this.opener);
			this.checking.add(connection);
			boolean found = connection.wire().finds(base);
			end = turn ? null : CloseReason.DONE;
			return new ServerCheck(connection.server().toString(), found);
		}
		finally {
			if (connection != null) {
				this.checking.remove(connection);
				if (end != null) {
					connection.close(end);
				}
				else {
					this.idle.add(connection);
				}
			}
			if (turn) {
				this.turns.release();
				this.keeper.wake();
			}
		}
	}

	/**
	 * Closes what is idle for too long, and opens what is to be kept ahead of need.
	 * @return whether there is anything left to look after
	 */
	private boolean lookAfterIdle() {
		this.idle.closeIdleFor(PoolLimits.nanos(this.limits.idleTimeout()));
		// Where the servers are may have changed.
		this.servers.inOrder();
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

	ServerList servers() {
		return this.servers;
	}

	PoolStatistics statistics() {
		return new PoolStatistics(this.active.get(), this.idle.size(), this.opening.get(), this.limits.maxSize(),
				this.turns.getQueueLength() + this.streams.waiting(), this.created.get());
	}

	/**
	 * What the connections are doing, and what is known of their servers.
	 */
	RoleState state() {
		return new RoleState(this.events.role(), statistics(), this.servers.state());
	}

	void close() {
		this.idle.close();
		this.keeper.close();
		this.connector.close();
		// Nobody is to wait for a server that does not answer.
		for (LdapConnection connection : this.checking) {
			connection.wire().breakOff();
			connection.close(CloseReason.POOL);
		}
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
