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

import java.util.Map;
import java.util.Optional;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapValue;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * The service in its application, with a mock in the place of the store.
 */
@SpringBootTest
class PeopleOnAMockTests {

	@Autowired
	private People people;

	@MockitoBean
	private LdapKeyValueOperations store;

	@Test
	void findsTheMailOfAPersonOnAMock() {
		given(this.store.get(LdapKey.of("/ou=People/uid=jdoe")))
			.willReturn(Optional.of(LdapValue.of(Map.of("mail", "john@test.org"))));
		assertThat(this.people.mailOf("jdoe")).contains("john@test.org");
	}

}
