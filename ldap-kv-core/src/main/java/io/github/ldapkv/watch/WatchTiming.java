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

/**
 * How often a watch does what.
 *
 * @param poll after how long what there is is listed again, where no server tells
 * @param compare after how long that is done where one tells and may not tell everything
 * @param keepAlive after which silence a server is gone
 * @param checkpoint after how long a checkpoint is written again
 */
record WatchTiming(Duration poll, Duration compare, Duration keepAlive, Duration checkpoint) {

	static final WatchTiming DEFAULT = new WatchTiming(Duration.ofSeconds(30), Duration.ofMinutes(1),
			Duration.ofSeconds(30), Duration.ofSeconds(10));

	WatchTiming withPoll(Duration other) {
		return new WatchTiming(other, this.compare, this.keepAlive, this.checkpoint);
	}

	WatchTiming withCompare(Duration other) {
		return new WatchTiming(this.poll, other, this.keepAlive, this.checkpoint);
	}

	WatchTiming withKeepAlive(Duration other) {
		return new WatchTiming(this.poll, this.compare, other, this.checkpoint);
	}

	WatchTiming withCheckpoint(Duration other) {
		return new WatchTiming(this.poll, this.compare, this.keepAlive, other);
	}

	/**
	 * After how many milliseconds of silence to ask for a sign of life: the answer is to
	 * be there within the rest.
	 */
	int silence() {
		return (int) Math.max(1, Math.min(Integer.MAX_VALUE, this.keepAlive.toMillis() / 2));
	}

}
