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
import io.github.ldapkv.contract.StoreContract;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;

/**
 * The contract on OpenLDAP, with keys that are relative to a base.
 */
class OpenLdapWithBaseContractTests extends StoreContract {

	private static final LdapKeyValueTemplate STORE = LdapKeyValueTemplate
		.builder(OpenLdapContainer.shared().pool().build())
		.base(TestDirectory.SUFFIX)
		.build();

	@Override
	public TestDirectory directory() {
		return OpenLdapContainer.shared();
	}

	@Override
	public LdapKeyValueOperations store() {
		return STORE;
	}

	@Override
	protected LdapKey suffix() {
		return LdapKey.of("/");
	}

	@Override
	public boolean readsByDn() {
		return true;
	}

	@Override
	public Map<String, String> administrative() {
		return Map.of("authzTo", "{0}dn:uid=jdoe,dc=test,dc=org");
	}

}
