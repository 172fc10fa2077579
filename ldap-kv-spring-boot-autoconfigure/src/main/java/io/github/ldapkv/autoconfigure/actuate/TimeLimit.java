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

package io.github.ldapkv.autoconfigure.actuate;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.ldapkv.autoconfigure.LdapKeyValueProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.dao.QueryTimeoutException;

/**
 * Asks a question that has to be answered in time. Callers who come while it is being
 * asked wait for the same answer, each no longer than the limit: they neither pile up nor
 * wait for each other. What is not answered in time is interrupted.
 *
 * @param <T> the type of the answer
 */
final class TimeLimit<T> {

	private final Callable<T> question;

	private final Duration time;

	private @Nullable Run<T> running;

	TimeLimit(Duration time, Callable<T> question) {
		this.time = time;
		this.question = question;
	}

	/**
	 * How long a server may take to answer those who look after the application.
	 * @throws InvalidConfigurationPropertyValueException if it is no positive time
	 */
	static Duration of(LdapKeyValueProperties properties) {
		Duration timeout = properties.getHealth().getTimeout();
		if (timeout.isNegative() || timeout.isZero()) {
			throw new InvalidConfigurationPropertyValueException("ldapkv.health.timeout", timeout.toMillis() + "ms",
					"It is not a positive time.");
		}
		return timeout;
	}

	/**
	 * Asks, on a thread of its own.
	 * @throws QueryTimeoutException if there is no answer in time
	 */
	T ask() throws Exception {
		Run<T> run = run();
		try {
			return run.get(this.time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			run.interrupt();
			throw tooLate(ex);
		}
		catch (ExecutionException ex) {
			if (run.isInterrupted()) {
				throw tooLate(ex);
			}
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw ex;
		}
	}

	private synchronized Run<T> run() {
		Run<T> run = this.running;
		if (run == null || run.isDone()) {
			run = new Run<>(this.question);
			this.running = run;
			run.start();
		}
		return run;
	}

	private QueryTimeoutException tooLate(Exception ex) {
		return new QueryTimeoutException("There was no answer within " + this.time.toMillis() + " ms", ex);
	}

	/**
	 * The question while it is being asked. It is done when the call has ended, and not
	 * when it is interrupted.
	 */
	private static final class Run<T> extends FutureTask<T> {

		private final Thread thread = new Thread(this, "ldapkv-health");

		private volatile boolean interrupted;

		Run(Callable<T> question) {
			super(question);
		}

		void start() {
			this.thread.setDaemon(true);
			this.thread.start();
		}

		void interrupt() {
			this.interrupted = true;
			this.thread.interrupt();
		}

		boolean isInterrupted() {
			return this.interrupted;
		}

	}

}
