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

import io.github.ldapkv.contract.StoreContract;
import io.github.ldapkv.contract.WithoutAssertion;
import io.github.ldapkv.contract.WithoutPermissiveModify;
import io.github.ldapkv.contract.WithoutReadControls;
import io.github.ldapkv.contract.WithoutTransactions;
import io.github.ldapkv.server.ApacheDsContainer;
import io.github.ldapkv.server.TestDirectory;
import org.junit.jupiter.api.Tag;

/**
 * The contract on ApacheDS.
 */
@Tag("servers")
class ApacheDsContractTests extends StoreContract
		implements WithoutPermissiveModify, WithoutAssertion, WithoutReadControls, WithoutTransactions {

	private static final LdapKeyValueTemplate STORE = new LdapKeyValueTemplate(
			ApacheDsContainer.shared().pool().build());

	@Override
	public TestDirectory directory() {
		return ApacheDsContainer.shared();
	}

	@Override
	public LdapKeyValueOperations store() {
		return STORE;
	}

	@Override
	protected LdapKey suffix() {
		return LdapKey.of("/dc=org/dc=test");
	}

}
