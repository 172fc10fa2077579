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
 * The way to tell that a server has refused. It may take it later: an entry was missing,
 * or a right.
 */
final class Refusal {

	/**
	 * After so many times of listing it is asked again to tell.
	 */
	private static final int UNTIL_ASKED_AGAIN = 10;

	private final long lasts;

	private @Nullable SourceKind kind;

	private long since;

	/**
	 * Creates one of nothing.
	 * @param poll how often a server is listed that does not tell
	 */
	Refusal(Duration poll) {
		this.lasts = UNTIL_ASKED_AGAIN * WatchStatus.nanos(poll);
	}

	/**
	 * What was refused; {@code null} for nothing.
	 */
	@Nullable SourceKind kind() {
		return this.kind;
	}

	void of(@Nullable SourceKind refused) {
		this.kind = refused;
		this.since = System.nanoTime();
	}

	void forget() {
		this.kind = null;
	}

	/**
	 * Whether to ask again for what was refused.
	 */
	boolean isOld() {
		return this.kind != null && System.nanoTime() - this.since > this.lasts;
	}

}
