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
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import io.github.ldapkv.pool.CloseReason;
import io.github.ldapkv.pool.PoolListener.BindOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * What has happened to the connections of one role.
 */
final class EventMeters {

	private static final String OUTCOME = "outcome";

	private final Outcomes acquire;

	private final Outcomes connect;

	private final Map<BindOutcome, Timer> bind = new EnumMap<>(BindOutcome.class);

	private final Timer request;

	private final Map<CloseReason, Counter> closed = new EnumMap<>(CloseReason.class);

	private final Counter retries;

	private final Counter unknownOutcomes;

	EventMeters(MeterRegistry registry, Tags tags) {
		this.acquire = new Outcomes(registry, tags, "ldapkv.pool.acquire",
				"How long a call waits for a connection of the pool");
		this.connect = new Outcomes(registry, tags, "ldapkv.pool.connect",
				"How long a server takes to be connected to, with the TLS handshake");
		for (BindOutcome outcome : BindOutcome.values()) {
			this.bind.put(outcome, timer(registry, tags.and(OUTCOME, PoolMeters.value(outcome)), "ldapkv.pool.bind",
					"How long a server takes to accept or refuse the account"));
		}
		this.request = timer(registry, tags, "ldapkv.server.request",
				"How long a server takes to answer a request, or to begin to");
		for (CloseReason reason : CloseReason.values()) {
			this.closed.put(reason,
					counter("ldapkv.pool.closed", "Connections of the pool that were closed, by the reason")
						.tags(tags.and("reason", PoolMeters.value(reason)))
						.register(registry));
		}
		this.retries = counter("ldapkv.pool.retries", "Calls that were tried once more on another connection")
			.baseUnit("retries")
			.tags(tags)
			.register(registry);
		this.unknownOutcomes = counter("ldapkv.pool.unknown.outcomes",
				"Writes of which nobody knows whether the server has done them")
			.baseUnit("outcomes")
			.tags(tags)
			.register(registry);
	}

	private static Timer timer(MeterRegistry registry, Tags tags, String name, String description) {
		return Timer.builder(name).description(description).tags(tags).register(registry);
	}

	private static Counter.Builder counter(String name, String description) {
		return Counter.builder(name).description(description);
	}

	void acquired(Duration waited, boolean given) {
		this.acquire.of(given).record(waited);
	}

	void connected(Duration took, boolean connected) {
		this.connect.of(connected).record(took);
	}

	void bound(Duration took, BindOutcome outcome) {
		Objects.requireNonNull(this.bind.get(outcome)).record(took);
	}

	void answered(Duration took) {
		this.request.record(took);
	}

	void closed(CloseReason reason) {
		Objects.requireNonNull(this.closed.get(reason)).increment();
	}

	void retried() {
		this.retries.increment();
	}

	void outcomeUnknown() {
		this.unknownOutcomes.increment();
	}

	/**
	 * A timer of what succeeds, and one of what fails.
	 */
	private record Outcomes(Timer success, Timer failure) {

		Outcomes(MeterRegistry registry, Tags tags, String name, String description) {
			this(timer(registry, tags.and(OUTCOME, "success"), name, description),
					timer(registry, tags.and(OUTCOME, "failure"), name, description));
		}

		Timer of(boolean succeeded) {
			return succeeded ? this.success : this.failure;
		}

	}

}
