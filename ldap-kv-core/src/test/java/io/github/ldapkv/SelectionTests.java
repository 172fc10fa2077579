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

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
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

	private static List<LdapKey> select(KeyQuery query, List<LdapKey> keys) {
		Selection<LdapKey> selection = new Selection<>(query, query.after());
		for (LdapKey key : keys) {
			if (selection.wants(key)) {
				selection.add(key, key);
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
