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

import io.github.ldapkv.server.ServerCapabilities.Feature;
import io.github.ldapkv.contract.ContendedTransactionLaws;
import io.github.ldapkv.contract.PlannedTransactionLaws;
import io.github.ldapkv.contract.StoreTest;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;

/**
 * The laws of transactions on a server without the permissive modify control: patches are
 * worked out by reading.
 */
class PlainTransactionTests extends StoreTest implements PlannedTransactionLaws, ContendedTransactionLaws {

	private static final LdapKeyValueTemplate STORE = LdapKeyValueTemplate
		.builder(OpenLdapContainer.shared().pool().build())
		.serverCapabilities((server) -> server.without(Feature.PERMISSIVE_MODIFY))
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
		return LdapKey.of("/dc=org/dc=test");
	}

}
