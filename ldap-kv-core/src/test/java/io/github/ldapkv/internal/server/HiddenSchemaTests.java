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

package io.github.ldapkv.internal.server;

import java.util.List;
import java.util.Map;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.pool.LdapConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes to a server that shows no schema: what it maintains is for it to say.
 */
class HiddenSchemaTests {

	private InMemoryDirectoryServer server;

	private LdapConnectionPool pool;

	private LdapKeyValueTemplate store;

	@BeforeEach
	void start() throws LDAPException {
		InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=org");
		config.setSchema(null);
		this.server = new InMemoryDirectoryServer(config);
		this.server.startListening();
		this.pool = LdapConnectionPool.builder(List.of("ldap://localhost:" + this.server.getListenPort())).build();
		this.store = new LdapKeyValueTemplate(this.pool);
		this.store.put("/dc=org", Map.of("objectClass", "domain"));
	}

	@AfterEach
	void stop() {
		this.pool.close();
		this.server.shutDown(true);
	}

	@Test
	void whatSomeServersMaintainIsSent() {
		LdapKey key = LdapKey.of("/dc=org/cn=x");
		Map<String, Object> plain = Map.of("memberOf", "cn=g,dc=org", "name", "X", "pwdLastSet", "1", "etag", "2");
		this.store.put(key, LdapValue.of(plain).toBuilder().set("objectClass", "device").build());
		plain.forEach((name, value) -> assertThat(this.store.getRequired(key).texts(name)).containsExactly(value + ""));
		plain.keySet().forEach((name) -> this.store.put(key, Map.of(name, "3")));
		plain.keySet().forEach((name) -> assertThat(this.store.getRequired(key).texts(name)).containsExactly("3"));
		this.store.replace(key, Map.of("objectClass", "device"));
		assertThat(this.store.getRequired(key).names()).doesNotContainAnyElementsOf(plain.keySet());
	}

	@Test
	void anEntryIsPutBackWithWhatEveryServerMaintains() {
		LdapKey key = LdapKey.of("/dc=org/cn=x");
		this.store.put(key, Map.of("objectClass", "device"));
		LdapValue value = this.store.query(KeyQuery.of(key.toString()).attributes("*", "+")).get(0).value();
		assertThat(value.names()).contains("entryUUID", "createTimestamp");
		this.store.put(key, value.toBuilder().set("description", "y").build());
		this.store.put("/dc=org/cn=y", value.toBuilder().set("cn", "y").build());
		assertThat(this.store.getRequired(key).texts("description")).containsExactly("y");
	}

}
