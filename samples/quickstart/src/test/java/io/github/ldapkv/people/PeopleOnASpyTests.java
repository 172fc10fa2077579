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
import org.springframework.dao.QueryTimeoutException;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willThrow;

/**
 * The service in its application, with a store that fails when told to.
 */
@SpringBootTest(
		properties = { "spring.ldap.embedded.base-dn=dc=test,dc=org", "spring.ldap.embedded.ldif=classpath:people.ldif",
				"spring.ldap.embedded.validation.enabled=false", "spring.ldap.base=dc=test,dc=org" })
class PeopleOnASpyTests {

	@Autowired
	private People people;

	@MockitoSpyBean
	private LdapKeyValueOperations store;

	@Test
	void findsTheMailOfAPersonUntilTheServerHangs() {
		assertThat(this.people.mailOf("jdoe")).contains("john@test.org");
		willThrow(new QueryTimeoutException("no answer came in time")).given(this.store).get(any());
		assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(() -> this.people.mailOf("jdoe"));
	}

}
