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

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKeyValueTemplate;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of docs/testing.md, which are tests of an application of their own, and
 * what that document says of the embedded directory.
 */
class TestingTests {

	@Test
	void everyExampleIsHere() throws ClassNotFoundException {
		Document.of("docs/testing.md")
			.assertExamplesAreIn(10, Class.forName("io.github.ldapkv.people.People"),
					Class.forName("io.github.ldapkv.people.PeopleTests"),
					Class.forName("io.github.ldapkv.people.PeopleSliceTests"),
					Class.forName("io.github.ldapkv.people.PeopleListenerTests"),
					Class.forName("io.github.ldapkv.people.PeopleOnOpenLdapTests"),
					Class.forName("io.github.ldapkv.people.PeopleOnAMockTests"),
					Class.forName("io.github.ldapkv.people.PeopleOnASpyTests"),
					Class.forName("io.github.ldapkv.people.PeopleWithoutSpringTests"));
	}

	@Test
	void theEmbeddedDirectoryHasNoAccessControlNoLimitsAndItsOwnVersions() {
		try (ConfigurableApplicationContext context = EmbeddedStore.start("--spring.ldap.base=dc=test,dc=org")) {
			LdapKeyValueTemplate store = context.getBean(LdapKeyValueTemplate.class);
			EmbeddedStore.fill(store);
			assertThat(store.serverCapabilities().versionAttribute()).isEqualTo("modifyTimestamp");
			assertThat(context.getEnvironment().getProperty("spring.ldap.username")).isNull();
			for (int i = 0; i < 1200; i++) {
				store.put("/ou=People/uid=u" + i,
						Map.of("objectClass", List.of("inetOrgPerson"), "cn", "U", "sn", "U"));
			}
			assertThat(store.count(KeyQuery.of("/ou=People/*"))).isEqualTo(1202);
		}
	}

}
