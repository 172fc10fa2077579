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

package io.github.ldapkv.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.springframework.dao.QueryTimeoutException;

/**
 * Gives a call a time to end in. One that does not end in it is interrupted; while it
 * goes on nevertheless no other is begun, so that callers who ask often do not pile up.
 */
final class TimeLimit {

	private final Duration time;

	private volatile boolean running;

	TimeLimit(Duration time) {
		this.time = time;
	}

	/**
	 * Runs a call on a thread of its own.
	 * @throws QueryTimeoutException if it does not end in time
	 */
	synchronized <T> T call(Callable<T> call) throws Exception {
		if (this.running) {
			throw new QueryTimeoutException("The check before this one still waits for an answer");
		}
		this.running = true;
		FutureTask<T> task = new FutureTask<>(() -> run(call));
		Thread thread = new Thread(task, "ldapkv-health");
		thread.setDaemon(true);
		thread.start();
		try {
			return task.get(this.time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			task.cancel(true);
			throw new QueryTimeoutException("There was no answer within " + this.time.toMillis() + " ms", ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
		catch (InterruptedException ex) {
			task.cancel(true);
			Thread.currentThread().interrupt();
			throw ex;
		}
	}

	private <T> T run(Callable<T> call) throws Exception {
		try {
			return call.call();
		}
		finally {
			this.running = false;
		}
	}

}
