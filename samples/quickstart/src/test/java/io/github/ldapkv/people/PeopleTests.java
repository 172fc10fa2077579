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

import io.github.ldapkv.LdapKeyValueOperations;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service on an embedded directory.
 */
@SpringBootTest(properties = { "spring.ldap.embedded.base-dn=dc=test,dc=org",
		"spring.ldap.embedded.ldif=classpath:people.ldif",
		"spring.ldap.embedded.validation.schema=classpath:people-schema.ldif", "spring.ldap.base=dc=test,dc=org" })
class PeopleTests {

	@Autowired
	private People people;

	@Autowired
	private LdapKeyValueOperations store;

	@Test
	void findsTheMailOfAPerson() {
		assertThat(this.people.mailOf("jdoe")).contains("john@test.org");
		assertThat(this.people.mailOf("nobody")).isEmpty();
	}

	@Test
	void givesABadge() {
		this.people.giveBadge("jdoe", 42);
		assertThat(this.store.getRequired("/ou=People/uid=jdoe").text("testBadge")).contains("42");
	}

}
