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

import io.github.ldapkv.LdapConnectionPool;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapKeyValueTransactionManager;
import io.github.ldapkv.server.EmbeddedDirectory;
import io.github.ldapkv.server.OpenLdapContainer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Service;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with two directories, as docs/connections.md has it.
 */
class SeveralDirectoriesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class,
				LdapKeyValueTransactionAutoConfiguration.class, LdapKeyValueMetricsAutoConfiguration.class))
		.withPropertyValues(Properties.of(OpenLdapContainer.shared()))
		.withPropertyValues("partners.url=" + EmbeddedDirectory.shared().url(),
				"partners.user=" + EmbeddedDirectory.shared().userDn(),
				"partners.password=" + EmbeddedDirectory.shared().password());

	@Test
	void theExamplesOfTheDocumentAreHere() {
		assertThat(Examples.of("connections.md")).hasSize(2)
			.allSatisfy((example) -> assertThat(Examples.source(SeveralDirectoriesTests.class)).contains(example));
	}

	@Test
	void aSecondStoreWorksBesideTheAutoConfiguredOne() {
		this.contextRunner.withUserConfiguration(PartnersConfiguration.class, Staff.class).run((context) -> {
			Staff staff = context.getBean(Staff.class);
			LdapKeyValueOperations own = context.getBean(LdapKeyValueOperations.class);
			LdapKeyValueOperations partners = context.getBean("partners", LdapKeyValueOperations.class);
			own.put("/ou=OwnStaff", Map.of("objectClass", "organizationalUnit"));
			partners.put("/ou=PartnerStaff", Map.of("objectClass", "organizationalUnit"));
			assertThat(staff.isOurs("OwnStaff")).isTrue();
			assertThat(staff.isOurs("PartnerStaff")).isFalse();
			assertThat(staff.isPartners("PartnerStaff")).isTrue();
			assertThat(staff.isPartners("OwnStaff")).isFalse();
			assertThat(context.getBean(LdapKeyValueTemplate.class).info().urls())
				.containsExactly(OpenLdapContainer.shared().url());
			assertThat(context).hasSingleBean(LdapKeyValueTransactionManager.class);
		});
	}

	@Test
	void eachStoreHasItsMeters() {
		this.contextRunner.withUserConfiguration(PartnersConfiguration.class)
			.withBean(SimpleMeterRegistry.class, () -> new SimpleMeterRegistry())
			.run((context) -> {
				SimpleMeterRegistry meters = new SimpleMeterRegistry();
				context.getBean(LdapKeyValuePoolMetrics.class).bindTo(meters);
				assertThat(meters.get("ldapkv.pool.max").tag("store", "partners").gauge().value()).isEqualTo(8);
				assertThat(meters.get("ldapkv.pool.max").tag("store", "ldapKeyValueTemplate").gauge().value())
					.isEqualTo(8);
			});
	}

	@Test
	void theConnectionsOfASecondStoreAreClosedWithTheApplication() {
		LdapKeyValueTemplate[] partners = new LdapKeyValueTemplate[1];
		this.contextRunner.withUserConfiguration(PartnersConfiguration.class).run((context) -> {
			partners[0] = context.getBean("partners", LdapKeyValueTemplate.class);
			partners[0].contains("/");
			assertThat(partners[0].info().pool().idle()).isEqualTo(1);
		});
		assertThat(partners[0].info().pool().idle()).isZero();
	}

	@Test
	void aStoreThatIsTheApplicationsOnlyOneReplacesTheAutoConfiguredOne() {
		this.contextRunner.withUserConfiguration(OnlyStore.class)
			.run((context) -> assertThat(context).hasSingleBean(LdapKeyValueOperations.class)
				.doesNotHaveBean("ldapKeyValueTemplate"));
	}

	@Configuration(proxyBeanMethods = false)
	static class PartnersConfiguration {

		@Bean(defaultCandidate = false)
		LdapKeyValueTemplate partners(@Value("${partners.url}") String url, @Value("${partners.user}") String user,
				@Value("${partners.password}") String password) {
			LdapConnectionPool pool = LdapConnectionPool.builder(List.of(url))
				.base("dc=test,dc=org")
				.user(user, password)
				.build();
			return LdapKeyValueTemplate.builder(pool).name("partners").build();
		}

	}

	@Service
	static class Staff {

		private final LdapKeyValueOperations own;

		private final LdapKeyValueOperations partners;

		Staff(LdapKeyValueOperations own, @Qualifier("partners") LdapKeyValueOperations partners) {
			this.own = own;
			this.partners = partners;
		}

		boolean isOurs(String unit) {
			return this.own.contains("/ou=" + unit);
		}

		boolean isPartners(String unit) {
			return this.partners.contains("/ou=" + unit);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OnlyStore {

		@Bean
		LdapKeyValueTemplate only() {
			return new LdapKeyValueTemplate(EmbeddedDirectory.shared().pool().build());
		}

	}

}
