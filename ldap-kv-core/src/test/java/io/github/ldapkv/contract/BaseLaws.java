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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.ldif.LdapLdif;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatObject;

/**
 * What keys mean below a base, however it is called and spelled.
 */
interface BaseLaws extends Laws {

	/**
	 * Below the base is an entry of the same name, with another one below that: relative
	 * to the base its key is the absolute key of a third one.
	 */
	@Test
	default void whatIsCalledLikeTheBaseBelowItHasAKeyOfItsOwn() {
		putPerson("uid=a");
		String base = LdapKey.of(dn("uid=a")).parent().toString();
		String twin = base + base;
		onBase(base, (based) -> {
			Stream.of("/dc=org", "/dc=org/dc=test")
				.forEach((path) -> based.put(base + path, Map.of("objectClass", "domain")));
			based.put(twin, Map.of("objectClass", "organizationalUnit"));
			based.put(twin + named("/uid=a"), personWith(Map.of("sn", "Twin")));
			assertReadsBack(based, 6);
			assertThat(based.children(twin)).singleElement().satisfies((child) -> {
				assertThat(child.toString()).isEqualTo(twin + named("/uid=a"));
				assertThat(based.query(child.toString())).singleElement()
					.extracting((entry) -> entry.value().text("sn").orElseThrow())
					.isEqualTo("Twin");
				assertThat(based.delete(child)).isTrue();
				assertThat(based.delete(child)).isFalse();
			});
			assertThat(based.contains(named("/uid=a"))).isTrue();
			assertThat(based.deleteTree(base + "/dc=org")).isEqualTo(3);
			assertThat(based.keys(KeyQuery.of("/**"))).containsExactlyInAnyOrder(LdapKey.of("/"),
					LdapKey.of(named("/uid=a")));
		});
	}

	@Test
	default void theSpellingOfTheBaseDoesNotCount() {
		putUnit("ou=People");
		putPerson("ou=People/uid=a");
		String base = LdapKey.of(dn("ou=People")).parent().dn();
		for (String spelling : spellings(base)) {
			onBase(spelling, (based) -> {
				assertReadsBack(based, 3);
				assertThat(based.children("/")).extracting(LdapKey::toString).containsExactly(spelled("/ou=People"));
				assertThat(based.getEntry(named("/ou=People/uid=a"))).get()
					.extracting(LdapEntry::key)
					.hasToString(spelled(named("/ou=People/uid=a")));
				assertThat(based.count(KeyQuery.of("/ou=People/*"))).isEqualTo(1);
				assertThat(based.count(KeyQuery.of(dn("ou=People").replace("ou=People", "ou=Peopl?")))).isEqualTo(1);
				assertThat(based.createParents(named("/ou=New/ou=Newer/uid=a"))).isEqualTo(2);
				assertThat(based.deleteTree("/ou=New")).isEqualTo(2);
				assertThatIllegalArgumentException().isThrownBy(() -> based.deleteTree(base))
					.withMessageContaining("base of the store");
			});
		}
	}

	/**
	 * The very first call, when the store does not know anything of the server yet.
	 */
	@Test
	default void aDnIsAKeyHoweverTheBaseIsSpelled() {
		putPerson("uid=a");
		putPerson("uid=b");
		String base = LdapKey.of(dn("uid=a")).parent().dn();
		for (String spelling : spellings(base)) {
			List<Consumer<LdapKeyValueTemplate>> calls = List.of(
					(based) -> assertThat(based.contains(dn("uid=a"))).isTrue(),
					(based) -> assertThat(based.getAll(List.of(dn("uid=a"), named("/uid=b")))).hasSize(2),
					(based) -> assertThat(based.keys(KeyQuery.of("/*").after(dn("uid=a"))))
						.containsExactly(LdapKey.of(named("/uid=b"))),
					(based) -> assertThat(based.keys(KeyQuery.of(LdapKey.of(base) + "/*"))).hasSize(2),
					(based) -> assertThat(based.children(base)).hasSize(2));
			for (Consumer<LdapKeyValueTemplate> call : calls) {
				onBase(spelling, call);
			}
		}
	}

