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

import java.util.Hashtable;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.embedded.EmbeddedLdapAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.ldap.core.AuthenticationSource;
import org.springframework.ldap.core.support.DirContextAuthenticationStrategy;
import org.springframework.ldap.core.support.LdapContextSource;
import org.springframework.ldap.core.support.SimpleDirContextAuthenticationStrategy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which context sources the store takes its directory from, and which it uses as they
 * are.
 */
@ExtendWith(OutputCaptureExtension.class)
class ContextSourceTests {

	private static final EmbeddedDirectory DIRECTORY = EmbeddedDirectory.shared();

	private static final String ONE = "cn=one,dc=test,dc=org";

	private static final String TWO = "cn=two,dc=test,dc=org";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, EmbeddedLdapAutoConfiguration.class,
				LdapKeyValueAutoConfiguration.class));

	@Test
	void thatOfBootIsReplacedByAPool() {
		this.contextRunner.withPropertyValues(Properties.of(DIRECTORY))
			.run((context) -> assertThat(pool(context)).isNotNull());
	}

	@Test
	void thatOfBootsEmbeddedServerIsReplacedByAPool(CapturedOutput output) {
		this.contextRunner.withPropertyValues("spring.ldap.embedded.base-dn=dc=test,dc=org")
			.run((context) -> assertThat(pool(context)).isNotNull());
		assertThat(output).doesNotContain("each call opens a connection");
	}

	@Test
	void thatOfBootInAParentContextIsReplacedByAPool() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class))
			.withPropertyValues(Properties.of(DIRECTORY))
			.run((parent) -> new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(LdapKeyValueAutoConfiguration.class))
				.withParent(parent)
				.run((context) -> assertThat(pool(context)).isNotNull()));
	}

	@Test
	void thatOfTheApplicationBindsAsItWasTold(CapturedOutput output) {
		this.contextRunner.withUserConfiguration(OwnSource.class).run((context) -> {
			assertThat(pool(context)).isNull();
			assertThat(store(context).contains("/")).isTrue();
			assertThat(context.getBean(AtomicInteger.class)).hasPositiveValue();
		});
		assertThat(output).containsPattern("WARN .*LdapContextSource; unless it pools, each call opens a connection. "
				+ "To have a pool, set ldapkv.urls or use LdapConnectionPool");
	}

	/**
	 * A pool of other connections could not bind so.
	 */
	@Test
	void thatOfBootIsUsedAsItIsWhereItBindsByAStrategyOfJndi() {
		AtomicInteger binds = new AtomicInteger();
		this.contextRunner.withPropertyValues(Properties.of(DIRECTORY))
			.withBean(DirContextAuthenticationStrategy.class, () -> new CountingStrategy(binds))
			.run((context) -> {
				assertThat(pool(context)).isNull();
				assertThat(store(context).contains("/")).isTrue();
				assertThat(binds).hasPositiveValue();
			});
		this.contextRunner.withPropertyValues(Properties.of(DIRECTORY))
			.withBean(DirContextAuthenticationStrategy.class, () -> new CountingStrategy(binds))
			.withPropertyValues("ldapkv.start-tls=true")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("ldapkv.start-tls")
				.hasMessageContaining("no effect"));
	}

	@Test
	void thatOfTheApplicationBindsAsWhoeverCalls() throws Exception {
		Account account = new Account(ONE);
		try (BindRecorder server = new BindRecorder(ONE, TWO)) {
			this.contextRunner.withBean("own", LdapContextSource.class, () -> {
				LdapContextSource source = source(server.url());
				source.setAuthenticationSource(account);
				source.setCacheEnvironmentProperties(false);
				return source;
			}).run((context) -> {
				store(context).contains("/");
				account.name = TWO;
				int before = server.binds().size();
				store(context).contains("/");
				assertThat(server.binds().subList(0, before)).containsOnly(ONE);
				assertThat(server.binds().subList(before, server.binds().size())).containsOnly(TWO);
			});
		}
	}

	@Test
	void whatHasNoEffectOnThatOfTheApplicationIsRefused() {
		assertRefused("ldapkv.start-tls", "true");
		assertRefused("ldapkv.ssl.external-bind", "true");
		assertRefused("ldapkv.ssl.bundle", "directory");
		assertRefused("ldapkv.read-urls", "ldap://replica");
		withOwnSource().withBean(LdapConnectionPoolBuilderCustomizer.class, () -> (builder) -> builder.maxSize(1))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("LdapConnectionPoolBuilderCustomizer has no effect")
				.hasMessageContaining("'ldapkv.urls'"));
	}

	@Test
	void theConnectionsOfTheStoreCanBeChangedInCode() throws Exception {
		try (BindRecorder server = new BindRecorder(ONE, TWO)) {
			this.contextRunner
				.withPropertyValues("spring.ldap.urls=" + server.url(), "ldapkv.pool.max-size=3",
						"ldapkv.pool.max-age=1ms")
				.withUserConfiguration(AccountConfiguration.class)
				.withBean(Account.class, () -> new Account(ONE))
				.run((context) -> {
					store(context).contains("/");
					context.getBean(Account.class).name = TWO;
					// Longer than the maximum age of the connection that is there.
					Thread.sleep(5);
					store(context).contains("/");
					assertThat(server.binds()).startsWith(ONE).endsWith(TWO);
					assertThat(pool(context).max()).isEqualTo(3);
				});
		}
	}

	@Test
	void changesAreMadeInTheirOrder() {
		this.contextRunner.withUserConfiguration(TwoSizes.class)
			.run((context) -> assertThat(pool(context).max()).isEqualTo(5));
	}

	@Test
	void theConnectionsToTheStoresOwnDirectoryCanBeChangedInCode() throws Exception {
		try (BindRecorder server = new BindRecorder(ONE, TWO)) {
			this.contextRunner
				.withPropertyValues("ldapkv.urls=" + server.url(), "ldapkv.username=" + ONE,
						"ldapkv.password=" + BindRecorder.PASSWORD)
				.withBean(LdapConnectionPoolBuilderCustomizer.class,
						() -> (builder) -> builder.user(TWO, BindRecorder.PASSWORD))
				.run((context) -> {
					store(context).contains("/");
					assertThat(server.binds()).containsOnly(TWO);
				});
		}
	}

	private void assertRefused(String property, String value) {
		withOwnSource().withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).as(property)
				.getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining(property)
				.hasMessageContaining("no effect"));
	}

	private ApplicationContextRunner withOwnSource() {
		return this.contextRunner.withBean("own", LdapContextSource.class, () -> source(DIRECTORY.url()));
	}

	private static LdapContextSource source(String url) {
		LdapContextSource source = new LdapContextSource();
		source.setUrl(url);
		source.setBase(TestDirectory.SUFFIX);
		return source;
	}

	private static LdapKeyValueTemplate store(ApplicationContext context) {
		return context.getBean(LdapKeyValueTemplate.class);
	}

	private static PoolStatistics pool(ApplicationContext context) {
		return store(context).info().pool();
	}

	private static final class CountingStrategy extends SimpleDirContextAuthenticationStrategy {

		private final AtomicInteger binds;

		CountingStrategy(AtomicInteger binds) {
			this.binds = binds;
		}

		@Override
		public void setupEnvironment(Hashtable<String, Object> environment, String userDn, String password) {
			this.binds.incrementAndGet();
			super.setupEnvironment(environment, userDn, password);
		}

	}

	private static final class Account implements AuthenticationSource {

		private volatile String name;

		Account(String name) {
			this.name = name;
		}

		@Override
		public String getPrincipal() {
			return this.name;
		}

		@Override
		public String getCredentials() {
			return BindRecorder.PASSWORD;
		}

	}

	/**
	 * What it does is set on the context source, and is no bean.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnSource {

		@Bean
		AtomicInteger binds() {
			return new AtomicInteger();
		}

		@Bean
		LdapContextSource own(AtomicInteger binds) {
			LdapContextSource source = source(DIRECTORY.url());
			source.setUserDn(DIRECTORY.userDn());
			source.setPassword(DIRECTORY.password());
			source.setAuthenticationStrategy(new CountingStrategy(binds));
			return source;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AccountConfiguration {

		@Bean
		LdapConnectionPoolBuilderCustomizer accountOfTheStore(AuthenticationSource vault) {
			return (builder) -> builder.authenticationSource(vault);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoSizes {

		@Bean
		@Order(2)
		LdapConnectionPoolBuilderCustomizer second() {
			return (builder) -> builder.maxSize(5);
		}

		@Bean
		@Order(1)
		LdapConnectionPoolBuilderCustomizer first() {
			return (builder) -> builder.maxSize(4);
		}

	}

}
