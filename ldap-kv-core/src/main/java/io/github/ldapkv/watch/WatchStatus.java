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

package io.github.ldapkv.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ldapkv.watch.LdapChange.Kind;
import io.github.ldapkv.watch.WatchState.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a watch is doing, for those who ask.
 */
final class WatchStatus {

	private final Map<Kind, LongAdder> told = new EnumMap<>(Kind.class);

	private final LongAdder failures = new LongAdder();

	private final LongAdder untold = new LongAdder();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition news = this.lock.newCondition();

	private Phase phase = Phase.CATCHING_UP;

	private Instant since = Instant.now();

	private String source = "";

	private String server = "";

	private @Nullable String failure;

	/**
	 * How many comparisons have begun, and how many of them are over and told.
	 */
	private long begun;

	private long over;

	private volatile @Nullable Instant lastWord;

	WatchStatus() {
		for (Kind kind : Kind.values()) {
			this.told.put(kind, new LongAdder());
		}
	}

	void enter(Phase next) {
		enter(next, null);
	}

	/**
	 * It has come to something else. What has ended stays so.
	 * @param reason what has failed; {@code null} if nothing has
	 */
	void enter(Phase next, @Nullable String reason) {
		this.lock.lock();
		try {
			if (hasEnded()) {
				return;
			}
			if (this.phase != next) {
				this.since = Instant.now();
			}
			this.phase = next;
			this.failure = reason;
			this.news.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean hasEnded() {
		return this.phase == Phase.FAILED || this.phase == Phase.CLOSED;
	}

	/**
	 * How it learns of changes from now on, and from whom.
	 */
	void follows(String newSource, String newServer) {
		this.lock.lock();
		try {
			this.source = newSource;
			this.server = newServer;
		}
		finally {
			this.lock.unlock();
		}
	}

	void heard() {
		this.lastWord = Instant.now();
	}

	void told(Kind kind) {
		counter(kind).increment();
	}

	private LongAdder counter(Kind kind) {
		LongAdder counter = this.told.get(kind);
		if (counter == null) {
			throw new IllegalArgumentException("There is no such change: " + kind);
		}
		return counter;
	}

	void listenerFailed() {
		this.failures.increment();
	}

	void notTold() {
		this.untold.increment();
	}

	void comparisonBegins() {
		this.lock.lock();
		try {
			this.begun++;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * All that the last comparison has found is told.
	 */
	void caughtUp() {
		this.lock.lock();
		try {
			this.over = this.begun;
			this.news.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * How many comparisons are over and told.
	 */
	long over() {
		this.lock.lock();
		try {
			return this.over;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until a comparison that begins from now on is over.
	 * @param begin has one begin
	 * @return whether one was, in that time and before the watch has ended
	 */
	boolean awaitComparison(long nanos, Runnable begin) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			long before = this.begun;
			begin.run();
			long rest = nanos;
			while (this.over <= before && !hasEnded() && rest > 0) {
				rest = this.news.awaitNanos(rest);
			}
			return this.over > before;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits, unless the watch ends.
	 */
	void pause(Duration time) {
		this.lock.lock();
		try {
			long end = System.nanoTime() + nanos(time);
			for (long rest = nanos(time); !hasEnded() && rest > 0; rest = end - System.nanoTime()) {
				this.news.awaitNanos(rest);
			}
		}
		catch (InterruptedException ex) {
			// Nobody interrupts the thread of a watch to any purpose.
		}
		finally {
			this.lock.unlock();
		}
	}

	WatchState state(long entries) {
		Map<Kind, Long> numbers = new EnumMap<>(Kind.class);
		this.told.forEach((kind, number) -> numbers.put(kind, number.sum()));
		this.lock.lock();
		try {
			return new WatchState(this.phase, this.since, this.failure,
					new WatchState.Source(this.source, this.server, this.lastWord), entries,
					new WatchState.Counts(numbers, this.begun, this.failures.sum(), this.untold.sum()));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * In nanoseconds, of which there may be more than fit.
	 */
	static long nanos(Duration time) {
		return TimeUnit.NANOSECONDS.convert(time);
	}

}
