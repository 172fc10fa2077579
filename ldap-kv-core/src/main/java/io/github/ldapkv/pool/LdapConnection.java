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

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.wire.sdk.SdkConnection;

/**
 * A connection of a pool, with what is known of it.
 */
final class LdapConnection {

	private static final double MOST_CHANCE = 0.1;

	private final SdkConnection wire;

	private final Server server;

	private final PoolEvents events;

	/**
	 * By what part of it the greatest age is less for this one.
	 */
	private final double chance = ThreadLocalRandom.current().nextDouble(MOST_CHANCE);

	private final AtomicBoolean closed = new AtomicBoolean();

	private final long opened = System.nanoTime();

	/**
	 * When it was given back.
	 */
	private volatile long idleSince = this.opened;

	LdapConnection(SdkConnection wire, Server server, PoolEvents events) {
		this.wire = wire;
		this.server = server;
		this.events = events;
		wire.onAnswer(events::answered);
		server.connections().incrementAndGet();
	}

	SdkConnection wire() {
		return this.wire;
	}

	/**
	 * Where it goes.
	 */
	Server server() {
		return this.server;
	}

	/**
	 * How many nanoseconds ago it was opened.
	 */
	long age() {
		return System.nanoTime() - this.opened;
	}

	/**
	 * Whether it is to end. Those that were opened together, as after a restart, do not
	 * end together.
	 * @param longest the greatest age
	 */
	boolean isOlderThan(long longest) {
		return age() > longest - (long) (this.chance * longest);
	}

	void becomesIdle() {
		this.idleSince = System.nanoTime();
	}

	/**
	 * For how many nanoseconds nobody has used it.
	 */
	long idle() {
		return System.nanoTime() - this.idleSince;
	}

	/**
	 * Whether it has been idle since before a point of {@link System#nanoTime()}.
	 */
	boolean idleSinceBefore(long time) {
		return this.idleSince - time <= 0;
	}

	/**
	 * Asks the server for an answer.
	 * @throws LDAPException if the server has none
	 */
	void check() throws LDAPException {
		this.wire.check();
	}

	/**
	 * Tells the listeners of the pool what becomes of a call.
	 */
	PoolEvents events() {
		return this.events;
	}

	void close(CloseReason reason) {
		if (this.closed.compareAndSet(false, true)) {
			this.server.connections().decrementAndGet();
			this.wire.close();
			this.events.closed(reason);
		}
	}

}
