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
import java.util.ArrayList;
import java.util.List;

import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.autoconfigure.Properties;
import io.github.ldapkv.autoconfigure.watch.LdapListener;
import io.github.ldapkv.autoconfigure.watch.LdapWatchAutoConfiguration;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.watch.LdapChange;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application shows of the watches of its listeners.
 */
class WatchMonitoringTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = runner();

	/**
	 * What Prometheus reads of an application that has a listener.
	 */
	static Exposition exposition() {
		List<Exposition> seen = new ArrayList<>();
		runner().run((context) -> seen.add(Exposition.of(context.getBean(PrometheusMeterRegistry.class).scrape())));
		return seen.get(0);
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class,
					LdapWatchAutoConfiguration.class, MetricsAutoConfiguration.class,
					LdapKeyValueWatchMetricsAutoConfiguration.class, LdapKeyValueEndpointAutoConfiguration.class,
					LdapKeyValueHealthContributorAutoConfiguration.class))
			.withBean(PrometheusMeterRegistry.class, () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
			.withBean("groups", Groups.class)
			.withPropertyValues(Properties.of(EmbeddedDirectory.shared()))
			.withPropertyValues("management.endpoints.web.exposure.include=ldapkv");
	}

	@Test
	void metersKeepTheirNames() {
		this.runner.run((context) -> {
			String seen = context.getBean(PrometheusMeterRegistry.class).scrape();
			assertThat(seen).contains("# TYPE ldapkv_watch_state gauge", "# TYPE ldapkv_watch_events_total counter",
					"# TYPE ldapkv_watch_entries gauge", "# TYPE ldapkv_watch_silence_seconds gauge",
					"# TYPE ldapkv_watch_comparisons_total counter", "# TYPE ldapkv_watch_failures_total counter",
					"# TYPE ldapkv_watch_untold_total counter");
			assertThat(seen.lines().filter((line) -> line.startsWith("ldapkv_watch_"))).isNotEmpty()
				.allSatisfy((line) -> assertThat(line).contains("listener=\"groups.changed\"",
						"store=\"ldapKeyValueTemplate\""));
		});
	}

	@Test
	void aMeterIsAsTheWatchIs() {
		this.runner.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			long end = System.nanoTime() + PATIENCE.toNanos();
			while (meters.get("ldapkv.watch.state").tag("state", "waiting").gauge().value() == 0
					&& meters.get("ldapkv.watch.events").tag("kind", "caught_up").functionCounter().count() == 0
					&& System.nanoTime() < end) {
				Thread.onSpinWait();
			}
			assertThat(meters.find("ldapkv.watch.state").gauges().stream().mapToDouble((it) -> it.value()).sum())
				.isOne();
		});
	}

	@Test
	void aListenerThatIsFoundLaterHasMeters() {
		this.runner.withBean("late", Groups.class, Groups::new, (definition) -> definition.setLazyInit(true))
			.run((context) -> {
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.find("ldapkv.watch.state").tag("listener", "late.changed").gauges()).isEmpty();
				context.getBean("late");
				assertThat(meters.find("ldapkv.watch.state").tag("listener", "late.changed").gauges()).isNotEmpty();
			});
	}

	@Test
	void withoutListenersThereAreNoMeters() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class,
					LdapWatchAutoConfiguration.class, MetricsAutoConfiguration.class,
					LdapKeyValueWatchMetricsAutoConfiguration.class))
			.withBean(PrometheusMeterRegistry.class, () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
			.run((context) -> assertThat(context.getBean(MeterRegistry.class).getMeters()).extracting(Meter::getId)
				.noneMatch((id) -> id.getName().startsWith("ldapkv.watch")));
	}

	@Test
	void withoutMicrometerThereAreNoMeters() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.core", "io.micrometer.prometheusmetrics"))
			.run((context) -> assertThat(context.getBeanFactory().containsBean("ldapKeyValueWatchMetrics")).isFalse());
	}

	@Test
	void theEndpointShowsWatches() {
		this.runner.run((context) -> assertThat(context.getBean(LdapKeyValueEndpoint.class).stores().watches())
			.containsOnlyKeys("groups.changed"));
	}

	@Test
	void aWatchThatWaitsIsADetailOfTheHealth() {
		this.runner.withPropertyValues("spring.ldap.urls=ldap://localhost:1").run((context) -> {
			long end = System.nanoTime() + PATIENCE.toNanos();
			while (!details(context).contains("WAITING since") && System.nanoTime() < end) {
				Thread.onSpinWait();
			}
			assertThat(details(context)).contains("groups.changed=WAITING since");
		});
	}

	private static String details(ApplicationContext context) {
		return context.getBean("ldapkvHealthContributor", HealthIndicator.class).health(true).getDetails().toString();
	}

	static class Groups {

		@LdapListener("/**")
		void changed(LdapChange change) {
		}

	}

}
