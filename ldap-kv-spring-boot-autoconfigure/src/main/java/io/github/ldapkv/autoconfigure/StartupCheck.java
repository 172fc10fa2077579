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

package io.github.ldapkv.autoconfigure;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.autoconfigure.internal.BaseNotFoundException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Reads the base of the store while the application starts, and lets the start fail if it
 * cannot.
 */
final class StartupCheck implements SmartInitializingSingleton {

	private final ObjectProvider<LdapKeyValueTemplate> store;

	StartupCheck(ObjectProvider<LdapKeyValueTemplate> store) {
		this.store = store;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.store.ifAvailable((it) -> {
			// A mock, which a test has put in the store's place, knows nothing of itself.
			if (it.info() != null && !it.contains("/")) {
				throw new BaseNotFoundException(it.info().base());
			}
		});
	}

}
