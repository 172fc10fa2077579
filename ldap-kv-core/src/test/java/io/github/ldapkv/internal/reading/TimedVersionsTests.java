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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.Version;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.OptimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The embedded directory's versions are times of a millisecond, in which it does many
 * writes.
 */
class TimedVersionsTests {

	private static final int ROUNDS = 500;

	private static final LdapKey KEY = LdapKey.of("/dc=org/dc=test/uid=timed");

	private static final LdapKeyValueTemplate STORE = EmbeddedDirectory.shared().store();

	@BeforeEach
	void putPerson() {
		STORE.put(KEY, Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "employeeNumber", 0));
	}

	@AfterAll
	static void close() {
		STORE.delete(KEY);
		STORE.close();
	}

	@Test
	void nothingIsWrittenOnConditionOfAVersionThatIsOutdated() {
		List<String> done = new ArrayList<>();
		Map<String, Supplier<Version>> reads = Map.of("getEntry", () -> STORE.getEntry(KEY).orElseThrow().version(),
				"query", () -> STORE.query(KEY.toString()).get(0).version(), "stream", TimedVersionsTests::streamed,
				"page", () -> STORE.query(KeyQuery.of(KEY.toString()).limit(1)).get(0).version(), "put",
				() -> STORE.ifUnchanged(STORE.getEntry(KEY).orElseThrow().version())
					.put(KEY, Map.of("description", String.valueOf(System.nanoTime()))));
		for (int i = 0; i < ROUNDS; i++) {
			for (Map.Entry<String, Supplier<Version>> read : reads.entrySet()) {
				String number = String.valueOf(i);
				STORE.put(KEY, Map.of("employeeNumber", i));
				Version version = read.getValue().get();
				STORE.put(KEY, Map.of("title", number));
				try {
					STORE.ifUnchanged(version).put(KEY, Map.of("employeeNumber", -1));
					done.add(read.getKey() + " " + i);
				}
				catch (OptimisticLockingFailureException ex) {
					assertThat(STORE.getRequired(KEY).texts("employeeNumber")).containsExactly(number);
				}
			}
		}
		assertThat(done).isEmpty();
	}

	private static Version streamed() {
		try (Stream<LdapEntry> stream = STORE.stream(KeyQuery.of(KEY.toString()))) {
			return stream.findFirst().orElseThrow().version();
		}
	}

	@Test
	void nothingIsLostThatSomebodyElseWritesInTheSameMillisecond() throws InterruptedException {
		Thread other = new Thread(() -> {
			for (int i = 0; i < ROUNDS; i++) {
				STORE.increment(KEY, "employeeNumber", 1);
			}
		});
		other.start();
		int mine = 0;
		while (other.isAlive() || mine == 0) {
			try {
				LdapEntry entry = STORE.getEntry(KEY).orElseThrow();
				int number = Integer.parseInt(entry.value().text("employeeNumber").orElseThrow());
				Version next = STORE.ifUnchanged(entry.version()).put(KEY, Map.of("title", System.nanoTime()));
				STORE.ifUnchanged(next).put(KEY, Map.of("employeeNumber", number + 1));
				mine++;
			}
			catch (OptimisticLockingFailureException ex) {
				Thread.onSpinWait();
			}
		}
		other.join();
		assertThat(STORE.getRequired(KEY).texts("employeeNumber")).containsExactly(String.valueOf(ROUNDS + mine));
	}

	@Test
	void whatIsReadAgainStillMatchesTheFilter() throws InterruptedException {
		Thread other = new Thread(() -> {
			for (int i = 0; i < 2 * ROUNDS; i++) {
				STORE.put(KEY, Map.of("title", (i % 2 == 0) ? "a" : "b"));
			}
		});
		other.start();
		KeyQuery query = KeyQuery.of(KEY.toString()).filter("(title=a)");
		Set<String> titles = new TreeSet<>();
		while (other.isAlive()) {
			STORE.query(query).forEach((entry) -> titles.addAll(entry.value().texts("title")));
			STORE.query(query.limit(3)).forEach((entry) -> titles.addAll(entry.value().texts("title")));
		}
		other.join();
		assertThat(titles).isSubsetOf("a");
	}

	@Test
	void versionsOfOneWriterFollowOneAnother() {
		Version version = STORE.getEntry(KEY).orElseThrow().version();
		for (int i = 1; i < ROUNDS; i++) {
			version = STORE.ifUnchanged(version).put(KEY, Map.of("employeeNumber", i, "jpegPhoto", new byte[] { -1 }));
		}
		assertThat(STORE.getRequired(KEY).texts("employeeNumber")).containsExactly(String.valueOf(ROUNDS - 1));
	}

}
