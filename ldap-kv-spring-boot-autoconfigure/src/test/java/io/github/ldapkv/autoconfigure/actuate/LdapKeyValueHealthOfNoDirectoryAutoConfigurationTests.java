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

import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.LdapConnectionDetails;
import org.springframework.boot.ldap.autoconfigure.health.LdapHealthContributorAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LdapKeyValueHealthOfNoDirectoryAutoConfiguration}.
 */
class LdapKeyValueHealthOfNoDirectoryAutoConfigurationTests {

	private static final String URL = EmbeddedDirectory.shared().url();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(LdapAutoConfiguration.class, LdapHealthContributorAutoConfiguration.class,
					LdapKeyValueAutoConfiguration.class, LdapKeyValueHealthContributorAutoConfiguration.class,
					LdapKeyValueHealthOfNoDirectoryAutoConfiguration.class));

	@Test
	void whereOnlyTheStoreHasADirectoryBootAsksNoOther() {
		this.contextRunner.withPropertyValues("ldapkv.urls[0]=" + URL)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("ldapkvHealthContributor")
				.doesNotHaveBean("ldapHealthContributor"));
		this.contextRunner.withPropertyValues("ldapkv.urls=" + URL, "spring.ldap.urls=" + URL)
			.run((context) -> assertThat(context).hasBean("ldapHealthContributor"));
		this.contextRunner.withPropertyValues("spring.ldap.urls=" + URL)
			.run((context) -> assertThat(context).hasBean("ldapHealthContributor"));
		this.contextRunner.withPropertyValues("ldapkv.urls=" + URL)
			.withBean(LdapConnectionDetails.class, () -> () -> new String[] { URL })
			.run((context) -> assertThat(context).hasBean("ldapHealthContributor"));
		this.contextRunner.withPropertyValues("ldapkv.urls=" + URL)
			.withBean("ldapHealthContributor", HealthIndicator.class, () -> () -> Health.up().build())
			.run((context) -> assertThat(context).hasBean("ldapHealthContributor"));
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
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthOfNoDirectory.class));
	}

}
