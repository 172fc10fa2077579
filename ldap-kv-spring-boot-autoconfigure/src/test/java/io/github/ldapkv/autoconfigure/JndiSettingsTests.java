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

package io.github.ldapkv.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link JndiSettings}.
 */
class JndiSettingsTests {

	@Test
	void oneThatWouldHaveNoEffectOnSecurityIsRefused() {
		Map<String, String> remedies = Map.of("java.naming.security.protocol", "ldaps://",
				"java.naming.ldap.factory.socket", "ldapkv.ssl.bundle", "java.naming.security.authentication",
				"bind request", "java.naming.security.principal", "spring.ldap.username",
				"java.naming.security.credentials", "spring.ldap.password", "java.naming.security.sasl.realm",
				"bind request", "javax.security.sasl.qop", "bind request", "com.sun.jndi.ldap.tls.cbtype",
				"bind request", "javax.net.ssl.trustStore", "ldapkv.ssl.bundle");
		remedies.forEach((name, remedy) -> assertThat(JndiSettings.refusal(name, "s3cret", false)).as(name)
			.contains(remedy)
			.doesNotContain("s3cret"));
	}

	@Test
	void oneThatSaysWhatIsSoAnywayOrIsAboutJndiAloneMayBeThere() {
		Map<String, String> settings = Map.of("java.naming.security.protocol", "ssl",
				"java.naming.security.authentication", "simple", "java.naming.referral", "follow",
				"com.sun.jndi.ldap.connect.pool", "true", "java.naming.ldap.typesOnly", "true");
		settings.forEach((name, value) -> assertThat(JndiSettings.refusal(name, value, true)).as(name).isNull());
	}

}
