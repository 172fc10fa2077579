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

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a query finds is what the pattern matches among all keys, whatever the search that
 * it is compiled to: shown on random trees with random patterns.
 */
class RandomTreeTests {

	private static final int TREES = 4;

	private static final int ENTRIES = 120;

	private static final int PATTERNS = 250;

	private static final LdapKey SUFFIX = LdapKey.of("/" + TestDirectory.SUFFIX);

	@Test
	void queriesAgreeWithTheMatcherOnTheEmbeddedDirectory() throws LDAPException {
		queriesAgreeWithTheMatcher(EmbeddedDirectory.shared());
	}

	@Test
	void queriesAgreeWithTheMatcherOnOpenLdap() throws LDAPException {
		queriesAgreeWithTheMatcher(OpenLdapContainer.shared());
	}

	private static void queriesAgreeWithTheMatcher(TestDirectory directory) throws LDAPException {
		LdapKeyValueTemplate store = LdapKeyValueTemplate.builder(directory.contextSource()).pageSize(37).build();
		Random seeds = new Random();
		long matches = 0;
		for (int i = 0; i < TREES; i++) {
			long seed = seeds.nextLong();
			LdapKey area = SUFFIX.child("ou", "tree " + seed);
			store.put(area, Map.of("objectClass", "organizationalUnit"));
			RandomTree tree = new RandomTree(seed, store, area);
			tree.grow(ENTRIES);
			List<LdapKey> all = keys(directory, area);
			assertThat(all).hasSizeGreaterThan(ENTRIES / 2);
			for (int j = 0; j < PATTERNS; j++) {
				KeyPattern pattern = tree.pattern();
				List<LdapKey> expected = all.stream().filter((key) -> ReferenceNames.match(pattern, key)).toList();
				List<LdapKey> found = store.keys(KeyQuery.of(pattern.toString()));
				assertThat(new TreeSet<>(found)).as("seed %d, pattern %s", seed, pattern)
					.isEqualTo(new TreeSet<>(expected));
				matches += found.size();
			}
		}
		assertThat(matches).as("patterns that match nothing show nothing").isGreaterThan(TREES * PATTERNS);
	}

	private static List<LdapKey> keys(TestDirectory directory, LdapKey area) throws LDAPException {
		try (LDAPConnection connection = directory.connect()) {
			return connection.search(area.dn(), SearchScope.SUB, "(objectClass=*)", "1.1")
				.getSearchEntries()
				.stream()
				.map(SearchResultEntry::getDN)
				.map(LdapKey::ofServerDn)
				.toList();
		}
	}

}
