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

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.contract.StoreContract;
import io.github.ldapkv.contract.WithoutTransactions;
import io.github.ldapkv.testserver.OpenDjContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract on OpenDJ.
 */
@Tag("servers")
class OpenDjContractTests extends StoreContract implements WithoutTransactions {

	private static final LdapKeyValueTemplate STORE = OpenDjContainer.shared().store();

	@Override
	public TestDirectory directory() {
		return OpenDjContainer.shared();
	}

	@Override
	public LdapKeyValueOperations store() {
		return STORE;
	}

	@Override
	protected LdapKey suffix() {
		return LdapKey.of("/dc=org/dc=test");
	}

	/**
	 * A password that comes as the hash of one is refused, and an export has no other.
	 */
	@Override
	public Map<String, Object> oddities() {
		return Map.of("description;lang-en", "English");
	}

	/**
	 * RFC 3671: they stand in a subentry, and every entry below shows them.
	 */
	@Test
	void collectiveAttributesArePutBack() throws LDAPException {
		putUnit("ou=People");
		try (LDAPConnection connection = directory().connect()) {
			connection.add(new Entry(dn("ou=People/cn=city"),
					new Attribute("objectClass", "subentry", "collectiveAttributeSubentry", "extensibleObject"),
					new Attribute("c-l", "Springfield"), new Attribute("subtreeSpecification", "{}")));
		}
		LdapKey key = putPerson("ou=People/uid=jdoe");
		LdapValue value = store().getRequired(key);
		assertThat(value.texts("c-l")).containsExactly("Springfield");
		store().put(key, value.toBuilder().set("title", "x").build());
		store().replace(key, value.toBuilder().set("title", "y").build());
		store().replace(key, value.toBuilder().without("c-l").set("title", "z").build());
		assertThat(store().getRequired(key)).isEqualTo(value.toBuilder().set("title", "z").build());
	}

}
