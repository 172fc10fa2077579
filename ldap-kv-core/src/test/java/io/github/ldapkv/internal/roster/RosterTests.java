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

package io.github.ldapkv.internal.roster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;

import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.schema.DirectorySchema;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The roster is what two maps would be, in less memory.
 */
class RosterTests {

	private static final DirectorySchema SCHEMA = DirectorySchema.hidden();

	private static final ContentDigest NOTHING = new ContentDigest(0, 0);

	private final long seed = new Random().nextLong();

	private final Random random = new Random(this.seed);

	private final Roster roster = new Roster();

	private final Map<EntryId, String> expected = new HashMap<>();

	/**
	 * Few keys and identifiers, so that they meet, and half of these with one hash.
	 */
	private EntryId id() {
		int number = this.random.nextInt(400);
		return (number % 2 == 0) ? new EntryId(number, 7) : new EntryId(number, -31L * number);
	}

	private KeyPath key() {
		return KeyPath.of("/ou=u" + this.random.nextInt(1000));
	}

	@Test
	void randomChanges() {
		for (int i = 0; i < 20_000; i++) {
			change(id(), key());
			if (i % 1000 == 0) {
				assertIsAsExpected();
			}
		}
		assertIsAsExpected();
	}

	private void change(EntryId id, KeyPath key) {
		KnownEntry known = this.roster.withId(id);
		assertThat(known != null).as("seed %d", this.seed).isEqualTo(this.expected.containsKey(id));
		if (known != null && this.random.nextBoolean()) {
			this.roster.remove(known);
			this.expected.remove(id);
		}
		else if (!this.expected.containsValue(key.toString())) {
			assertThat(this.roster.at(key, SCHEMA)).as("seed %d", this.seed).isNull();
			if (known != null) {
				this.roster.rename(known, key);
			}
			else {
				this.roster.add(id, key, NOTHING, 0);
			}
			this.expected.put(id, key.toString());
		}
	}

	private void assertIsAsExpected() {
		assertThat(this.roster.size()).isEqualTo(this.expected.size());
		Map<EntryId, String> all = new HashMap<>();
		this.roster.entries().forEach((entry) -> all.put(entry.id(), entry.key()));
		assertThat(all).as("seed %d", this.seed).isEqualTo(this.expected);
		this.expected.forEach((id, key) -> {
			KnownEntry there = this.roster.at(KeyPath.of(key), SCHEMA);
			assertThat(there).as("seed %d", this.seed).isNotNull().isSameAs(this.roster.withId(id));
		});
	}

	@Test
	void whatAComparisonHasNotSeen() {
		List<KnownEntry> added = new ArrayList<>();
		for (int i = 0; i < 3000; i++) {
			added.add(this.roster.add(new EntryId(i, 0), KeyPath.of("/ou=u" + i), NOTHING, 0));
		}
		this.roster.remove(added.remove(0));
		this.roster.beginComparison();
		added.subList(0, 2000).forEach(this.roster::saw);
		this.roster.add(new EntryId(5000, 0), KeyPath.of("/ou=u5000"), NOTHING, 0);
		List<KnownEntry> unseen = new ArrayList<>();
		this.roster.forEachUnseen(unseen::add);
		assertThat(unseen).containsExactlyInAnyOrderElementsOf(added.subList(2000, added.size()));
		assertThat(StreamSupport.stream(this.roster.entries().spliterator(), false)).hasSize(added.size() + 1);
	}

}
