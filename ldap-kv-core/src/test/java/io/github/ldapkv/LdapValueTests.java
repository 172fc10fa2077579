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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

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
	void numbersAreDecimalDigits() {
		assertText(1e10, "10000000000");
		assertText(42.0, "42");
		assertText(-0.0, "0");
		assertText(0.1f, "0.1");
		assertText(1.5e-7, "0.00000015");
		assertText(Double.MAX_VALUE,
				new BigDecimal(Double.MAX_VALUE).toBigInteger().toString().substring(0, 17) + "0".repeat(292));
		assertText(1e23f, new BigDecimal("1.0E23").toPlainString());
		assertText(new AtomicLong(7), "7");
		assertText(new BigInteger("123456789012345678901234567890"), "123456789012345678901234567890");
		assertText(new BigDecimal("1.50"), "1.50");
		DoubleAdder sum = new DoubleAdder();
		sum.add(1e12);
		assertText(sum, "1000000000000");
		for (Object number : List.of(Double.NaN, Float.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
				new BigDecimal("1E+1000000000"), new BigDecimal("1E-1000000000"))) {
			refused(number);
		}
	}

	@Test
	void pointsInTimeHaveAYearOfFourDigits() {
		assertText(Instant.parse("0000-01-01T00:00:00Z"), "00000101000000Z");
		assertText(Instant.parse("9999-12-31T23:59:59.999999999Z"), "99991231235959.999999999Z");
		for (Object time : List.of(Instant.MIN, Instant.MAX, Instant.parse("-0001-12-31T23:59:59Z"),
				Instant.parse("+10000-01-01T00:00:00Z"), OffsetDateTime.MAX, OffsetDateTime.MIN,
				ZonedDateTime.parse("9999-12-31T23:59:59-01:00"))) {
			refused(time);
		}
	}

	private static void refused(Object value) {
		assertThatIllegalArgumentException().as("%s", value)
			.isThrownBy(() -> LdapValue.of(Map.of("x", value)))
			.withMessageContaining("'x'");
		assertThatIllegalArgumentException().isThrownBy(() -> LdapValue.builder().append("x", value));
		assertThatIllegalArgumentException().isThrownBy(() -> new LdapPatch().add("x", value));
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/x={x}", value)).withMessageContaining("{x}");
	}

	@Test
	void arraysAreTakenAlikeEverywhere() {
		for (Object array : List.of(new int[] { 1, 2 }, new long[] { 1, 2 }, new double[] { 1, 2 },
				new Integer[] { 1, 2 }, new Object[] { List.of(1), new short[] { 2 } }, List.of(1, 2))) {
			LdapValue value = LdapValue.of(Map.of("x", array));
			assertThat(value.texts("x")).containsExactly("1", "2");
			assertThat(LdapValue.builder().set("x", array).build()).isEqualTo(value);
			assertThat(LdapValue.builder().append("x", array).build()).isEqualTo(value);
			assertThat(new LdapPatch().add("x", array).changes().get(0).attribute().values()).containsExactly("1", "2");
			assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/x={x}", List.of(array).toArray()));
		}
		for (Object nested : List.of(List.of(new int[] { 1 }), List.of(List.of(1)))) {
			assertThatIllegalArgumentException().isThrownBy(() -> LdapValue.of(Map.of("x", nested)));
			assertThatIllegalArgumentException().isThrownBy(() -> LdapValue.builder().set("x", nested));
		}
	}

	@Test
	void aTextThatIsNullIsNoText() {
		CharSequence broken = new CharSequence() {
			@Override
			public int length() {
				return 0;
			}

			@Override
			public char charAt(int index) {
				return 'x';
			}

			@Override
			public CharSequence subSequence(int start, int end) {
				return this;
			}

			@Override
			public String toString() {
				return null;
			}
		};
		refused(broken);
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/x={x}", new Object() {
			@Override
			public String toString() {
				return null;
			}
		})).withMessageContaining("null");
	}

	@Test
	void manyValuesAreAppendedOneByOne() {
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
			LdapValue.Builder builder = LdapValue.builder();
			for (int i = 0; i < 300_000; i++) {
				builder.append("member", "cn=" + i);
			}
			assertThat(builder.build().texts("member")).hasSize(300_000).endsWith("cn=299999");
		});
	}

	@Test
	void aBuilderThatGoesOnLeavesTheValuesItHasMadeAlone() {
		LdapValue.Builder builder = LdapValue.builder().append("x", 1);
		LdapValue first = builder.build();
		LdapValue second = builder.append("x", 2).build();
		builder.append("x", 3).set("x", 4).append("x", 5);
		assertThat(first.texts("x")).containsExactly("1");
		assertThat(second.texts("x")).containsExactly("1", "2");
		assertThat(builder.build().texts("x")).containsExactly("4", "5");
		assertThat(builder.without("x").append("x", 6).build().texts("x")).containsExactly("6");
		assertThat(second.toBuilder().append("x", 7).build().texts("x")).containsExactly("1", "2", "7");
		assertThat(second.texts("x")).containsExactly("1", "2");
	}

	@Test
	void theOrderOfOptionsDoesNotCount() {
		LdapValue value = LdapValue.of(Map.of("sn;lang-en;lang-de", "x", "cert;binary;x-a", new byte[1]));
		assertThat(value.text("SN;Lang-DE;lang-en")).contains("x");
		assertThat(value.has("cert;x-a;binary")).isTrue();
		assertThat(value.has("sn;lang-en")).isFalse();
		assertThat(value.names()).contains("sn;lang-en;lang-de");
		assertThat(value).isEqualTo(LdapValue.of(Map.of("sn;lang-de;lang-en", "x", "cert;x-a;binary", new byte[1])));
		assertThat(value.toBuilder().without("sn;lang-de;lang-en").build().names()).hasSize(1);
		assertThat(value.toBuilder().append("sn;lang-de;lang-en", "y").build().texts("sn;lang-en;lang-de"))
			.containsExactly("x", "y");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LdapValue.of(Map.of("sn;lang-en;lang-de", "x", "sn;lang-de;lang-en", "y")))
			.withMessageContaining("twice");
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
