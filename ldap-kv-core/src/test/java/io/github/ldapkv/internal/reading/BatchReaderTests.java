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

package io.github.ldapkv.internal.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.unboundid.ldap.sdk.LDAPConnection;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BatchReader} where a search for DNs does not say what there is.
 */
class BatchReaderTests {

	private static final OpenLdapContainer SERVER = new OpenLdapContainer().withEnv("LDAP_READONLY_USER", "true");

	private static final LdapKey BASE = LdapKey.of("/" + TestDirectory.SUFFIX);

	private static final LdapKey HIDDEN = BASE.child("ou", "hidden");

	private static LdapKeyValueTemplate admin;

	private static LdapKeyValueTemplate reader;

	@BeforeAll
	static void start() throws Exception {
		SERVER.start();
		admin = SERVER.store();
		for (LdapKey parent : List.of(HIDDEN, BASE.child("ou", "shown"))) {
			admin.put(parent, Map.of("objectClass", "organizationalUnit"));
			IntStream.range(0, 3)
				.forEach((i) -> admin.put(parent.child("uid", "u" + i),
						Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x")));
		}
		try (LDAPConnection config = new LDAPConnection(SERVER.host(), SERVER.port(), "cn=admin,cn=config", "config")) {
			String reads = " by dn.exact=\"cn=readonly," + TestDirectory.SUFFIX + "\" read by * auth";
			config.modify("dn: olcDatabase={1}mdb,cn=config", "changetype: modify", "replace: olcAccess",
					"olcAccess: to dn.subtree=\"ou=hidden," + TestDirectory.SUFFIX
							+ "\" attrs=entry,objectClass,uid,cn,sn" + reads,
					"olcAccess: to dn.subtree=\"ou=hidden," + TestDirectory.SUFFIX + "\" by * none",
					"olcAccess: to filter=\"(title=boss)\" attrs=entryDN by * none", "olcAccess: to *" + reads);
		}
		reader = new LdapKeyValueTemplate(LdapConnectionPool.builder(List.of(SERVER.url()))
			.user("cn=readonly," + TestDirectory.SUFFIX, "readonly")
			.build());
	}

	@AfterAll
	static void stop() {
		reader.close();
		admin.close();
		SERVER.stop();
	}

	/**
	 * The account sees the entries, but must not search by their DN: the filter finds
	 * nothing, which is no answer.
	 */
	@Test
	void whatMayNotBeSearchedByDnIsReadOneByOne() {
		List<LdapKey> keys = new ArrayList<>();
		for (LdapKey parent : List.of(HIDDEN, BASE.child("ou", "shown"), BASE.child("ou", "none"))) {
			IntStream.range(0, 5).forEach((i) -> keys.add(parent.child("uid", "u" + i)));
		}
		List<LdapKey> there = keys.stream().filter(admin::contains).toList();
		assertThat(there).hasSize(6);
		assertThat(reader.getAll(keys).keySet()).containsExactlyElementsOf(there);
		List<LdapKey> hidden = keys.subList(0, 5);
		assertThat(reader.getAll(hidden)).hasSize(3);
		assertThat(SERVER.requestsDuring(() -> assertThat(reader.getAll(hidden)).hasSize(3))).hasSize(1 + 5);
	}

	/**
	 * Of the others in the same place nothing is to be learned.
	 */
	@Test
	void whatMayNotBeSearchedByDnIsReadThoughItsSiblingsAreFound() {
		LdapKey shown = BASE.child("ou", "shown");
		admin.put(shown.child("uid", "boss"),
				Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "title", "boss"));
		List<LdapKey> keys = List.of(shown.child("uid", "u0"), shown.child("uid", "boss"), shown.child("uid", "u1"));
		assertThat(reader.getAll(keys).keySet()).containsExactlyElementsOf(keys);
		keys.forEach((key) -> assertThat(reader.getAll(keys)).containsEntry(key, reader.getRequired(key)));
	}

	/**
	 * Subentries (RFC 3672) are found by their name only.
	 */
	@Test
	void subentriesAreRead() {
		LdapKey subentry = BASE.child("cn", "subentry");
		admin.put(subentry, Map.of("objectClass", "subentry", "subtreeSpecification", "{ }"));
		List<LdapKey> keys = List.of(HIDDEN, subentry, BASE);
		assertThat(admin.get(subentry)).isPresent();
		assertThat(admin.getAll(keys).keySet()).containsExactlyElementsOf(keys);
	}

	@Test
	void namesThatTheServerComparesInItsOwnWayAreReadByTheirOwnRules() {
		admin.put(BASE.child("uidNumber", "7"), Map.of("objectClass", List.of("account", "posixAccount"), "uid", "x",
				"cn", "x", "gidNumber", "1", "homeDirectory", "/"));
		List<LdapKey> keys = List.of(BASE.child("uidNumber", "7"), BASE.child("uidNumber", "8"), HIDDEN);
		assertThat(admin.getAll(keys)).containsOnlyKeys(keys.get(0), HIDDEN);
		assertThat(SERVER.requestsDuring(() -> admin.getAll(keys))).hasSize(1 + 1);
	}

	@Test
	void severalHundredKeysTakeOneSearchForEachHundred() {
		LdapKey parent = BASE.child("ou", "many");
		admin.put(parent, Map.of("objectClass", "organizationalUnit"));
		List<LdapKey> keys = IntStream.range(0, 201).mapToObj((i) -> parent.child("ou", "u" + i)).toList();
		keys.forEach((key) -> admin.put(key, Map.of("objectClass", "organizationalUnit")));
		assertThat(SERVER.requestsDuring(() -> assertThat(admin.getAll(keys)).hasSize(201))).hasSize(3);
	}

}
