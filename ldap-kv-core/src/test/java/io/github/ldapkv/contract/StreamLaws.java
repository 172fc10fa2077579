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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataRetrievalFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a stream gives, and pages of a query.
 */
public interface StreamLaws extends Laws {

	/**
	 * How many entries the stores of the tests ask for at a time.
	 */
	int PAGE = 500;

	@Test
	default void aStreamGivesWhatAQueryFinds() {
		people("jdoe", "jroe", "adoe");
		putUnit("ou=Guests");
		for (KeyQuery query : List.of(KeyQuery.of(area() + "/**"), KeyQuery.of(area() + named("/uid=j*")),
				KeyQuery.of(area() + "/*").filter("(sn=Doe)"), KeyQuery.of(area() + "/*").attributes("sn", identity()),
				KeyQuery.of(area() + named("/uid=none")), KeyQuery.of(area() + "/*").after(at("uid=jdoe")),
				KeyQuery.of(area() + "/*").offset(1).limit(2))) {
			List<LdapEntry> found = store().query(query);
			try (Stream<LdapEntry> stream = store().stream(query)) {
				assertThat(stream).containsExactlyElementsOf(found);
			}
			List<LdapEntry> seen = new ArrayList<>();
			store().forEach(query, seen::add);
			assertThat(seen).isEqualTo(found);
		}
	}

	@Test
	default void anEntryOfAStreamHasItsVersion() {
		LdapKey key = putPerson("uid=jdoe");
		store().forEach(KeyQuery.of(key.toString()), (entry) -> {
			assertThat(entry.version()).isEqualTo(store().getEntry(key).orElseThrow().version());
			store().ifUnchanged(entry.version()).put(key, Map.of("displayName", "Changed"));
		});
		assertThat(store().getRequired(key).text("displayName")).contains("Changed");
	}

	@Test
	default void aStreamReadsPageByPage() {
		int entries = 2 * PAGE + 201;
		IntStream.range(0, entries).forEach((i) -> putUnit("ou=" + i));
		KeyQuery query = KeyQuery.of(area() + "/*");
		try (Stream<LdapEntry> stream = store().stream(query)) {
			assertThat(stream.map(LdapEntry::key)).doesNotHaveDuplicates().hasSize(entries);
		}
		assertThat(searches(() -> store().forEach(query, (entry) -> {
		}))).isEqualTo(3);
		assertThat(searches(() -> {
			try (Stream<LdapEntry> stream = store().stream(query)) {
				assertThat(stream.limit(PAGE + 100)).hasSize(PAGE + 100);
			}
		})).as("two pages, and a word that the third is not wanted").isEqualTo(3);
		assertThat(searches(() -> {
			try (Stream<LdapEntry> stream = store().stream(query)) {
				assertThat(stream.findFirst()).isPresent();
			}
		})).isEqualTo(2);
		assertThat(searches(() -> assertThat(store().count(query.limit(3))).isEqualTo(3))).isEqualTo(2);
	}

	@Test
	default void aStreamThatNobodyReadsAsksNothing() {
		putPerson("uid=jdoe");
		assertThat(searches(() -> store().stream(KeyQuery.of(area() + "/**")).close())).isZero();
	}

	@Test
	default void theStoreCanBeUsedInTheMiddleOfAStream() {
		people("a", "b", "c");
		KeyQuery query = KeyQuery.of(area() + named("/uid=*"));
		store().forEach(query, (entry) -> {
			store().put(entry.key(), Map.of("description", "seen"));
			store().forEach(query, (inner) -> assertThat(inner.value().has("sn")).isTrue());
			assertThat(store().getRequired(entry.key()).text("description")).contains("seen");
		});
		assertThat(store().count(query.filter("(description=seen)"))).isEqualTo(3);
	}

	@Test
	default void whatTheConsumerThrowsEndsTheStream() {
		people("a", "b", "c");
		KeyQuery query = KeyQuery.of(area() + named("/uid=*"));
		assertThatIllegalStateException().isThrownBy(() -> store().forEach(query, (entry) -> {
			throw new IllegalStateException("of the consumer");
		})).withMessage("of the consumer");
		assertThat(store().count(query)).isEqualTo(3);
	}

	@Test
	default void aStreamThatIsClosedDoesNotLookExhausted() {
		people("a", "b", "c");
		Stream<LdapEntry> stream = store().stream(KeyQuery.of(area() + named("/uid=*")));
		Iterator<LdapEntry> entries = stream.iterator();
		entries.next();
		stream.close();
		assertThatIllegalStateException().isThrownBy(() -> entries.forEachRemaining((entry) -> {
		})).withMessageContaining("closed").withMessageContaining(area() + named("/uid=*"));
	}

	@Test
	default void childrenAreWhatIsRightBelow() {
		LdapKey odd = area().child("ou", "a*b[c]{d,e}");
		store().put(odd, Map.of("objectClass", "organizationalUnit"));
		LdapKey child = odd.child("ou", "x");
		store().put(child, Map.of("objectClass", "organizationalUnit"));
		store().put(child.child("ou", "y"), Map.of("objectClass", "organizationalUnit"));
		assertThat(store().children(odd)).containsExactly(child);
		assertThat(store().children(odd.toString())).containsExactly(child);
		assertThat(store().children(area())).containsExactly(odd);
		assertThat(store().children(child.child("ou", "y"))).isEmpty();
		assertThatExceptionOfType(DataRetrievalFailureException.class)
			.isThrownBy(() -> store().children(child.child("ou", "none").child("ou", "deeper")))
			.withMessageContaining(child.child("ou", "none") + "'")
			.withMessageContaining("is missing");
		assertThat(directory().requestsDuring(() -> store().children(area()))).containsExactly("SEARCH 1.1");
	}

	/**
	 * Whoever goes on after the last key seen sees nothing twice, whatever others do
	 * meanwhile, and everything that was there all the time.
	 */
	@Test
	default void pagesOfAChangingDirectoryShowNothingTwice() {
		List<LdapKey> steady = IntStream.range(0, 40).mapToObj((i) -> putPerson("uid=m" + (100 + i))).toList();
		IntStream.range(0, 10).forEach((i) -> putPerson("uid=a" + i));
		IntStream.range(0, 10).forEach((i) -> putPerson("uid=z" + i));
		KeyQuery query = KeyQuery.of(area() + named("/uid=*")).limit(7);
		List<LdapKey> seen = new ArrayList<>();
		List<LdapKey> page = store().keys(query);
		for (int i = 0; !page.isEmpty(); i++) {
			seen.addAll(page);
			store().delete(at("uid=a" + i));
			store().delete(at("uid=z" + i));
			putPerson("uid=b" + i);
			putPerson("uid=y" + i);
			if (i == 3) {
				store().delete(page.get(page.size() - 1));
			}
			page = store().keys(query.after(page.get(page.size() - 1)));
		}
		assertThat(seen).doesNotHaveDuplicates().isSorted().containsAll(steady);
	}

	private void people(String... names) {
		Stream.of(names).forEach((name) -> putPerson("uid=" + name));
	}

	private int searches(Runnable code) {
		List<String> requests = directory().requestsDuring(code);
		assertThat(requests).allMatch((request) -> request.startsWith("SEARCH"));
		return requests.size();
	}

}
