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

package io.github.ldapkv.people;

import java.util.List;
import java.util.Map;

import io.github.ldapkv.LdapKeyValueOperations;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service on OpenLDAP in a container.
 */
@SpringBootTest(properties = "directory.image=${LDAPKV_OPENLDAP_IMAGE:ldap-kv/openldap:local}")
@Import(PeopleOnOpenLdapTests.Directory.class)
class PeopleOnOpenLdapTests {

	@Autowired
	private People people;

	@Autowired
	private LdapKeyValueOperations store;

	@Test
	void findsTheMailOfAPersonOnOpenLdap() {
		this.store.put("/ou=People", Map.of("objectClass", "organizationalUnit"));
		this.store.put("/ou=People/uid=jdoe",
				Map.of("objectClass", List.of("inetOrgPerson"), "cn", "John", "sn", "Doe", "mail", "john@test.org"));
		assertThat(this.people.mailOf("jdoe")).contains("john@test.org");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Directory {

		@Bean
		@ServiceConnection("osixia/openldap")
		GenericContainer<?> openLdap(@Value("${directory.image}") String image) {
			return new GenericContainer<>(image).withExposedPorts(389)
				.withEnv("LDAP_DOMAIN", "test.org")
				.withEnv("LDAP_BASE_DN", "dc=test,dc=org")
				.withEnv("LDAP_ADMIN_PASSWORD", "admin")
				.withEnv("LDAP_TLS", "false");
		}

	}

}
