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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread, or several of a name, that does something later. It ends while there is
 * nothing to do for some seconds, and keeps nobody from ending the JVM.
 */
final class BackgroundThread {

	private static final Duration LAST_PAUSE = Duration.ofSeconds(5);

	private final ScheduledThreadPoolExecutor executor;

	/**
	 * Prepares the thread.
	 * @param name its name
	 */
	BackgroundThread(String name) {
		this(name, 1);
	}

	/**
	 * Prepares threads.
	 * @param name the name of each
	 * @param most how many tasks run at a time at most
	 */
	BackgroundThread(String name, int most) {
		this.executor = new ScheduledThreadPoolExecutor(most, (task) -> {
			Thread thread = new Thread(null, task, name, 0, false);
			thread.setDaemon(true);
			return thread;
		});
		this.executor.setKeepAliveTime(LAST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
		this.executor.allowCoreThreadTimeOut(true);
		this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	/**
	 * Runs a task later, unless the thread is closed.
	 * @param nanos in how many nanoseconds
	 */
	void run(Runnable task, long nanos) {
		try {
			this.executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// It is closed.
		}
	}

	void close() {
		this.executor.shutdownNow();
	}

}
