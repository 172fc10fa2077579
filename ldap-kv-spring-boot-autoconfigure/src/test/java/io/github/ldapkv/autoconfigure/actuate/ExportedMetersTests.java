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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.autoconfigure.Properties;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.ldap.AuthenticationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Prometheus sees of the meters of an application.
 */
class ExportedMetersTests {

	private static final Exposition SEEN = TroubledApplication.exposition();

	private final ApplicationContextRunner runner = TroubledApplication.runner()
		.withPropertyValues(Properties.of(EmbeddedDirectory.shared()));

	@Test
	void metersKeepTheirNames() {
		Map<String, String> types = new LinkedHashMap<>();
		for (String timer : List.of("ldapkv_operation", "ldapkv_operation_active", "ldapkv_pool_acquire",
				"ldapkv_pool_connect", "ldapkv_pool_bind", "ldapkv_server_request")) {
			types.put(timer + "_seconds", "summary");
			types.put(timer + "_seconds_max", "gauge");
		}
		for (String counter : List.of("closed", "retries", "unknown_outcomes")) {
			types.put("ldapkv_pool_" + counter + "_total", "counter");
		}
		for (String gauge : List.of("pool_connections", "pool_connections_max", "pool_waiting", "server_connections",
				"server_aside", "server_refuses_writes")) {
			types.put("ldapkv_" + gauge, "gauge");
		}
		assertThat(SEEN.types()).containsExactlyInAnyOrderEntriesOf(types);
	}

	/**
	 * Those of observations are Micrometer's own, without one.
	 */
	@Test
	void metersHaveADescription() {
		assertThat(SEEN.descriptions()).allSatisfy((name, description) -> {
			if (!name.startsWith("ldapkv_operation")) {
				assertThat(description).as(name).isNotBlank();
			}
		});
	}

	@Test
	void metersHaveTheUnitThatIsInTheirName() {
		this.runner.run((context) -> {
			callStore(context);
			Map<String, String> units = new LinkedHashMap<>();
			context.getBean(MeterRegistry.class)
				.getMeters()
				.stream()
				.map(Meter::getId)
				.filter((id) -> id.getName().startsWith("ldapkv.") && id.getBaseUnit() != null)
				.forEach((id) -> units.put(id.getName(), id.getBaseUnit()));
			assertThat(units).containsExactlyInAnyOrderEntriesOf(Map.of("ldapkv.operation", "seconds",
					"ldapkv.operation.active", "seconds", "ldapkv.pool.acquire", "seconds", "ldapkv.pool.connect",
					"seconds", "ldapkv.pool.bind", "seconds", "ldapkv.server.request", "seconds",
					"ldapkv.pool.connections", "connections", "ldapkv.server.connections", "connections",
					"ldapkv.pool.retries", "retries", "ldapkv.pool.unknown.outcomes", "outcomes"));
		});
	}

	@Test
	void metersHaveTheirTags() {
		assertLabels("ldapkv_operation_seconds_count", "operation", "store", "error");
		assertLabels("ldapkv_operation_active_seconds_count", "operation", "store");
		assertLabels("ldapkv_pool_connections", "store", "role", "state");
		assertLabels("ldapkv_pool_connections_max", "store", "role");
		assertLabels("ldapkv_pool_waiting", "store", "role");
		assertLabels("ldapkv_pool_acquire_seconds_count", "store", "role", "outcome");
		assertLabels("ldapkv_pool_connect_seconds_count", "store", "role", "outcome");
		assertLabels("ldapkv_pool_bind_seconds_count", "store", "role", "outcome");
		assertLabels("ldapkv_pool_closed_total", "store", "role", "reason");
		assertLabels("ldapkv_pool_retries_total", "store", "role");
		assertLabels("ldapkv_pool_unknown_outcomes_total", "store", "role");
		assertLabels("ldapkv_server_request_seconds_count", "store", "role");
		assertLabels("ldapkv_server_connections", "store", "role", "server");
		assertLabels("ldapkv_server_aside", "store", "role", "server");
		assertLabels("ldapkv_server_refuses_writes", "store", "role", "server");
	}

	private static void assertLabels(String name, String... labels) {
		assertThat(SEEN.labels(name)).as(name).containsExactlyInAnyOrder(labels);
	}

	@Test
	void operationsAreCountedByTheirError() {
		assertThat(SEEN.sum("ldapkv_operation_seconds_count", "operation", "get", "error", "none")).isEqualTo(4);
		assertThat(SEEN.sum("ldapkv_operation_seconds_count", "operation", "put", "error", "none")).isOne();
		assertThat(SEEN.sum("ldapkv_operation_seconds_count", "error", "DataIntegrityViolationException")).isOne();
		assertThat(SEEN.sum("ldapkv_operation_seconds_count", "error", "UnknownOutcomeException")).isOne();
		assertThat(SEEN.sum("ldapkv_operation_active_seconds_count")).isZero();
	}

