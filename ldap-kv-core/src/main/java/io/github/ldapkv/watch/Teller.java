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
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listener, again and again if it throws.
 */
final class Teller {

	private static final Logger logger = LoggerFactory.getLogger(Teller.class);

	private final String name;

	private final LdapChangeListener listener;

	private final WatchErrorHandler errors;

	private final WatchStatus status;

	private volatile boolean closed;

	/**
	 * Creates a teller.
	 * @param name what the watch is called in the log
	 */
	Teller(String name, LdapChangeListener listener, WatchErrorHandler errors, WatchStatus status) {
		this.name = name;
		this.listener = listener;
		this.errors = errors;
		this.status = status;
	}

	/**
	 * Tells a change.
	 * @return whether the listener has taken it
	 */
	boolean tell(LdapChange change) {
		for (int attempts = 1;; attempts++) {
			if (this.closed) {
				throw new WatchClosedException();
			}
			Exception failure = tellOnce(change);
			if (failure == null) {
				this.status.told(change.kind());
				return true;
			}
			Optional<Duration> pause = pause(change, failure, attempts);
			if (pause.isEmpty()) {
				giveUp(change, failure, attempts);
				return false;
			}
			logger.debug("{}: the listener has failed with {}, and is told again in {} ms", this.name, change,
					pause.get().toMillis(), failure);
			this.status.pause(pause.get());
		}
	}

	private @Nullable Exception tellOnce(LdapChange change) {
		try {
			this.listener.changed(change);
			return null;
		}
		catch (Exception ex) {
			this.status.listenerFailed();
			return ex;
		}
		catch (Error ex) {
			this.status.listenerFailed();
			return new ExecutionException(ex);
		}
		finally {
			// It is the thread of the watch: the next read is not to end with it.
			Thread.interrupted();
		}
	}

	private Optional<Duration> pause(LdapChange change, Exception failure, int attempts) {
		try {
			return this.errors.failed(change, failure, attempts);
		}
		catch (RuntimeException ex) {
			logger.error("{}: the error handler has failed; the listener is told again later", this.name, ex);
			return Optional.empty();
		}
	}

	private void giveUp(LdapChange change, Exception failure, int attempts) {
		this.status.notTold();
		logger.error("{}: the listener has not taken {} ({} attempts). It is told again with the next change of "
				+ "the entry, or when everything was compared", this.name, change, attempts, failure);
	}

	void close() {
		this.closed = true;
	}

}
