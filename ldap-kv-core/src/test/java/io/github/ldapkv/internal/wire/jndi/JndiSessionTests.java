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

package io.github.ldapkv.internal.wire.jndi;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.naming.ldap.LdapContext;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.wire.ServerFacts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a context of JNDI is told.
 */
class JndiSessionTests {

	@Test
	void anEntryGetsItsWholeNewName() throws LDAPException {
		assertThat(renaming("", "uid=a,ou=x,dc=org", "uid=b", null)).containsExactly("uid=a,ou=x,dc=org",
				"uid=b,ou=x,dc=org");
		assertThat(renaming("", "uid=a,ou=x,dc=org", "uid=a", "ou=y,dc=org")).containsExactly("uid=a,ou=x,dc=org",
				"uid=a,ou=y,dc=org");
		assertThat(renaming("", "o=acme", "o=other", null)).containsExactly("o=acme", "o=other");
		assertThat(renaming("", "ou=x,o=acme", "o=x", "")).containsExactly("ou=x,o=acme", "o=x");
		assertThat(renaming("dc=org", "uid=a\\,b,ou=x,dc=ORG", "uid=b", null)).containsExactly("uid=a\\,b,ou=x",
				"uid=b,ou=x");
	}

	/**
	 * What JNDI makes of the parts of a name has lost its escapes, and names another
	 * entry.
	 */
	@Test
	void aNameBelowABaseKeepsItsEscapesAndItsOrder() {
		JndiNames names = new JndiNames(DistinguishedName.of("dc=org"));
		for (String name : List.of("cn=b\\0D", "cn=\\0D", "cn=a\\09b", "cn=\\00", "cn=a\\0ACNF:1", "sn=x+cn=y",
				"uid=a:b,ou=x")) {
			assertThat(names.name(name + ",dc=org")).hasToString(name);
			assertThat(names.name(name + ", DC=Org")).hasToString(name);
		}
		assertThat(names.name("cn=a\\\\,dc=org")).hasToString("cn=a\\\\");
		assertThat(names.name("cn=a\\,dc\\=org,dc=org")).hasToString("cn=a\\,dc\\=org");
		assertThat(names.name("dc=org")).hasToString("");
	}

	@Test
	void aContextIsLeftAsItWas() throws LDAPException {
		Map<Object, Object> environment = new HashMap<>(Map.of("kept", "before"));
		LdapContext context = (LdapContext) Proxy.newProxyInstance(LdapContext.class.getClassLoader(),
				new Class<?>[] { LdapContext.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "addToEnvironment" -> environment.put(arguments[0], arguments[1]);
					case "removeFromEnvironment" -> environment.remove(arguments[0]);
					default -> throw new UnsupportedOperationException(method.getName());
				});
		try (JndiSession session = new JndiSession(context, new JndiNames(DistinguishedName.ROOT),
				ServerFacts.NOTHING)) {
			for (String value : List.of("a", "b")) {
				session.set("kept", value);
				session.set("new", value);
			}
			assertThat(environment).containsEntry("kept", "b").containsEntry("new", "b");
		}
		assertThat(environment).isEqualTo(Map.of("kept", "before"));
	}

	private static List<String> renaming(String base, String dn, String rdn, String superior) throws LDAPException {
		List<String> names = new ArrayList<>();
		LdapContext context = (LdapContext) Proxy.newProxyInstance(LdapContext.class.getClassLoader(),
				new Class<?>[] { LdapContext.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("rename")) {
						names.add(arguments[0].toString());
						names.add(arguments[1].toString());
					}
					return null;
				});
		new JndiSession(context, new JndiNames(DistinguishedName.of(base.isEmpty() ? "/" : base)), ServerFacts.NOTHING)
			.modifyDn(new ModifyDNRequest(dn, rdn, true, superior));
		return names;
	}

}
