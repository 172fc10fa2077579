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
import java.util.Map;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.autoconfigure.LdapKeyValueProperties;
import io.github.ldapkv.autoconfigure.watch.LdapWatchRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of all stores.
 */
@AutoConfiguration(after = LdapKeyValueAutoConfiguration.class)
@ConditionalOnClass({ LdapKeyValueTemplate.class, HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(LdapKeyValueTemplate.class)
@ConditionalOnEnabledHealthIndicator("ldapkv")
@EnableConfigurationProperties(LdapKeyValueProperties.class)
public final class LdapKeyValueHealthContributorAutoConfiguration
		extends CompositeHealthContributorConfiguration<LdapKeyValueHealthIndicator, LdapKeyValueTemplate> {

	LdapKeyValueHealthContributorAutoConfiguration(LdapKeyValueProperties properties,
			ConfigurableListableBeanFactory beanFactory, ObjectProvider<LdapWatchRegistry> watches) {
		super((store) -> new LdapKeyValueHealthIndicator(store, TimeLimit.of(properties),
				new Status(properties.getHealth().getReadOnlyStatus()),
				() -> troubled(store, beanFactory, watches.getIfAvailable())));
	}

	private static Map<String, String> troubled(LdapKeyValueTemplate store, ConfigurableListableBeanFactory beanFactory,
			@Nullable LdapWatchRegistry watches) {
		Map<String, String> troubled = new LinkedHashMap<>();
		if (watches != null) {
			watches.ids()
				.stream()
				.map(watches::store)
				.distinct()
				.filter((bean) -> beanFactory.getBean(bean, LdapKeyValueOperations.class)
					.unwrap(LdapKeyValueTemplate.class)
					.filter((it) -> it == store)
					.isPresent())
				.forEach((bean) -> troubled.putAll(Watches.troubled(watches, bean)));
		}
		return troubled;
	}

	@Bean
	@ConditionalOnMissingBean(name = { "ldapkvHealthIndicator", "ldapkvHealthContributor" })
	HealthContributor ldapkvHealthContributor(ConfigurableListableBeanFactory beanFactory) {
		Map<String, LdapKeyValueTemplate> stores = Stores.of(beanFactory);
		return stores.isEmpty() ? (HealthIndicator) () -> Health.unknown().build() : createContributor(stores);
	}

}
