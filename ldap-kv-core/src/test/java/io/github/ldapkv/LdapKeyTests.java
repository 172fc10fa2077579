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
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.ldapkv.internal.key.Rdn;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatObject;

/**
 * Tests of {@link LdapKey}.
 */
class LdapKeyTests {

	@Test
	void aPathIsTheReversedDn() {
		LdapKey key = LdapKey.of("/dc=org/dc=test/ou=People/uid=jdoe");
		assertThat(key.dn()).isEqualTo("uid=jdoe,ou=People,dc=test,dc=org");
		assertThatObject(LdapKey.of(key.dn())).isEqualTo(key);
		assertThatObject(LdapKey.of("/" + key.dn())).isEqualTo(key);
		assertThatObject(LdapKey.of("/dc=test,dc=org/uid=jdoe,ou=People")).isEqualTo(key);
	}

	@Test
	void theRootHasNoComponents() {
		for (String text : List.of("/", "//", "///")) {
			assertThatObject(LdapKey.of(text)).isEqualTo(LdapKey.of("/")).hasToString("/");
			assertThat(LdapKey.of(text).isRoot()).isTrue();
			assertThat(LdapKey.of(text).dn()).isEmpty();
		}
		assertThatIllegalStateException().isThrownBy(() -> LdapKey.of("/").parent());
	}

	@Test
	void doubledAndTrailingSlashesAreDropped() {
		assertThatObject(LdapKey.of("//dc=org///dc=test//")).hasToString("/dc=org/dc=test");
	}

	@Test
	void escapesAreUndone() {
		assertValue("/cn=a\\/b", "a/b");
		assertValue("/cn=a\\2Fb", "a/b");
		assertValue("cn=a/b", "a/b");
		assertValue("/cn=a\\,b", "a,b");
		assertValue("/cn=a\\2cb", "a,b");
		assertValue("/cn=a\\+b", "a+b");
		assertValue("/cn=a\\=b=c", "a=b=c");
		assertValue("/cn=\\ a\\ ", " a ");
		assertValue("/cn= a ", "a");
		assertValue("/cn=\\#a#", "#a#");
		assertValue("/cn=a\\00b", "a\0b");
		assertValue("/cn=\\C3\\A9", "é");
		assertValue("/cn=\\F0\\9F\\98\\80", "\uD83D\uDE00");
		assertValue("/cn=\\\\", "\\");
		assertValue("/cn=\\\"\\;\\<\\>", "\";<>");
	}

