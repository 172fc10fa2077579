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

package io.github.ldapkv.contract;

import java.util.List;
import java.util.Map;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.Version;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is sent of a transaction, where that depends on what is there.
 */
public interface PlannedTransactionLaws extends TransactionLaws {

	@Test
	default void aTransactionInWhichNothingDiffersIsDone() {
		LdapKey key = putPerson("uid=jdoe");
		LdapValue value = store().getRequired(key);
		List<String> requests = directory().requestsDuring(() -> store().atomically((tx) -> {
			tx.replace(key, value);
			tx.put(key, Map.of());
			tx.patch(key, (p) -> {
			});
		}));
		assertThat(requests).isNotEmpty().allMatch((request) -> request.startsWith("SEARCH"));
		assertThat(directory()
			.requestsDuring(() -> transactionTemplate().executeWithoutResult((status) -> store().replace(key, value))))
			.allMatch((request) -> request.startsWith("SEARCH"));
		Version version = store().getEntry(key).orElseThrow().version();
		store().atomically((tx) -> {
			tx.ifUnchanged(key, version);
			tx.replace(key, value);
		});
		assertThat(store().getRequired(key)).isEqualTo(value);
	}

	@Test
	default void aPatchInATransactionRemovesTheOneValue() {
		LdapKey key = at("uid=jdoe");
		store().put(key, personWith(Map.of("employeeNumber", 1)));
		store().atomically((tx) -> tx.patch(key, (p) -> p.remove("employeeNumber", "2")));
		assertThat(store().getRequired(key).texts("employeeNumber")).containsExactly("1");
		store().atomically((tx) -> tx.patch(key, (p) -> p.remove("employeeNumber", "1").add("employeeNumber", "2")));
		assertThat(store().getRequired(key).texts("employeeNumber")).containsExactly("2");
		store().atomically((tx) -> tx.patch(key, (p) -> p.remove("employeeNumber", "2").set("title", "x")));
		assertThat(store().getRequired(key).has("employeeNumber")).isFalse();
		assertThat(store().getRequired(key).texts("title")).containsExactly("x");
	}

	@Test
	default void aPatchInATransactionRemovesOneOfSeveralValues() {
		LdapKey key = at("uid=jdoe");
		store().put(key, personWith(Map.of(several(), List.of("a", "b"))));
		store().atomically((tx) -> tx.patch(key, (p) -> p.remove(several(), "a", "c").add(several(), "b", "d")));
		assertThat(store().getRequired(key).texts(several())).containsExactlyInAnyOrder("b", "d");
		store().atomically((tx) -> tx.patch(key, (p) -> p.remove(several(), "b", "d")));
		assertThat(store().getRequired(key).has(several())).isFalse();
		store().atomically((tx) -> tx.patch(key, (p) -> p.remove(several(), "a")));
		assertThat(store().getRequired(key).has(several())).isFalse();
	}

	@Test
	default void aPatchInATransactionRemovesWhatHasNoEqualityRule() {
		LdapKey key = at("uid=jdoe");
		byte[] one = photo((byte) 1);
		byte[] two = photo((byte) 2);
		store().put(key, personWith(Map.of("jpegPhoto", List.of(one, two), several(), List.of("a", "b"))));
		store().atomically((tx) -> tx.patch(key,
				(p) -> p.remove("jpegPhoto", (Object) one).remove(several(), "a").remove(several(), "none")));
		assertThat(store().getRequired(key).bytes("jpegPhoto")).hasValue(two);
		assertThat(store().getRequired(key).texts(several())).containsExactly("b");
	}

	@Test
	default void aPatchInATransactionTakesTheOldPasswordForTheNewOne() {
		LdapKey key = at("uid=jdoe");
		store().put(key, personWith(Map.of("userPassword", "old", several(), List.of("a", "b"))));
		store().atomically((tx) -> tx.patch(key,
				(p) -> p.remove("userPassword", "old").add("userPassword", "new").remove(several(), "a")));
		assertThat(store().getRequired(key).texts("userPassword")).containsExactly("new");
		assertThat(store().getRequired(key).texts(several())).containsExactly("b");
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().atomically(
					(tx) -> tx.patch(key, (p) -> p.remove("userPassword", "wrong-1").add("userPassword", "newer"))))
			.satisfies((ex) -> assertThat(Throwables.getStackTrace(ex)).doesNotContain("wrong-1"))
			.withMessageContaining("The old password is wrong.")
			.withMessageContaining("nothing was done");
		assertThat(store().getRequired(key).texts("userPassword")).containsExactly("new");
	}

}
