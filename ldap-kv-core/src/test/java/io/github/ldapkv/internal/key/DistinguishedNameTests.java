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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

/**
 * Tests of what {@code LdapKeyTests} do not reach of {@link DistinguishedName}.
 */
class DistinguishedNameTests {

	/**
	 * A key that does is refused.
	 */
	@Test
	void anAttributeMayStandTwiceInAComponentOfAServer() {
		assertThat(DistinguishedName.ofServerDn("cn=a+cn=b,dc=org").dn()).isEqualTo("cn=a+cn=b,dc=org");
	}

	@Test
	void theBytesInADnOfLdapV2AreKept() {
		for (String dn : List.of("cn=\"a\",ou=#0403ffeedd", "cn=a;ou=#0403FFEEDD")) {
			assertThatObject(DistinguishedName.ofServerDn(dn)).as(dn).hasToString("/ou=#0403ffeedd/cn=a");
			assertThatObject(DistinguishedName.of(dn)).as(dn).isEqualTo(DistinguishedName.of("cn=a,ou=#0403ffeedd"));
		}
		assertThatObject(DistinguishedName.ofServerDn("cn=\"a\",ou=#0403666f6f")).hasToString("/ou=foo/cn=a");
	}

}
