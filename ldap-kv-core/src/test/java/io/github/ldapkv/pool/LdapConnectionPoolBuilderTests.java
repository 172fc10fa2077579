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

package io.github.ldapkv.pool;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.ldapkv.internal.wire.sdk.OwnConnections;
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
			assertThat(own(people).base().dn()).isEqualTo("ou=People,dc=test");
			assertThat(own(people).maxSize()).isEqualTo(people.statistics().max()).isEqualTo(2);
			assertThat(own(people).urls()).containsExactly(URL);
			assertThat(own(groups).base().dn()).isEqualTo("ou=Groups,dc=test");
			assertThat(own(groups).maxSize()).isEqualTo(3);
			assertThat(people.unwrap(LdapConnectionPool.class)).containsSame(people);
			assertThat(people.unwrap(String.class)).isEmpty();
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
	 * A socket takes a time of less than a millisecond for none at all, and counts in an
	 * int.
	 */
	@Test
	void aTimeThatASocketCannotKeepIsRefused() {
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

	@Test
	void whatIsNoUrlOfAServerIsRefused() {
		Map<String, String> reasons = Map.ofEntries(Map.entry("ldap://", "no host"), Map.entry("ldap:///", "no host"),
				Map.entry("ldaps://:636", "no host"), Map.entry("ldap://a ldap://b", "blank"),
				Map.entry("ldap://a,ldap://b", "host"), Map.entry("ldap://a?uid", "more in it"),
				Map.entry("ldap://a/?uid", "more in it"),
				Map.entry("ldap://a/????!1.3.6.1.4.1.1466.20037", "more in it"), Map.entry("ldap://a#b", "more in it"),
				Map.entry("ldap://${LDAP_HOST}:389", "placeholder"), Map.entry("ldap://my_ldap:389", "underscore"),
				Map.entry("ldap://a:", "port"), Map.entry("ldap://a:0", "port"), Map.entry("ldap://a:65536", "port"),
				Map.entry("http://a", "neither"), Map.entry("localhost:389", "neither"),
				Map.entry("ldap://a/dc=test", "a DN in it"), Map.entry("dns://", "no domain"),
				Map.entry("dns:///ou=a,dc=org", "no domain"), Map.entry("dns:///dc=,dc=org", "no domain"),
				Map.entry("dns:///example.org:389", "no domain"), Map.entry("dns:///example.org/a", "no domain"),
				Map.entry("dns:///dc=org??sub", "no domain"), Map.entry("dns:///..", "no domain"),
				Map.entry("dns:///example.org,localhost", "no domain"),
				Map.entry("dns://10.0.0.53:x/example.org", "port"), Map.entry("dns://a,b/example.org", "host"));
		reasons.forEach((url, reason) -> {
			assertThatIllegalArgumentException().as(url)
				.isThrownBy(() -> LdapConnectionPool.builder(List.of(URL, url)))
				.withMessageContaining(reason);
			assertThatIllegalArgumentException().as(url)
				.isThrownBy(() -> LdapConnectionPool.builder(List.of(URL)).readUrls(List.of(url)))
				.withMessageContaining(reason);
		});
		LdapConnectionPool.builder(List.of("ldap://a", "LDAP://a-1.b.:389/", "ldap://[::1]:389", "ldap://10.0.0.1",
				"dns:///dc=example,dc=org", "DNS:///DC=example%2CDC=org", "dns:///Berlin._sites.example.org",
				"dns://10.0.0.53/example.org.", "dns://[::1]:53/example.org"));
	}

	@Test
	void aSecretThatIsInAUrlInSomeWayIsNotShown() {
		for (String url : List.of("ldap://x:s3cret%40host", "ldap://x:s3cret@host", "ldap://x:s3cret",
				"ldap://x:s3cret/", "x:s3cret", "ldap:x:s3cret", "ldap://host:389/????bindname=cn=x,x-bindpw=s3cret",
				"ldap://host?s3cret", "ldap://host/s3cret", "ldap://host s3cret", "ldap://%73:s3cret")) {
			assertThatIllegalArgumentException().as(url)
				.isThrownBy(() -> LdapConnectionPool.builder(List.of(url)))
				.withMessageNotContaining("s3cret");
		}
	}

	@Test
	void aUrlWithADnIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> LdapConnectionPool.builder(List.of("ldap://a/dc=org")))
			.withMessageContaining("has a DN in it");
		LdapConnectionPool.builder(List.of("ldap://a/", "ldap://b:389")).build().close();
	}

	@Test
	void noPasswordIsShown() {
		LdapConnectionPoolBuilder builder = LdapConnectionPool.builder(List.of(URL)).user("cn=admin", "s3cret");
		assertThat(builder.account(PoolName.of("", URL)).toString()).doesNotContain("s3cret");
		assertThat(builder.toString()).doesNotContain("s3cret");
	}

	private static OwnConnections own(LdapConnectionPool pool) {
		return pool.unwrap(OwnConnections.class).orElseThrow();
	}

}
