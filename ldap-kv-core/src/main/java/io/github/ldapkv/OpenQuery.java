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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.directory.Directory;
import io.github.ldapkv.internal.directory.DirectoryCall;
import io.github.ldapkv.internal.directory.HeldConnection;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.reading.QueryCursor;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.wire.StreamEnd;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * A query whose results are handed out one by one, over a connection that it holds from
 * the first to the last.
 */
final class OpenQuery {

	private static final Logger logger = LoggerFactory.getLogger(OpenQuery.class);

	/**
	 * So many entries, read at a time, cost hardly more each than more would. A page is
	 * read to its end all the same, since the server waits until somebody takes it.
	 */
	private static final int MOST_AHEAD = 64;

	private final ReentrantLock lock = new ReentrantLock();

	private final Directory directory;

	private final Operation operation;

	private final StreamEnd end;

	private final @Nullable List<String> asked;

	private final DirectoryCall<QueryCursor> opening;

	private final Throwable openedAt = new Throwable("The stream was opened here");

	private final int most;

	/**
	 * What was read, and is still to be handed out.
	 */
	private final Deque<LdapEntry> ahead = new ArrayDeque<>();

	/**
	 * How many to read next. It grows with what was taken: whoever wants few entries does
	 * not wait for many.
	 */
	private int wanted = 1;

	/**
	 * What is to be thrown once all that was read before it is handed out.
	 */
	private @Nullable RuntimeException failure;

	private boolean exhausted;

	private boolean closed;

	private @Nullable HeldConnection connection;

	private @Nullable QueryCursor cursor;

	private @Nullable LdapEntry last;

	private long fetched;

	/**
	 * Prepares a query. Nothing is sent yet.
	 * @param end where it ends; it begins in the thread that fetches the first result
	 * @param asked the attributes that the caller asked for; {@code null} for all user
	 * attributes
	 * @param pageSize how many entries may be in memory
	 */
	OpenQuery(Directory directory, Operation operation, StreamEnd end, @Nullable List<String> asked, int pageSize,
			DirectoryCall<QueryCursor> opening) {
		this.directory = directory;
		this.operation = operation;
		this.end = end;
		this.asked = asked;
		this.most = Math.min(MOST_AHEAD, pageSize);
		this.opening = opening;
	}

	/**
	 * Hands out the next entry. After the last one, or a failure, the connection is given
	 * back at once.
	 * @return the entry, or {@code null} after the last
	 */
	@Nullable LdapEntry next() {
		this.lock.lock();
		try {
			if (this.ahead.isEmpty() && !this.exhausted) {
				fetch();
			}
			LdapEntry next = this.ahead.poll();
			if (next == null) {
				this.exhausted = true;
				release();
				return null;
			}
			if (this.connection != null) {
				this.connection.getsOn();
			}
			this.fetched++;
			this.last = next;
			return next;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void fetch() {
		if (this.failure != null) {
			throw this.failure;
		}
		if (this.closed) {
			throw new IllegalStateException(this.operation.failed() + "the stream is closed");
		}
		boolean done = false;
		try {
			readAhead();
			done = true;
		}
		catch (RuntimeException ex) {
			if (this.ahead.isEmpty()) {
				throw ex;
			}
			this.failure = ex;
		}
		finally {
			if (!done) {
				end();
			}
		}
	}

	private void readAhead() {
		HeldConnection held = this.connection;
		QueryCursor current = this.cursor;
		if (held == null || current == null) {
			this.connection = this.directory.hold(this.operation, this.end, this::open);
		}
		else {
			held.read(this::goingOn, (session) -> advance(current));
		}
		this.wanted = Math.min(2 * this.wanted, this.most);
	}

	private Boolean open(Session session) throws LDAPException {
		QueryCursor fresh = this.opening.run(session);
		boolean done = false;
		try {
			advance(fresh);
			this.cursor = fresh;
			done = true;
		}
		finally {
			if (!done) {
				fresh.abort();
			}
		}
		return done;
	}

	private Boolean advance(QueryCursor current) throws LDAPException {
		EntryMapper mapper = new EntryMapper(current.session(), this.asked);
		// The first part may be run again, on another connection.
		this.ahead.clear();
		while ((this.ahead.size() < this.wanted || current.isWithinPage()) && current.advance()) {
			LdapEntry next = mapper.entry(current);
			if (next != null) {
				this.ahead.add(next);
			}
		}
		return Boolean.TRUE;
	}

	/**
	 * What a failure interrupts: it says how far the stream has got, with what is still
	 * handed out.
	 */
	private Operation goingOn() {
		LdapEntry before = this.ahead.isEmpty() ? this.last : this.ahead.getLast();
		LdapKey last = (before != null) ? before.key() : null;
		return this.operation.as("go on after " + (this.fetched + this.ahead.size()) + " entries, the last of them '"
				+ last + "', with the stream of");
	}

	/**
	 * Ends the query, and gives the connection back in a state in which it can be used
	 * again; one that cannot be is closed.
	 */
	void close() {
		this.lock.lock();
		try {
			if (!this.exhausted) {
				this.ahead.clear();
				this.failure = null;
				end();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end() {
		this.closed = true;
		HeldConnection held = this.connection;
		QueryCursor current = this.cursor;
		if (held == null || current == null) {
			return;
		}
		boolean clean = false;
		try {
			held.read(() -> this.operation, (session) -> {
				current.close();
				return Boolean.TRUE;
			});
			clean = true;
		}
		catch (DataAccessException ex) {
			logger.debug("A stream could not be ended properly: its connection is closed", ex);
		}
		finally {
			if (!clean) {
				current.abort();
				held.discard();
			}
			release();
		}
	}

	/**
	 * Called when nobody has the stream any more.
	 */
	void reportForgotten() {
		this.lock.lock();
		try {
			HeldConnection held = this.connection;
			if (held == null) {
				return;
			}
			logger.warn(
					"A stream of '{}' was never closed, and has held a connection until now. "
							+ "Open it in a try-with-resources statement, or use forEach.",
					this.operation.key(), this.openedAt);
			if (this.cursor != null) {
				this.cursor.abort();
			}
			held.discard();
			release();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void release() {
		HeldConnection held = this.connection;
		this.connection = null;
		this.cursor = null;
		this.last = null;
		if (held != null) {
			held.release();
		}
	}

}
