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

import java.util.Map;
import java.util.Random;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever verbs are called one after another, with whatever keys and values, they give
 * and do what {@link ReferenceStore} says. The calls are the same in each run;
 * {@code -Dldapkv.random.seeds=100} looks for others.
 */
class RandomCallsTests {

	private static final int OTHERS = Integer.getInteger("ldapkv.random.seeds", 0);

	private static final int SEEDS = (OTHERS > 0) ? OTHERS : 6;

	private static final int CALLS = 150;

	@Test
	void theVerbsMeanWhatTheySayOnTheEmbeddedDirectory() throws LDAPException {
		run(EmbeddedDirectory.shared());
	}

	@Test
	void theVerbsMeanWhatTheySayOnOpenLdap() throws LDAPException {
		run(OpenLdapContainer.shared());
	}

	private static void run(TestDirectory directory) throws LDAPException {
		try (LdapConnectionPool pool = directory.pool().build()) {
			LdapKeyValueTemplate store = LdapKeyValueTemplate.builder(pool).pageSize(7).build();
			Random seeds = (OTHERS > 0) ? new Random() : new Random(1);
			int verbs = 0;
			for (int i = 0; i < SEEDS; i++) {
				long seed = seeds.nextLong();
				LdapKey area = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "calls " + seed);
				store.put(area, Map.of("objectClass", "organizationalUnit"));
				RandomCalls calls = new RandomCalls(directory, store, area, seed);
				try {
					calls.run(CALLS);
				}
				catch (AssertionError | LDAPException ex) {
					throw new AssertionError("With seed " + seed + "L", ex);
				}
				verbs = Math.max(verbs, calls.outcomes().size());
				store.deleteTree(area);
			}
			assertThat(verbs).as("different outcomes").isGreaterThan(30);
		}
	}

}
