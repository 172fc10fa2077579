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
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.util.StringUtils;

/**
 * Asks a question that has to be answered in time. Callers who come while it is being
 * asked wait for the same answer, each no longer than the limit: they neither pile up nor
 * wait for each other. What goes on for too long is interrupted.
 *
 * @param <T> the type of the answer
 */
final class TimeLimit<T> {

	private final String name;

	private final Duration time;

	private final Duration patience;

	private final Callable<T> question;

	private @Nullable Run<T> running;

	/**
	 * Prepares a question.
	 * @param name what the thread that asks it is called
	 * @param time how long a caller waits for the answer
	 * @param patience from when on the question is interrupted if a caller waits in vain:
	 * what goes on until then is known to those who ask again
	 * @param question asks
	 */
	TimeLimit(String name, Duration time, Duration patience, Callable<T> question) {
		this.name = name;
		this.time = time;
		this.patience = patience;
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
	 * Why there is no answer.
	 */
	static String reason(Exception ex) {
		String message = (ex instanceof DataAccessException) ? ex.getMessage() : null;
		return StringUtils.hasText(message) ? message : ex.toString();
	}

	/**
	 * Asks, and waits for the answer.
	 * @throws QueryTimeoutException if there is no answer in time
	 */
	T ask() throws Exception {
		return begin().await();
	}

	/**
	 * Asks, on a thread of its own, unless that is going on.
	 * @return what waits for the answer; its time has begun
	 */
	Asked begin() {
		return new Asked(run());
	}

	/**
	 * As many as there can be, for a time that is longer.
	 */
	private static long nanos(Duration time) {
		return TimeUnit.NANOSECONDS.convert(time);
	}

	private synchronized Run<T> run() {
		Run<T> run = this.running;
		if (run == null || run.isDone()) {
			run = new Run<>(this.name, this.question);
			this.running = run;
			run.start();
		}
		return run;
	}

	private QueryTimeoutException tooLate(Exception ex) {
		return new QueryTimeoutException("There was no answer within " + this.time.toMillis() + " ms", ex);
	}

	/**
	 * A question that a caller has asked.
	 */
	final class Asked {

		private final Run<T> run;

		private final long deadline = System.nanoTime() + nanos(TimeLimit.this.time);

		private Asked(Run<T> run) {
			this.run = run;
		}

		/**
		 * Waits for the answer.
		 * @throws QueryTimeoutException if there is none in time
		 */
		T await() throws Exception {
			try {
				return this.run.get(this.deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
			}
			catch (TimeoutException ex) {
				this.run.interruptAfter(TimeLimit.this.patience);
				throw tooLate(ex);
			}
			catch (ExecutionException ex) {
				if (this.run.isInterrupted()) {
					throw tooLate(ex);
				}
				throw (ex.getCause() instanceof Exception cause) ? cause : ex;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw ex;
			}
		}

	}

	/**
	 * The question while it is being asked. It is done when the call has ended, and not
	 * when it is interrupted.
	 */
	private static final class Run<T> extends FutureTask<T> {

		private final Thread thread;

		private final long began = System.nanoTime();

		private volatile boolean interrupted;

		Run(String name, Callable<T> question) {
			super(question);
			this.thread = new Thread(this, name);
		}

		void start() {
			this.thread.setDaemon(true);
			this.thread.start();
		}

		void interruptAfter(Duration patience) {
			if (System.nanoTime() - this.began >= nanos(patience)) {
				this.interrupted = true;
				this.thread.interrupt();
			}
		}

		boolean isInterrupted() {
			return this.interrupted;
		}

	}

}
