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
import java.util.List;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.autoconfigure.Properties;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TcpProxy;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.LdapConnectionDetails;
import org.springframework.boot.ldap.autoconfigure.health.LdapHealthContributorAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.ldap.core.support.LdapContextSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests of {@link LdapKeyValueBootsLdapHealthAutoConfiguration}.
 */
class LdapKeyValueBootsLdapHealthAutoConfigurationTests {

	private static final String URL = EmbeddedDirectory.shared().url();

	private static final ContextConsumer<AssertableApplicationContext> BOOT_ASKS = (
			context) -> assertThat(context).hasNotFailed().hasBean("ldapHealthContributor");

	private static final ContextConsumer<AssertableApplicationContext> BOOT_DOES_NOT_ASK = (
			context) -> assertThat(context).hasNotFailed()
				.hasBean("ldapkvHealthContributor")
				.doesNotHaveBean("ldapHealthContributor");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(LdapAutoConfiguration.class, LdapHealthContributorAutoConfiguration.class,
					LdapKeyValueAutoConfiguration.class, LdapKeyValueHealthContributorAutoConfiguration.class,
					LdapKeyValueBootsLdapHealthAutoConfiguration.class));

	@Test
	void whereOnlyTheStoreHasADirectoryBootAsksNoOther() {
		this.contextRunner.withPropertyValues("ldapkv.urls[0]=" + URL)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("ldapkvHealthContributor")
				.doesNotHaveBean("ldapHealthContributor"));
		this.contextRunner.withPropertyValues("ldapkv.urls=" + URL, "spring.ldap.urls=" + URL)
			.run((context) -> assertThat(context).hasBean("ldapHealthContributor"));
		this.contextRunner.withPropertyValues("ldapkv.urls=" + URL)
			.withBean(LdapConnectionDetails.class, () -> () -> new String[] { URL })
			.run((context) -> assertThat(context).hasBean("ldapHealthContributor"));
		this.contextRunner.withPropertyValues("ldapkv.urls=" + URL)
			.withBean("ldapHealthContributor", HealthIndicator.class, () -> () -> Health.up().build())
			.run((context) -> assertThat(context).hasBean("ldapHealthContributor"));
	}

	@Test
	void whereTheStoreHasTheApplicationsDirectoryBootDoesNotAskItToo() {
		this.contextRunner.withPropertyValues("spring.ldap.urls=" + URL).run(BOOT_DOES_NOT_ASK);
		this.contextRunner.withBean(LdapConnectionDetails.class, () -> () -> new String[] { URL })
			.run(BOOT_DOES_NOT_ASK);
		LdapContextSource own = new LdapContextSource();
		own.setUrl(URL);
		this.contextRunner.withBean(LdapContextSource.class, () -> own).run(BOOT_DOES_NOT_ASK);
	}

	@Test
	void whereTheHealthOfTheStoreDoesNotTellBootAsks() {
		ApplicationContextRunner shared = this.contextRunner.withPropertyValues("spring.ldap.urls=" + URL);
		shared.withPropertyValues("management.health.ldapkv.enabled=false").run(BOOT_ASKS);
		shared.withBean("ldapkvHealthIndicator", HealthIndicator.class, () -> () -> Health.up().build()).run(BOOT_ASKS);
		shared
			.withBean("other", LdapKeyValueTemplate.class,
					() -> new LdapKeyValueTemplate(EmbeddedDirectory.shared().pool().build()))
			.run(BOOT_ASKS);
		shared.withUserConfiguration(OtherTemplate.class).run(BOOT_ASKS);
	}

	@Test
	void whoNamesBootsHealthHasIt() {
		for (String setting : List.of("management.health.ldap.enabled=true",
				"management.endpoint.health.group.readiness.include=ping, ldap",
				"management.endpoint.health.group.readiness.include[1]=ldap/ldapTemplate")) {
			this.contextRunner.withPropertyValues("spring.ldap.urls=" + URL, setting).run(BOOT_ASKS);
		}
		this.contextRunner
			.withPropertyValues("spring.ldap.urls=" + URL,
					"management.endpoint.health.group.readiness.include=ping,ldapkv")
			.run(BOOT_DOES_NOT_ASK);
	}

	@Test
	void whatBootWaitsForEndsWithASettingOfJndi() {
		EmbeddedDirectory server = EmbeddedDirectory.shared();
		try (TcpProxy proxy = new TcpProxy(server.host(), server.port())) {
			proxy.swallow(true);
			this.contextRunner.withPropertyValues(Properties.of(server, proxy.url()))
				.withPropertyValues("management.health.ldap.enabled=true",
						"spring.ldap.base-environment.com.sun.jndi.ldap.connect.timeout=500")
				.run((context) -> assertTimeoutPreemptively(Duration.ofSeconds(20),
						() -> assertThat(
								context.getBean("ldapHealthContributor", HealthIndicator.class).health().getStatus())
							.isEqualTo(Status.DOWN)));
		}
	}

	@Test
	void theHealthOfTheStoresNeedNotBeThere() {
		this.contextRunner.withPropertyValues("ldapkv.urls=" + URL, "management.health.ldapkv.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("ldapkvHealthContributor")
				.doesNotHaveBean("ldapHealthContributor"));
	}

	@Test
	void backsOffWithoutTheStoresAutoConfiguration() {
		this.contextRunner.withPropertyValues("ldapkv.urls=" + URL, "ldapkv.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().hasBean("ldapHealthContributor"));
	}

	@Test
	void backsOffWithoutBootsHealth() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(HealthContributor.class.getPackageName()))
			.withPropertyValues("ldapkv.urls=" + URL)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(BootsLdapHealth.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class OtherTemplate {

		@Bean
		LdapTemplate other() {
			LdapContextSource source = new LdapContextSource();
			source.setUrl(URL);
			source.afterPropertiesSet();
			return new LdapTemplate(source);
		}

	}

}