	@Test
	void whatHappensToConnectionsIsCounted() {
		assertThat(SEEN.sum("ldapkv_pool_connections", "state", "active")).isZero();
		assertThat(SEEN.sum("ldapkv_pool_connections", "state", "idle")).isOne();
		assertThat(SEEN.sum("ldapkv_pool_connections_max")).isEqualTo(5);
		assertThat(SEEN.sum("ldapkv_pool_bind_seconds_count", "outcome", "refused")).isPositive();
		// At first, after the silence, after the refusal, and at the other server.
		assertThat(SEEN.sum("ldapkv_pool_bind_seconds_count", "outcome", "accepted")).isEqualTo(4);
		assertThat(SEEN.sum("ldapkv_pool_connect_seconds_count", "outcome", "failure")).isPositive();
		assertThat(SEEN.sum("ldapkv_pool_acquire_seconds_count", "outcome", "failure")).isPositive();
		assertThat(SEEN.sum("ldapkv_pool_acquire_seconds_count", "outcome", "success")).isPositive();
		// That one has ended is seen before a call, or by it.
		assertThat(SEEN.sum("ldapkv_pool_closed_total", "reason", "broken")).isPositive();
		assertThat(SEEN.sum("ldapkv_pool_closed_total", "reason", "broken")
				+ SEEN.sum("ldapkv_pool_closed_total", "reason", "ended"))
			.isEqualTo(3);
		assertThat(SEEN.sum("ldapkv_pool_closed_total")).isEqualTo(3);
		assertThat(SEEN.sum("ldapkv_pool_unknown_outcomes_total")).isOne();
		assertThat(SEEN.sum("ldapkv_server_request_seconds_count")).isPositive();
	}

	@Test
	void theServerThatIsGoneIsLeftAside() {
		assertThat(SEEN.samples().stream().filter((sample) -> sample.name().equals("ldapkv_server_aside"))).hasSize(2);
		assertThat(SEEN.sum("ldapkv_server_aside")).isOne();
		SEEN.samples()
			.stream()
			.filter((sample) -> sample.name().equals("ldapkv_server_aside"))
			.forEach((sample) -> assertThat(
					SEEN.sum("ldapkv_server_connections", "server", sample.labels().get("server")))
				.isEqualTo(1 - sample.value()));
	}

	@Test
	void readsAndWritesAreToldApartWhereTheyHaveTheirOwnServers() {
		this.runner.withPropertyValues("ldapkv.read-urls=" + EmbeddedDirectory.shared().url()).run((context) -> {
			callStore(context);
			Exposition seen = seen(context);
			assertThat(seen.sum("ldapkv_pool_connections_max", "role", "read")).isEqualTo(8);
			assertThat(seen.sum("ldapkv_pool_connections_max", "role", "write")).isEqualTo(8);
			assertThat(seen.sum("ldapkv_pool_connect_seconds_count", "role", "read")).isOne();
			assertThat(seen.sum("ldapkv_pool_connect_seconds_count", "role", "write")).isZero();
		});
	}

	@Test
	void anAccountThatIsNotThePoolsIsNotCounted() {
		this.runner.run((context) -> {
			LdapConnectionPool pool = context.getBean(LdapKeyValueTemplate.class)
				.unwrap(LdapConnectionPool.class)
				.orElseThrow();
			assertThatExceptionOfType(AuthenticationException.class)
				.isThrownBy(() -> pool.getContext(EmbeddedDirectory.shared().userDn(), "wrong"));
			assertThat(seen(context).sum("ldapkv_pool_bind_seconds_count")).isZero();
			assertThat(seen(context).sum("ldapkv_pool_connect_seconds_count")).isOne();
		});
	}

	@Test
	void histogramsAndObjectivesAreSetByBootsProperties() {
		String properties = "management.metrics.distribution.";
		this.runner
			.withPropertyValues(properties + "percentiles-histogram.ldapkv.server=true",
					properties + "percentiles-histogram.ldapkv.operation=true",
					properties + "slo.ldapkv.pool.acquire=5ms,50ms")
			.run((context) -> {
				callStore(context);
				Exposition seen = seen(context);
				assertThat(seen.types()).containsEntry("ldapkv_server_request_seconds", "histogram")
					.containsEntry("ldapkv_operation_seconds", "histogram")
					.containsEntry("ldapkv_pool_acquire_seconds", "histogram")
					.containsEntry("ldapkv_pool_connect_seconds", "summary");
				assertThat(seen.sum("ldapkv_server_request_seconds_bucket", "le", "+Inf")).isPositive();
				assertThat(buckets(seen, "ldapkv_pool_acquire_seconds_bucket")).containsExactlyInAnyOrder("0.005",
						"0.05", "+Inf");
			});
	}

	private static Set<String> buckets(Exposition seen, String name) {
		return seen.samples()
			.stream()
			.filter((sample) -> sample.name().equals(name))
			.map((sample) -> sample.labels().get("le"))
			.collect(Collectors.toSet());
	}

	private static void callStore(ApplicationContext context) {
		assertThat(context.getBean(LdapKeyValueOperations.class).contains("/ou=None")).isFalse();
	}

	private static Exposition seen(ApplicationContext context) {
		return Exposition.of(context.getBean(PrometheusMeterRegistry.class).scrape());
	}

}
