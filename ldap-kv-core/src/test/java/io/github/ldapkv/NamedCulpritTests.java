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

import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A server that names the write of a transaction that has failed is not asked for it by
 * further transactions.
 */
class NamedCulpritTests {

	private static final LdapKey AREA = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "culprit");

	@Test
	void theEmbeddedDirectoryNamesIt() {
		isNamed(EmbeddedDirectory.shared());
	}

	@Test
	void openLdapNamesIt() {
		isNamed(OpenLdapContainer.shared());
	}

	private static void isNamed(TestDirectory directory) {
		try (LdapKeyValueTemplate store = directory.store()) {
			// OpenLDAP does not survive that the first use of an attribute is undone.
			store.put(AREA, Map.of("objectClass", "organizationalUnit", "description", "x"));
			List<String> requests = directory.requestsDuring(() -> {
				assertThatExceptionOfType(DataIntegrityViolationException.class)
					.isThrownBy(() -> store.atomically((tx) -> {
						for (int i = 0; i < 10; i++) {
							tx.put(AREA.child("ou", "u" + i), Map.of("objectClass", "organizationalUnit",
									(i == 6) ? "mail" : "description", "x"));
						}
					}))
					.withMessageContaining("ou=u6");
			});
			assertThat(requests.stream().filter((request) -> request.startsWith("EXTENDED"))).hasSize(2);
			store.deleteTree(AREA);
		}
	}

}
