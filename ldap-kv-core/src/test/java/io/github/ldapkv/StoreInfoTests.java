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

import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.ldap.core.support.LdapContextSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a store tells of itself.
 */
class StoreInfoTests {

	private static final EmbeddedDirectory SERVER = EmbeddedDirectory.shared();

	@Test
	void nothingIsAskedOfTheServer() {
		try (LdapKeyValueTemplate store = SERVER.store()) {
			StoreInfo info = store.info();
			assertThat(info.server()).isNull();
			assertThat(info.schema()).isNull();
			assertThat(info.pool()).isEqualTo(new PoolStatistics(0, 0, 0, 8, 0, 0));
		}
	}

	@Test
	void theServerIsKnownAfterTheFirstCall() {
		try (LdapKeyValueTemplate store = LdapKeyValueTemplate
			.builder(SERVER.pool().base(TestDirectory.SUFFIX).maxSize(3).build())
			.base("ou=People")
			.name("people")
			.build()) {
			store.contains("/uid=none");
			StoreInfo info = store.info();
			assertThat(info.name()).isEqualTo("people");
			assertThat(info.base()).isEqualTo("ou=People," + TestDirectory.SUFFIX);
			assertThat(info.urls()).containsExactly(SERVER.url());
			assertThat(info.server()).isSameAs(store.serverCapabilities());
			assertThat(info.schema()).satisfies((schema) -> {
				assertThat(schema.readable()).isTrue();
				assertThat(schema.attributeTypes()).isGreaterThan(50);
				assertThat(schema.objectClasses()).isGreaterThan(10);
			});
			assertThat(info.pool()).isEqualTo(new PoolStatistics(0, 1, 0, 3, 0, info.pool().created()));
		}
	}

	@Test
	void readServersHaveConnectionsOfTheirOwn() {
		try (LdapConnectionPool pool = SERVER.pool().readUrls(List.of(SERVER.url())).maxSize(3).build()) {
			assertThat(pool.statistics().max()).isEqualTo(6);
		}
	}

	@Test
	void aPasswordInAUrlIsNotShown() {
		LdapContextSource source = new LdapContextSource();
		source.setUrl("ldap://admin:s3cret@localhost:389");
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(source)) {
			StoreInfo info = store.info();
			assertThat(info.urls()).containsExactly("ldap://localhost:389");
			assertThat(info.pool()).isNull();
			assertThat(info.toString()).doesNotContain("s3cret");
		}
	}

}
