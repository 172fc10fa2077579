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

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages whose entries cannot be read once their keys are known, and searches of a store
 * without a base.
 */
class PageReaderTests {

	private static final LdapKey AREA = LdapKey.of("/" + TestDirectory.SUFFIX);

	@Test
	void aPageIsWholeAlsoIfAnEntryOfItCannotBeReadByItsName() {
		AtomicInteger refused = new AtomicInteger();
		try (EmbeddedDirectory directory = new EmbeddedDirectory(
				(config) -> config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {

					@Override
					public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
						if (request.getRequest().getScope() == SearchScope.BASE
								&& request.getRequest().getBaseDN().startsWith("ou=u2,")) {
							refused.incrementAndGet();
							throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "gone");
						}
					}

				})); LdapConnectionPool pool = directory.pool().build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			List<LdapKey> keys = IntStream.range(0, 30).mapToObj((i) -> AREA.child("ou", "u" + i)).sorted().toList();
			keys.forEach((key) -> store.put(key, Map.of("objectClass", "organizationalUnit")));
			for (int limit : List.of(20, 30, 500)) {
				assertThat(store.query(KeyQuery.of(AREA + "/ou=*").limit(limit))).extracting(LdapEntry::key)
					.isEqualTo(keys.subList(0, Math.min(limit, 30)));
			}
			assertThat(refused.get()).isPositive();
		}
	}

	/**
	 * Below the root are the trees of the server, which are searched no deeper than the
	 * pattern goes.
	 */
	@Test
	void aSearchFromTheRootGoesNoDeeperThanThePattern() {
		AtomicInteger sent = new AtomicInteger();
		try (EmbeddedDirectory directory = new EmbeddedDirectory(
				(config) -> config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {

					@Override
					public void processSearchEntry(InMemoryInterceptedSearchEntry entry) {
						sent.incrementAndGet();
					}

				})); LdapConnectionPool pool = directory.pool().build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			IntStream.range(0, 5)
				.forEach((i) -> store.put(AREA.child("ou", "u" + i), Map.of("objectClass", "organizationalUnit")));
			store.put(AREA.child("ou", "u1").child("ou", "deep"), Map.of("objectClass", "organizationalUnit"));
			Map<Supplier<List<LdapKey>>, Integer> found = Map.of(() -> store.children("/"), 0,
					() -> store.children("/dc=org"), 1, () -> store.keys(KeyQuery.of("/dc=org/*")), 1,
					() -> store.keys(KeyQuery.of("/*/*/*")), 5);
			found.forEach((query, number) -> {
				sent.set(0);
				assertThat(query.get()).hasSize(number);
				assertThat(sent.get()).as("the root DSE, and what is found").isEqualTo(1 + number);
			});
			assertThat(store.keys(KeyQuery.of("/*/*/*/*"))).hasSize(1);
			assertThat(store.keys(KeyQuery.of("/**"))).hasSize(7);
			assertThat(store.keys(KeyQuery.of("/*"))).isEmpty();
		}
	}

}
