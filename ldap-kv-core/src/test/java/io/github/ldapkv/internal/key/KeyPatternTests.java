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

package io.github.ldapkv.internal.key;

import java.util.List;

import io.github.ldapkv.KeyQuery;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link KeyPattern}: what a pattern means.
 */
class KeyPatternTests {

	@Test
	void aLiteralMatchesItself() {
		assertMatches("/ou=People/uid=jdoe", "/ou=People/uid=jdoe", "/OU=people/uid=JDOE", "uid=jdoe,ou=People");
		assertNoMatch("/ou=People/uid=jdoe", "/ou=People", "/ou=People/uid=jdoe/cn=x", "/uid=jdoe", "/");
		assertMatches("/", "/");
		assertNoMatch("/", "/cn=a");
	}

	@Test
	void aStarStaysWithinAComponent() {
		assertMatches("/uid=j*", "/uid=j", "/uid=jdoe", "/uid=J", "/uid=j*");
		assertNoMatch("/uid=j*", "/uid=aj", "/cn=j", "/uid=j/cn=x");
		assertMatches("/*", "/uid=j", "/cn=a+sn=b");
		assertMatches("/*=*", "/uid=j");
		assertMatches("/*d=j", "/uid=j");
		assertMatches("/uid=*o*e*", "/uid=john doe", "/uid=oe");
		assertNoMatch("/uid=*o*e*", "/uid=eo");
		assertMatches("/*/uid=j", "/ou=a/uid=j");
		assertNoMatch("/*/uid=j", "/uid=j", "/ou=a/ou=b/uid=j");
	}

	@Test
	void aQuestionMarkIsOneCharacter() {
		assertMatches("/uid=j?", "/uid=jd", "/uid=jé", "/uid=j\uD83D\uDE00", "/uid=je\u0301");
		assertNoMatch("/uid=j?", "/uid=j", "/uid=jdo");
	}

	@Test
	void twoStarsCrossComponents() {
		assertMatches("/**", "/", "/cn=a", "/cn=a/cn=b");
		assertMatches("**", "/", "/cn=a/cn=b");
		assertMatches("/**/**", "/", "/cn=a");
		assertMatches("/ou=a/**", "/ou=a", "/ou=a/cn=b", "/ou=a/cn=b/cn=c");
		assertNoMatch("/ou=a/**", "/", "/ou=b");
		assertMatches("/**/cn=x", "/cn=x", "/ou=a/ou=b/cn=x");
		assertMatches("/ou=a/**/cn=x", "/ou=a/cn=x", "/ou=a/cn=x/cn=x");
		assertNoMatch("/ou=a/**/cn=x", "/cn=x", "/ou=a/cn=x/cn=y");
		assertMatches("/**/ou=a/*/**", "/ou=a/cn=x", "/ou=b/ou=a/cn=x/cn=y");
		assertNoMatch("/**/ou=a/*/**", "/ou=a");
	}

	@Test
	void setsAndAlternatives() {
		assertMatches("/uid=[a-c]*", "/uid=a", "/uid=Cx");
		assertMatches("/uid=[A-C]", "/uid=b");
		assertNoMatch("/uid=[a-c]*", "/uid=d");
		assertMatches("/uid=[!a-c]", "/uid=d");
		assertNoMatch("/uid=[!a-c]", "/uid=a", "/uid=dd");
		assertMatches("/uid=[x\\]-]", "/uid=]", "/uid=-", "/uid=x");
		assertMatches("/{uid,cn}=a{b,c*}", "/uid=ab", "/cn=acx");
		assertNoMatch("/{uid,cn}=a{b,c*}", "/sn=ab", "/cn=a", "/cn=abx");
		assertMatches("/uid={a,{b,c}d}", "/uid=a", "/uid=bd", "/uid=cd");
		assertMatches("/uid={,x}y", "/uid=y", "/uid=xy");
		assertMatches("/{ou=a,cn=b}/cn=c", "/ou=a/cn=c", "/cn=b/cn=c");
	}

	@Test
	void aBackslashMakesTheNextCharacterLiteral() {
		assertMatches("/cn=a\\*", "/cn=a*");
		assertNoMatch("/cn=a\\*", "/cn=ab");
		assertMatches("/cn=\\[a\\]\\{b\\}\\?", "/cn=[a]{b}?");
		assertMatches("/cn=a\\/*", "/cn=a\\/b");
		assertMatches("/cn=a\\,b", "/cn=a\\,b");
	}

	@Test
	void thePartsOfAnRdnComeInAnyOrder() {
		assertMatches("/cn=a*+uid=b*", "/uid=bx+cn=ax");
		assertMatches("/uid=b+cn=a", "/cn=a+uid=b");
		assertNoMatch("/cn=a*", "/cn=ax+uid=b");
		assertNoMatch("/cn=a*+uid=b*", "/cn=ax");
	}