	@Test
	void halfASurrogatePairIsNoText() {
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/ou=a/cn=Joe \uD83D"))
			.withMessageContaining("position 13")
			.withMessageContaining("surrogate");
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("cn=\uDE00x,ou=a"));
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/cn={name}", "Joe \uD83D"))
			.withMessageContaining("surrogate");
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/ou=a").child("cn", "Joe \uD83D"))
			.withMessageContaining("'cn'")
			.withMessageContaining("surrogate");
	}

	@Test
	void aValueOfATemplateIsOneText() {
		for (Object value : List.of(Optional.of("a"), List.of("a"), Map.of("a", "b"), new String[] { "a" },
				"a".toCharArray(), new byte[1], LdapKey.of("/uid=a"))) {
			assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/uid={id}", value))
				.withMessageContaining("{id}")
				.withMessageContaining("not text or a number");
		}
		assertThatObject(LdapKey.of("/uid={id}", 7)).hasToString("/uid=7");
	}

	@Test
	void theTextReadsBack() {
		for (String value : List.of("a/b", " a", "a ", " ", "#", "a\0b", "a\tb\n", "é日本\uD83D\uDE00", "\\",
				",+=\";<>#/", "a  b")) {
			LdapKey key = LdapKey.of("/ou=x").child("cn", value);
			assertThatObject(LdapKey.of(key.toString())).isEqualTo(key);
			assertThatObject(LdapKey.of(key.dn())).isEqualTo(key);
			assertThat(key.path().rdns().get(1).avas().get(0).value()).isEqualTo(value);
			assertThat(key.toString()).doesNotContainPattern("\\p{Cntrl}");
		}
	}

	@Test
	void caseSpaceAndOrderDoNotCount() {
		LdapKey key = LdapKey.of("/ou=People/cn=John Doe+uid=jdoe");
		for (String text : List.of("/OU=people/CN=john doe+UID=JDOE", "/ou=People/uid=jdoe+cn=John Doe",
				"/ou = People / cn = John   Doe + uid = jdoe ", "uid=jdoe+cn=JOHN DOE,ou=people")) {
			assertThatObject(LdapKey.of(text)).isEqualTo(key).hasSameHashCodeAs(key);
			assertThat(LdapKey.of(text).compareTo(key)).isZero();
		}
		assertThatObject(LdapKey.of("/ou=People/cn=John Doe")).isNotEqualTo(key);
		assertThatObject(LdapKey.of("/ou=JohnDoe")).isNotEqualTo(LdapKey.of("/ou=John Doe"));
		assertThatObject(LdapKey.of("/cn=E\u0301")).isEqualTo(LdapKey.of("/cn=é"));
		assertThatObject(LdapKey.of("/cn=\u0130")).isNotEqualTo(LdapKey.of("/cn=i"));
	}

	@Test
	void theSpellingIsKept() {
		assertThat(LdapKey.of("/OU=People/UID=JDoe").toString()).isEqualTo("/OU=People/UID=JDoe");
		assertThat(LdapKey.of("UID=JDoe, OU=People").dn()).isEqualTo("UID=JDoe,OU=People");
	}

	@Test
	void keysAreSortedParentsFirst() {
		List<String> sorted = List.of("/", "/dc=org", "/dc=org/ou=A", "/dc=org/ou=a/cn=z", "/dc=org/ou=b");
		assertThat(sorted.stream().map(LdapKey::of).sorted().map(LdapKey::toString)).containsExactlyElementsOf(sorted);
		assertThat(LdapKey.of("/dc=org").compareTo(LdapKey.of("/dc=org/ou=a"))).isNegative();
	}

	@Test
	void aKeyIsItsText() {
		LdapKey key = LdapKey.of("ou=People,dc=org");
		assertThat(key.length()).isEqualTo("/dc=org/ou=People".length());
		assertThat(key.charAt(1)).isEqualTo('d');
		assertThat(key.subSequence(1, 4)).hasToString("dc=");
		assertThat(new StringBuilder().append(key)).hasToString("/dc=org/ou=People");
	}

	@Test
	void childAndParentAreOpposites() {
		LdapKey people = LdapKey.of("/ou=People");
		assertThatObject(people.child("uid", "a,b").parent()).isEqualTo(people);
		assertThatObject(people.parent()).isEqualTo(LdapKey.of("/"));
		assertThatIllegalArgumentException().isThrownBy(() -> people.child("u d", "x")).withMessageContaining("'u d'");
		assertThatIllegalArgumentException().isThrownBy(() -> people.child("uid", "")).withMessageContaining("'uid'");
		assertThatIllegalArgumentException().isThrownBy(() -> people.child("uid", null));
	}

	@Test
	void aTemplateEscapesItsValues() {
		assertThatObject(LdapKey.of("/ou=People/uid={id}", "a/b,c+d"))
			.isEqualTo(LdapKey.of("/ou=People").child("uid", "a/b,c+d"));
		assertThatObject(LdapKey.of("uid={id},ou={unit}", " x ", "#y"))
			.isEqualTo(LdapKey.of("/").child("ou", "#y").child("uid", " x "));
		assertThatObject(LdapKey.of("/cn={a}-{b}", 1, 2)).hasToString("/cn=1-2");
		assertThatObject(LdapKey.of("/cn=\\{a\\}{b}", "x")).isEqualTo(LdapKey.of("/").child("cn", "{a}x"));
	}

	@Test
	void aTemplateMakesTheSameTextOfAValueAsAnAttributeDoes() {
		for (Object value : List.of(true, Color.RED, Instant.EPOCH, new BigDecimal("1E3"), 7, 'c', new UUID(1, 2))) {
			assertThatObject(LdapKey.of("/cn={value}", value))
				.isEqualTo(LdapKey.of("/").child("cn", LdapValue.of(Map.of("cn", value)).text("cn").orElseThrow()));
		}
		assertThatObject(LdapKey.of("/cn={value}", URI.create("urn:a"))).hasToString("/cn=urn:a");
	}

	@Test
	void aTemplateThatDoesNotFitIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/uid={id}", "a", "b"))
			.withMessageContaining("'/uid={id}'");
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/uid={id}/cn={cn}", "a"));
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/uid={id}", (Object) null));
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/uid={id}", ""));
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/{type}=x", "uid"));
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/{rdn}", "uid=x"));
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/uid={id", "x"));
	}

	@Test
	void aKeyMayBeDeepAndLong() {
		String deep = IntStream.range(0, 100).mapToObj((i) -> "/ou=" + i).collect(Collectors.joining());
		assertThat(LdapKey.of(deep).path().depth()).isEqualTo(100);
		assertThatObject(LdapKey.of(LdapKey.of(deep).dn())).hasToString(deep);
		String value = "x".repeat(1_000_000);
		assertValue("/cn=" + value, value);
	}

	@Test
	void anAttributeStandsOnceInAComponent() {
		for (String key : List.of("/cn=a+cn=b", "cn=a+cn=b", "/ou=x/cn=a+uid=c+CN=a", "/ou=x/cn=a + Cn = b")) {
			assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of(key))
				.withMessageContaining(key)
				.withMessageContaining("position")
				.withMessageContaining("stands twice");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/cn={a}+cn={b}", "x", "y"));
		assertThat(LdapKey.of("/cn=a/cn=b").dn()).isEqualTo("cn=b,cn=a");
	}

	@Test
	void aMalformedKeyShowsItsPlace() {
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/dc=org/ou=a,b"))
			.withMessageContaining("'/dc=org/ou=a,b'")
			.withMessageContaining("position 13");
		assertThatIllegalArgumentException().isThrownBy(() -> LdapKey.of("/ou=People/uid=\\zz"))
			.withMessageContaining("position 15");
	}

	/**
	 * RFC 2253, section 4, makes every reader take them, and RFC 4514 lets it.
	 */
	@Test
	void aDnMayBeSpelledAsLdapV2DidIt() {
		LdapKey key = LdapKey.of("/dc=org/ou=x").child("cn", "a, b");
		for (String dn : List.of("cn=\"a, b\",ou=x,dc=org", "cn=\"a, b\" ; ou=x;dc=org", "cn=a\\, b;ou=x;dc=org",
				"CN = \"a, b\", ou=\"x\", dc=org", "\"cn=a, b\",ou=x,dc=org")) {
			assertThatObject(LdapKey.of(dn)).as(dn).isEqualTo(key);
		}
		assertThatObject(LdapKey.of("OID.2.5.4.3=a,ou=x")).hasToString("/ou=x/2.5.4.3=a");
		for (String malformed : List.of("cn=\"a", "cn=\"\",ou=x", "a\"b", "cn=a;b", "cn=a;;ou=x", "\"ou=x,dc=org\"",
				"/cn=\"a\"", "/cn=a;ou=x", "cn=\"\uD83D\"", "cn=a+cn=b;ou=x", "cn=\"a\"+CN=b,ou=x",
				"cn=a;ou=\\FF\\EE\\DD")) {
			assertThatIllegalArgumentException().as(malformed)
				.isThrownBy(() -> LdapKey.of(malformed))
				.withMessageContaining("position");
		}
	}

	private static void assertValue(String key, String value) {
		List<Rdn> rdns = LdapKey.of(key).path().rdns();
		assertThat(rdns).hasSize(1);
		assertThat(rdns.get(0).avas()).hasSize(1);
		assertThat(rdns.get(0).avas().get(0).value()).isEqualTo(value);
	}

	private enum Color {

		RED;

		@Override
		public String toString() {
			return "the colour red";
		}

	}

}
