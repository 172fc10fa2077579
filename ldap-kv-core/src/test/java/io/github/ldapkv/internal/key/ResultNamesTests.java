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
import java.util.function.UnaryOperator;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ResultNames}.
 */
class ResultNamesTests {

	/**
	 * Whatever came before, and also where it is refused.
	 */
	@Property(tries = 5000)
	void aNameIsReadAsItIsAlone(@ForAll("names") List<String> dns) {
		ResultNames names = new ResultNames();
		for (String dn : dns) {
			assertThat(read(dn, (text) -> shown(names.read(text)))).as("%s in %s", dn, dns)
				.isEqualTo(read(dn, (text) -> shown(DistinguishedName.ofServerDn(text))));
		}
	}

	private static String shown(DistinguishedName name) {
		return name.depth() + " " + name.dn() + " " + name;
	}

	private static String read(String dn, UnaryOperator<String> reading) {
		try {
			return reading.apply(dn);
		}
		catch (IllegalArgumentException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	@Provide
	Arbitrary<List<String>> names() {
		Arbitrary<String> pieces = Arbitraries.of("cn=a", "ou=b", "dc=org", "=", ",", ",", ",", "\\", "\\,", "\\\\",
				"\"", ";", "+", "+sn=c", "/", "/ou=x", " ", "#04024142", "\\2C", "\\C3", "é", "\uD83D", "<", "\0",
				"OID.2.5.4.3=d", "my_type=e", ",dc=test,dc=org", ", ou=b, dc=org", ",/");
		return pieces.list().ofMinSize(0).ofMaxSize(8).map((parts) -> String.join("", parts)).list().ofMaxSize(6);
	}

	@Test
	void theNameAboveIsReadOnce() {
		ResultNames names = new ResultNames();
		DistinguishedName first = names.read("cn=a, ou=B,dc=Org");
		DistinguishedName second = names.read("cn=x\\,y, ou=B,dc=Org");
		DistinguishedName third = names.read("cn=x\\, ou=B,dc=Org");
		assertThat(second.rdns().subList(0, 2)).usingElementComparator((one, other) -> (one == other) ? 0 : 1)
			.isEqualTo(first.rdns().subList(0, 2));
		assertThat(second.dn()).isEqualTo("cn=x\\,y,ou=B,dc=Org");
		assertThat(third.dn()).isEqualTo("cn=x\\, ou\\=B,dc=Org");
	}

}
