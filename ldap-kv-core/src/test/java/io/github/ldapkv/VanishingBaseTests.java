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

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataRetrievalFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a search begins at goes away between two of its pages.
 */
class VanishingBaseTests {

	private static final int ENTRIES = 20;

	private static final int PAGE = 5;

	@Test
	void aQueryWhoseStartIsRenamedBetweenTwoPagesFails() {
		for (TestDirectory directory : List.of(EmbeddedDirectory.shared(), OpenLdapContainer.shared())) {
			for (String base : List.of("", TestDirectory.SUFFIX)) {
				try (LdapConnectionPool pool = directory.pool().base(base).build()) {
					LdapKeyValueTemplate store = store(pool);
					LdapKey top = base.isEmpty() ? LdapKey.of("/" + TestDirectory.SUFFIX) : LdapKey.of("/");
					LdapKey start = top.child("ou", "vanishing");
					LdapKey renamed = top.child("ou", "vanished");
					fill(store, start);
					assertFailsOnceGone(store, KeyQuery.of(start + "/*"), () -> store.move(start, renamed));
					assertThat(store.query(start + "/*")).isEmpty();
					store.deleteTree(renamed);
				}
			}
		}
	}

	@Test
	void aQueryOfAllTreesFailsIfOneOfThemGoesBetweenTwoPages() throws LDAPException {
		try (EmbeddedDirectory directory = new EmbeddedDirectory();
				LdapConnectionPool pool = directory.pool().build()) {
			LdapKeyValueTemplate store = store(pool);
			fill(store, LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "vanishing"));
			assertFailsOnceGone(store, KeyQuery.of("/**"), () -> {
				try {
					directory.server().deleteSubtree(TestDirectory.SUFFIX);
				}
				catch (LDAPException ex) {
					throw new IllegalStateException(ex);
				}
			});
			assertThat(store.query("/**")).isEmpty();
		}
	}

	private static LdapKeyValueTemplate store(LdapConnectionPool pool) {
		return LdapKeyValueTemplate.builder(pool).pageSize(PAGE).build();
	}

	private static void fill(LdapKeyValueTemplate store, LdapKey start) {
		Consumer<LdapKey> put = (key) -> store.put(key, Map.of("objectClass", "organizationalUnit"));
		put.accept(start);
		IntStream.range(0, ENTRIES).forEach((i) -> put.accept(start.child("ou", "u" + i)));
	}

	private static void assertFailsOnceGone(LdapKeyValueTemplate store, KeyQuery query, Runnable vanishing) {
		try (Stream<LdapEntry> stream = store.stream(query)) {
			Iterator<LdapEntry> entries = stream.iterator();
			entries.next();
			vanishing.run();
			assertThatExceptionOfType(DataRetrievalFailureException.class)
				.isThrownBy(() -> entries.forEachRemaining((entry) -> {
				}))
				.withMessageContaining("go on after " + PAGE + " entries")
				.withMessageContaining("noSuchObject (32)");
		}
	}

}
