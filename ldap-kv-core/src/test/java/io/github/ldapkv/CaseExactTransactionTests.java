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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of transactions that write to entries whose names differ by case only.
 */
class CaseExactTransactionTests {

	private static final LdapKey AREA = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "case-exact");

	private static final LdapKey UPPER = AREA.child("labeledURI", "Dev");

	private static final LdapKey LOWER = AREA.child("labeledURI", "dev");

	static List<TestDirectory> directories() {
		return List.of(EmbeddedDirectory.shared(), OpenLdapContainer.shared());
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("directories")
	void aReplacementForgetsNothingOfAnotherEntry(TestDirectory directory) {
		try (LdapKeyValueTemplate store = store(directory)) {
			store.atomically((tx) -> {
				tx.put(UPPER, person("upper"));
				tx.replace(LOWER, person("lower"));
			});
			assertThat(store.getRequired(UPPER).text("sn")).contains("upper");
			assertThat(store.getRequired(LOWER).text("sn")).contains("lower");
			store.atomically((tx) -> {
				tx.delete(UPPER);
				tx.put(LOWER, Map.of("sn", "again"));
			});
			assertThat(store.contains(UPPER)).isFalse();
			assertThat(store.getRequired(LOWER).text("sn")).contains("again");
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("directories")
	void eachHasItsVersion(TestDirectory directory) {
		try (LdapKeyValueTemplate store = store(directory)) {
			store.put(UPPER, person("upper"));
			store.put(LOWER, person("lower"));
			Version upper = store.getEntry(UPPER).orElseThrow().version();
			Version lower = store.getEntry(LOWER).orElseThrow().version();
			store.atomically((tx) -> {
				tx.ifUnchanged(UPPER, upper);
				tx.ifUnchanged(LOWER, lower);
				tx.put(LOWER, Map.of("sn", "new lower"));
				tx.put(UPPER, Map.of("sn", "new upper"));
			});
			assertThat(store.getRequired(UPPER).text("sn")).contains("new upper");
			assertThat(store.getRequired(LOWER).text("sn")).contains("new lower");
			assertThatExceptionOfType(OptimisticLockingFailureException.class)
				.isThrownBy(() -> store.atomically((tx) -> {
					tx.ifUnchanged(LOWER, lower);
					tx.put(LOWER, Map.of("sn", "newer"));
					tx.put(UPPER, Map.of("sn", "newer"));
				}));
			assertThat(store.getRequired(UPPER).text("sn")).contains("new upper");
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("directories")
	void whatIsThereIsThisVeryEntry(TestDirectory directory) {
		try (LdapKeyValueTemplate store = store(directory)) {
			new TransactionTemplate(new LdapKeyValueTransactionManager(store)).executeWithoutResult((status) -> {
				assertThat(store.putIfAbsent(UPPER, person("upper"))).isTrue();
				assertThat(store.delete(LOWER)).isFalse();
				assertThat(store.putIfAbsent(LOWER, person("lower"))).isTrue();
				assertThat(store.putIfAbsent(UPPER, person("twice"))).isFalse();
			});
			assertThat(store.getRequired(UPPER).text("sn")).contains("upper");
			assertThat(store.getRequired(LOWER).text("sn")).contains("lower");
		}
	}

	private static LdapKeyValueTemplate store(TestDirectory directory) {
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(directory.pool().maxSize(1).build());
		store.deleteTree(AREA);
		store.put(AREA, Map.of("objectClass", "organizationalUnit"));
		return store;
	}

	private static LdapValue person(String name) {
		return LdapValue.of(Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", name));
	}

}