	/**
	 * A component other than {@code *} and {@code **} holds {@code attribute=value}.
	 */
	@Test
	void whatCanBeTheNameOfNoEntryIsRefused() {
		for (String component : List.of("user*", "jdoe", "*doe*", "?", "[a-z]*", "u?d", "uid[=]x*", "{uid=a,user*}",
				"{,uid=a}", "*?", "=a*", "u d=a*", "u(d=a*", "my_type=a", "cn=a*+user*")) {
			assertRefused("/ou=People/" + component, "attribute=value");
			assertRefused(component + ",ou=People", "attribute=value");
		}
		assertRefused("/ou=People/user*", "'uid=user*', or '*=user*' for any attribute");
		assertRefused("/ou=People/uid=", "empty");
		assertRefused("/ou=People/u*d=", "empty");
		for (String component : List.of("cn=a+cn=b", "cn=a*+CN=b*", "cn=a*+uid=b+cn=*", "{cn,sn}=a+cn=*")) {
			assertRefused("/ou=People/" + component, "'cn' stands twice");
		}
	}

	@Test
	void whateverMayBeANameIsTaken() {
		assertMatches("/*=x", "/uid=x");
		assertMatches("/u*d=j*", "/uid=jdoe");
		assertMatches("/{*,uid=a}", "/uid=a", "/cn=b");
		assertMatches("/[u]id=x", "/uid=x");
		assertMatches("/{uid=a,cn=b}", "/uid=a", "/cn=b");
		assertMatches("/*+cn=b", "/uid=a+cn=b");
		assertMatches("/*=a+*=b", "/uid=a+cn=b");
		assertMatches("/ uid =j*", "/uid=jdoe");
		assertThat(KeyPattern.parse("/my_type=a*").matches(DistinguishedName.ofServerDn("my_type=ab").asKey()))
			.isTrue();
	}

	private static void assertRefused(String pattern, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> KeyQuery.of(pattern))
			.withMessageContaining(pattern)
			.withMessageContaining("position")
			.withMessageContaining(reason);
	}

	@Test
	void theLiteralStartIsFound() {
		assertThat(KeyPattern.parse("/ou=a/cn=b/**").literalDepth()).isEqualTo(2);
		assertThat(KeyPattern.parse("/*/cn=b").literalDepth()).isZero();
		assertThat(KeyPattern.parse("/ou=a/cn=b*").literalPrefix(1).toString()).isEqualTo("/ou=a");
	}

	/**
	 * A matcher that tries everything, on patterns without groups and sets.
	 */
	@Property(tries = 3000)
	void agreesWithAMatcherThatTriesEverything(@ForAll("patterns") List<String> pattern,
			@ForAll("components") List<String> key) {
		KeyPath name = KeyPath.of(key.isEmpty() ? "/" : "/" + String.join("/", key));
		assertThat(KeyPattern.parse("/" + String.join("/", pattern)).matches(name))
			.isEqualTo(matchesSomehow(pattern, key));
	}

	private static boolean matchesSomehow(List<String> pattern, List<String> key) {
		if (pattern.isEmpty()) {
			return key.isEmpty();
		}
		List<String> rest = pattern.subList(1, pattern.size());
		if (pattern.get(0).equals("**")) {
			return matchesSomehow(rest, key) || !key.isEmpty() && matchesSomehow(pattern, key.subList(1, key.size()));
		}
		return !key.isEmpty() && textMatches(pattern.get(0), key.get(0))
				&& matchesSomehow(rest, key.subList(1, key.size()));
	}

	private static boolean textMatches(String pattern, String text) {
		if (pattern.isEmpty()) {
			return text.isEmpty();
		}
		char c = pattern.charAt(0);
		if (c == '*') {
			return textMatches(pattern.substring(1), text)
					|| !text.isEmpty() && textMatches(pattern, text.substring(1));
		}
		return !text.isEmpty() && (c == '?' || c == text.charAt(0))
				&& textMatches(pattern.substring(1), text.substring(1));
	}

	@Provide
	Arbitrary<List<String>> patterns() {
		Arbitrary<String> values = Arbitraries.of("a", "b", "*", "?")
			.list()
			.ofMinSize(1)
			.ofMaxSize(4)
			.map((parts) -> String.join("", parts));
		return Arbitraries.oneOf(values.map((value) -> "cn=" + value), Arbitraries.just("**"), Arbitraries.just("*"))
			.list()
			.ofMaxSize(4);
	}

	@Provide
	Arbitrary<List<String>> components() {
		return Arbitraries.of("cn=a", "cn=b", "cn=aa", "cn=ab", "cn=bab", "cn=abab").list().ofMaxSize(4);
	}

	private static void assertMatches(String pattern, String... keys) {
		assertThat(keys)
			.allSatisfy((key) -> assertThat(KeyPattern.parse(pattern).matches(KeyPath.of(key))).as(pattern + " " + key)
				.isTrue());
	}

	private static void assertNoMatch(String pattern, String... keys) {
		assertThat(keys)
			.allSatisfy((key) -> assertThat(KeyPattern.parse(pattern).matches(KeyPath.of(key))).as(pattern + " " + key)
				.isFalse());
	}

}
