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
import java.util.stream.Stream;

import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.KeyOrder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Selection}.
 */
class SelectionTests {

	@Property
	void givesWhatSortingEverythingGives(@ForAll("keys") List<LdapKey> keys, @ForAll @IntRange(max = 12) int limit,
			@ForAll @IntRange(max = 12) int offset, @ForAll("after") LdapKey after) {
		KeyQuery query = KeyQuery.of("/**").limit(limit).offset(offset).after(after);
		assertThat(select(query, keys)).isEqualTo(
				keys.stream().sorted().filter((key) -> key.compareTo(after) > 0).skip(offset).limit(limit).toList());
		assertThat(select(KeyQuery.of("/**").offset(offset), keys))
			.isEqualTo(keys.stream().sorted().skip(offset).toList());
		assertThat(select(KeyQuery.of("/**").limit(Integer.MAX_VALUE), keys))
			.isEqualTo(keys.stream().sorted().toList());
		assertThat(select(KeyQuery.of("/**"), keys)).isEqualTo(keys);
	}

	/**
	 * No rule says that they are two entries, until both spellings have been seen.
	 */
	@Example
	void equalKeysOfTwoEntriesAreOnOnePageEach() {
		List<LdapKey> keys = Stream.of("/cn=b", "/cn=dev", "/cn=Dev", "/cn=z").map(LdapKey::of).toList();
		KeyQuery query = KeyQuery.of("/**");
		assertThat(texts(query.limit(2), keys)).containsExactly("/cn=b", "/cn=Dev");
		assertThat(texts(query.after("/cn=Dev").limit(2), keys)).containsExactly("/cn=dev", "/cn=z");
		assertThat(texts(query.after("/cn=Dev").limit(1), keys)).containsExactly("/cn=dev");
		assertThat(texts(query.after("/cn=dev"), keys)).containsExactly("/cn=z");
		assertThat(texts(query.after("/CN=DEV"), keys)).as("a spelling of one entry").containsExactly("/cn=z");
		assertThat(texts(query.after("/cn=a"), keys)).hasSize(4);
	}

	private static List<String> texts(KeyQuery query, List<LdapKey> keys) {
		return select(query, keys).stream().map(LdapKey::toString).toList();
	}

	private static List<LdapKey> select(KeyQuery query, List<LdapKey> keys) {
		Selection<LdapKey> selection = new Selection<>(query.range(), new KeyOrder(DirectorySchema.hidden()));
		for (LdapKey key : keys) {
			if (selection.wants(key.name())) {
				selection.add(key.name(), key);
			}
		}
		return selection.results();
	}

	@Provide
	Arbitrary<List<LdapKey>> keys() {
		return after().list().uniqueElements().ofMaxSize(20);
	}

	@Provide
	Arbitrary<LdapKey> after() {
		return Arbitraries.integers().between(0, 30).map((i) -> LdapKey.of("/").child("cn", "k" + i));
	}

}
