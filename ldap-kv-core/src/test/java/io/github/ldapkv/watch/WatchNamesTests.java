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

package io.github.ldapkv.watch;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that are odd: with escapes, of several parts, of the same letters.
 */
@Timeout(300)
class WatchNamesTests extends WatchTest {

	/**
	 * Names that need escapes in a key, a DN, or both, are of octets, or of several
	 * parts.
	 */
	@Test
	void oddNames() {
		List<LdapKey> keys = List
			.of("a,b", "a/b", "a+b", "a=b", " a ", "#a", "a\\b", "a\"b", "<a>;", "*", "ä", "a\u0000b", "%2F",
					"\uD83D\uDE00")
			.stream()
			.map((name) -> LdapKey.of(this.area.top()).child("uid", name))
			.collect(Collectors.toList());
		try (Watching watching = watch(KeyQuery.of(this.area.top() + "/*"))) {
			for (LdapKey key : keys) {
				this.admin.put(key, person("1"));
				watching.await("is told of " + key, () -> watching.told().changes().size() == 1);
				this.admin.put(key, Map.of("description", "2"));
				watching.await("is told of " + key, () -> watching.told().changes().size() == 2);
				watching.assertRight(this.admin);
				watching.told().forget();
			}
			for (LdapKey key : keys) {
				this.admin.delete(key);
			}
			watching.await("all are gone", () -> watching.told().map().isEmpty());
			assertThat(watching.told().changes()).hasSameSizeAs(keys).allMatch((told) -> told.startsWith("DELETED"));
		}
	}

	@Test
	void aNameOfSeveralParts() {
		String key = this.area.top() + "/cn=John+uid=j1";
		try (Watching watching = watch(KeyQuery.of(this.area.top() + "/**"))) {
			this.admin.put(key, Map.of("objectClass", "inetOrgPerson", "sn", "x"));
			this.admin.put(key + "/cn=below", role("1"));
			this.admin.put(this.area.top() + "/uid=j1+cn=John", Map.of("description", "2"));
			watching.await("is told of three", () -> watching.told().changes().size() >= 2);
			watching.assertRight(this.admin);
			this.admin.delete(this.area.top() + "/uid=J1+cn=john/cn=below");
			this.admin.delete(key);
			watching.await("all are gone", () -> watching.told().map().size() == 1);
			watching.assertRight(this.admin);
		}
	}

	/**
	 * To the server they are different, and to a key they are not.
	 */
	@Test
	void namesThatDifferByCaseAndAreDifferent() {
		String one = this.area.top() + "/labeledURI=Dev";
		String other = this.area.top() + "/labeledURI=dev";
		try (Watching watching = watch(KeyQuery.of(this.area.top() + "/*"))) {
			this.admin.put(one, person("one"));
			this.admin.put(other, person("other"));
			watching.awaitTold("CREATED " + one);
			watching.awaitTold("CREATED " + other);
			this.admin.put(other, Map.of("description", "changed"));
			watching.awaitTold("CHANGED " + other);
			watching.assertRight(this.admin);
			assertThat(watching.told().map()).hasSize(2);
			this.admin.delete(one);
			watching.awaitTold("DELETED " + one);
			watching.assertRight(this.admin);
			assertThat(watching.told().changes()).hasSize(4);
			this.admin.move(other, one);
			watching.awaitTold("MOVED " + other + " to " + one);
			watching.assertRight(this.admin);
		}
	}

	@Test
	void anEntryThatIsRenamedInItsCaseOnly() throws LDAPException {
		this.admin.put(this.area.top() + "/uid=jdoe", person("1"));
		this.admin.put(this.area.top() + "/uid=jdoe/cn=below", role("1"));
		try (Watching watching = watch(KeyQuery.of(this.area.top() + "/**"));
				LDAPConnection connection = SERVER.connect()) {
			connection.modifyDN("uid=jdoe," + dn(), "uid=JDoe", true);
			watching.awaitTold("MOVED " + this.area.top() + "/uid=jdoe to " + this.area.top() + "/uid=JDoe");
			watching.assertRight(this.admin);
			assertThat(watching.told().map()).containsKey(this.area.top() + "/uid=JDoe/cn=below");
			this.admin.put(this.area.top() + "/uid=jdoe/cn=below", Map.of("description", "2"));
			watching.awaitTold("CHANGED " + this.area.top() + "/uid=JDoe/cn=below");
			watching.assertRight(this.admin);
		}
	}

	@Test
	void anEntryThatRefersToAnotherServer() throws LDAPException, LDIFException {
		this.area.put("a", "1");
		try (Watching watching = watch(KeyQuery.of(this.area.top() + "/**"));
				LDAPConnection connection = SERVER.connect()) {
			connection.add("dn: ou=elsewhere," + dn(), "objectClass: referral", "objectClass: extensibleObject",
					"ou: elsewhere", "ref: ldap://localhost:1/ou=x");
			this.area.put("b", "1");
			watching.awaitTold("CREATED " + this.area.key("b"));
			watching.assertRight(this.admin);
			assertThat(watching.told().changes()).hasSize(1);
			assertThat(watching.log().warnings()).isEmpty();
		}
	}

}
