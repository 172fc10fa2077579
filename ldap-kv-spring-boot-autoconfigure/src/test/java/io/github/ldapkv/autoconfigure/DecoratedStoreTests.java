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

import java.util.List;
import java.util.Map;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapKeyValueTemplateBuilder;
import io.github.ldapkv.LdapKeyValueTransactionManager;
import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueEndpoint;
import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueEndpointAutoConfiguration;
import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueHealthContributorAutoConfiguration;
import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueMetricsAutoConfiguration;
import io.github.ldapkv.autoconfigure.transaction.LdapKeyValueTransactionAutoConfiguration;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A store with another in front of it, as docs/connections.md has it.
 */
class DecoratedStoreTests {

	private static final EmbeddedDirectory DIRECTORY = EmbeddedDirectory.shared();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class,
				LdapKeyValueTransactionAutoConfiguration.class, LdapKeyValueMetricsAutoConfiguration.class,
				LdapKeyValueHealthContributorAutoConfiguration.class, LdapKeyValueEndpointAutoConfiguration.class,
				TransactionAutoConfiguration.class))
		.withPropertyValues(Properties.of(DIRECTORY))
		.withPropertyValues("management.endpoints.web.exposure.include=ldapkv", "ldapkv.pool.max-size=3")
		.withBean(SimpleMeterRegistry.class, () -> new SimpleMeterRegistry())
		.withUserConfiguration(CachingConfiguration.class, Staff.class);

	@Test
	void theOneInFrontIsInjected() {
		this.contextRunner.run((context) -> {
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			assertThat(store).isInstanceOf(CachingStore.class);
			assertThat(store.get("/")).isPresent();
			assertThat(DIRECTORY.requestsDuring(() -> store.get("/"))).isEmpty();
		});
	}

	@Test
	void theOneBehindHasTheSettingsOfTheApplication() {
		this.contextRunner.run((context) -> {
			LdapKeyValueTemplate behind = context.getBean(LdapKeyValueTemplate.class);
			assertThat(behind.info().base()).isEqualTo(TestDirectory.SUFFIX);
			assertThat(behind.info().pool().max()).isEqualTo(3);
			assertThat(context).doesNotHaveBean("ldapKeyValueTemplate");
		});
	}

	@Test
	void healthTheMetersAndTheEndpointAreThere() {
		this.contextRunner.run((context) -> {
			assertThat(context.getBean("ldapkvHealthContributor", HealthIndicator.class).health().getStatus())
				.isEqualTo(Status.UP);
			SimpleMeterRegistry meters = new SimpleMeterRegistry();
			context.getBean(MeterBinder.class).bindTo(meters);
			assertThat(meters.get("ldapkv.pool.connections.max").tag("store", "directory").gauge().value())
				.isEqualTo(3);
			assertThat(context.getBean(LdapKeyValueEndpoint.class).stores().stores()).containsOnlyKeys("directory");
		});
	}

	@Test
	void writesThroughTheOneInFrontArePartOfTransactions() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(LdapKeyValueTransactionManager.class);
			Staff staff = context.getBean(Staff.class);
			assertThatIllegalStateException().isThrownBy(staff::hire);
			assertThat(context.getBean(LdapKeyValueOperations.class).contains("/ou=Decorated")).isFalse();
		});
	}

	@Test
	void itsConnectionsAreClosedWithTheApplication() {
		LdapKeyValueTemplate[] behind = new LdapKeyValueTemplate[1];
		this.contextRunner.run((context) -> {
			behind[0] = context.getBean(LdapKeyValueTemplate.class);
			behind[0].contains("/");
			assertThat(behind[0].info().pool().idle()).isEqualTo(1);
		});
		assertThat(behind[0].info().pool().idle()).isZero();
	}

	@Configuration(proxyBeanMethods = false)
	static class CachingConfiguration {

		@Bean
		LdapKeyValueTemplate directory(LdapKeyValueTemplateBuilder builder) {
			return builder.build();
		}

		@Bean
		@Primary
		LdapKeyValueOperations store(LdapKeyValueTemplate directory) {
			return new CachingStore(directory);
		}

	}

	static class Staff {

		private final LdapKeyValueOperations store;

		Staff(LdapKeyValueOperations store) {
			this.store = store;
		}

		@Transactional
		public void hire() {
			this.store.put("/ou=Decorated", Map.of("objectClass", List.of("organizationalUnit")));
			throw new IllegalStateException("stop");
		}

	}

}
