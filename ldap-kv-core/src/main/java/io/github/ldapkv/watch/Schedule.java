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

import org.jspecify.annotations.Nullable;

/**
 * When to compare again.
 */
final class Schedule {

	/**
	 * What a server tells comes by then, also that it has begun to tell.
	 */
	private static final Duration SOON = Duration.ofSeconds(2);

	/**
	 * For how long nothing is compared after a comparison, if only a tree may have moved:
	 * so many times as it took.
	 */
	private static final int REST = 10;

	private static final Duration LEAST_REST = Duration.ofSeconds(1);

	private final long pause;

	private long began;

	private long ended;

	private long due;

	/**
	 * When the server has begun to tell for certain.
	 */
	private final long certain;

	/**
	 * Creates a schedule.
	 * @param kind how the server tells; {@code null} if it does not
	 */
	Schedule(WatchTiming timing, @Nullable SourceKind kind) {
		this.pause = WatchStatus.nanos((kind != null) ? kind.untilCompared(timing.compare()) : timing.poll());
		boolean says = kind == null || kind.saysThatItHasBegun();
		this.certain = System.nanoTime() + (says ? 0 : WatchStatus.nanos(SOON));
	}

	void begins() {
		this.began = System.nanoTime();
	}

	void ends() {
		this.ended = System.nanoTime();
		boolean early = this.began - this.certain < 0;
		this.due = this.ended + (early ? Math.min(this.pause, Math.max(0, this.certain - this.ended)) : this.pause);
	}

	/**
	 * Has the next comparison begin as soon as the server is to have the work again.
	 */
	void compareSoon() {
		long rest = Math.max(WatchStatus.nanos(LEAST_REST), REST * (this.ended - this.began));
		if (this.ended + rest - this.due < 0) {
			this.due = this.ended + rest;
		}
	}

	/**
	 * Whether what is told now may have happened while everything was compared.
	 */
	boolean hasJustCompared() {
		return System.nanoTime() - this.ended < WatchStatus.nanos(SOON);
	}

	/**
	 * In how many nanoseconds the next comparison is due.
	 */
	long untilComparison() {
		return Math.max(0, this.due - System.nanoTime());
	}

	boolean isDue() {
		return this.due - System.nanoTime() <= 0;
	}

}
