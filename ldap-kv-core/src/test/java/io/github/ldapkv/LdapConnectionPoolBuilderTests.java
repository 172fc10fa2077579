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

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link LdapConnectionPoolBuilder}: what it makes a pool of, and what it
 * refuses.
 */
class LdapConnectionPoolBuilderTests {

	private static final String URL = "ldap://localhost";

	@Test
	void aPoolKeepsWhatItWasBuiltWithWhenItsBuilderIsUsedAgain() {
		LdapConnectionPoolBuilder builder = LdapConnectionPool.builder(List.of(URL)).maxSize(2);
		try (LdapConnectionPool people = builder.base("ou=People,dc=test").build();
				LdapConnectionPool groups = builder.base("ou=Groups,dc=test")
					.maxSize(3)
					.readUrls(List.of("ldap://replica"))
					.build()) {
			assertThat(people.base().dn()).isEqualTo("ou=People,dc=test");
			assertThat(people.maxSize()).isEqualTo(people.statistics().max()).isEqualTo(2);
			assertThat(people.urls()).containsExactly(URL);
			assertThat(groups.base().dn()).isEqualTo("ou=Groups,dc=test");
			assertThat(groups.maxSize()).isEqualTo(3);
		}
	}

	@Test
	void aUrlWithAnAccountInItIsRefusedAndNotShown() {
		List<String> urls = List.of(URL, "ldap://admin:s3cret@localhost");
		assertThatIllegalArgumentException().isThrownBy(() -> LdapConnectionPool.builder(urls))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("account").doesNotContain("s3cret"));
		assertThatIllegalArgumentException().isThrownBy(() -> LdapConnectionPool.builder(List.of(URL)).readUrls(urls))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("account").doesNotContain("s3cret"));
	}

	/**
	 * JNDI takes a time of less than a millisecond for none at all, and counts in an int.
	 */
	@Test
	void aTimeThatJndiCannotKeepIsRefused() {
		LdapConnectionPoolBuilder builder = LdapConnectionPool.builder(List.of(URL));
		for (Duration time : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofMillis(1).minusNanos(1),
				Duration.ofMillis(Integer.MAX_VALUE).plusMillis(1), Duration.ofSeconds(Long.MAX_VALUE))) {
			assertThatIllegalArgumentException().isThrownBy(() -> builder.connectTimeout(time))
				.withMessageContaining(time.toString());
			assertThatIllegalArgumentException().isThrownBy(() -> builder.readTimeout(time))
				.withMessageContaining(time.toString());
		}
		builder.connectTimeout(Duration.ofMillis(1)).readTimeout(Duration.ofMillis(Integer.MAX_VALUE));
	}

}
