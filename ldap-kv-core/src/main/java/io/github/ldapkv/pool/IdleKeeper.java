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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Looks after idle connections now and then, in a thread that ends when there are none.
 */
final class IdleKeeper {

	private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

	private final BooleanSupplier work;

	private final Duration pause;

	private final BackgroundThread thread;

	/**
	 * Whether it is going to look.
	 */
	private final AtomicBoolean awake = new AtomicBoolean();

	/**
	 * Creates a keeper, which sleeps.
	 * @param work looks after them, and says whether there is more to look after
	 * @param idleTimeout for how long a connection may be idle
	 */
	IdleKeeper(BooleanSupplier work, Duration idleTimeout, BackgroundThread thread) {
		this.work = work;
		Duration quarter = idleTimeout.dividedBy(4);
		this.pause = (quarter.compareTo(SHORTEST_PAUSE) < 0) ? SHORTEST_PAUSE : quarter;
		this.thread = thread;
	}

	/**
	 * There is something to look after: at once, since some may be wanted ahead of need.
	 */
	void wake() {
		wake(Duration.ZERO);
	}

	private void wake(Duration time) {
		if (!this.awake.get() && this.awake.compareAndSet(false, true)) {
			this.thread.run(this::look, time.toNanos());
		}
	}

	private void look() {
		// Whoever comes from now on is not sure to be seen.
		this.awake.set(false);
		if (this.work.getAsBoolean()) {
			wake(this.pause);
		}
	}

	void close() {
		this.thread.close();
	}

}
