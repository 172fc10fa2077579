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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What reading several entries gives.
 */
interface GetAllLaws extends Laws {

	@Test
	default void getAllGivesWhatGetDoesInTheOrderOfTheKeys() {
		putUnit("ou=a");
		putUnit("ou=a/ou=b");
		List<LdapKey> keys = List.of(putPerson("ou=a/ou=b/uid=jdoe"), at("ou=a"), putPerson("uid=adoe"),
				at("ou=a/ou=b"), area());
		Map<LdapKey, LdapValue> expected = new LinkedHashMap<>();
		keys.forEach((key) -> expected.put(key, store().getRequired(key)));
		assertThat(store().getAll(keys)).containsExactlyEntriesOf(expected);
	}

	@Test
	default void aKeyWithoutAnEntryIsNotAmongThem() {
		LdapKey first = putPerson("uid=a");
		LdapKey second = putPerson("uid=b");
		assertThat(store().getAll(List.of(at("uid=none"), first, at("ou=none/uid=a"), second, at("uid=none2"))))
			.containsOnlyKeys(first, second);
		assertThat(store().getAll(List.of(at("uid=none"), at("uid=none2")))).isEmpty();
		assertThat(store().getAll(List.of(at("ou=none/uid=a"), at("ou=none/uid=b")))).isEmpty();
		assertThat(store().getAll(List.of(at("ou=none/uid=a"), LdapKey.of("/dc=elsewhere/ou=x")))).isEmpty();
		assertThat(store().getAll(List.<String>of())).isEmpty();
	}

	@Test
	default void everySpellingOfAKeyIsAKeyOfItsOwn() {
		LdapKey key = putPerson("uid=jdoe");
		LdapKey other = putPerson("uid=other");
		LdapValue value = store().getRequired(key);
		List<String> spellings = List.of(key.toString(), key.dn(), area() + named("/UID=JDOE"), area() + "/userid=jdoe",
				area() + named("//uid=jdoe/"), area() + named("/uid=\\6adoe"), dn("uid=jdoe"));
		assertThat(store().getAll(spellings).keySet())
			.containsExactlyElementsOf(spellings.stream().distinct().filter(store()::contains).toList())
			.hasSizeGreaterThanOrEqualTo(5);
		assertThat(store().getAll(spellings).values()).containsOnly(value);
		List<String> mixed = List.of(area() + "/userid=jdoe", other.toString());
		assertThat(store().getAll(mixed).keySet())
			.containsExactlyElementsOf(mixed.stream().filter(store()::contains).toList());
	}

	@Test
	default void namesWithSpecialCharactersAreFound() {
		List<LdapKey> keys = Stream
			.of("a*b", "(c)", "d\\e", "f,g", "h+i", "#j", "k=l", "m/n", " o ", "\u00fc", "p\"q", "r;s<t>")
			.map((name) -> area().child("cn", name))
			.toList();
		keys.forEach((key) -> store().put(key, Map.of("objectClass", "organizationalRole")));
		assertThat(store().getAll(keys).keySet()).containsExactlyElementsOf(keys);
	}

	@Test
	default void manyKeysTakeManyRequestsOrFew() {
		List<LdapKey> keys = new ArrayList<>(IntStream.range(0, 230).mapToObj((i) -> putUnit("ou=" + i)).toList());
		assertThat(store().getAll(keys).keySet()).containsExactlyElementsOf(keys);
		List<LdapKey> hundred = keys.subList(0, 100);
		int requests = directory().requestsDuring(() -> assertThat(store().getAll(hundred)).hasSize(100)).size();
		assertThat(requests).isEqualTo(readsByDn() ? 1 : 100);
		List<LdapKey> half = hundred.stream()
			.map((key) -> (key.hashCode() % 2 == 0) ? key : key.child("ou", "none"))
			.toList();
		int there = (int) half.stream().filter(hundred::contains).count();
		assertThat(directory().requestsDuring(() -> assertThat(store().getAll(half)).hasSize(there)))
			.hasSize(readsByDn() ? 1 + 100 - there : 100);
		List<LdapKey> missing = IntStream.range(0, 100).mapToObj((i) -> at("ou=none-" + i)).toList();
		assertThat(directory().requestsDuring(() -> assertThat(store().getAll(missing)).isEmpty()))
			.hasSize(readsByDn() ? 1 + 100 : 100);
	}

	/**
	 * Groups may have the empty name for a member, if they have no other.
	 */
	@Test
	default void anOddNameAmongManyIsNoHindrance() {
		LdapKey key = putPerson("uid=a");
		LdapKey quoted = area().child("cn", "a, b");
		store().put(quoted, Map.of("objectClass", "organizationalRole"));
		String old = dn("cn=a\\, b").replace("cn=a\\, b", "CN=\"a, b\"").replace(",dc=", ";dc=");
		assertThat(store().getAll(List.of("", old, dn("uid=a"), "cn=elsewhere", dn("uid=a") + "#'01'B")))
			.containsOnlyKeys(old, dn("uid=a"));
		assertThat(store().getAll(List.of(old)).get(old)).isEqualTo(store().getRequired(quoted));
		assertThat(store().contains(old)).isTrue();
		assertThat(store().getAll(List.of(""))).isEmpty();
		assertThat(store().getAll(List.of(key))).hasSize(1);
	}

	@Test
	default void aMalformedKeyAmongManyIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> store().getAll(List.of(area().toString(), "/oops")))
			.withMessageContaining("/oops");
	}

	/**
	 * Whether the server finds entries by their DN without reading all of them.
	 * @return whether many keys take one request
	 */
	boolean readsByDn();

}
