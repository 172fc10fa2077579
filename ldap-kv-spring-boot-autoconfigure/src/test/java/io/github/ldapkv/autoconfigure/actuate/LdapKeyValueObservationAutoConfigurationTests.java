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

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.autoconfigure.Examples;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.autoconfigure.Properties;
import io.github.ldapkv.observation.DefaultLdapKeyValueObservationConvention;
import io.github.ldapkv.observation.LdapKeyValueObservationConvention;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LdapKeyValueObservationAutoConfiguration}, and of what an application
 * measures with it.
 */
@ExtendWith(OutputCaptureExtension.class)
class LdapKeyValueObservationAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, LdapAutoConfiguration.class,
				LdapKeyValueAutoConfiguration.class, LdapKeyValueObservationAutoConfiguration.class,
				LdapKeyValueMetricsAutoConfiguration.class))
		.withPropertyValues(Properties.of(EmbeddedDirectory.shared()));

	@Test
	void theStoreIsObserved() {
		this.contextRunner.withBean(TestObservationRegistry.class, TestObservationRegistry::create).run((context) -> {
			callStore(context);
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasSingleObservationThat()
				.hasNameEqualTo("ldapkv.operation")
				.hasLowCardinalityKeyValue("store", "ldapKeyValueTemplate")
				.hasLowCardinalityKeyValue("operation", "contains")
				.doesNotHaveHighCardinalityKeyValueWithKey("key");
		});
	}

	@Test
	void keysAreObservedIfAPropertySaysSo() {
		this.contextRunner.withBean(TestObservationRegistry.class, TestObservationRegistry::create)
			.withPropertyValues("ldapkv.observation.include-key=true")
			.run((context) -> {
				callStore(context);
				TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
					.hasSingleObservationThat()
					.hasHighCardinalityKeyValue("key", "/ou=None");
			});
	}

	@Test
	void aConventionOfTheApplicationIsUsed() {
		this.contextRunner.withBean(TestObservationRegistry.class, TestObservationRegistry::create)
			.withBean(LdapKeyValueObservationConvention.class, OwnConvention::new)
			.run((context) -> {
				callStore(context);
				TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
					.hasSingleObservationThat()
					.hasNameEqualTo("own");
			});
	}

	@Test
	void operationsAreMeasured() {
		this.contextRunner.withBean(SimpleMeterRegistry.class, () -> new SimpleMeterRegistry()).run((context) -> {
			callStore(context);
			callStore(context);
			assertThat(context.getBean(MeterRegistry.class)
				.get("ldapkv.operation")
				.tags("operation", "contains", "error", "none", "store", "ldapKeyValueTemplate")
				.timer()
				.count()).isEqualTo(2);
		});
	}

	@Test
	void connectionsAreMeasured() {
		this.contextRunner.withBean(SimpleMeterRegistry.class, () -> new SimpleMeterRegistry())
			.withPropertyValues("ldapkv.pool.max-size=5")
			.run((context) -> {
				callStore(context);
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.get("ldapkv.pool.connections").tag("state", "active").gauge().value()).isZero();
				assertThat(meters.get("ldapkv.pool.connections").tag("state", "idle").gauge().value()).isOne();
				assertThat(meters.get("ldapkv.pool.connections.max").gauge().value()).isEqualTo(5);
				assertThat(meters.get("ldapkv.pool.waiting").gauge().value()).isZero();
				assertThat(meters.get("ldapkv.pool.connect").tag("outcome", "success").timer().count()).isOne();
			});
	}

	@Test
	void backsOffWithoutMicrometersObservations() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(ObservationRegistry.class)).run((context) -> {
			assertThat(context).doesNotHaveBean(LdapKeyValueObservationAutoConfiguration.class);
			callStore(context);
		});
	}

	@Test
	void backsOffWithoutMicrometersMeters() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(MeterRegistry.class)).run((context) -> {
			assertThat(context).doesNotHaveBean(LdapKeyValueMetricsAutoConfiguration.class);
			callStore(context);
		});
	}

	@Test
	void backsOffWithoutAStore() {
		this.contextRunner.withBean(SimpleMeterRegistry.class, () -> new SimpleMeterRegistry())
			.withPropertyValues("ldapkv.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LdapKeyValuePoolMetrics.class));
	}

	@Test
	void theStoreNeedsNoRegistry() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class,
					LdapKeyValueObservationAutoConfiguration.class, LdapKeyValueMetricsAutoConfiguration.class))
			.withPropertyValues(Properties.of(EmbeddedDirectory.shared()))
			.run(LdapKeyValueObservationAutoConfigurationTests::callStore);
	}

	@Test
	void slowOperationsAreLogged(CapturedOutput output) {
		this.contextRunner.withPropertyValues("ldapkv.slow-operation-threshold=1ns").run((context) -> {
			callStore(context);
			assertThat(output).containsPattern("WARN .*Slow operation of ldapKeyValueTemplate: contains took");
		});
	}

	@Test
	void theExampleOfTheDocumentIsATestOfTheCore() {
		assertThat(Examples.of("observability.md")).singleElement()
			.satisfies((example) -> assertThat(
					Examples.source("../ldap-kv-core", "io.github.ldapkv.observation.ObservationTests"))
				.contains(example));
	}

	private static void callStore(ApplicationContext context) {
		assertThat(context.getBean(LdapKeyValueOperations.class).contains("/ou=None")).isFalse();
	}

	private static final class OwnConvention extends DefaultLdapKeyValueObservationConvention {

		@Override
		public String getName() {
			return "own";
		}

	}

}
