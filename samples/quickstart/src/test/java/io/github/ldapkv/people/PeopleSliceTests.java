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

import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.embedded.EmbeddedLdapAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service on an embedded directory, without the rest of the application.
 */
@SpringBootTest(classes = People.class,
		properties = { "spring.ldap.embedded.base-dn=dc=test,dc=org", "spring.ldap.embedded.ldif=classpath:people.ldif",
				"spring.ldap.embedded.validation.enabled=false", "spring.ldap.base=dc=test,dc=org" })
@ImportAutoConfiguration({ EmbeddedLdapAutoConfiguration.class, LdapAutoConfiguration.class,
		LdapKeyValueAutoConfiguration.class })
class PeopleSliceTests {

	@Autowired
	private People people;

	@Test
	void findsTheMailOfAPerson() {
		assertThat(this.people.mailOf("jdoe")).contains("john@test.org");
	}

}