	@Test
	default void theServerSaysWhichEntryTheStartOfAPatternNames() {
		putUnit("ou=People");
		LdapKey key = putPerson("ou=People/uid=a");
		List<String> starts = Stream
			.of("/ou=People", "/OU = PEOPLE", "/organizationalUnitName=People", "/2.5.4.11=People")
			.map((start) -> area() + start)
			.filter(this::isKnown)
			.toList();
		assertThat(starts).hasSizeGreaterThanOrEqualTo(2);
		for (String start : starts) {
			assertThat(store().keys(KeyQuery.of(start + "/*"))).as(start).containsExactly(key);
			assertThat(store().query(start + "/**")).hasSize(2);
			assertThat(store().query(start)).singleElement()
				.satisfies((entry) -> assertThat(written(entry.value())).isEqualTo(written(at("ou=People"))));
			assertThat(store().count(KeyQuery.of(start + named("/uid=?").toUpperCase(Locale.ROOT)))).isEqualTo(1);
			try (Stream<LdapEntry> entries = store().stream(KeyQuery.of(start + "/*"))) {
				assertThat(entries).hasSize(1);
			}
		}
	}

	/**
	 * All ways to a base.
	 */
	private void onBase(String base, Consumer<LdapKeyValueTemplate> test) {
		try (LdapKeyValueTemplate pooled = new LdapKeyValueTemplate(
				directory().pool().base(LdapKey.of(base).dn()).build());
				LdapKeyValueTemplate based = LdapKeyValueTemplate.builder(directory().pool().maxSize(1).build())
					.base(base)
					.build()) {
			assertBackup(pooled);
			test.accept(based);
			if (!base.startsWith("/")) {
				test.accept(pooled);
			}
		}
	}

	/**
	 * The spellings of a name that the server knows.
	 */
	private List<String> spellings(String dn) {
		List<String> spellings = new ArrayList<>(Stream
			.of(dn, dn.replace("ou=", "OU = "), dn.replace("ou=", "organizationalUnitName="),
					dn.replace("ou=", "2.5.4.11="), dn.replace("dc=", "domainComponent="),
					dn.replace("dc=", "0.9.2342.19200300.100.1.25="))
			.filter(this::isKnown)
			.toList());
		assertThat(spellings).hasSizeGreaterThanOrEqualTo(2);
		return spellings;
	}

	/**
	 * Not every server takes as a name what it does not know.
	 */
	private boolean isKnown(String key) {
		try {
			return store().contains(key);
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	/**
	 * Some servers spell a name as it was asked for.
	 */
	private static String plain(String dn) {
		return dn.toLowerCase(Locale.ROOT)
			.replace(" ", "")
			.replaceAll("organizationalunitname|2\\.5\\.4\\.11", "ou")
			.replaceAll("domaincomponent|0\\.9\\.2342\\.19200300\\.100\\.1\\.25", "dc");
	}

	private void assertReadsBack(LdapKeyValueTemplate based, int size) {
		List<LdapEntry> all = based.query("/**");
		assertThat(all).hasSize(size);
		for (LdapEntry entry : all) {
			for (CharSequence key : List.of(entry.key(), entry.key().toString(), entry.dn())) {
				LdapEntry again = based.getEntry(key).orElseThrow();
				assertThat(plain(again.dn())).isEqualTo(plain(entry.dn()));
				assertThatObject(again.key()).isEqualTo(entry.key());
				assertThat(written(again.value())).isEqualTo(written(entry.value()));
			}
		}
		List<LdapKey> keys = all.stream().map(LdapEntry::key).toList();
		assertThat(based.keys(KeyQuery.of("/**"))).containsExactlyInAnyOrderElementsOf(keys);
		assertThat(based.getAll(keys)).hasSize(size);
		assertThat(based.getAll(keys).values().stream().map((value) -> written(value)))
			.containsExactlyElementsOf(all.stream().map((entry) -> written(entry.value())).toList());
		List<LdapKey> paged = new ArrayList<>();
		KeyQuery page = KeyQuery.of("/**").limit(2);
		for (List<LdapKey> next = based.keys(page); !next.isEmpty()
				&& paged.size() <= size; next = based.keys(page.after(paged.get(paged.size() - 1)))) {
			paged.addAll(next);
		}
		assertThat(paged).containsExactlyElementsOf(keys.stream().sorted().toList());
	}

	/**
	 * An export may take a second connection.
	 */
	private void assertBackup(LdapKeyValueTemplate based) {
		long size = based.count(KeyQuery.of("/**"));
		try {
			StringWriter file = new StringWriter();
			assertThat(LdapLdif.on(based).export("/**", file)).isEqualTo(size);
			assertThat(LdapLdif.on(based).load(new StringReader(file.toString())).skipped()).isEqualTo(size);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
