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

package io.github.ldapkv.internal.text;

import java.time.Duration;

/**
 * Checks the times that callers set.
 */
public final class Durations {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

	private Durations() {
	}

	public static Duration positive(String what, Duration time) {
		if (Arguments.notNull(what, time).isNegative() || time.isZero()) {
			throw new IllegalArgumentException("The " + what + " is " + time + ", not a positive time");
		}
		return time;
	}

	/**
	 * A time for JNDI, which counts milliseconds in an int, and takes none of them for no
	 * limit.
	 */
	public static Duration countable(String what, Duration time) {
		positive(what, time);
		if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"The " + what + " is " + time + ", not between 1 and " + Integer.MAX_VALUE + " milliseconds");
		}
		return time;
	}

}
