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

package io.github.ldapkv.people;

import java.util.Map;
import java.util.Optional;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;

import org.springframework.stereotype.Service;

/**
 * What docs/testing.md tests.
 */
@Service
class People {

	private final LdapKeyValueOperations store;

	People(LdapKeyValueOperations store) {
		this.store = store;
	}

	Optional<String> mailOf(String id) {
		return this.store.get(LdapKey.of("/ou=People/uid={id}", id)).flatMap((person) -> person.text("mail"));
	}

	void giveBadge(String id, int badge) {
		this.store.put(LdapKey.of("/ou=People/uid={id}", id), Map.of("testBadge", badge));
	}

}
