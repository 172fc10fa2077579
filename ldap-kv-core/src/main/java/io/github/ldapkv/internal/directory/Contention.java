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

package io.github.ldapkv.internal.directory;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.ldapkv.internal.operation.Operation;

import org.springframework.dao.ConcurrencyFailureException;

/**
 * Tries again what somebody else was faster at. The pauses are random and grow, so that
 * competitors get out of step; no connection is held in them.
 */
final class Contention {

	private static final int MOST_ATTEMPTS = 100;

	private static final int FIRST_WITH_PAUSE = 2;

	private static final long LONGEST_PAUSE_MICROSECONDS = 20_000;

	private final Operation operation;

	private int attempts;

	Contention(Operation operation) {
		this.operation = operation;
	}

	/**
	 * Called when somebody else was faster. Waits a little, or gives up.
	 * @throws ConcurrencyFailureException after many attempts, or if the thread is
	 * interrupted
	 */
	void lost() {
		this.attempts++;
		if (this.attempts >= FIRST_WITH_PAUSE) {
			pause(this.attempts);
		}
		if (Thread.currentThread().isInterrupted()) {
			throw new ConcurrencyFailureException(this.operation.failed() + "interrupted between two attempts");
		}
		if (this.attempts == MOST_ATTEMPTS) {
			throw new ConcurrencyFailureException(this.operation.failed()
					+ "somebody else has changed the entry in each of " + MOST_ATTEMPTS
					+ " attempts, or it is there and the account may not see it, or a value names an entry that "
					+ "is missing. Try again later, or check the account's rights and the value.");
		}
	}

	private static void pause(int attempt) {
		long longest = Math.min(LONGEST_PAUSE_MICROSECONDS, 200L << Math.min(attempt, 10));
		LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current().nextLong(longest) + 1));
	}

}
