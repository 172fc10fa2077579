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

import java.util.Optional;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.key.Rdn;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.search.SearchPlan;
import io.github.ldapkv.internal.wire.jndi.JndiNames;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No text of a caller or of the directory gets out of the place where it stands: not a
 * key out of its name, not a pattern out of its filter, not a value out of its component.
 * Each property sees 25,000 inputs.
 */
class HostileInputTests {

	private static final int TRIES = 25_000;

	private static final KeyResolver RESOLVER = new KeyResolver(DistinguishedName.ROOT, KeyPath.of("/dc=org/dc=test"));

	@Property(tries = TRIES)
	void aKeyIsANameBelowTheBase(@ForAll("texts") String text) throws InvalidNameException {
		assertStaysBelowTheBase(attempt(text));
	}

	@Example
	void theBaseIsSentInItsOwnSpelling() {
		DistinguishedName absolute = RESOLVER.absolute(KeyPath.of("uid=x,dc=test,dc=ORG\\ "));
		assertThat(name(absolute)).hasToString("uid=x,dc=test,dc=org");
	}

	@Property(tries = TRIES)
	void aValueStaysInItsComponent(@ForAll("texts") String text) throws InvalidNameException {
		KeyPath key;
		try {
			key = LdapKey.of("/ou=People/uid={id}", text).path();
		}
		catch (IllegalArgumentException ex) {
			assertThat(text).isEmpty();
			return;
		}
		assertThat(key.depth()).isEqualTo(2);
		assertThat(key.rdns().get(1).avas()).singleElement().extracting(Rdn.Ava::value).isEqualTo(text);
		LdapName name = name(RESOLVER.absolute(key));
		assertThat(name.size()).isEqualTo(4);
		assertThat(name.getRdn(3).getType()).isEqualTo("uid");
		assertThat(name.getRdn(3).getValue()).isEqualTo(text);
		assertStaysBelowTheBase(Optional.of(key));
	}

	@Property(tries = TRIES)
	void aPatternIsOneFilterOnItsAttributes(@ForAll("texts") String text) throws LDAPException {
		KeyPattern pattern;
		try {
			pattern = KeyPattern.parse(text);
		}
		catch (IllegalArgumentException ex) {
			return;
		}
		SearchPlan plan = SearchPlan.of(RESOLVER.relative(pattern), null, DirectorySchema.hidden());
		assertThat(Filter.create(plan.filter().toString())).hasToString(plan.filter().toString());
		assertThat(RESOLVER.base().append(plan.base()).startsWith(RESOLVER.base())).isTrue();
	}

	@Property(tries = TRIES)
	void aDnOfTheDirectoryIsAKeyOrRefused(@ForAll("texts") String text) throws InvalidNameException {
		KeyPath key;
		try {
			key = DistinguishedName.ofServerDn(text).asKey();
		}
		catch (IllegalArgumentException ex) {
			return;
		}
		assertStaysBelowTheBase(Optional.of(key));
	}

	@Property(tries = TRIES)
	void anAttributeNameIsOneOrRefused(@ForAll("texts") String text) {
		try {
			LdapValue.builder().set(text, "x");
		}
		catch (IllegalArgumentException ex) {
			return;
		}
		assertThat(text).matches("([A-Za-z][A-Za-z0-9-]*|[0-9]+(\\.[0-9]+)+)(;[A-Za-z0-9-]+)*");
	}

	private static LdapName name(DistinguishedName absolute) {
		return new JndiNames(DistinguishedName.ROOT).name(absolute.dn());
	}

	private static Optional<KeyPath> attempt(String text) {
		try {
			return Optional.of(LdapKey.pathOf(text));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static void assertStaysBelowTheBase(Optional<KeyPath> given) throws InvalidNameException {
		if (given.isPresent()) {
			DistinguishedName absolute = RESOLVER.absolute(given.get());
			assertThat(absolute.startsWith(RESOLVER.base())).isTrue();
			LdapName name = name(absolute);
			assertThat(name.size()).isEqualTo(absolute.depth());
			assertThat(name.startsWith(new LdapName("dc=test,dc=org"))).isTrue();
		}
	}

	@Provide
	Arbitrary<String> texts() {
		return Arbitraries
			.of("/", "//", "cn=", "uid=", ",", "+", "=", ";", "\\", "\\2C", "\\2F", "\\zz", "\"", "#", "#0401", "<",
					">", "*", "**", "?", "[", "]", "{", "}", "!", "(", ")", ")(", "(|(a=*", "&", "\0", "\n", " ", "..",
					"%2F", "%00", "ldap://evil:389/", "ldaps://evil/", "rmi://evil/x", "java:comp/", "dns:",
					"dc=test,dc=org", "a", "B", "é", "e\u0301", "\u202E", "\uD83D\uDE00", "\u0130", ";binary",
					"2.5.4.3", "member;range=0-*")
			.list()
			.ofMaxSize(8)
			.map((pieces) -> String.join("", pieces));
	}

}
