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
import java.util.Set;

import io.github.ldapkv.contract.StoreContract;
import io.github.ldapkv.contract.WithoutTransactions;
import io.github.ldapkv.server.SambaContainer;
import io.github.ldapkv.server.TestDirectory;
import org.junit.jupiter.api.Tag;

/**
 * The contract on Active Directory, as Samba does it.
 */
@Tag("servers")
class SambaContractTests extends StoreContract implements WithoutTransactions {

	/**
	 * What the server itself adds to an entry, which its schema says nothing of.
	 */
	private static final Set<String> ADDED = Set.of("instanceType", "whenCreated", "whenChanged", "uSNCreated",
			"uSNChanged", "name", "objectGUID", "objectSid", "objectCategory", "badPwdCount", "codePage", "countryCode",
			"badPasswordTime", "lastLogoff", "lastLogon", "pwdLastSet", "primaryGroupID", "accountExpires",
			"logonCount", "sAMAccountName", "sAMAccountType", "userAccountControl", "distinguishedName",
			"dSCorePropagationData", "showInAdvancedViewOnly");

	private static final LdapKeyValueTemplate STORE = new LdapKeyValueTemplate(SambaContainer.shared().pool().build());

	@Override
	public TestDirectory directory() {
		return SambaContainer.shared();
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
	 * Active Directory takes no other RDN for a person.
	 */
	@Override
	public String id() {
		return "cn";
	}

	@Override
	public String identity() {
		return "objectGUID";
	}

	/**
	 * Most attributes have one value only, also some that have several elsewhere.
	 */
	@Override
	public String several() {
		return "url";
	}

	@Override
	public Map<String, Object> person() {
		return Map.of("objectClass", List.of("inetOrgPerson"), "sn", "Doe");
	}

	@Override
	public Map<String, Object> group(Object... members) {
		return Map.of("objectClass", "group", "member", List.of(members));
	}

	@Override
	public LdapValue written(LdapKey key) {
		LdapValue.Builder written = store().getRequired(key).toBuilder();
		ADDED.forEach(written::without);
		return written.build();
	}

}
