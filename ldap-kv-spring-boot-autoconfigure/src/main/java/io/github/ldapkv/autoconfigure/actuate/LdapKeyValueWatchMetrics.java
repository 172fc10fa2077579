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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.autoconfigure.internal.ListenerFound;
import io.github.ldapkv.autoconfigure.watch.LdapWatchRegistry;
import io.github.ldapkv.watch.LdapChange;
import io.github.ldapkv.watch.WatchState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Meters of the watches of listeners, {@code ldapkv.watch.*}: of each as soon as its bean
 * is there.
 */
final class LdapKeyValueWatchMetrics
		implements MeterBinder, ApplicationListener<PayloadApplicationEvent<ListenerFound>> {

	private static final String PREFIX = "ldapkv.watch.";

	private final LdapWatchRegistry watches;

	private final Supplier<Map<String, LdapKeyValueTemplate>> stores;

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	LdapKeyValueWatchMetrics(LdapWatchRegistry watches, Supplier<Map<String, LdapKeyValueTemplate>> stores) {
		this.watches = watches;
		this.stores = stores;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		this.watches.ids().forEach((id) -> bind(registry, tags(id), id));
	}

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<ListenerFound> event) {
		String id = event.getPayload().id();
		this.registries.forEach((registry) -> bind(registry, tags(id), id));
	}

	private Tags tags(String id) {
		Map<String, LdapKeyValueTemplate> beans = this.stores.get();
		LdapKeyValueTemplate store = beans.get(this.watches.store(id));
		String name = Stores.tagged(beans)
			.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() == store)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(this.watches.store(id));
		return Tags.of("store", name, "listener", id);
	}

	private void bind(MeterRegistry registry, Tags tags, String id) {
		for (WatchState.Phase phase : WatchState.Phase.values()) {
			Gauge
				.builder(PREFIX + "state", this.watches,
						(it) -> it.state(id).filter((state) -> state.phase() == phase).isPresent() ? 1 : 0)
				.description("Whether a watch is at this (0 or 1)")
				.tags(tags.and("state", phase.name().toLowerCase(Locale.ROOT)))
				.register(registry);
		}
		for (LdapChange.Kind kind : LdapChange.Kind.values()) {
			counter(registry, tags.and("kind", kind.name().toLowerCase(Locale.ROOT)), "events",
					"Changes that a listener has taken",
					value(id, (state) -> state.counts().told().getOrDefault(kind, 0L)));
		}
		counter(registry, tags, "comparisons", "How often all that a watch is for was listed",
				value(id, (state) -> state.counts().comparisons()));
		counter(registry, tags, "failures", "How often a listener has thrown",
				value(id, (state) -> state.counts().failures()));
		counter(registry, tags, "untold", "Changes that a listener has not taken, however often it was told",
				value(id, (state) -> state.counts().untold()));
		Gauge.builder(PREFIX + "entries", this.watches, value(id, WatchState::entries))
			.description("Entries that a listener knows of")
			.baseUnit("entries")
			.tags(tags)
			.register(registry);
		Gauge.builder(PREFIX + "silence", this.watches, (it) -> it.state(id).map(this::silence).orElse(Double.NaN))
			.description("Time since a server has last said something")
			.baseUnit("seconds")
			.tags(tags)
			.register(registry);
	}

	private void counter(MeterRegistry registry, Tags tags, String name, String description,
			ToDoubleFunction<LdapWatchRegistry> value) {
		FunctionCounter.builder(PREFIX + name, this.watches, value)
			.description(description)
			.baseUnit(name.equals("untold") ? null : name)
			.tags(tags)
			.register(registry);
	}

	private double silence(WatchState state) {
		@Nullable Instant lastWord = state.source().lastWord();
		return (lastWord != null) ? Duration.between(lastWord, Instant.now()).toMillis() / 1000.0 : Double.NaN;
	}

	private static ToDoubleFunction<LdapWatchRegistry> value(String id, ToDoubleFunction<WatchState> value) {
		return (it) -> it.state(id).map(value::applyAsDouble).orElse(0.0);
	}

}
