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

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.ldapkv.BulkWriteException;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.LdapValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of names that are equal as keys are, and different to the server: here
 * they differ by case only, and the rule of their attribute counts it. A server that
 * takes them for the same has fewer entries, of which the same holds.
 */
interface CaseExactNameLaws extends Laws {

	@Test
	default void queriesFindEachOfThem() {
		List<String> names = caseExactNames();
		KeyQuery query = KeyQuery.of(area() + "/*");
		assertThat(store().keys(query)).extracting(LdapKey::toString).containsExactlyInAnyOrderElementsOf(names);
		assertThat(store().query(query))
			.allSatisfy((entry) -> assertThat(entry.value().text("sn")).contains(entry.key().toString()));
		try (Stream<LdapEntry> entries = store().stream(query.attributes())) {
			assertThat(entries.map((entry) -> entry.key().toString()).distinct()).hasSameSizeAs(names);
		}
		for (String name : names) {
			assertThat(store().query(name)).singleElement()
				.hasToString(store().getEntry(name).orElseThrow().toString());
		}
		assertThat(store().keys(KeyQuery.of(area() + "/**/" + caseExact() + "=DEV"))).extracting(LdapKey::toString)
			.containsExactlyInAnyOrderElementsOf(
					names.stream().filter((name) -> name.endsWith("=Dev") || name.endsWith("=dev")).toList());
	}

	@Test
	default void pagesShowEachOfThemOnce() {
		List<String> names = caseExactNames();
		for (int size = 1; size <= names.size(); size++) {
			KeyQuery query = KeyQuery.of(area() + "/*").limit(size);
			List<String> paged = new ArrayList<>();
			for (List<LdapEntry> page = store().query(query); !page.isEmpty() && paged.size() <= names.size();) {
				page.forEach((entry) -> paged.add(entry.key().toString()));
				KeyQuery next = query.after(page.get(page.size() - 1).key());
				assertThat(store().count(next.limit(100))).isEqualTo(names.size() - paged.size());
				page = store().query(next);
			}
			assertThat(paged).as("pages of %s", size).containsExactlyInAnyOrderElementsOf(names);
		}
	}

	@Test
	default void getAllGivesEachItsOwnValue() {
		List<String> names = caseExactNames();
		List<LdapKey> keys = store().keys(KeyQuery.of(area() + "/*"));
		Map<LdapKey, LdapValue> all = store().getAll(keys);
		assertThat(all).hasSameSizeAs(names);
		assertThat(all.keySet()).extracting(LdapKey::toString)
			.containsExactlyElementsOf(keys.stream().map(LdapKey::toString).toList());
		keys.forEach((key) -> assertThat(all.get(key).text("sn")).contains(key.toString()));
		Map<String, LdapValue> byText = store().getAll(names);
		names.forEach((name) -> assertThat(byText.get(name).text("sn")).contains(name));
		List<LdapKey> oneMissing = List.of(at(caseExact() + "=DEV"), at(caseExact() + "=dev"));
		for (LdapKey key : oneMissing) {
			assertThat(store().getAll(oneMissing).get(key)).isEqualTo(store().get(key).orElse(null));
		}
	}

	@Test
	default void bulkWritesWriteEachOfThem() {
		List<String> names = caseExactNames();
		Map<String, LdapValue> values = new LinkedHashMap<>();
		names.forEach((name) -> {
			values.put(name, LdapValue.of(Map.of("sn", "new " + name)));
			values.put(name + "/cn=below",
					LdapValue.of(Map.of("objectClass", "organizationalRole", "description", name)));
		});
		store().putAll(values);
		names.forEach((name) -> {
			assertThat(store().getRequired(name).text("sn")).contains("new " + name);
			assertThat(store().getRequired(name + "/cn=below").text("description")).contains(name);
		});
		assertThatExceptionOfType(BulkWriteException.class).isThrownBy(() -> store().deleteAll(names))
			.satisfies((ex) -> {
				assertThat(ex.failures()).hasSameSizeAs(names);
				assertThat(ex.failures().keySet()).extracting(LdapKey::toString)
					.containsExactlyInAnyOrderElementsOf(names);
				assertThat(ex.done()).isZero();
			});
		assertThat(store().deleteAll(values.keySet())).isEqualTo(values.size());
	}

	@Test
	default void ldifHoldsEachOfThem() throws IOException {
		List<String> names = caseExactNames();
		StringWriter file = new StringWriter();
		assertThat(LdapLdif.on(store()).export(area() + "/*", file)).isEqualTo(names.size());
		store().deleteAll(names);
		assertThat(LdapLdif.on(store()).load(new StringReader(file.toString())))
			.isEqualTo(new LdapLdif.Loaded(names.size(), 0, 0));
		names.forEach((name) -> assertThat(store().getRequired(name).text("sn")).contains(name));
		assertThat(LdapLdif.on(store()).load(new StringReader(file.toString())))
			.isEqualTo(new LdapLdif.Loaded(0, 0, names.size()));
	}

	/**
	 * Creates entries whose names differ by case.
	 */
	private List<String> caseExactNames() {
		List<String> names = Stream.of("Dev", "dev", "OPS", "ops", "Ops")
			.map((name) -> spelled(area() + "/" + caseExact() + "=" + name))
			.filter((name) -> store().putIfAbsent(name, person(name)))
			.toList();
		assertThat(names).hasSizeGreaterThanOrEqualTo(2);
		return names;
	}

	private Map<String, Object> person(String name) {
		Map<String, Object> person = new LinkedHashMap<>(personWith(Map.of("sn", name)));
		if ("cn".equals(caseExact())) {
			person.remove("cn");
		}
		return person;
	}

}
