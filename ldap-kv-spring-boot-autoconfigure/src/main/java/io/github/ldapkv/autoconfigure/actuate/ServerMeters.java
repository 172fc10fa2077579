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

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import io.github.ldapkv.pool.RoleState;
import io.github.ldapkv.pool.ServerState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;

/**
 * What is known of each server of one role. Servers come and go with what DNS says, and
 * their meters with them.
 */
final class ServerMeters {

	private final Supplier<RoleState> state;

	private final List<PerServer> meters;

	private volatile Set<String> known = Set.of();

	ServerMeters(MeterRegistry registry, Tags tags, Supplier<RoleState> state) {
		this.state = state;
		this.meters = List.of(
				new PerServer(MultiGauge.builder("ldapkv.server.connections")
					.description("Connections of the pool to a server")
					.baseUnit("connections")
					.tags(tags)
					.register(registry), ServerState::connections),
				new PerServer(MultiGauge.builder("ldapkv.server.aside")
					.description("Whether a server is left aside, since it does not answer (0 or 1)")
					.tags(tags)
					.register(registry), (server) -> server.isAside() ? 1 : 0),
				new PerServer(MultiGauge.builder("ldapkv.server.refuses.writes")
					.description("Whether a server has refused the last write as a replica does (0 or 1)")
					.tags(tags)
					.register(registry), (server) -> server.refusesWrites() ? 1 : 0));
		refresh();
	}

	/**
	 * Has the meters of the servers that there are now.
	 */
	void refresh() {
		if (!servers().equals(this.known)) {
			replace();
		}
	}

	private synchronized void replace() {
		Set<String> servers = servers();
		this.meters.forEach((meter) -> meter.gauge()
			.register(servers.stream().map((server) -> row(server, meter.value())).toList()));
		this.known = servers;
	}

	private Set<String> servers() {
		return this.state.get().servers().stream().map(ServerState::server).collect(Collectors.toSet());
	}

	private MultiGauge.Row<?> row(String name, ToDoubleFunction<ServerState> value) {
		return MultiGauge.Row.of(Tags.of("server", name), this.state,
				(it) -> it.get()
					.servers()
					.stream()
					.filter((server) -> server.server().equals(name))
					.mapToDouble(value)
					.findFirst()
					.orElse(Double.NaN));
	}

	private record PerServer(MultiGauge gauge, ToDoubleFunction<ServerState> value) {

	}

}
