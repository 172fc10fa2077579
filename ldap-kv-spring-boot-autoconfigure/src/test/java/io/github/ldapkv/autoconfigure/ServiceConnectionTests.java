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

import java.util.Map;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.testserver.OpenLdapContainer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The store on a container that Boot takes the connection details from.
 */
@SpringJUnitConfig
class ServiceConnectionTests {

	@Autowired
	private LdapKeyValueOperations store;

	@Test
	void theStoreWorksOnTheContainersDirectory() {
		this.store.put("/ou=Connected", Map.of("objectClass", "organizationalUnit"));
		assertThat(this.store.contains("ou=Connected,dc=test,dc=org")).isTrue();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class,
			ServiceConnectionAutoConfiguration.class })
	static class TestConfiguration {

		@Bean
		@ServiceConnection("osixia/openldap")
		OpenLdapContainer container() {
			return new OpenLdapContainer();
		}

	}

}
