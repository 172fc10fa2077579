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

import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.pool.RoleState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * How many connections there are, and how many calls wait for one.
 */
final class ConnectionMeters {

	private ConnectionMeters() {
	}

	static void register(MeterRegistry registry, Tags tags, Supplier<RoleState> state) {
		Map<String, ToDoubleFunction<PoolStatistics>> states = Map.of("active", PoolStatistics::active, "idle",
				PoolStatistics::idle, "opening", PoolStatistics::opening);
		states.forEach((name, value) -> gauge("ldapkv.pool.connections", state, value)
			.description("Connections of the pool that are in use, idle, or being opened")
			.baseUnit("connections")
			.tags(tags.and("state", name))
			.register(registry));
		// Prometheus would append a unit to these names.
		gauge("ldapkv.pool.connections.max", state, PoolStatistics::max)
			.description("Most connections of the pool at a time")
			.tags(tags)
			.register(registry);
		gauge("ldapkv.pool.waiting", state, PoolStatistics::waiting)
			.description("Calls that wait for a connection of the pool")
			.tags(tags)
			.register(registry);
	}

	private static Gauge.Builder<Supplier<Number>> gauge(String name, Supplier<RoleState> state,
			ToDoubleFunction<PoolStatistics> value) {
		return Gauge.builder(name, () -> value.applyAsDouble(state.get().connections()));
	}

}
