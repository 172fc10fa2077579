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
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.EarlierRefusal;
import io.github.ldapkv.internal.wire.ServerResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that an account which the server refuses is not offered again with each
 * call: servers lock accounts that fail too often. Another password is offered at once.
 */
final class BindGate {

	static final long SHORTEST_PAUSE = Duration.ofSeconds(1).toNanos();

	static final long LONGEST_PAUSE = Duration.ofMinutes(5).toNanos();

	/**
	 * For so long what was accepted is taken for right, so that those who open
	 * connections at the same time offer it at the same time. Later one of them offers it
	 * first: the password may have been changed, and eight attempts lock an account on
	 * many servers.
	 */
	private static final long FRESH = Duration.ofSeconds(1).toNanos();

	/**
	 * For so long at most the others wait for the one that offers what was accepted
	 * before: the server that it asks may hang.
	 */
	private static final long PATIENCE = Duration.ofMillis(500).toNanos();

	private static final Logger logger = LoggerFactory.getLogger(BindGate.class);

	private final String name;

	private final LongSupplier nanoTime;

	private final long longestWait;

	/**
	 * Whoever offers what was not accepted just now does so alone.
	 */
	private final ReentrantLock trial = new ReentrantLock();

	private volatile @Nullable Acceptance accepted;

	private volatile @Nullable Refusal refusal;

	/**
	 * Creates a gate.
	 * @param name what the pool is called in the log
	 * @param nanoTime a clock that nobody sets, as that of {@link System#nanoTime()}
	 * @param longestWait for how many nanoseconds a caller waits for what the server says
	 * to another one
	 */
	BindGate(String name, LongSupplier nanoTime, long longestWait) {
		this.name = name;
		this.nanoTime = nanoTime;
		this.longestWait = longestWait;
	}

	/**
	 * Lets a request pass.
	 * @throws EarlierRefusal if the server has refused it, and it is not to be offered
	 * again yet
	 */
	void check(BindRequest request) throws EarlierRefusal {
		Refusal last = this.refusal;
		if (last != null && isSame(last.request(), request)) {
			long now = this.nanoTime.getAsLong();
			if (last.time() + last.pause() - now > 0) {
				throw new EarlierRefusal(last.failure(), Duration.ofNanos(now - last.time()),
						Duration.ofNanos(last.time() + last.pause() - now));
			}
		}
	}

	/**
	 * Binds.
	 * @param binding sends the request
	 */
	void bind(BindRequest request, Binding binding) throws LDAPException {
		if (wasAccepted(request, FRESH)) {
			offer(request, binding);
			return;
		}
		boolean alone = awaitTrial(
				wasAccepted(request, Long.MAX_VALUE) ? Math.min(PATIENCE, this.longestWait) : this.longestWait);
		try {
			if (!wasAccepted(request, FRESH)) {
				check(request);
				offer(request, binding);
				return;
			}
		}
		finally {
			if (alone) {
				this.trial.unlock();
			}
		}
		offer(request, binding);
	}

	private boolean awaitTrial(long longest) throws LDAPException {
		try {
			return this.trial.tryLock(longest, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LDAPException(ResultCode.USER_CANCELED, "Interrupted", ex);
		}
	}

	private void offer(BindRequest request, Binding binding) throws LDAPException {
		long began = this.nanoTime.getAsLong();
		try {
			binding.run();
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isRefusedBind(ex)) {
				refused(request, ex, began);
			}
			throw ex;
		}
		accepted(request);
	}

	private synchronized void refused(BindRequest request, LDAPException ex, long began) {
		Refusal last = this.refusal;
		long pause = SHORTEST_PAUSE;
		boolean again = false;
		if (last != null && isSame(last.request(), request)) {
			// What was under way when it was refused first is the same refusal.
			if (began - last.time() < 0) {
				return;
			}
			again = true;
			pause = Math.min(LONGEST_PAUSE, 2 * last.pause());
		}
		this.refusal = new Refusal(request, ex, this.nanoTime.getAsLong(), pause);
		this.accepted = null;
		if (!again) {
			logger.warn("{}: {} is refused by {}. It is offered again in 1 s, and then less and less often, or at once "
					+ "with another password", this.name, name(request), ServerResult.of(ex).name());
		}
	}

	private synchronized void accepted(BindRequest request) {
		if (this.refusal != null) {
			this.refusal = null;
			logger.info("{}: {} is accepted again", this.name, name(request));
		}
		this.accepted = new Acceptance(request, this.nanoTime.getAsLong());
	}

	private boolean wasAccepted(BindRequest request, long longestAgo) {
		Acceptance last = this.accepted;
		return last != null && isSame(last.request(), request) && this.nanoTime.getAsLong() - last.time() < longestAgo;
	}

	/**
	 * Of a request other than by name and password nobody knows whether it is the same.
	 */
	private static boolean isSame(BindRequest one, BindRequest other) {
		if (one instanceof SimpleBindRequest first && other instanceof SimpleBindRequest second) {
			return Objects.equals(first.getBindDN(), second.getBindDN())
					&& Objects.equals(first.getPassword(), second.getPassword());
		}
		return one.getClass() == other.getClass();
	}

	private static String name(BindRequest request) {
		return (request instanceof SimpleBindRequest simple) ? "The account '" + simple.getBindDN() + "'"
				: "The bind by " + request.getBindType();
	}

	/**
	 * Sends a request to bind.
	 */
	@FunctionalInterface
	interface Binding {

		void run() throws LDAPException;

	}

	private record Refusal(BindRequest request, LDAPException failure, long time, long pause) {

	}

	private record Acceptance(BindRequest request, long time) {

	}

}
