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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link KeyQuery} as a value.
 */
class KeyQueryTests {

	@Test
	void queriesThatAreMadeTheSameWayAreEqual() {
		assertThat(query()).isEqualTo(query()).hasSameHashCodeAs(query());
		assertThat(KeyQuery.of("/ou=People/*").after("/ou=People/uid=jdoe"))
			.isEqualTo(KeyQuery.of("/ou=People/*").after("uid=JDoe,ou=People"));
		assertThat(KeyQuery.childrenOf("/ou=People")).isEqualTo(KeyQuery.childrenOf("ou=People"))
			.hasSameHashCodeAs(KeyQuery.childrenOf("/ou=People"));
	}

	@Test
	void queriesThatMeanSomethingElseAreNotEqual() {
		assertThat(query()).isNotEqualTo(query().limit(2))
			.isNotEqualTo(query().offset(1))
			.isNotEqualTo(query().after("/ou=People/uid=b"))
			.isNotEqualTo(query().filter("(mail=b*)"))
			.isNotEqualTo(query().attributes("cn"))
			.isNotEqualTo(query().attributes())
			.isNotEqualTo(KeyQuery.of("/ou=People/*"))
			.isNotEqualTo("/ou=People/uid=j*");
		assertThat(KeyQuery.of("/ou=People/*")).isNotEqualTo(KeyQuery.of("/ou=People/*").attributes())
			.isNotEqualTo(KeyQuery.of("/ou=People/*").offset(0))
			.isNotEqualTo(KeyQuery.of("/ou=People/*").limit(Integer.MAX_VALUE));
	}

	/**
	 * Children are those of an entry that has to be there.
	 */
	@Test
	void childrenAreNotWhatThePatternOfTheirKeysFinds() {
		assertThat(KeyQuery.childrenOf("/ou=People")).isNotEqualTo(KeyQuery.of("/ou=People/*"));
	}

	@Test
	void aKeyIsNoPattern() {
		assertThat(KeyQuery.childrenOf("/cn=a*")).hasToString("/cn=a\\*/*").isNotEqualTo(KeyQuery.of("/cn=a*/*"));
	}

	private static KeyQuery query() {
		return KeyQuery.of("/ou=People/uid=j*")
			.limit(3)
			.offset(2)
			.after("/ou=People/uid=a")
			.filter("(mail=*)")
			.attributes("cn", "mail");
	}

}
