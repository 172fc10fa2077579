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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.ldapkv.pool.CloseReason;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.PoolListener;
import io.github.ldapkv.pool.PoolRole;
import io.github.ldapkv.pool.RoleState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The meters of a pool, which it is told of as a listener. All are there from the start:
 * nobody sees the first of something that was not counted before.
 */
final class PoolMeters implements PoolListener {

	private final Map<PoolRole, EventMeters> events = new EnumMap<>(PoolRole.class);

	private final Map<PoolRole, ServerMeters> servers = new EnumMap<>(PoolRole.class);

	PoolMeters(MeterRegistry registry, String store, LdapConnectionPool pool) {
		pool.state().stream().map(RoleState::role).forEach((role) -> {
			Tags tags = Tags.of("store", store, "role", value(role));
			Supplier<RoleState> state = () -> state(pool, role);
			ConnectionMeters.register(registry, tags, state);
			this.events.put(role, new EventMeters(registry, tags));
			this.servers.put(role, new ServerMeters(registry, tags, state));
		});
	}

	private static RoleState state(LdapConnectionPool pool, PoolRole role) {
		return pool.state().stream().filter((state) -> state.role() == role).findFirst().orElseThrow();
	}

	/**
	 * A constant as the value of a tag.
	 */
	static String value(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private EventMeters events(PoolRole role) {
		return Objects.requireNonNull(this.events.get(role));
	}

	@Override
	public void acquired(PoolRole role, Duration waited, boolean given) {
		events(role).acquired(waited, given);
	}

	@Override
	public void connected(PoolRole role, Duration took, boolean connected) {
		events(role).connected(took, connected);
		Objects.requireNonNull(this.servers.get(role)).refresh();
	}

	@Override
	public void bound(PoolRole role, Duration took, BindOutcome outcome) {
		events(role).bound(took, outcome);
	}

	@Override
	public void answered(PoolRole role, Duration took) {
		events(role).answered(took);
	}

	@Override
	public void closed(PoolRole role, CloseReason reason) {
		events(role).closed(reason);
		Objects.requireNonNull(this.servers.get(role)).refresh();
	}

	@Override
	public void retried(PoolRole role) {
		events(role).retried();
	}

	@Override
	public void outcomeUnknown(PoolRole role) {
		events(role).outcomeUnknown();
	}

}
