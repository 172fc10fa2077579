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

package io.github.ldapkv.contract;

import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.server.TestDirectory;

/**
 * What the tests of a law need: a store, a directory behind it, and a part of the tree
 * that no other test touches.
 */
public interface Laws {

	/**
	 * The directory behind the store.
	 * @return the directory
	 */
	TestDirectory directory();

	/**
	 * The store to test.
	 * @return the store
	 */
	LdapKeyValueOperations store();

	/**
	 * The entry that this test alone writes below.
	 * @return its key, in the form in which the store gives it back
	 */
	LdapKey area();

	/**
	 * A key in the area.
	 * @param path the path below the area
	 * @return the key
	 */
	default LdapKey at(String path) {
		return LdapKey.of(area() + "/" + path);
	}

	/**
	 * The DN of a key in the area.
	 * @param path the path below the area
	 * @return the absolute DN
	 */
	default String dn(String path) {
		String dn = at(path).dn();
		return dn.endsWith(TestDirectory.SUFFIX) ? dn : dn + "," + TestDirectory.SUFFIX;
	}

	/**
	 * Creates an organizational unit in the area.
	 * @param path the path below the area
	 * @return its key
	 */
	default LdapKey putUnit(String path) {
		LdapKey key = at(path);
		store().put(key, Map.of("objectClass", "organizationalUnit"));
		return key;
	}

	/**
	 * Creates a person in the area.
	 * @param path the path below the area
	 * @return its key
	 */
	default LdapKey putPerson(String path) {
		LdapKey key = at(path);
		store().put(key, person());
		return key;
	}

	/**
	 * The least that a person needs.
	 * @return the attributes
	 */
	default Map<String, Object> person() {
		return Map.of("objectClass", List.of("inetOrgPerson"), "cn", "John Doe", "sn", "Doe");
	}

	/**
	 * What the server says of an entry's identity, which no write may change.
	 * @param path the path below the area
	 * @return the entry's {@code entryUUID}
	 */
	default String entryUuid(String path) {
		try (LDAPConnection connection = directory().connect()) {
			return connection.getEntry(dn(path), "entryUUID").getAttributeValue("entryUUID");
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
