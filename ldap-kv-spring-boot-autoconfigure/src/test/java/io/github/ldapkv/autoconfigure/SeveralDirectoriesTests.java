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
import io.github.ldapkv.LdapKeyValueTransactionManager;
import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueMetricsAutoConfiguration;
import io.github.ldapkv.autoconfigure.transaction.LdapKeyValueTransactionAutoConfiguration;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * An application with two directories, as docs/connections.md has it.
 */
class SeveralDirectoriesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class,
				LdapKeyValueTransactionAutoConfiguration.class, LdapKeyValueMetricsAutoConfiguration.class,
				TransactionAutoConfiguration.class))
		.withPropertyValues(Properties.of(OpenLdapContainer.shared()))
		.withPropertyValues("partners.url=" + EmbeddedDirectory.shared().url(),
				"partners.user=" + EmbeddedDirectory.shared().userDn(),
				"partners.password=" + EmbeddedDirectory.shared().password());

	@Test
	void theExamplesOfTheDocumentAreTests() {
		String tests = Examples.source(SeveralDirectoriesTests.class) + Examples.source(DecoratedStoreTests.class)
				+ Examples.source(ContextSourceTests.class);
		assertThat(Examples.of("connections.md")).hasSize(4)
			.allSatisfy((example) -> assertThat(tests).contains(example));
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
		});
	}

	@Test
	void eachStoreHasItsTransactionManager() {
		this.contextRunner.withUserConfiguration(PartnersConfiguration.class, Hiring.class).run((context) -> {
			assertThat(context.getBeanNamesForType(LdapKeyValueTransactionManager.class))
				.containsExactlyInAnyOrder("ldapKeyValueTransactionManager", "partnersTransactionManager");
			Hiring hiring = context.getBean(Hiring.class);
			LdapKeyValueOperations own = context.getBean(LdapKeyValueOperations.class);
			LdapKeyValueOperations partners = context.getBean("partners", LdapKeyValueOperations.class);
			assertThatIllegalStateException().isThrownBy(hiring::hireOurs);
			assertThat(own.contains("/ou=Hired")).isFalse();
			assertThat(partners.contains("/ou=Hired")).isTrue();
			partners.delete("/ou=Hired");
			assertThatIllegalStateException().isThrownBy(hiring::hireTheirs);
			assertThat(own.contains("/ou=Hired")).isTrue();
			assertThat(partners.contains("/ou=Hired")).isFalse();
			own.delete("/ou=Hired");
		});
	}

	@Test
	void aSecondOneThatIsADefaultCandidateLeavesTheFirstInPlace() {
		this.contextRunner.withUserConfiguration(PartnersConfiguration.class, DefaultCandidate.class)
			.run((context) -> assertThat(context).hasBean("ldapKeyValueTransactionManager"));
	}

	@Test
	void eachStoreHasItsMeters() {
		this.contextRunner.withUserConfiguration(PartnersConfiguration.class)
			.withBean(SimpleMeterRegistry.class, () -> new SimpleMeterRegistry())
			.run((context) -> {
				SimpleMeterRegistry meters = new SimpleMeterRegistry();
				context.getBean(MeterBinder.class).bindTo(meters);
				assertThat(meters.get("ldapkv.pool.connections.max").tag("store", "partners").gauge().value())
					.isEqualTo(8);
				assertThat(
						meters.get("ldapkv.pool.connections.max").tag("store", "ldapKeyValueTemplate").gauge().value())
					.isEqualTo(8);
			});
	}

	@Test
	void storesWithoutANameHaveTheirMetersToo() {
		this.contextRunner.withUserConfiguration(UnnamedStores.class)
			.withBean(SimpleMeterRegistry.class, () -> new SimpleMeterRegistry())
			.run((context) -> {
				SimpleMeterRegistry meters = new SimpleMeterRegistry();
				context.getBean(MeterBinder.class).bindTo(meters);
				assertThat(meters.find("ldapkv.pool.connections.max").gauges())
					.extracting((gauge) -> gauge.getId().getTag("store"))
					.containsExactlyInAnyOrder("ldapKeyValueTemplate", "unnamed", "twin", "secondTwin");
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

		@Bean(defaultCandidate = false)
		LdapKeyValueTransactionManager partnersTransactionManager(
				@Qualifier("partners") LdapKeyValueTemplate partners) {
			return new LdapKeyValueTransactionManager(partners);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DefaultCandidate {

		@Bean
		LdapKeyValueTransactionManager second(@Qualifier("partners") LdapKeyValueTemplate partners) {
			return new LdapKeyValueTransactionManager(partners);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UnnamedStores {

		@Bean(defaultCandidate = false)
		LdapKeyValueTemplate unnamed() {
			return new LdapKeyValueTemplate(EmbeddedDirectory.shared().pool().build());
		}

		@Bean(defaultCandidate = false)
		LdapKeyValueTemplate firstTwin() {
			return LdapKeyValueTemplate.builder(EmbeddedDirectory.shared().pool().build()).name("twin").build();
		}

		@Bean(defaultCandidate = false)
		LdapKeyValueTemplate secondTwin() {
			return LdapKeyValueTemplate.builder(EmbeddedDirectory.shared().pool().build()).name("twin").build();
		}

	}

	static class Hiring {

		private final LdapKeyValueOperations own;

		private final LdapKeyValueOperations partners;

		Hiring(LdapKeyValueOperations own, @Qualifier("partners") LdapKeyValueOperations partners) {
			this.own = own;
			this.partners = partners;
		}

		@Transactional
		public void hireOurs() {
			hire();
		}

		@Transactional("partnersTransactionManager")
		public void hireTheirs() {
			hire();
		}

		private void hire() {
			this.own.put("/ou=Hired", Map.of("objectClass", "organizationalUnit"));
			this.partners.put("/ou=Hired", Map.of("objectClass", "organizationalUnit"));
			throw new IllegalStateException("stop");
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
