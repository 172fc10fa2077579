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

package io.github.ldapkv.sample;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.ldapkv.LdapKeyValueOperations;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with a store on an embedded directory, for the examples of the
 * documents.
 */
final class EmbeddedStore {

	private static final String BASE = "--spring.ldap.base=dc=test,dc=org";

	private EmbeddedStore() {
	}

	/**
	 * Runs an example with a store whose directory has two people.
	 */
	static void with(Consumer<LdapKeyValueOperations> example) {
		try (ConfigurableApplicationContext context = start(BASE)) {
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			fill(store);
			example.accept(store);
		}
	}

	/**
	 * Starts an application whose embedded directory is empty.
	 */
	static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.ldap.embedded.base-dn=dc=test,dc=org")
			.run(arguments);
	}

	static void fill(LdapKeyValueOperations store) {
		store.put("/", Map.of("objectClass", List.of("dcObject", "organization"), "o", "Test"));
		store.put("/ou=People", Map.of("objectClass", "organizationalUnit"));
		store.put("/ou=People/uid=jdoe",
				Map.of("objectClass", "inetOrgPerson", "cn", "John", "sn", "Doe", "mail", "john@test.org"));
		store.put("/ou=People/uid=jroe", Map.of("objectClass", "inetOrgPerson", "cn", "Jane", "sn", "Roe"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
