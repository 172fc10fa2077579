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

import java.util.concurrent.ConcurrentLinkedDeque;

import org.jspecify.annotations.Nullable;

/**
 * The connections that nobody uses, the one last used at the front: it is the one to use
 * next, so that those that are too many grow old.
 */
final class IdleConnections {

	private final ConcurrentLinkedDeque<LdapConnection> connections = new ConcurrentLinkedDeque<>();

	private volatile boolean closed;

	/**
	 * Takes the one that was used last.
	 * @return a connection, or {@code null} if there is none
	 */
	@Nullable LdapConnection take() {
		return this.connections.pollFirst();
	}

	/**
	 * Keeps one, unless all were closed.
	 */
	void add(LdapConnection connection) {
		connection.becomesIdle();
		this.connections.addFirst(connection);
		if (this.closed) {
			closeAll();
		}
	}

	int size() {
		return this.connections.size();
	}

	/**
	 * Closes those that were idle for too long.
	 * @param longest in nanoseconds
	 */
	void closeIdleFor(long longest) {
		for (LdapConnection oldest = this.connections.peekLast(); oldest != null
				&& oldest.idle() > longest; oldest = this.connections.peekLast()) {
			// Unless somebody uses it now.
			if (this.connections.removeLastOccurrence(oldest)) {
				oldest.close(CloseReason.IDLE);
			}
		}
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Closes all, and those to come.
	 */
	void close() {
		this.closed = true;
		closeAll();
	}

	private void closeAll() {
		for (LdapConnection next = take(); next != null; next = take()) {
			next.close(CloseReason.POOL);
		}
	}

}
