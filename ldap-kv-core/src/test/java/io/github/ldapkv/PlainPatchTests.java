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

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.ldapkv.contract.StoreTest;
import io.github.ldapkv.internal.bulk.DirectStore;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Patches on a server without the permissive modify control: the store finds out itself
 * which values are there.
 */
class PlainPatchTests extends StoreTest {

	/**
	 * Attributes with two spellings of a value.
	 */
	private static final List<List<String>> EQUAL = List.of(List.of("seeAlso", "uid=a,ou=b,dc=c", "uid=a, OU=B ,dc=c"),
			List.of("seeAlso", "uid=a,ou=b,dc=c", "0.9.2342.19200300.100.1.1=a,2.5.4.11=b,dc=c"),
			List.of("seeAlso", "cn=a+uid=b,dc=c", "UID=B+cn=A,dc=c"),
			List.of("seeAlso", "cn=a\\,b,dc=c", "cn=a\\2Cb,dc=c"),
			List.of("telephoneNumber", "+49 30 123-45", "+493012345"), List.of("mail", "a@test.org", "A@Test.org"),
			List.of("description", "Two  words", "two words"), List.of("roomNumber", "K\u00f6ln", "Ko\u0308LN"),
			List.of("preferredLanguage", "de", "DE"), List.of("postalAddress", "A Street 1$Town", "a street 1$town"));

	/**
	 * Attributes with two values.
	 */
	private static final List<List<String>> DIFFERENT = List.of(
			List.of("seeAlso", "uid=a,ou=b,dc=c", "uid=a,ou=c,dc=c"),
			List.of("seeAlso", "uid=a,ou=b,dc=c", "cn=a,ou=b,dc=c"), List.of("telephoneNumber", "+49 30 1", "49 30 1"),
			List.of("telephoneNumber", "+49 30 ext A", "+49 30 ext B"), List.of("mail", "a@test.org", "b@test.org"),
			List.of("description", "Two words", "Twowords"));

	private static final LdapKeyValueTemplate STORE = LdapKeyValueTemplate
		.builder(EmbeddedDirectory.shared().pool().build())
		.serverCapabilities((found) -> found.without(Feature.PERMISSIVE_MODIFY))
		.build();

	@Override
	public TestDirectory directory() {
		return EmbeddedDirectory.shared();
	}

	@Override
	public LdapKeyValueOperations store() {
		return STORE;
	}

	@Override
	protected LdapKey suffix() {
		return LdapKey.of("/dc=org/dc=test");
	}

	@Test
	void aValueIsRemovedAndNotAddedInAnySpelling() {
		int person = 0;
		for (List<String> row : EQUAL) {
			String attribute = row.get(0);
			String stored = row.get(1);
			String other = row.get(2);
			LdapKey key = putPerson("uid=" + person++);
			store().patch(key, (p) -> p.add(attribute, stored));
			assertThat(requests(() -> store().patch(key, (p) -> p.add(attribute, other)))).as("requests")
				.containsExactly("SEARCH");
			assertThat(store().getRequired(key).texts(attribute)).as(other).containsExactly(stored);
			store().patch(key, (p) -> p.remove(attribute, other));
			assertThat(store().getRequired(key).has(attribute)).as(other).isFalse();
		}
	}

	@Test
	void otherValuesStay() {
		int person = 0;
		for (List<String> row : DIFFERENT) {
			String attribute = row.get(0);
			String stored = row.get(1);
			String other = row.get(2);
			LdapKey key = putPerson("uid=" + person++);
			store().patch(key, (p) -> p.add(attribute, stored));
			store().patch(key, (p) -> p.remove(attribute, other));
			assertThat(store().getRequired(key).texts(attribute)).as(other).containsExactly(stored);
		}
	}

	@Test
	void whatIsNoNameIsEqualToItselfOnly() {
		LdapKey key = putPerson("uid=jdoe");
		store().patch(key, (p) -> p.add("seeAlso", "cn=a,dc=b"));
		assertThat(requests(() -> store().patch(key, (p) -> p.remove("seeAlso", "no name", "cn=x")))).as("requests")
			.containsExactly("SEARCH");
		assertThat(store().getRequired(key).texts("seeAlso")).containsExactly("cn=a,dc=b");
	}

	@Test
	void oneValueInTwoSpellingsIsAddedOnce() {
		LdapKey key = putPerson("uid=jdoe");
		store().patch(key, (p) -> p.add("seeAlso", "cn=a,dc=b", "cn=A, dc=b").add("seeAlso", "CN=a,dc=b"));
		assertThat(store().getRequired(key).texts("seeAlso")).containsExactly("cn=a,dc=b");
		store().patch(key, (p) -> p.remove("seeAlso", "cn=a, dc=b").add("seeAlso", "cn=A,dc=b"));
		assertThat(store().getRequired(key).texts("seeAlso")).containsExactly("cn=A,dc=b");
	}

	@Test
	void textAndItsBytesAreTheSame() {
		LdapKey key = putPerson("uid=jdoe");
		store().patch(key, (p) -> p.add("mail", "a@test.org"));
		store().patch(key, (p) -> p.remove("mail", (Object) "A@test.org".getBytes(StandardCharsets.UTF_8)));
		assertThat(store().getRequired(key).has("mail")).isFalse();
	}

	@Test
	void whatIsSpelledAsItIsThereCostsNoComparison() {
		List<Object> there = List.of("cn=a", new Object(), "cn=b");
		List<Object> values = List.of("cn=b", "cn=a");
		assertThat(schema().equality("member").spelledAs(there, values)).isSameAs(values);
	}

	private static DirectorySchema schema() {
		return STORE.unwrap(DirectStore.class).orElseThrow().schema();
	}

	private List<String> requests(Runnable code) {
		return directory().requestsDuring(code).stream().map((request) -> request.split(" ")[0]).toList();
	}

}
