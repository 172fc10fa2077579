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

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.ldapkv.pool.PoolRole;
import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.pool.RoleState;
import io.github.ldapkv.pool.ServerState;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ServerMeters}.
 */
class ServerMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AtomicReference<RoleState> state = new AtomicReference<>();

	@Test
	void metersComeAndGoWithTheServers() {
		servers(server("a"));
		ServerMeters meters = new ServerMeters(this.registry, Tags.of("role", "all"), this.state::get);
		assertThat(measured()).containsExactly("a");
		for (int i = 0; i < 100; i++) {
			servers(server("a"), server("b" + i));
			meters.refresh();
		}
		assertThat(measured()).containsExactlyInAnyOrder("a", "b99");
		assertThat(this.registry.getMeters()).hasSize(6);
		servers();
		meters.refresh();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void aMeterIsAsTheServerIs() {
		servers(server("a"));
		new ServerMeters(this.registry, Tags.empty(), this.state::get);
		assertThat(value("connections")).isEqualTo(3);
		assertThat(value("aside")).isZero();
		assertThat(value("refuses.writes")).isZero();
		servers(new ServerState("a", 0, "Connection refused", Instant.EPOCH, Instant.EPOCH, true));
		assertThat(value("connections")).isZero();
		assertThat(value("aside")).isOne();
		assertThat(value("refuses.writes")).isOne();
		servers();
		assertThat(value("aside")).isNaN();
	}

	private double value(String name) {
		return this.registry.get("ldapkv.server." + name).tag("server", "a").gauge().value();
	}

	private Stream<String> measured() {
		return this.registry.find("ldapkv.server.aside")
			.gauges()
			.stream()
			.map((gauge) -> gauge.getId().getTag("server"));
	}

	private void servers(ServerState... servers) {
		this.state.set(new RoleState(PoolRole.ALL, new PoolStatistics(0, 0, 0, 8, 0, 0), List.of(servers)));
	}

	private static ServerState server(String name) {
		return new ServerState(name, 3, null, null, null, false);
	}

}
