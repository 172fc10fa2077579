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

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of {@link LdapValue}.
 */
class LdapValueTests {

	@Test
	void valuesAreTextOrBytes() {
		assertText("a", "a");
		assertText(new StringBuilder("a"), "a");
		assertText('a', "a");
		assertText("secret".toCharArray(), "secret");
		assertText(42, "42");
		assertText(42L, "42");
		assertText(1.5, "1.5");
		assertText(new BigDecimal("1E+3"), "1000");
		assertText(true, "TRUE");
		assertText(TimeUnit.DAYS, "DAYS");
		assertText(new UUID(0, 1), "00000000-0000-0000-0000-000000000001");
		assertText(Instant.parse("2026-01-02T03:04:05Z"), "20260102030405Z");
		assertText(Instant.parse("2026-01-02T03:04:05.120Z"), "20260102030405.12Z");
		assertText(OffsetDateTime.parse("2026-01-02T03:04:05+01:00"), "20260102020405Z");
		assertText(ZonedDateTime.parse("2026-01-02T03:04:05+01:00[Europe/Paris]"), "20260102020405Z");
		assertThat(LdapValue.of(Map.of("x", new byte[] { 1 })).asMap().get("x")).containsExactly(new byte[] { 1 });
	}

	@Test
	void severalValuesComeInAnyCollectionOrArray() {
		for (Object values : List.of(List.of("1", "2"), new ArrayList<>(List.of(1, 2)), new String[] { "1", "2" },
				new int[] { 1, 2 }, new Object[] { "1", 2 })) {
			assertThat(LdapValue.of(Map.of("x", values)).texts("x")).containsExactly("1", "2");
		}
		assertThat(LdapValue.of(Map.of("x", Set.of())).asMap()).containsEntry("x", List.of());
	}

	@Test
	void halfASurrogatePairIsNoText() {
		for (Object value : List.of("Joe \uD83D", "\uDE00", new StringBuilder("\uDE00\uD83D"), '\uD83D',
				List.of("a", "b\uD83Dc"))) {
			assertThatIllegalArgumentException().isThrownBy(() -> LdapValue.of(Map.of("title", value)))
				.withMessageContaining("'title'")
				.withMessageContaining("surrogate");
		}
		assertText("Joe \uD83D\uDE00", "Joe \uD83D\uDE00");
	}

	@Test
	void namesIgnoreCaseAndKeepTheirSpelling() {
		LdapValue value = LdapValue.of(Map.of("givenName;lang-EN", "x", "2.5.4.3", "y"));
		assertThat(value.text("GIVENNAME;LANG-en")).contains("x");
		assertThat(value.names()).containsExactlyInAnyOrder("givenName;lang-EN", "2.5.4.3");
		assertThat(value.has("givenName")).isFalse();
		Map<String, Object> twice = new LinkedHashMap<>();
		twice.put("mail", "a");
		twice.put("Mail", "b");
		assertThatIllegalArgumentException().isThrownBy(() -> LdapValue.of(twice)).withMessageContaining("'Mail'");
	}

	@Test
	void equalityIgnoresOrderAndCaseOfNames() {
		LdapValue value = LdapValue.of(Map.of("mail", List.of("a", "b"), "cn", "x"));
		assertThat(value).isEqualTo(LdapValue.of(Map.of("CN", "x", "MAIL", List.of("b", "a"))))
			.hasSameHashCodeAs(LdapValue.of(Map.of("CN", "x", "MAIL", List.of("b", "a"))))
			.isNotEqualTo(LdapValue.of(Map.of("cn", "x", "mail", List.of("a", "a"))))
			.isNotEqualTo(LdapValue.of(Map.of("cn", "X", "mail", List.of("a", "b"))))
			.isNotEqualTo(LdapValue.of(Map.of("cn", "x")));
		assertThat(LdapValue.of(Map.of("x", "é")))
			.isEqualTo(LdapValue.of(Map.of("x", new byte[] { (byte) 0xC3, (byte) 0xA9 })));
	}

	@Test
	void nothingOutsideCanChangeAValue() {
		byte[] bytes = { 1 };
		List<Object> list = new ArrayList<>(List.of(bytes));
		LdapValue value = LdapValue.of(Map.of("x", list));
		bytes[0] = 2;
		list.clear();
		value.bytes("x").orElseThrow()[0] = 3;
		((byte[]) value.asMap().get("x").get(0))[0] = 4;
		assertThat(value.bytes("x")).hasValue(new byte[] { 1 });
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> value.asMap().clear());
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> value.asMap().get("x").clear());
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> value.texts("y").add("z"));
	}

	@Test
	void textAndBytesAreTheSameOctets() {
		LdapValue value = LdapValue
			.of(Map.of("text", "é", "bytes", new byte[] { -1 }, "utf8", "é".getBytes(StandardCharsets.UTF_8)));
		assertThat(value.bytes("text")).hasValue(new byte[] { (byte) 0xC3, (byte) 0xA9 });
		assertThat(value.text("utf8")).contains("é");
		assertThatIllegalStateException().isThrownBy(() -> value.text("bytes")).withMessageContaining("'bytes'");
	}

	@Test
	void secretsAreNotPrinted() {
		LdapValue value = LdapValue.builder()
			.set("cn", "x")
			.set("jpegPhoto", new byte[3])
			.set("userPassword", "s3cret")
			.set("UNICODEPWD", "s3cret")
			.set("userPassword;lang-en", "s3cret")
			.set("sambaNTPassword", "s3cret")
			.set("krbPrincipalKey", "s3cret")
			.build();
		assertThat(value.toString()).contains("cn=[x]", "jpegPhoto=[<3 bytes>]", "userPassword=[***]")
			.doesNotContain("s3cret");
	}

	@Test
	void aBuilderChangesAValue() {
		LdapValue before = LdapValue.of(Map.of("cn", "x", "mail", "a"));
		LdapValue after = before.toBuilder().append("MAIL", "b").set("sn", "y").without("CN").set("title").build();
		assertThat(after.asMap()).containsOnlyKeys("mail", "sn", "title");
		assertThat(after.texts("mail")).containsExactly("a", "b");
		assertThat(after.has("title")).isFalse();
		assertThat(before.names()).containsExactlyInAnyOrder("cn", "mail");
		assertThat(LdapValue.empty()).isEqualTo(LdapValue.builder().build());
	}

	private static void assertText(Object given, String text) {
		assertThat(LdapValue.of(Map.of("x", given)).texts("x")).containsExactly(text);
		assertThat(LdapValue.builder().set("x", given).build().texts("x")).containsExactly(text);
	}

}
