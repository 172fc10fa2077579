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
import java.util.Set;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.testserver.OpenLdapContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessResourceFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * TLS with an SSL bundle, on OpenLDAP.
 */
class SslBundleTests {

	private static final String BASE = "/dc=org/dc=test";

	private static final String OPTIONS = "spring.ssl.bundle.pem.ldap.options.";

	private static final OpenLdapContainer SERVER = new OpenLdapContainer().withTls()
		.withEnv("LDAP_TLS_VERIFY_CLIENT", "try");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, LdapAutoConfiguration.class,
				LdapKeyValueAutoConfiguration.class))
		.withPropertyValues("spring.ldap.username=" + SERVER.userDn(), "spring.ldap.password=" + SERVER.password());

	@BeforeAll
	static void start() {
		SERVER.start();
	}

	@AfterAll
	static void stop() {
		SERVER.stop();
	}

	@Test
	void ldapsTrustsTheBundle() {
		this.contextRunner.withPropertyValues("spring.ldap.urls=" + SERVER.tlsUrl(), "ldapkv.ssl.bundle=ldap", bundle())
			.run((context) -> assertThat(context.getBean(LdapKeyValueOperations.class).contains(BASE)).isTrue());
	}

	@Test
	void theBundleThatBootMayNameForItsOwnConnectionsIsEnough() {
		this.contextRunner
			.withPropertyValues("spring.ldap.urls=" + SERVER.tlsUrl(), "spring.ldap.ssl.bundle=ldap", bundle())
			.run((context) -> assertThat(context.getBean(LdapKeyValueOperations.class).contains(BASE)).isTrue());
	}

	@Test
	void twoBundlesForOneServerAreRefused() {
		this.contextRunner
			.withPropertyValues("spring.ldap.urls=" + SERVER.tlsUrl(), "spring.ldap.ssl.bundle=ldap",
					"ldapkv.ssl.bundle=other", bundle())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("Remove ldapkv.ssl.bundle"));
	}

	@Test
	void startTlsTrustsTheBundle() {
		this.contextRunner
			.withPropertyValues("ldapkv.urls=" + SERVER.url(), "ldapkv.username=" + SERVER.userDn(),
					"ldapkv.password=" + SERVER.password(), "ldapkv.start-tls=true", "ldapkv.ssl.bundle=ldap", bundle())
			.run((context) -> assertThat(context.getBean(LdapKeyValueOperations.class).contains(BASE)).isTrue());
	}

	@Test
	void withoutABundleTheJdksTrustHolds() {
		this.contextRunner.withPropertyValues("spring.ldap.urls=" + SERVER.tlsUrl())
			.run((context) -> assertThatExceptionOfType(DataAccessResourceFailureException.class)
				.isThrownBy(() -> context.getBean(LdapKeyValueOperations.class).contains(BASE))
				.withMessageContaining("certification path"));
	}

	@Test
	void aBundleThatIsReloadedIsUsed() {
		this.contextRunner
			.withPropertyValues("spring.ldap.urls=" + SERVER.tlsUrl(), "ldapkv.ssl.bundle=changing", bundle())
			.withBean("changing", Changing.class)
			.run((context) -> {
				LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
				assertThatExceptionOfType(DataAccessResourceFailureException.class)
					.isThrownBy(() -> store.contains(BASE));
				context.getBean(SslBundleRegistry.class)
					.updateBundle("changing", context.getBean(SslBundles.class).getBundle("ldap"));
				assertThat(store.contains(BASE)).isTrue();
			});
	}

	@Test
	void aBundleThatNoConnectionUsesIsRefused() {
		assertRefused("ldapkv.ssl.bundle", "'ldapkv.start-tls'", "spring.ldap.urls=" + SERVER.url(),
				"ldapkv.ssl.bundle=ldap");
		assertRefused("ldapkv.ssl.bundle", "'ldapkv.urls'", "ldapkv.urls=" + SERVER.url(), "ldapkv.ssl.bundle=ldap");
		assertRefused("spring.ldap.ssl.bundle", "'spring.ldap.urls'", "spring.ldap.urls=" + SERVER.url(),
				"spring.ldap.ssl.bundle=ldap");
	}

	@Test
	void theProtocolsAndCiphersOfTheBundleAreUsed() {
		for (String url : new String[] { "ldapkv.urls=" + SERVER.tlsUrl(), "ldapkv.urls=" + SERVER.url() }) {
			ApplicationContextRunner runner = this.contextRunner.withPropertyValues(url, bundle(),
					"ldapkv.username=" + SERVER.userDn(), "ldapkv.password=" + SERVER.password(),
					"ldapkv.start-tls=" + url.contains("ldap:"), "ldapkv.ssl.bundle=ldap",
					OPTIONS + "ciphers=TLS_AES_128_GCM_SHA256");
			runner.withPropertyValues(OPTIONS + "enabled-protocols=TLSv1.3")
				.run((context) -> assertThat(context.getBean(LdapKeyValueOperations.class).contains(BASE)).isTrue());
			// These ciphers are not of this protocol.
			runner.withPropertyValues(OPTIONS + "enabled-protocols=TLSv1.2")
				.run((context) -> assertThatExceptionOfType(DataAccessResourceFailureException.class)
					.isThrownBy(() -> context.getBean(LdapKeyValueOperations.class).contains(BASE)));
		}
	}

	@Test
	void whatTheJdkDoesNotSupportOfABundleIsRefused() {
		assertRefused("ldapkv.ssl.bundle", "support all protocols", "ldapkv.urls=" + SERVER.tlsUrl(),
				"ldapkv.ssl.bundle=ldap", OPTIONS + "enabled-protocols=TLSv9");
		assertRefused("ldapkv.ssl.bundle", "support all ciphers", "ldapkv.urls=" + SERVER.tlsUrl(),
				"ldapkv.ssl.bundle=ldap", OPTIONS + "ciphers=TLS_NONE");
	}

	@Test
	void theOptionsOfABundleThatIsReloadedAreUsed() {
		this.contextRunner
			.withPropertyValues("spring.ldap.urls=" + SERVER.tlsUrl(), "ldapkv.ssl.bundle=changing",
					"ldapkv.pool.max-age=1ms", bundle())
			.withBean("changing", Changing.class)
			.run((context) -> {
				LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
				SslBundleRegistry registry = context.getBean(SslBundleRegistry.class);
				SslBundle ldap = context.getBean(SslBundles.class).getBundle("ldap");
				registry.updateBundle("changing", ldap);
				assertThat(store.contains(BASE)).isTrue();
				assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
					.isThrownBy(() -> registry.updateBundle("changing", with("TLS_NONE", ldap)));
				// Longer than the maximum age of the connection that is there.
				Thread.sleep(5);
				assertThat(store.contains(BASE)).isTrue();
				registry.updateBundle("changing", with("TLS_AES_128_GCM_SHA256", ldap));
				// Longer than the maximum age of the connection that is there.
				Thread.sleep(5);
				assertThatExceptionOfType(DataAccessResourceFailureException.class)
					.isThrownBy(() -> store.contains(BASE));
			});
	}

	@Test
	void theClientCertificateIsTheAccount() {
		String key = "spring.ssl.bundle.pem.ldap.keystore.private-key=" + SERVER.certificate("client.key");
		String certificate = "spring.ssl.bundle.pem.ldap.keystore.certificate=" + SERVER.certificate("client.crt");
		for (String url : new String[] { "ldapkv.urls=" + SERVER.tlsUrl(), "ldapkv.urls=" + SERVER.url() }) {
			this.contextRunner
				.withPropertyValues(url, "ldapkv.start-tls=" + url.contains("ldap:"), "ldapkv.ssl.bundle=ldap",
						"ldapkv.ssl.external-bind=true", bundle(), key, certificate)
				.run((context) -> {
					LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
					store.put(BASE + "/ou=External", Map.of("objectClass", "organizationalUnit"));
					assertThat(store.delete(BASE + "/ou=External")).isTrue();
				});
		}
	}

	private void assertRefused(String property, String reason, String... properties) {
		this.contextRunner.withPropertyValues(properties)
			.withPropertyValues(bundle())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("Property " + property)
				.hasMessageContaining(reason));
	}

	/**
	 * A bundle for TLS 1.2 with a cipher.
	 */
	private static SslBundle with(String cipher, SslBundle bundle) {
		return SslBundle.of(bundle.getStores(), bundle.getKey(), SslOptions.of(Set.of(cipher), Set.of("TLSv1.2")));
	}

	private static String bundle() {
		return "spring.ssl.bundle.pem.ldap.truststore.certificate=" + SERVER.certificate("ca.crt");
	}

	/**
	 * Begins with the trust of the JDK.
	 */
	static class Changing implements SslBundleRegistrar {

		@Override
		public void registerBundles(SslBundleRegistry registry) {
			registry.registerBundle("changing", SslBundle.of(null));
		}

	}

}
