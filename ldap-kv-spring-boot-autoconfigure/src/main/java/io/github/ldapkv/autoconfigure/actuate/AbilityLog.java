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

import java.util.Locale;

import io.github.ldapkv.autoconfigure.actuate.Ability.Extent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in the log when what can be done with a store has changed, once, however often
 * somebody asks.
 */
final class AbilityLog {

	private static final Logger logger = LoggerFactory.getLogger(LdapKeyValueHealthIndicator.class);

	private final String store;

	private Extent last = Extent.ALL;

	/**
	 * Since when not all can be done.
	 */
	private long since = System.nanoTime();

	/**
	 * Begins as if all could be done.
	 * @param store the name of the store
	 */
	AbilityLog(String store) {
		this.store = store;
	}

	/**
	 * Somebody has found out what can be done.
	 */
	synchronized void found(Ability ability) {
		Extent before = this.last;
		Extent now = ability.extent();
		this.last = now;
		if (before == Extent.ALL) {
			this.since = System.nanoTime();
		}
		if (now.compareTo(before) > 0) {
			logger.warn("{}: {}: {}", this.store, worse(now), ability.hindrance());
		}
		else if (now == Extent.READS && before == Extent.NOTHING) {
			logger.info("{}: it can be read again, and not be written to: {}", this.store, ability.hindrance());
		}
		else if (now == Extent.ALL && before != Extent.ALL) {
			logger.info("{}: it can be read and written to again, after {}", this.store, sinceThen());
		}
	}

	private static String worse(Extent now) {
		return (now == Extent.NOTHING) ? "it cannot be read" : "it can be read, and not be written to";
	}

	private String sinceThen() {
		return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - this.since) / 1e9);
	}

}
