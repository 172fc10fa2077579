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

import java.util.Map;

import io.github.ldapkv.server.EmbeddedDirectory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that no law of the store speaks of.
 */
class NamingAttributesTests {

	@Test
	void aNameThatIsNoTextIsImpliedAsBytes() {
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(EmbeddedDirectory.shared().pool().build())) {
			LdapKey key = LdapKey.of("/dc=org/dc=test/cn=x+userPassword=#0401FF");
			store.put(key, Map.of("objectClass", "person", "sn", "x"));
			LdapValue value = store.getRequired(key);
			assertThat(value.texts("cn")).containsExactly("x");
			assertThat(value.asMap().get("userPassword")).containsExactly(new byte[] { -1 });
			store.put(key, Map.of("description", "y"));
			assertThat(store.getRequired(key).text("description")).contains("y");
			assertThat(store.delete(key)).isTrue();
		}
	}

}
