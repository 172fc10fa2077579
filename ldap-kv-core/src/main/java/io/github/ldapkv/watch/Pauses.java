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
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before something is tried again: twice as long each time, with chance
 * in it, so that not all instances of an application come at once.
 */
final class Pauses {

	private static final Duration SHORTEST = Duration.ofMillis(100);

	private static final Duration LONGEST = Duration.ofSeconds(10);

	/**
	 * By what part of it a pause is shorter at most.
	 */
	private static final double CHANCE = 0.3;

	/**
	 * After so many doublings a pause is the longest in any case.
	 */
	private static final int DOUBLINGS = 20;

	private Pauses() {
	}

	/**
	 * The pause after something has failed.
	 * @param failures how often it has by now, 1 at least
	 */
	static Duration afterFailure(int failures) {
		long doubled = SHORTEST.toMillis() << Math.min(failures - 1, DOUBLINGS);
		double part = 1 - CHANCE * ThreadLocalRandom.current().nextDouble();
		return Duration.ofMillis((long) (part * Math.min(doubled, LONGEST.toMillis())));
	}

}
