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

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that leaves out the health of Boot's
 * own LDAP support where only the store has a directory, whether or not the stores have
 * their health, and where that asks the same directory.
 */
@AutoConfiguration(after = LdapKeyValueAutoConfiguration.class)
@ConditionalOnClass(HealthContributor.class)
@ConditionalOnBean(LdapKeyValueAutoConfiguration.class)
public final class LdapKeyValueBootsLdapHealthAutoConfiguration {

	@Bean
	static BootsLdapHealth ldapKeyValueBootsLdapHealth(Environment environment) {
		return new BootsLdapHealth(environment);
	}

}
