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

package io.github.ldapkv.sample;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapValue;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatObject;

/**
 * The examples and tables of docs/keys.md.
 */
class KeysTests {

	private static final Document DOCUMENT = Document.of("docs/keys.md");

	@Test
	void everyExampleIsHere() {
		DOCUMENT.assertExamplesAreIn(7, KeysTests.class);
	}

	@Test
	void keys() {
		LdapKey john = LdapKey.of("/ou=People/uid=jdoe");
		LdapKey same = LdapKey.of("uid=jdoe,ou=People");
		LdapKey people = john.parent();
		LdapKey jane = people.child("uid", "jroe");
		String dn = john.dn();

		assertThatObject(same).isEqualTo(john);
		assertThat(people.toString()).isEqualTo("/ou=People");
		assertThat(jane.toString()).isEqualTo("/ou=People/uid=jroe");
		assertThat(dn).isEqualTo("uid=jdoe,ou=People");
	}

	@Test
	void templates() {
		String id = "o'neill, mary/2";
		String host = "www";

		LdapKey person = LdapKey.of("/ou=People/uid={id}", id);
		LdapKey service = LdapKey.of("/ou=Services/cn=HTTP\\/{host}.test.org", host);

		assertThat(person.dn()).isEqualTo("uid=o'neill\\, mary/2,ou=People");
		assertThat(person.toString()).isEqualTo("/ou=People/uid=o'neill\\, mary\\/2");
		assertThat(service.dn()).isEqualTo("cn=HTTP/www.test.org,ou=Services");
	}

	@Test
	void escapes() {
		List<List<List<String>>> rows = DOCUMENT.table("| The value |");
		assertThat(rows).hasSize(12).allSatisfy((row) -> {
			String value = row.get(0).get(0).replace('\u2423', ' ');
			LdapKey key = LdapKey.of("/").child("cn", value);
			assertThat(key.toString()).isEqualTo("/" + row.get(1).get(0));
			assertThat(key.dn()).isEqualTo(row.get(2).get(0));
			assertThatObject(LdapKey.of("/" + row.get(1).get(0))).isEqualTo(key);
			assertThatObject(LdapKey.of(row.get(2).get(0))).isEqualTo(key);
			assertThatObject(LdapKey.of("/cn={cn}", value)).isEqualTo(key);
		});
	}

	@Test
	void refusals() {
		List<List<List<String>>> rows = DOCUMENT.table("| Refused |");
		assertThat(rows).hasSize(9)
			.allSatisfy((row) -> assertThatIllegalArgumentException().as(row.get(0).get(0))
				.isThrownBy(() -> LdapKey.of(row.get(0).get(0))));
	}

	@Test
	void equalKeys() {
		List<List<List<String>>> rows = DOCUMENT.table("| Key |");
		assertThat(rows).hasSize(5).allSatisfy((row) -> {
			LdapKey key = LdapKey.of(row.get(0).get(0));
			assertThat(row.get(1)).isNotEmpty().allSatisfy((other) -> {
				assertThatObject(LdapKey.of(other)).isEqualTo(key).hasSameHashCodeAs(key);
			});
			assertThat(row.get(2)).isNotEmpty()
				.allSatisfy((other) -> assertThatObject(LdapKey.of(other)).isNotEqualTo(key));
		});
	}

	@Test
	void severalAttributesInAName() {
		EmbeddedStore.with((store) -> {
			store.put("/ou=People/cn=John Doe+uid=jd2", Map.of("objectClass", "inetOrgPerson", "sn", "Doe"));
			LdapValue john = store.getRequired("/ou=People/uid=jd2+cn=john doe");

			assertThat(john.text("cn")).contains("John Doe");
			assertThat(john.text("uid")).contains("jd2");
			assertThat(store.contains("/ou=People/uid=jd2")).isFalse();
		});
	}

	@Test
	void aBase() {
		EmbeddedStore.with((store) -> {
			LdapEntry john = store.getEntry("/ou=People/uid=jdoe").orElseThrow();
			String dn = john.dn();
			LdapKey key = john.key();
			boolean there = store.contains(dn);

			assertThat(dn).isEqualTo("uid=jdoe,ou=People,dc=test,dc=org");
			assertThat(key.toString()).isEqualTo("/ou=People/uid=jdoe");
			assertThat(there).isTrue();
			assertThat(store.contains("/dc=org/dc=test/ou=People/uid=jdoe")).isTrue();
			assertThat(store.contains("/")).isTrue();
			assertThat(store.base().dn()).isEqualTo("dc=test,dc=org");
		});
	}

	@Test
	void membersAreKeys() {
		EmbeddedStore.with((store) -> {
			store.put("/ou=Groups", Map.of("objectClass", "organizationalUnit"));
			store.put("/ou=Groups/cn=admins", Map.of("objectClass", "groupOfNames", "member",
					List.of("uid=jdoe,ou=People,dc=test,dc=org", "uid=jroe,ou=People,dc=test,dc=org")));

			List<String> members = store.getRequired("/ou=Groups/cn=admins").texts("member");
			Map<String, LdapValue> people = store.getAll(members);

			assertThat(people).hasSize(2);
		});
	}

