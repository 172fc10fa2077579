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
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.SmallDnsServer;
import io.github.ldapkv.testserver.SmallDnsServer.Srv;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that DNS names for a domain, whose name has commas, by which Boot divides a
 * property.
 */
class ServersOfADomainTests {

	@Test
	void aDomainIsOneUrlHoweverItIsWritten() {
		assertThat(urls("ldapkv.urls", "dns:///dc=example,dc=org")).containsExactly("dns:///dc=example,dc=org");
		assertThat(urls("ldapkv.urls[0]", "dns:///dc=example,dc=org")).containsExactly("dns:///dc=example,dc=org");
		assertThat(urls("ldapkv.urls", "dns:///dc=example, dc=org, dns://10.0.0.53/dc=b,dc=c,ldap://d"))
			.containsExactly("dns:///dc=example,dc=org", "dns://10.0.0.53/dc=b,dc=c", "ldap://d");
		assertThat(urls("ldapkv.urls", "ldap://a,dc=org")).containsExactly("ldap://a", "dc=org");
		assertThat(bind("ldapkv.read-urls", "dns:///dc=example,dc=org").getReadUrls())
			.containsExactly("dns:///dc=example,dc=org");
	}

	@Test
	void aStoreFindsItsServer() throws Exception {
		EmbeddedDirectory directory = EmbeddedDirectory.shared();
		try (SmallDnsServer dns = new SmallDnsServer()) {
			dns.set("_ldap._tcp.example.org", new Srv(0, 0, directory.port(), "localhost"));
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class))
				.withPropertyValues("ldapkv.urls=" + dns.url("dc=example,dc=org"),
						"ldapkv.base=" + TestDirectory.SUFFIX, "ldapkv.username=" + directory.userDn(),
						"ldapkv.password=" + directory.password())
				.run((context) -> assertThat(context.getBean(LdapKeyValueOperations.class).contains("/ou=None"))
					.isFalse());
		}
	}

	private static List<String> urls(String name, String value) {
		return bind(name, value).getUrls();
	}

	private static LdapKeyValueProperties bind(String name, String value) {
		return new Binder(new MapConfigurationPropertySource(Map.of(name, value))).bindOrCreate("ldapkv",
				LdapKeyValueProperties.class);
	}

}
