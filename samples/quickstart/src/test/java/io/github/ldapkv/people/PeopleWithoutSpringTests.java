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
import java.util.Optional;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.schema.Schema;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * The service without a context: on a directory in memory, on a mock, and on a store that
 * fails.
 */
class PeopleWithoutSpringTests {

	@Test
	void onADirectoryInMemory() throws Exception {
		// @formatter:off
		InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=test,dc=org");
		config.setSchema(Schema.mergeSchemas(Schema.getDefaultStandardSchema(), Schema.getSchema("src/test/resources/people-schema.ldif")));
		InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
		server.importFromLDIF(true, "src/test/resources/people.ldif");
		server.startListening();
		LdapConnectionPool pool = LdapConnectionPool.builder(List.of("ldap://localhost:" + server.getListenPort()))
				.base("dc=test,dc=org").build();
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool)) {
			assertThat(new People(store).mailOf("jdoe")).contains("john@test.org");
		}
		finally {
			server.shutDown(true);
		}
		// @formatter:on
	}

	@Test
	void onAMock() {
		// @formatter:off
		LdapKeyValueOperations store = mock(LdapKeyValueOperations.class);
		given(store.get(LdapKey.of("/ou=People/uid=jdoe")))
				.willReturn(Optional.of(LdapValue.of(Map.of("mail", "john@test.org"))));
		assertThat(new People(store).mailOf("jdoe")).contains("john@test.org");
		// @formatter:on
	}

	@Test
	void onAStoreThatFails() throws Exception {
		InMemoryDirectoryServer server = new InMemoryDirectoryServer(
				new InMemoryDirectoryServerConfig("dc=test,dc=org"));
		server.startListening();
		LdapConnectionPool pool = LdapConnectionPool.builder(List.of("ldap://localhost:" + server.getListenPort()))
			.build();
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool)) {
			// @formatter:off
			LdapKeyValueOperations failing = mock(LdapKeyValueOperations.class, delegatesTo(store));
			willThrow(new QueryTimeoutException("no answer came in time")).given(failing).get(any());
			assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(() -> new People(failing).mailOf("jdoe"));
			// @formatter:on
			assertThat(failing.contains("/dc=org/dc=test/ou=none")).isFalse();
		}
		finally {
			server.shutDown(true);
		}
	}

}