	@Test
	void patterns() {
		List<List<List<String>>> rows = DOCUMENT.table("| Pattern |");
		assertThat(rows).hasSize(18);
		try (ConfigurableApplicationContext context = EmbeddedStore.start("--spring.ldap.base=dc=test,dc=org",
				"--spring.ldap.embedded.validation.enabled=false")) {
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			store.put("/", Map.of("objectClass", "top"));
			Map<LdapKey, LdapValue> entries = new LinkedHashMap<>();
			for (List<List<String>> row : rows) {
				row.subList(1, 3).stream().flatMap(List::stream).map(LdapKey::of).forEach((key) -> add(entries, key));
			}
			store.putAll(entries);
			assertThat(rows).allSatisfy((row) -> {
				List<LdapKey> found = store.keys(KeyQuery.of(row.get(0).get(0)));
				assertThat(keys(row.get(1))).as(row.toString()).isNotEmpty().isSubsetOf(found);
				assertThat(keys(row.get(2))).as(row.toString()).doesNotContainAnyElementsOf(found);
			});
		}
	}

	private static void add(Map<LdapKey, LdapValue> entries, LdapKey key) {
		if (!key.isRoot()) {
			entries.put(key, LdapValue.of(Map.of("objectClass", "top")));
			add(entries, key.parent());
		}
	}

	private static List<LdapKey> keys(List<String> texts) {
		return texts.stream().map(LdapKey::of).toList();
	}

	@Test
	void refusedPatterns() {
		List<List<List<String>>> rows = DOCUMENT.table("| Refused pattern |");
		assertThat(rows).hasSize(5)
			.allSatisfy((row) -> assertThat(row.get(0))
				.allSatisfy((pattern) -> assertThatIllegalArgumentException().as(pattern)
					.isThrownBy(() -> KeyQuery.of(pattern))));
	}

	@Test
	void values() {
		Map<String, Object> values = new HashMap<>();
		values.put("text", "J\u00f6rg");
		values.put("number", 42);
		values.put("flag", true);
		values.put("time", Instant.parse("2026-03-01T12:00:00Z"));
		values.put("unit", DayOfWeek.MONDAY);
		values.put("several", List.of("a", "b"));
		values.put("array", new String[] { "a", "b" });
		values.put("none", List.of());
		LdapValue value = LdapValue.of(values);
		assertThat(value.text("TEXT")).contains("J\u00f6rg");
		assertThat(value.text("number")).contains("42");
		assertThat(value.text("flag")).contains("TRUE");
		assertThat(value.text("time")).contains("20260301120000Z");
		assertThat(value.text("unit")).contains("MONDAY");
		assertThat(value.texts("several")).containsExactly("a", "b");
		assertThat(value.texts("array")).containsExactly("a", "b");
		assertThat(value.has("none")).isFalse();
		assertThat(value.names()).contains("none");
		assertThat(value.text("absent")).isEmpty();
		assertThat(value.texts("absent")).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> LdapValue.builder().set("x", (Object) null).build());
		assertThatIllegalArgumentException().isThrownBy(() -> LdapValue.of(Map.of("cn", "a", "CN", "b")));
		assertThatIllegalArgumentException().isThrownBy(() -> LdapValue.of(Map.of("date", LocalDate.EPOCH)))
			.withMessageContaining("java.time.LocalDate");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LdapValue.of(Map.of("member", LdapKey.of("/ou=People/uid=jdoe"))));
		assertThat(LdapValue.of(Map.of("cn", List.of("a", "b"))))
			.isEqualTo(LdapValue.of(Map.of("CN", List.of("b", "a"))));
	}

	@Test
	void bytes() {
		byte[] photo = { (byte) 0xFF, (byte) 0xD8, 0 };
		EmbeddedStore.with((store) -> {
			store.put("/ou=People/uid=jdoe", Map.of("jpegPhoto", photo, "title", "Boss"));
			LdapValue john = store.getRequired("/ou=People/uid=jdoe");
			byte[] read = john.bytes("jpegPhoto").orElseThrow();
			byte[] title = john.bytes("title").orElseThrow();

			assertThat(read).isEqualTo(photo);
			assertThat(title).isEqualTo("Boss".getBytes(StandardCharsets.UTF_8));
			assertThatIllegalStateException().isThrownBy(() -> john.text("jpegPhoto"));
		});
	}

	@Test
	void changedAndPutBack() {
		EmbeddedStore.with((store) -> {
			LdapValue john = store.getRequired("/ou=People/uid=jdoe");
			LdapValue changed = john.toBuilder()
				.set("title", "Boss")
				.append("mail", "boss@test.org")
				.without("cn")
				.set("description")
				.build();
			store.put("/ou=People/uid=jdoe", changed);

			LdapValue after = store.getRequired("/ou=People/uid=jdoe");
			assertThat(after.text("title")).contains("Boss");
			assertThat(after.texts("mail")).containsExactlyInAnyOrder("john@test.org", "boss@test.org");
			assertThat(after.text("cn")).contains("John");
			assertThat(after.has("description")).isFalse();
		});
	}

	@Test
	void secretsAreNotShown() {
		EmbeddedStore.with((store) -> {
			store.put("/ou=People/uid=jdoe", Map.of("userPassword", "s3cret", "jpegPhoto", new byte[1234]));
			String text = store.getRequired("/ou=People/uid=jdoe").toString();
			assertThat(text).contains("userPassword=[***]", "jpegPhoto=[<1234 bytes>]", "mail=[john@test.org]")
				.doesNotContain("s3cret");
		});
	}

	@Test
	void optionsStayApart() {
		EmbeddedStore.with((store) -> {
			store.put("/ou=People/uid=jdoe", Map.of("description", "piano", "description;lang-de", "Klavier"));
			LdapValue john = store.getRequired("/ou=People/uid=jdoe");
			assertThat(john.texts("description")).containsExactly("piano");
			assertThat(john.text("description;lang-de")).contains("Klavier");
		});
	}

}
