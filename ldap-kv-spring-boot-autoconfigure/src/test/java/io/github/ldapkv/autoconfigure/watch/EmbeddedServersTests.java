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

package io.github.ldapkv.autoconfigure.watch;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.embedded.EmbeddedLdapAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link EmbeddedServers}.
 */
class EmbeddedServersTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(LdapAutoConfiguration.class, EmbeddedLdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class));

	@Test
	void theDirectoryThatBootStartsIsOne() {
		this.runner.withPropertyValues("spring.ldap.embedded.base-dn=dc=test,dc=org")
			.run((context) -> assertThat(isEmbedded(context)).isTrue());
	}

	@Test
	void aStoreBesideItIsOnNone() {
		this.runner.withPropertyValues("spring.ldap.embedded.base-dn=dc=test,dc=org", "ldapkv.urls=ldap://localhost:1")
			.run((context) -> assertThat(isEmbedded(context)).isFalse());
	}

	@Test
	void aServerIsNone() {
		this.runner.withPropertyValues("spring.ldap.urls=ldap://localhost:1")
			.run((context) -> assertThat(isEmbedded(context)).isFalse());
	}

	private static boolean isEmbedded(ApplicationContext context) {
		return new EmbeddedServers(context.getBeanProvider(InMemoryDirectoryServer.class))
			.have(context.getBean(LdapKeyValueOperations.class));
	}

}
