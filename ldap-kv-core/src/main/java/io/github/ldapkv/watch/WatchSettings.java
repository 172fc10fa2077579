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

import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;

/**
 * How a watch watches.
 *
 * @param existing whether what is there at first is told
 * @param timing how often it does what
 * @param errors decides what becomes of a change that the listener could not take
 * @param checkpoint where to go on after a restart; {@code null} for nowhere
 * @param threads makes the threads; {@code null} for those of the platform
 */
record WatchSettings(boolean existing, WatchTiming timing, WatchErrorHandler errors,
		@Nullable WatchCheckpoint checkpoint, @Nullable ThreadFactory threads) {

	private static final int ATTEMPTS = 10;

	static final WatchSettings DEFAULT = new WatchSettings(true, WatchTiming.DEFAULT,
			WatchErrorHandler.retrying(ATTEMPTS), null, null);

	WatchSettings withExisting(boolean other) {
		return new WatchSettings(other, this.timing, this.errors, this.checkpoint, this.threads);
	}

	WatchSettings withTiming(WatchTiming other) {
		return new WatchSettings(this.existing, other, this.errors, this.checkpoint, this.threads);
	}

	WatchSettings withErrors(WatchErrorHandler other) {
		return new WatchSettings(this.existing, this.timing, other, this.checkpoint, this.threads);
	}

	WatchSettings withCheckpoint(WatchCheckpoint other) {
		return new WatchSettings(this.existing, this.timing, this.errors, other, this.threads);
	}

	WatchSettings withThreads(ThreadFactory other) {
		return new WatchSettings(this.existing, this.timing, this.errors, this.checkpoint, other);
	}

	/**
	 * Makes a thread, which is not started.
	 */
	Thread thread(Runnable task, String name) {
		Thread thread = (this.threads != null) ? this.threads.newThread(task) : new Thread(null, task, name, 0, false);
		thread.setName(name);
		if (this.threads == null) {
			thread.setDaemon(true);
		}
		return thread;
	}

}
