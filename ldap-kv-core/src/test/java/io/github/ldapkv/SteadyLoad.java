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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import org.springframework.dao.DataAccessException;

/**
 * Threads that read and write without pause while something breaks, and what they saw of
 * it.
 */
final class SteadyLoad {

	private static final int THREADS = 8;

	private final LdapKeyValueOperations store;

	private final LdapKey area;

	private final List<Thread> threads = new ArrayList<>();

	private final Queue<LdapKey> acknowledged = new ConcurrentLinkedQueue<>();

	private final Queue<LdapKey> doneTwice = new ConcurrentLinkedQueue<>();

	private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();

	private final AtomicLong successes = new AtomicLong();

	private volatile long firstFailure;

	private volatile long lastFailure;

	private volatile boolean stopped;

	private volatile Throwable unexpected;

	SteadyLoad(LdapKeyValueOperations store, LdapKey area) {
		this.store = store;
		this.area = area;
		for (int i = 0; i < THREADS; i++) {
			int number = i;
			Thread thread = new Thread(() -> work(number), "load-" + i);
			thread.start();
			this.threads.add(thread);
		}
	}

	private void work(int thread) {
		for (int i = 0; !this.stopped; i++) {
			LdapKey key = this.area.child("uid", thread + "-" + i);
			try {
				if (thread % 2 == 0) {
					boolean created = this.store.putIfAbsent(key,
							Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x"));
					// Nobody else writes this key: it was there because this call had
					// created it before.
					(created ? this.acknowledged : this.doneTwice).add(key);
				}
				else {
					this.store.getRequired(this.area);
				}
				this.successes.incrementAndGet();
			}
			catch (DataAccessException ex) {
				this.failures.computeIfAbsent(ex.getClass().getSimpleName(), (name) -> new AtomicLong())
					.incrementAndGet();
				long now = System.nanoTime();
				if (this.firstFailure == 0) {
					this.firstFailure = now;
				}
				this.lastFailure = now;
			}
			catch (RuntimeException | Error ex) {
				this.unexpected = ex;
				return;
			}
		}
	}

	/**
	 * Waits until this many more calls have succeeded.
	 */
	void awaitSuccesses(int more) throws InterruptedException {
		long wanted = this.successes.get() + more;
		long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		while (this.successes.get() < wanted) {
			if (System.nanoTime() > deadline || this.unexpected != null) {
				throw new AssertionError("The calls do not succeed again: " + this, this.unexpected);
			}
			Thread.sleep(5);
		}
	}

	/**
	 * Ends the load.
	 * @return how many threads did not end
	 */
	int stop() throws InterruptedException {
		this.stopped = true;
		int stuck = 0;
		for (Thread thread : this.threads) {
			thread.join(30_000);
			stuck += thread.isAlive() ? 1 : 0;
		}
		if (this.unexpected != null) {
			throw new AssertionError("A call failed with an exception that is no answer", this.unexpected);
		}
		return stuck;
	}

	/**
	 * How many acknowledged writes are not there.
	 */
	long lost(LdapKeyValueOperations reader) {
		return this.acknowledged.stream().filter((key) -> !reader.contains(key)).count();
	}

	int doneTwice() {
		return this.doneTwice.size();
	}

	Map<String, AtomicLong> failures() {
		return new TreeMap<>(this.failures);
	}

	/**
	 * From the first failed call to the last.
	 */
	Duration disturbance() {
		return Duration.ofNanos(this.lastFailure - this.firstFailure);
	}

	@Override
	public String toString() {
		return this.successes + " calls succeeded, failures " + failures() + " within " + disturbance().toMillis()
				+ " ms";
	}

}
