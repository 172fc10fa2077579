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

package io.github.ldapkv;

import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.server.EmbeddedDirectory;
import io.github.ldapkv.server.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.ldap.core.ContextSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store on a directory that has not even its base yet.
 */
class EmptyDirectoryTests {

	@Test
	void theSchemaIsReadOnceTheBaseIsThere() throws LDAPException {
		try (EmbeddedDirectory directory = new EmbeddedDirectory();
				LdapConnectionPool pool = directory.pool().base(TestDirectory.SUFFIX).build()) {
			for (ContextSource source : List.of(pool, directory.contextSource(TestDirectory.SUFFIX))) {
				directory.server().delete(TestDirectory.SUFFIX);
				LdapKeyValueTemplate store = new LdapKeyValueTemplate(source);
				assertThat(store.contains("/ou=People")).isFalse();
				store.put("/", Map.of("objectClass", List.of("dcObject", "organization"), "o", "Test"));
				store.put("/ou=People", Map.of("objectClass", "organizationalUnit"));
				store.put("/ou=People", Map.of("objectClass", "organizationalUnit", "description", "All"));
				assertThat(store.getRequired("/ou=People").text("description")).contains("All");
				store.delete("/ou=People");
			}
		}
	}

}
