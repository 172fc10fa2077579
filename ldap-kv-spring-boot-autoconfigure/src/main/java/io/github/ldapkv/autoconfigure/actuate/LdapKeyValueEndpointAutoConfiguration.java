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

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.autoconfigure.LdapKeyValueProperties;
import io.github.ldapkv.autoconfigure.watch.LdapWatchRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the {@code ldapkv} endpoint.
 */
@AutoConfiguration(after = LdapKeyValueAutoConfiguration.class)
@ConditionalOnClass({ LdapKeyValueTemplate.class, Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(LdapKeyValueTemplate.class)
@ConditionalOnAvailableEndpoint(LdapKeyValueEndpoint.class)
@EnableConfigurationProperties(LdapKeyValueProperties.class)
public final class LdapKeyValueEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LdapKeyValueEndpoint ldapKeyValueEndpoint(ConfigurableListableBeanFactory beanFactory,
			LdapKeyValueProperties properties, ObjectProvider<LdapWatchRegistry> watches) {
		return new LdapKeyValueEndpoint(() -> Stores.of(beanFactory), TimeLimit.of(properties),
				() -> Watches.of(watches.getIfAvailable()));
	}

}
