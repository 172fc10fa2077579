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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.PoolStatistics;
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

	/**
	 * The name of a store that was given none.
	 */
	private static final String DEFAULT_NAME = "ldapKeyValueTemplate";

	private final Supplier<Map<String, LdapKeyValueTemplate>> stores;

	LdapKeyValuePoolMetrics(Supplier<Map<String, LdapKeyValueTemplate>> stores) {
		this.stores = stores;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		tagged(this.stores.get()).forEach((tag, store) -> {
			if (store.info().pool() == null) {
				return;
			}
			Tags tags = Tags.of("store", tag);
			gauge(registry, store, tags, "active", "Connections in use", PoolStatistics::active);
			gauge(registry, store, tags, "idle", "Connections that are open and not in use", PoolStatistics::idle);
			gauge(registry, store, tags, "max", "Most connections at a time", PoolStatistics::max);
			gauge(registry, store, tags, "waiting", "Calls that wait for a connection", PoolStatistics::waiting);
			FunctionCounter.builder("ldapkv.pool.created", store, (it) -> value(it, PoolStatistics::created))
				.description("Connections opened so far")
				.tags(tags)
				.register(registry);
		});
	}

	/**
	 * The stores by their tags: the name that a store was given, and that of its bean if
	 * it was given none, or another store has it. A registry drops meters whose tags are
	 * those of others.
	 */
	private static Map<String, LdapKeyValueTemplate> tagged(Map<String, LdapKeyValueTemplate> stores) {
		Map<String, LdapKeyValueTemplate> tagged = new LinkedHashMap<>();
		stores.forEach((bean, store) -> {
			String name = store.info().name();
			Stream.of(DEFAULT_NAME.equals(name) ? bean : name, bean, bean + "." + name)
				.filter((tag) -> !tagged.containsKey(tag))
				.findFirst()
				.ifPresent((tag) -> tagged.put(tag, store));
		});
		return tagged;
	}

	private static void gauge(MeterRegistry registry, LdapKeyValueTemplate store, Tags tags, String name,
			String description, ToDoubleFunction<PoolStatistics> value) {
		Gauge.builder("ldapkv.pool." + name, store, (it) -> value(it, value))
			.description(description)
			.tags(tags)
			.register(registry);
	}

	private static double value(LdapKeyValueTemplate store, ToDoubleFunction<PoolStatistics> value) {
		PoolStatistics pool = store.info().pool();
		return (pool != null) ? value.applyAsDouble(pool) : Double.NaN;
	}

}
