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

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Tells whether a connection that was idle is good for use.
 */
final class FitnessCheck {

	/**
	 * For so long a connection to a server stays that is not the one that is wanted most,
	 * and no connection is trusted when one was found broken.
	 */
	private static final long UNEASY = Duration.ofSeconds(10).toNanos();

	private final ServerList servers;

	private final long maxAge;

	private final long validateAfterIdle;

	/**
	 * When a connection was last found broken: none that was idle then is trusted.
	 */
	private volatile long lastFailure = System.nanoTime() - UNEASY;

	/**
	 * The server that did not answer in time last: no connection to it that was idle then
	 * is waited for again.
	 */
	private volatile @Nullable Silence silence;

	FitnessCheck(PoolLimits limits, ServerList servers) {
		this.servers = servers;
		this.maxAge = PoolLimits.nanos(limits.maxAge());
		this.validateAfterIdle = PoolLimits.nanos(limits.validateAfterIdle());
	}

	/**
	 * A connection has broken.
	 */
	void oneHasBroken() {
		this.lastFailure = System.nanoTime();
	}

	/**
	 * Why a connection may not be used; it is asked whether it is alive if there is a
	 * reason to doubt it.
	 * @return {@code null} if it may be
	 */
	@Nullable CloseReason unfit(LdapConnection connection) {
		if (connection.isOlderThan(this.maxAge)) {
			return CloseReason.AGE;
		}
		if (connection.age() > UNEASY && !this.servers.isFirstChoice(connection.server())) {
			return CloseReason.MOVED;
		}
		boolean fresh = connection.idle() < this.validateAfterIdle && !connection.idleSinceBefore(this.lastFailure);
		boolean alive = fresh ? !isUneasy() || hasNotEnded(connection) : !isSilent(connection) && isAlive(connection);
		return alive ? null : CloseReason.ENDED;
	}

	/**
	 * Whether a connection broke a moment ago: others may have with it, and were given
	 * back by callers who had their answers.
	 */
	private boolean isUneasy() {
		return System.nanoTime() - this.lastFailure < UNEASY;
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

	private boolean isSilent(LdapConnection connection) {
		Silence last = this.silence;
		return last != null && last.server() == connection.server() && connection.idleSinceBefore(last.time());
	}

	/**
	 * A caller that is interrupted does not go on to the next connection.
	 */
	private boolean isAlive(LdapConnection connection) {
		try {
			connection.check();
			return true;
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isInterruption(ex)) {
				Thread.currentThread().interrupt();
				throw new TransientDataAccessResourceException(StreamTurns.INTERRUPTED, ex);
			}
			if (ConnectionFailures.isTimeout(ex)) {
				this.silence = new Silence(connection.server(), System.nanoTime());
			}
			return false;
		}
	}

	private record Silence(Server server, long time) {

	}

}
