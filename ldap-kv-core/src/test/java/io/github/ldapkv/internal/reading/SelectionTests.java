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

package io.github.ldapkv.internal.reading;

import java.util.List;
import java.util.stream.Stream;

import io.github.ldapkv.internal.key.KeyPath;
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
	void givesWhatSortingEverythingGives(@ForAll("keys") List<KeyPath> keys, @ForAll @IntRange(max = 12) int limit,
			@ForAll @IntRange(max = 12) int offset, @ForAll("after") KeyPath after) {
		KeyRange range = new KeyRange(limit, offset, after);
		assertThat(select(range, keys)).isEqualTo(
				keys.stream().sorted().filter((key) -> key.compareTo(after) > 0).skip(offset).limit(limit).toList());
		assertThat(select(KeyRange.ALL.withOffset(offset), keys))
			.isEqualTo(keys.stream().sorted().skip(offset).toList());
		assertThat(select(KeyRange.ALL.withLimit(Integer.MAX_VALUE), keys)).isEqualTo(keys.stream().sorted().toList());
		assertThat(select(KeyRange.ALL, keys)).isEqualTo(keys);
	}

	/**
	 * No rule says that they are two entries, until both spellings have been seen.
	 */
	@Example
	void equalKeysOfTwoEntriesAreOnOnePageEach() {
		List<KeyPath> keys = Stream.of("/cn=b", "/cn=dev", "/cn=Dev", "/cn=z").map(KeyPath::of).toList();
		assertThat(texts(KeyRange.ALL.withLimit(2), keys)).containsExactly("/cn=b", "/cn=Dev");
		assertThat(texts(after("/cn=Dev").withLimit(2), keys)).containsExactly("/cn=dev", "/cn=z");
		assertThat(texts(after("/cn=Dev").withLimit(1), keys)).containsExactly("/cn=dev");
		assertThat(texts(after("/cn=dev"), keys)).containsExactly("/cn=z");
		assertThat(texts(after("/CN=DEV"), keys)).as("a spelling of one entry").containsExactly("/cn=z");
		assertThat(texts(after("/cn=a"), keys)).hasSize(4);
	}

	private static KeyRange after(String key) {
		return KeyRange.ALL.withAfter(KeyPath.of(key));
	}

	private static List<String> texts(KeyRange range, List<KeyPath> keys) {
		return select(range, keys).stream().map(KeyPath::toString).toList();
	}

	private static List<KeyPath> select(KeyRange range, List<KeyPath> keys) {
		Selection<KeyPath> selection = new Selection<>(range, new KeyOrder(DirectorySchema.hidden()));
		for (KeyPath key : keys) {
			if (selection.wants(key)) {
				selection.add(key, key);
			}
		}
		return selection.results();
	}

	@Provide
	Arbitrary<List<KeyPath>> keys() {
		return after().list().uniqueElements().ofMaxSize(20);
	}

	@Provide
	Arbitrary<KeyPath> after() {
		return Arbitraries.integers().between(0, 30).map((i) -> KeyPath.of("/cn=k" + i));
	}

}
