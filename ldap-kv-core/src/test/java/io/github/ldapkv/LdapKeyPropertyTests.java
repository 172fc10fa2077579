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

import java.text.Normalizer;
import java.util.List;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.key.Rdn;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

/**
 * What holds of every {@link LdapKey}.
 */
class LdapKeyPropertyTests {

	@Property
	void aKeyReadsBackFromItsPathAndItsDn(@ForAll("keys") LdapKey key) {
		assertThatObject(LdapKey.of(key.toString())).isEqualTo(key).hasToString(key.toString());
		if (!key.isRoot()) {
			assertThatObject(LdapKey.of(key.dn())).isEqualTo(key);
			assertThat(LdapKey.of(key.dn()).dn()).isEqualTo(key.dn());
		}
	}

	@Property
	void aValueIsKeptAsItIs(@ForAll("keys") LdapKey parent, @ForAll("values") String value) {
		LdapKey key = parent.child("cn", value);
		assertThat(onlyValue(key)).isEqualTo(value);
		assertThat(onlyValue(LdapKey.of(key.toString()))).isEqualTo(value);
		assertThat(onlyValue(LdapKey.of(key.dn()))).isEqualTo(value);
		assertThatObject(key.parent()).isEqualTo(parent);
		assertThatObject(LdapKey.of("/cn={value}", value)).isEqualTo(LdapKey.of("/").child("cn", value));
	}

