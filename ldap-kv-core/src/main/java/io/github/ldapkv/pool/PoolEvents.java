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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.ldapkv.pool.PoolListener.BindOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listeners of a pool what happens to the connections of one role.
 */
final class PoolEvents {

	private static final Logger logger = LoggerFactory.getLogger(PoolEvents.class);

	private final PoolRole role;

	private final Iterable<PoolListener> listeners;

	/**
	 * Those that have failed: the log has it once, and not for each call.
	 */
	private final Set<PoolListener> failed = ConcurrentHashMap.newKeySet();

	/**
	 * Creates what tells them.
	 * @param role what the connections are for
	 * @param listeners the listeners of the pool
	 */
	PoolEvents(PoolRole role, Iterable<PoolListener> listeners) {
		this.role = role;
		this.listeners = listeners;
	}

	PoolRole role() {
		return this.role;
	}

	void acquired(long began, boolean given) {
		tell((listener) -> listener.acquired(this.role, since(began), given));
	}

	void connected(long began, boolean connected) {
		tell((listener) -> listener.connected(this.role, since(began), connected));
	}

	void bound(long began, BindOutcome outcome) {
		tell((listener) -> listener.bound(this.role, since(began), outcome));
	}

	void answered(long nanos) {
		tell((listener) -> listener.answered(this.role, Duration.ofNanos(nanos)));
	}

	void closed(CloseReason reason) {
		tell((listener) -> listener.closed(this.role, reason));
	}

	void retried() {
		tell((listener) -> listener.retried(this.role));
	}

	void outcomeUnknown() {
		tell((listener) -> listener.outcomeUnknown(this.role));
	}

	private static Duration since(long began) {
		return Duration.ofNanos(System.nanoTime() - began);
	}

	private void tell(Consumer<PoolListener> event) {
		for (PoolListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException ex) {
				if (this.failed.add(listener)) {
					logger.warn("{} has failed, which changes nothing else", listener.getClass().getName(), ex);
				}
			}
		}
	}

}
