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

package io.github.ldapkv.benchmark;

import java.util.Map;
import java.util.function.Consumer;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapValue;

/**
 * What the store does with very many entries.
 */
final class StoreBulk {

	private StoreBulk() {
	}

	static void stream(LdapKeyValueOperations store, KeyQuery query, Consumer<Object> consumer) {
		store.forEach(query, consumer::accept);
	}

	static void putAll(LdapKeyValueOperations store, Map<LdapKey, LdapValue> values) {
		store.putAll(values);
	}

}
