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

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldif.LDIFException;
import io.github.ldapkv.server.EmbeddedDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

	@Test
	void aValueContradictsTheKeyByTheRuleOfItsAttribute() throws LDIFException {
		DirectorySchema schema = DirectorySchema.of(new Entry("dn: cn=schema",
				"attributeTypes: ( 1.1.1 NAME 'exact' "
						+ "EQUALITY caseExactMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
				"attributeTypes: ( 1.1.2 NAME ( 'ignore' 'other' ) EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
				"attributeTypes: ( 1.1.3 NAME 'phone' EQUALITY telephoneNumberMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.50 )",
				"attributeTypes: ( 1.1.4 NAME 'foreign' EQUALITY someMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )"));
		for (String equal : List.of("exact=Dev Dev", "ignore=dev  dev", "other=DEV dev", "foreign=DevDev",
				"none=dev-dev", "ignore=\uFF24ev Dev", "phone=D-e v dev")) {
			check("Dev Dev", equal, schema);
		}
		for (String other : List.of("exact=dev dev", "ignore=Dev-Dev", "other=DevDev", "phone=De", "foreign=x")) {
			assertThatIllegalArgumentException().as(other)
				.isThrownBy(() -> check("Dev Dev", other, schema))
				.withMessageContaining("'Dev Dev'");
		}
		check("Dev Dev", "exact=dev-dev", null);
	}

	private static void check(String name, String given, @Nullable DirectorySchema schema) {
		String[] parts = given.split("=");
		LdapKey key = LdapKey.of("/" + parts[0].replace("other", "ignore") + "=" + name);
		NamingAttributes.check(key, key.rdns().get(0), LdapValue.of(Map.of(parts[0], parts[1])), schema);
	}

}
