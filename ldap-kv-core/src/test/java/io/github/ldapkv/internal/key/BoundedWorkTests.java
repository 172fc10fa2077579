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

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import io.github.ldapkv.LdapKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What keys and patterns of hostile shapes cost: no more than in proportion to their
 * length. It is counted in bytes allocated, which are the same on every machine.
 */
@Timeout(60)
class BoundedWorkTests {

	private static final int LENGTH = 160_000;

	@Test
	void aKeyCostsNoMoreThanInProportionToItsLength() {
		for (String part : List.of("\\01a", "a", "\\/", "\\00", "a\\,", "\\E2\\82\\ACx")) {
			String key = "/cn=" + part.repeat(LENGTH / part.length());
			assertThat(allocated(() -> LdapKey.of(key).toString())).as(part).isLessThan(100L * LENGTH);
		}
		for (String part : List.of("/cn=a", "/cn=\\01", "/cn=a+sn=b", ",cn=\\2C", "//")) {
			String key = "/cn=x" + part.repeat(LENGTH / part.length());
			assertThat(allocated(() -> LdapKey.of(key).dn())).as(part).isLessThan(400L * LENGTH);
		}
		String slashes = "cn=" + "/".repeat(LENGTH) + "=";
		assertThat(allocated(() -> LdapKey.of(slashes).dn())).isLessThan(100L * LENGTH);
		String parts = IntStream.range(0, LENGTH / 8).mapToObj((i) -> "a" + i + "=b").collect(Collectors.joining("+"));
		assertThat(allocated(() -> LdapKey.of("/" + parts).dn())).isLessThan(400L * LENGTH);
	}

	@Test
	void aPatternCostsNoMoreThanInProportionToItsLength() {
		for (String part : List.of("a", "\\/", "*?", "[a-z]", "/cn=a", "/**", "/cn=*", "{a}", "+sn=*")) {
			String pattern = "/cn=a" + part.repeat(LENGTH / part.length());
			assertThat(allocated(() -> {
				try {
					KeyPattern.parse(pattern);
				}
				catch (IllegalArgumentException ex) {
					assertThat(ex.getMessage()).hasSizeLessThan(1000);
				}
			})).as(part).isLessThan(1000L * LENGTH);
		}
	}

	@Test
	void whatGroupsAreMultipliedToIsBounded() {
		String letters = "a".repeat(16_000);
		for (String pattern : List.of("/cn=" + "{a,b}".repeat(9) + letters, "/cn=" + letters + "{a,b}".repeat(9),
				"/cn=" + "{a,b}".repeat(9) + "+sn=" + letters, "/sn=" + letters + "+cn=" + "{a,b}".repeat(9),
				"/cn={" + "a,".repeat(900) + "b}" + letters, ("/cn=" + "{a,b}".repeat(9) + "x".repeat(100)).repeat(100),
				"/cn=" + "{a}".repeat(40_000), "/{" + "a,".repeat(900) + "b}=c" + "+d=e".repeat(10_000))) {
			assertThat(allocated(() -> assertThatIllegalArgumentException().isThrownBy(() -> KeyPattern.parse(pattern))
				.withMessageContaining("position")
				.withMessageContaining("more than " + GroupBudget.MOST_CHARACTERS + " characters")
				.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(1000)))).isLessThan(100_000_000);
		}
		assertThat(KeyPattern.parse("/cn=" + "{a,b}".repeat(9)).matches(KeyPath.of("/cn=ababababa"))).isTrue();
		assertThat(KeyPattern.parse("/cn=" + letters + "{a,b}").matches(KeyPath.of("/cn=" + letters + "b"))).isTrue();
		assertThat(KeyPattern.parse("/cn=" + letters.repeat(10) + "*").matches(KeyPath.of("/cn=" + letters))).isFalse();
	}

	/**
	 * Wildcards that could each stand for any part are not tried in every order.
	 */
	@Test
	void anRdnOfManyPartsIsMatchedInFewSteps() {
		String parts = IntStream.range(0, 11).mapToObj((i) -> "a" + i + "=x").collect(Collectors.joining("+"));
		KeyPath key = KeyPath.of("/" + parts);
		KeyPattern none = KeyPattern.parse("/" + "*=*+".repeat(10) + "b=y*");
		KeyPattern all = KeyPattern.parse("/" + "*=*+".repeat(10) + "a0=*");
		assertThat(allocated(() -> assertThat(none.matches(key)).isFalse())).isLessThan(1_000_000);
		assertThat(allocated(() -> assertThat(all.matches(key)).isTrue())).isLessThan(1_000_000);
		assertThat(KeyPattern.parse("/*=*+a1=*+a0=*").matches(KeyPath.of("/a0=x+a1=x+a2=x"))).isTrue();
		assertThat(KeyPattern.parse("/*1=*+a1=*+a0=*").matches(KeyPath.of("/a0=x+a1=x+a2=x"))).isFalse();
	}

	private static long allocated(Runnable work) {
		work.run();
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		work.run();
		return threads.getCurrentThreadAllocatedBytes() - before;
	}

}
