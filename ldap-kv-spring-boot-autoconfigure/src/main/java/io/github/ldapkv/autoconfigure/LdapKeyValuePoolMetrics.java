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

import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.PoolStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the connections of stores, {@code ldapkv.pool.*}. A store without a pool has
 * none.
 */
final class LdapKeyValuePoolMetrics implements MeterBinder {

	private final Supplier<Map<String, LdapKeyValueTemplate>> stores;

	LdapKeyValuePoolMetrics(Supplier<Map<String, LdapKeyValueTemplate>> stores) {
		this.stores = stores;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.stores.get().values().stream().filter((store) -> store.info().pool() != null).forEach((store) -> {
			gauge(registry, store, "active", "Connections in use", PoolStatistics::active);
			gauge(registry, store, "idle", "Connections that are open and not in use", PoolStatistics::idle);
			gauge(registry, store, "max", "Most connections at a time", PoolStatistics::max);
			gauge(registry, store, "waiting", "Calls that wait for a connection", PoolStatistics::waiting);
			FunctionCounter.builder("ldapkv.pool.created", store, (it) -> value(it, PoolStatistics::created))
				.description("Connections opened so far")
				.tags(tags(store))
				.register(registry);
		});
	}

	private static void gauge(MeterRegistry registry, LdapKeyValueTemplate store, String name, String description,
			ToDoubleFunction<PoolStatistics> value) {
		Gauge.builder("ldapkv.pool." + name, store, (it) -> value(it, value))
			.description(description)
			.tags(tags(store))
			.register(registry);
	}

	private static Tags tags(LdapKeyValueTemplate store) {
		return Tags.of("store", store.info().name());
	}

	private static double value(LdapKeyValueTemplate store, ToDoubleFunction<PoolStatistics> value) {
		PoolStatistics pool = store.info().pool();
		return (pool != null) ? value.applyAsDouble(pool) : Double.NaN;
	}

}
