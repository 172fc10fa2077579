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

import org.jspecify.annotations.Nullable;

/**
 * The turn of a stream that holds a connection, and whether it gets on. To fetch is to
 * get on, since it ends in time; what the consumer does between two entries may not.
 */
final class StreamTurn {

	private final @Nullable Thread ender;

	private volatile boolean fetching = true;

	private volatile long fetched = System.nanoTime();

	/**
	 * Begins a turn, with the first entry to be fetched.
	 * @param ender the thread that the stream is sure to end in, if there is one
	 */
	StreamTurn(@Nullable Thread ender) {
		this.ender = ender;
	}

	/**
	 * The thread that the stream is sure to end in, if it gets on.
	 */
	@Nullable Thread ender() {
		return this.ender;
	}

	void fetching() {
		this.fetching = true;
	}

	void fetched() {
		this.fetched = System.nanoTime();
		this.fetching = false;
	}

	/**
	 * How many nanoseconds ago it got on.
	 */
	long standing() {
		long since = this.fetched;
		return this.fetching ? 0 : System.nanoTime() - since;
	}

}
