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

import io.github.ldapkv.testserver.OpenLdapContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How a password is changed by who knows the old one: it is removed and the new one is
 * added, and only the server can tell whether it was the right one.
 */
class PasswordTests {

	private static final String PERSON = "/dc=org/dc=test/uid=passwords";

	private final LdapKeyValueTemplate store = OpenLdapContainer.shared().store();

	@BeforeEach
	void createPerson() {
		this.store.put(PERSON,
				Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "userPassword", "first", "title", "x"));
	}

	@AfterEach
	void deletePerson() {
		this.store.delete(PERSON);
		this.store.close();
	}

	@Test
	void theOldPasswordIsReplaced() {
		this.store.patch(PERSON, (p) -> p.remove("userPassword", "first").add("userPassword", "second"));
		assertPasswords("second");
	}

	@Test
	void aWrongOldPasswordChangesNothing() {
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.store.patch(PERSON,
					(p) -> p.remove("userPassword", "wrong").add("userPassword", "second").add("title", "y")))
			.withMessageContaining("The old password is wrong.")
			.withMessageNotContaining("second");
		assertPasswords("first");
		assertThat(this.store.getRequired(PERSON).texts("title")).containsExactly("x");
	}

	@Test
	void aWrongOldPasswordChangesNothingInATransactionEither() {
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> this.store.atomically(
				(tx) -> tx.patch(PERSON, (p) -> p.remove("userPassword", "wrong").add("userPassword", "second"))));
		assertPasswords("first");
	}

	@Test
	void aWrongOldPasswordChangesNothingOnConditionOfAVersionEither() {
		Version version = this.store.getEntry(PERSON).orElseThrow().version();
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.store.ifUnchanged(version)
				.patch(PERSON, (p) -> p.remove("userPassword", "wrong").add("userPassword", "second")));
		assertPasswords("first");
	}

	@Test
	void aValueOfAnotherAttributeMayBeMissing() {
		this.store.patch(PERSON,
				(p) -> p.remove("title", "z").remove("userPassword", "first").add("userPassword", "second"));
		assertPasswords("second");
	}

	private void assertPasswords(String... expected) {
		List<String> passwords = this.store.getRequired(PERSON).texts("userPassword");
		assertThat(passwords).containsExactly(expected);
	}

}
