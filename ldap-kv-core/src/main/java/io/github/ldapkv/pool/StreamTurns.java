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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.ldapkv.internal.wire.StreamEnd;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Who may hold a connection of a queue for a stream. One connection is left for the calls
 * that are made meanwhile: if streams held them all, and each of their consumers waited
 * for another, none would ever end.
 */
final class StreamTurns {

	static final String INTERRUPTED = "Interrupted while waiting for a connection";

	private final PoolLimits limits;

	private final int most;

	private final Semaphore turns;

	/**
	 * The turns of streams that are sure to end in their thread.
	 */
	private final Queue<StreamTurn> ending = new ConcurrentLinkedQueue<>();

	StreamTurns(PoolLimits limits) {
		this.limits = limits;
		this.most = Math.max(1, limits.maxSize() - 1);
		this.turns = new Semaphore(this.most, true);
	}

	/**
	 * Waits for a turn, first come, first served.
	 * @param end where the stream ends. One that is sure to end in this thread waits for
	 * as long as one of those before it that are sure to end gets on, unless this thread
	 * has one of those itself
	 */
	StreamTurn take(StreamEnd end) {
		boolean ends = end == StreamEnd.IN_ITS_THREAD;
		refuseWithinAll(this.most);
		boolean patient = ends && heldHere() == 0;
		long maxWait = PoolLimits.nanos(this.limits.maxWait());
		long wait = maxWait;
		try {
			while (!this.turns.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
				wait = patient ? maxWait - standing() : 0;
				if (wait <= 0) {
					throw new TransientDataAccessResourceException(noneFree(patient && !this.ending.isEmpty()));
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TransientDataAccessResourceException(INTERRUPTED, ex);
		}
		StreamTurn turn = new StreamTurn(ends ? Thread.currentThread() : null);
		if (ends) {
			this.ending.add(turn);
		}
		return turn;
	}

	/**
	 * How many nanoseconds ago one of the streams that are sure to end got on. If each of
	 * their consumers waits for a thread that waits here, none ever will.
	 */
	private long standing() {
		long standing = Long.MAX_VALUE;
		for (StreamTurn turn : this.ending) {
			standing = Math.min(standing, turn.standing());
		}
		return standing;
	}

	private String noneFree(boolean standing) {
		String wait = " within " + this.limits.maxWait().toMillis() + " ms";
		return "No connection was free for one more stream" + wait + ": " + this.most
				+ " are open, the most of a pool of " + this.limits.maxSize() + ". "
				+ (standing ? "No forEach among them has asked for its next entry" + wait
						+ ": a consumer that waits for another thread's forEach may wait for this one. " : "")
				+ "Close streams sooner, or raise ldapkv.pool.max-size or ldapkv.pool.max-wait.";
	}

	/**
	 * Gives a turn to the next.
	 */
	void end(StreamTurn turn) {
		this.ending.remove(turn);
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
		for (StreamTurn turn : this.ending) {
			held += (turn.ender() == Thread.currentThread()) ? 1 : 0;
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

}
