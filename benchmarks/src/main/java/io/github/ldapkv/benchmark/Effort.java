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

package io.github.ldapkv.benchmark;

/**
 * How much is done to measure a case. Short turns and many rounds are what other load on
 * the machine disturbs least. In every sitting the peers open new connections: where the
 * system runs the threads of one decides much, and stays as long as they live.
 *
 * @param warmUp the most milliseconds that each peer runs before the first sitting
 * @param turn milliseconds of a turn
 * @param sitting milliseconds of all turns of a peer in a sitting
 */
record Effort(int warmUp, int turn, int sitting) {

	static final Effort SHORT = new Effort(6000, 50, 350);

	static final Effort FULL = new Effort(3000, 50, 250);

	static final Effort PROFILE = new Effort(6000, 50, 3000);

	/**
	 * As few as say something: their least and their greatest are on either side of the
	 * true median with 97 percent.
	 */
	static final int SITTINGS = 6;

}
