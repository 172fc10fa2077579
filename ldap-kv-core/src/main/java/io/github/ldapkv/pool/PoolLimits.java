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
import java.util.concurrent.TimeUnit;

/**
 * How many connections a pool keeps, and for how long.
 *
 * @param maxSize the most connections
 * @param minIdle how many idle ones are kept ahead of need
 * @param maxWait how long a call waits for one
 * @param idleTimeout when an idle one is closed
 * @param maxAge when one is no longer used
 * @param validateAfterIdle when an idle one is checked before use
 */
record PoolLimits(int maxSize, int minIdle, Duration maxWait, Duration idleTimeout, Duration maxAge,
		Duration validateAfterIdle) {

	static final PoolLimits DEFAULT = new PoolLimits(8, 0, Duration.ofSeconds(5), Duration.ofMinutes(5),
			Duration.ofMinutes(30), Duration.ofSeconds(10));

	PoolLimits withMaxSize(int other) {
		return new PoolLimits(other, this.minIdle, this.maxWait, this.idleTimeout, this.maxAge, this.validateAfterIdle);
	}

	PoolLimits withMinIdle(int other) {
		return new PoolLimits(this.maxSize, other, this.maxWait, this.idleTimeout, this.maxAge, this.validateAfterIdle);
	}

	PoolLimits withMaxWait(Duration other) {
		return new PoolLimits(this.maxSize, this.minIdle, other, this.idleTimeout, this.maxAge, this.validateAfterIdle);
	}

	PoolLimits withIdleTimeout(Duration other) {
		return new PoolLimits(this.maxSize, this.minIdle, this.maxWait, other, this.maxAge, this.validateAfterIdle);
	}

	PoolLimits withMaxAge(Duration other) {
		return new PoolLimits(this.maxSize, this.minIdle, this.maxWait, this.idleTimeout, other,
				this.validateAfterIdle);
	}

	PoolLimits withValidateAfterIdle(Duration other) {
		return new PoolLimits(this.maxSize, this.minIdle, this.maxWait, this.idleTimeout, this.maxAge, other);
	}

	/**
	 * A time as {@link System#nanoTime()} counts it; some 292 years if it is more.
	 */
	static long nanos(Duration time) {
		return TimeUnit.NANOSECONDS.convert(time);
	}

}