	@Property
	void anyTextIsAKeyOrAnIllegalArgument(@ForAll("texts") String text) {
		try {
			LdapKey key = LdapKey.of(text);
			assertThatObject(LdapKey.of(key.toString())).isEqualTo(key);
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex.getMessage()).isNotBlank();
		}
	}

	/**
	 * UnboundID takes more than RFC 4514 has: quoted values, unescaped characters, an
	 * empty value, a semicolon for a comma. What the store takes, it takes alike.
	 */
	@Property
	void aWellFormedDnIsOneForUnboundIdToo(@ForAll("texts") String text) throws LDAPException {
		LdapKey key;
		try {
			key = LdapKey.of(text.startsWith("/") ? text.substring(1) : text);
		}
		catch (IllegalArgumentException ex) {
			return;
		}
		if (!key.isRoot()) {
			assertSame(key, new DN(key.dn()));
		}
	}

	@Property
	void aDnOfUnboundIdIsAKey(@ForAll("keys") LdapKey key) throws LDAPException {
		DN dn = new DN(key.dn());
		assertSame(key, dn);
		assertThatObject(LdapKey.ofServerDn(dn.toString())).isEqualTo(key);
	}

	/**
	 * UnboundID compares characters as they are encoded; the store composes them first,
	 * as RFC 4518 and OpenLDAP do, and takes a capital I with a dot for no plain i.
	 */
	@Property
	void equalityIsThatOfUnboundId(@ForAll("similarKeys") LdapKey one, @ForAll("similarKeys") LdapKey other)
			throws LDAPException {
		assertThat(one.equals(other)).isEqualTo(new DN(one.dn()).equals(new DN(other.dn())));
		assertThat(one.compareTo(other) == 0).isEqualTo(one.equals(other));
		if (one.equals(other)) {
			assertThat(one.hashCode()).isEqualTo(other.hashCode());
		}
	}

	@Property
	void theOrderIsTotal(@ForAll("similarKeys") LdapKey a, @ForAll("similarKeys") LdapKey b,
			@ForAll("similarKeys") LdapKey c) {
		assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
		if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
			assertThat(a.compareTo(c)).isNotPositive();
		}
	}

	private static void assertSame(LdapKey key, DN dn) {
		RDN[] rdns = dn.getRDNs();
		assertThat(rdns).hasSize(key.path().depth());
		for (int i = 0; i < rdns.length; i++) {
			Rdn rdn = key.path().rdns().get(rdns.length - 1 - i);
			assertThat(rdns[i].getAttributeNames())
				.containsExactly(rdn.avas().stream().map(Rdn.Ava::type).toArray(String[]::new));
			for (int j = 0; j < rdn.avas().size(); j++) {
				if (!rdn.avas().get(j).encoded()) {
					assertThat(rdns[i].getAttributeValues()[j]).isEqualTo(rdn.avas().get(j).value());
				}
			}
		}
	}

	private static String onlyValue(LdapKey key) {
		return key.path().rdns().get(key.path().depth() - 1).avas().get(0).value();
	}

	/**
	 * Who stands in front of a store has the pattern of a query as text only.
	 */
	@Property
	void thePatternOfAKeyReadsBackAsThatKey(@ForAll("keys") LdapKey key) {
		for (KeyQuery query : List.of(KeyQuery.entry(key), KeyQuery.childrenOf(key))) {
			KeyPattern pattern = KeyPattern.parse(query.pattern());
			assertThat(pattern.literalPrefix(key.path().depth())).isEqualTo(key.path());
			assertThat(pattern.components()).hasSameSizeAs(query.search().pattern().components());
		}
	}

	@Provide
	Arbitrary<LdapKey> keys() {
		Arbitrary<String> types = Arbitraries.of("cn", "OU", "uid", "dc", "x-y", "2.5.4.3");
		Arbitrary<Rdn.Ava> avas = Combinators.combine(types, values())
			.as((type, value) -> new Rdn.Ava(type, value, false));
		Arbitrary<Rdn> rdns = avas.list().ofMinSize(1).ofMaxSize(3).uniqueElements(Rdn.Ava::foldedType).map(Rdn::new);
		return rdns.list().ofMaxSize(5).map(KeyPath::of).map(LdapKey::new);
	}

	@Provide
	Arbitrary<String> values() {
		return Arbitraries
			.of(",", "+", "\\", "/", "\"", "=", ";", "<", ">", "#", " ", "  ", "\0", "\n", "\t", "{", "}", "*", "[",
					"2F", "a", "B", "é", "e\u0301", "ß", "日", "\uD83D\uDE00", "\u0130", "\u00A0", "\u200B")
			.list()
			.ofMinSize(1)
			.ofMaxSize(6)
			.map((pieces) -> String.join("", pieces));
	}

	@Provide
	Arbitrary<String> texts() {
		return Arbitraries
			.of("/", "//", "cn=", "OU=", "=", ",", ";", "+", "\\", "\\,", "\\2F", "\\C3\\A9", "\\zz", "\\", "#", "#04",
					"0161", "\"", " ", "a", "B", "é", "{", "<", "\0", "2.5.4.3=", "uid=x")
			.list()
			.ofMaxSize(9)
			.map((pieces) -> String.join("", pieces));
	}

	@Provide
	Arbitrary<LdapKey> similarKeys() {
		Arbitrary<String> values = Arbitraries.of("a", "A", "b", " ", "  ", ",", "é", "É", "ß", "#", "\uD83D\uDE00")
			.list()
			.ofMinSize(1)
			.ofMaxSize(2)
			.map((pieces) -> Normalizer.normalize(String.join("", pieces), Normalizer.Form.NFC));
		Arbitrary<Rdn> rdns = Combinators.combine(Arbitraries.of("cn", "CN", "ou"), values)
			.as((type, value) -> new Rdn(List.of(new Rdn.Ava(type, value, false))));
		Arbitrary<Rdn> multiple = Combinators.combine(values, values, Arbitraries.of(true, false))
			.as((one, other,
					swap) -> new Rdn(swap ? List.of(new Rdn.Ava("sn", other, false), new Rdn.Ava("cn", one, false))
							: List.of(new Rdn.Ava("cn", one, false), new Rdn.Ava("sn", other, false))));
		return Arbitraries.oneOf(rdns, multiple).list().ofMinSize(1).ofMaxSize(2).map(KeyPath::of).map(LdapKey::new);
	}

}
