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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Who may hold a connection of a queue for a stream. One connection is left for the calls
 * that are made meanwhile: if streams held them all, and each of their consumers waited
 * for another, none would ever end.
 */
final class StreamTurns {

	private final PoolLimits limits;

	private final int most;

	private final Semaphore turns;

	/**
	 * The threads whose streams are sure to end, once for each.
	 */
	private final Queue<Thread> enders = new ConcurrentLinkedQueue<>();

	StreamTurns(PoolLimits limits) {
		this.limits = limits;
		this.most = Math.max(1, limits.maxSize() - 1);
		this.turns = new Semaphore(this.most, true);
	}

	/**
	 * Waits for a turn, first come, first served.
	 * @param ends whether the stream is sure to end in this thread. Then it waits for as
	 * long as others that are sure to end are before it, unless this thread has one of
	 * those itself
	 */
	Turn take(boolean ends) {
		refuseWithinAll(this.most);
		boolean patient = ends && heldHere() == 0;
		try {
			while (!this.turns.tryAcquire(TimeUnit.NANOSECONDS.convert(this.limits.maxWait()), TimeUnit.NANOSECONDS)) {
				if (!patient || this.enders.isEmpty()) {
					throw new TransientDataAccessResourceException("No connection was free for one more stream within "
							+ this.limits.maxWait().toMillis() + " ms: " + this.most
							+ " are open, the most of a pool of " + this.limits.maxSize()
							+ ". Close streams sooner, or raise ldapkv.pool.max-size or " + "ldapkv.pool.max-wait.");
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TransientDataAccessResourceException(ConnectionQueue.INTERRUPTED, ex);
		}
		Turn turn = new Turn(ends ? Thread.currentThread() : null);
		if (turn.ender() != null) {
			this.enders.add(turn.ender());
		}
		return turn;
	}

	/**
	 * Gives a turn to the next.
	 */
	void end(Turn turn) {
		if (turn.ender() != null) {
			this.enders.remove(turn.ender());
		}
		this.turns.release();
	}

	/**
	 * Refuses at once what could wait for this thread only.
	 * @param connections how many there are
	 */
	void refuseWithinAll(int connections) {
		int held = heldHere();
		if (held >= connections) {
			throw new TransientDataAccessResourceException("No connection is free within forEach: this thread holds "
					+ held + " of the " + this.limits.maxSize() + " of the pool for it. Raise ldapkv.pool.max-size.");
		}
	}

	private int heldHere() {
		int held = 0;
		for (Thread thread : this.enders) {
			held += (thread == Thread.currentThread()) ? 1 : 0;
		}
		return held;
	}

	int waiting() {
		return this.turns.getQueueLength();
	}

	/**
	 * Whoever waits has its turn, one after another, and learns that the pool is closed.
	 */
	void close() {
		this.turns.release();
	}

	/**
	 * A turn that was taken.
	 *
	 * @param ender the thread that the stream is sure to end in, if there is one
	 */
	record Turn(@Nullable Thread ender) {

	}

}
