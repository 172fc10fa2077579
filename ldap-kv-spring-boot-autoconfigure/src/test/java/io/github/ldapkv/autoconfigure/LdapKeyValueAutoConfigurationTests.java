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

import java.util.List;
import java.util.Map;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapKeyValueTemplateBuilder;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.LdapConnectionDetails;
import org.springframework.boot.ldap.autoconfigure.embedded.EmbeddedLdapAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.LdapTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LdapKeyValueAutoConfiguration}.
 */
class LdapKeyValueAutoConfigurationTests {

	private static final String[] EMBEDDED = { "spring.ldap.embedded.base-dn=dc=test,dc=org",
			"spring.ldap.embedded.validation.enabled=true" };

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, EmbeddedLdapAutoConfiguration.class,
				SslAutoConfiguration.class, LdapKeyValueAutoConfiguration.class));

	@Test
	void theStoreIsABean() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(LdapKeyValueOperations.class)
			.hasSingleBean(LdapKeyValueTemplate.class));
	}

	@Test
	void backsOffForAStoreOfTheUser() {
		this.contextRunner.withUserConfiguration(OwnStore.class)
			.run((context) -> assertThat(context).hasSingleBean(LdapKeyValueOperations.class)
				.doesNotHaveBean("ldapKeyValueTemplate")
				.hasBean("ownStore"));
	}

	@Test
	void backsOffWhenDisabled() {
		this.contextRunner.withPropertyValues("ldapkv.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(LdapKeyValueOperations.class)
				.doesNotHaveBean(LdapKeyValueProperties.class));
	}

	@Test
	void backsOffWithoutTheCore() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(LdapKeyValueOperations.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("ldapKeyValueTemplate"));
	}

	@Test
	void failsWithoutAContextSource() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LdapKeyValueAutoConfiguration.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoSuchBeanDefinitionException.class)
				.hasMessageContaining(ContextSource.class.getName()));
	}

	@Test
	void failsWithSeveralContextSources() {
		this.contextRunner.withUserConfiguration(TwoContextSources.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoUniqueBeanDefinitionException.class));
	}

	@Test
	void severalContextSourcesDoNotMatterToADirectoryOfItsOwn() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LdapKeyValueAutoConfiguration.class))
			.withUserConfiguration(TwoContextSources.class)
			.withPropertyValues("ldapkv.urls=" + EmbeddedDirectory.shared().url())
			.run((context) -> assertThat(context).hasSingleBean(LdapKeyValueOperations.class));
	}

	@Test
	void worksWithTheEmbeddedServer() {
		this.contextRunner.withPropertyValues(EMBEDDED).run((context) -> {
			store(context).put("/dc=org/dc=test",
					Map.of("objectClass", List.of("top", "dcObject", "organization"), "o", "Test"));
			assertThat(store(context).getRequired("dc=test,dc=org").text("o")).contains("Test");
		});
	}

	@Test
	void worksWithTheEmbeddedServerAndACredential() {
		this.contextRunner.withPropertyValues(EMBEDDED)
			.withPropertyValues("spring.ldap.embedded.credential.username=cn=admin",
					"spring.ldap.embedded.credential.password=s3cret")
			.run((context) -> assertThat(store(context).contains("/dc=org/dc=test")).isFalse());
	}

	@Test
	void worksWithSpringLdapProperties() {
		this.contextRunner.withPropertyValues(applicationDirectory(OpenLdapContainer.shared()))
			.run((context) -> assertThat(store(context).contains("/dc=org/dc=test")).isTrue());
	}

	@Test
	void whatIsFoundOutAboutTheServerCanBeCorrected() {
		this.contextRunner.withPropertyValues(applicationDirectory(OpenLdapContainer.shared()))
			.withPropertyValues("ldapkv.server.features.post-read=false", "ldapkv.server.features.tree-delete=true",
					"ldapkv.server.version-attribute=entryUUID")
			.withBean(LdapKeyValueTemplateCustomizer.class, () -> (builder) -> builder.serverCapabilities((server) -> {
				assertThat(server.has(Feature.POST_READ)).isFalse();
				assertThat(server.has(Feature.ASSERTION)).isTrue();
				return server.without(Feature.ASSERTION);
			}))
			.run((context) -> {
				ServerCapabilities server = context.getBean(LdapKeyValueTemplate.class).serverCapabilities();
				assertThat(server.has(Feature.TREE_DELETE)).isTrue();
				assertThat(server.has(Feature.POST_READ)).isFalse();
				assertThat(server.has(Feature.ASSERTION)).isFalse();
				assertThat(server.versionAttribute()).isEqualTo("entryUUID");
			});
	}

	@Test
	void keysAreRelativeToTheBaseOfTheContextSource() {
		this.contextRunner.withPropertyValues(applicationDirectory(EmbeddedDirectory.shared()))
			.withPropertyValues("spring.ldap.base=dc=test,dc=org")
			.run((context) -> {
				assertThat(store(context).contains("/")).isTrue();
				assertThat(store(context).contains("/dc=org/dc=test")).isTrue();
				store(context).put("/ou=Relative", Map.of("objectClass", "organizationalUnit"));
				assertThat(store(context).keys(KeyQuery.of("/ou=R*"))).containsExactly(LdapKey.of("/ou=Relative"));
			});
	}

	@Test
	void keysAreRelativeToTheBaseOfTheStore() {
		this.contextRunner.withPropertyValues(applicationDirectory(EmbeddedDirectory.shared()))
			.withPropertyValues("ldapkv.base=/dc=org/dc=test")
			.run((context) -> assertThat(store(context).getRequired("/").text("dc")).contains("test"));
	}

	@Test
	void theBaseOfTheStoreIsBelowThatOfTheContextSource() {
		this.contextRunner.withPropertyValues(applicationDirectory(EmbeddedDirectory.shared()))
			.withPropertyValues("spring.ldap.base=dc=org", "ldapkv.base=dc=test")
			.run((context) -> assertThat(store(context).getRequired("/").text("dc")).contains("test"));
	}

	@Test
	void worksWithConnectionDetails() {
		this.contextRunner.withBean(LdapConnectionDetails.class, () -> new Details(EmbeddedDirectory.shared()))
			.run((context) -> assertThat(store(context).contains("/dc=org/dc=test")).isTrue());
	}

	@Test
	void worksWithADirectoryOfItsOwn() {
		this.contextRunner.withPropertyValues(EMBEDDED)
			.withPropertyValues(ownDirectory(OpenLdapContainer.shared()))
			.run((context) -> {
				assertThat(store(context).contains("/dc=org/dc=test")).isTrue();
				store(context).put("/dc=org/dc=test/ou=Own", Map.of("objectClass", "organizationalUnit"));
				assertThat(context.getBean(LdapTemplate.class)).isNotNull();
			});
	}

	@Test
	void theBaseOfTheApplicationsDirectoryIsNotThatOfTheStoresOwn() {
		this.contextRunner.withPropertyValues(ownDirectory(EmbeddedDirectory.shared()))
			.withPropertyValues("spring.ldap.base=dc=elsewhere")
			.run((context) -> assertThat(store(context).contains("/dc=org/dc=test")).isTrue());
	}

	@Test
	void objectClassesOfNewEntriesCanBeSet() {
		this.contextRunner.withPropertyValues(applicationDirectory(EmbeddedDirectory.shared()))
			.withPropertyValues("spring.ldap.base=dc=test,dc=org", "ldapkv.object-classes.ou=organizationalUnit",
					"ldapkv.object-classes.uid[0]=top", "ldapkv.object-classes.uid[1]=inetOrgPerson")
			.run((context) -> {
				store(context).put("/ou=Classes", Map.of());
				store(context).put("/ou=Classes/uid=jdoe", Map.of("cn", "John", "sn", "Doe"));
				assertThat(store(context).getRequired("/ou=Classes/uid=jdoe").texts("objectClass")).contains("top",
						"inetOrgPerson");
			});
	}

	@Test
	void binaryAttributesCanBeSet() {
		this.contextRunner.withPropertyValues(applicationDirectory(EmbeddedDirectory.shared()))
			.withPropertyValues("spring.ldap.base=dc=test,dc=org", "ldapkv.binary-attributes=description, street")
			.run((context) -> {
				store(context).put("/ou=Binary",
						Map.of("objectClass", "organizationalUnit", "description", new byte[] { -1, 0, 1 }));
				LdapValue value = store(context).getRequired("/ou=Binary");
				assertThat(value.bytes("description")).hasValue(new byte[] { -1, 0, 1 });
			});
	}

	@Test
	void customizersAreAppliedInTheirOrder() {
		this.contextRunner.withPropertyValues(applicationDirectory(EmbeddedDirectory.shared()))
			.withPropertyValues("ldapkv.base=/dc=wrong")
			.withUserConfiguration(Customizers.class)
			.run((context) -> assertThat(store(context).getRequired("/").text("dc")).contains("test"));
	}

	@Test
	void propertiesOutOfRangeAreNamed() {
		assertRefused("ldapkv.page-size", "-1", "less than 0");
		assertRefused("ldapkv.base", "ou=a/ou=b", "malformed");
		assertRefused("ldapkv.binary-attributes", "a b", "not an attribute name");
		assertRefused("ldapkv.object-classes[a_b]", "person", "not an attribute type");
		assertRefused("ldapkv.urls", "http://localhost", "ldap://host:port");
		assertRefused("ldapkv.urls", "localhost:389", "ldap://host:port");
		assertRefused("ldapkv.urls", "ldap://localhost/dc=org", "'ldapkv.base'");
		assertRefused("ldapkv.urls", "ldap://a b", "has a blank in it");
		assertRefused("ldapkv.urls", "ldap://a,ldaps://b", "mix ldap://");
		assertRefused("ldapkv.username", "cn=admin", "'ldapkv.urls'");
		assertRefused("ldapkv.read-urls", "http://a", "neither");
		assertRefused("ldapkv.connect-timeout", "0s", "positive");
		assertRefused("ldapkv.connect-timeout", "999us", "between 1 and");
		assertRefused("ldapkv.read-timeout", "25d", "between 1 and");
		assertRefused("ldapkv.server.version-attribute", "entry CSN", "not an attribute type");
		assertRefused("ldapkv.read-timeout", "-1s", "positive");
		assertRefused("ldapkv.pool.max-size", "0", "less than 1");
		assertRefused("ldapkv.pool.min-idle", "-1", "less than 0");
		assertRefused("ldapkv.pool.max-wait", "0", "positive");
		assertRefused("ldapkv.pool.idle-timeout", "0", "positive");
		assertRefused("ldapkv.pool.max-age", "0", "positive");
		assertRefused("ldapkv.pool.validate-after-idle", "-1s", "negative");
		assertRefused("ldapkv.ssl.bundle", "none", "no SSL bundle");
	}

	/**
	 * As placeholders leave them, of which there is nothing to put in.
	 */
	@Test
	void emptyPropertiesCountAsNotSet() {
		this.contextRunner.withPropertyValues(applicationDirectory(EmbeddedDirectory.shared()))
			.withPropertyValues("ldapkv.base=", "ldapkv.urls=", "ldapkv.username=", "ldapkv.password=",
					"ldapkv.ssl.bundle=", "ldapkv.read-urls=", "ldapkv.binary-attributes=",
					"ldapkv.server.version-attribute=", "ldapkv.slow-operation-threshold=")
			.run((context) -> assertThat(store(context).contains("/dc=org/dc=test")).isTrue());
	}

	@Test
	void aPasswordWithoutAUserNameIsRefusedAndNotShown() {
		this.contextRunner.withPropertyValues("ldapkv.password=s3cret")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("ldapkv.password")
				.hasMessageNotContaining("s3cret"));
		this.contextRunner.withPropertyValues("ldapkv.urls=ldap://localhost", "ldapkv.password=s3cret")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("ldapkv.username")
				.hasMessageNotContaining("s3cret"));
		this.contextRunner.withPropertyValues("ldapkv.urls=ldap://localhost", "ldapkv.username=cn=admin")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("ldapkv.password"));
		this.contextRunner.withPropertyValues("ldapkv.urls=ldap://admin:s3cret@localhost")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("ldapkv.urls")
				.hasMessageNotContaining("s3cret"));
		this.contextRunner
			.withPropertyValues("ldapkv.urls=ldap://localhost", "ldapkv.read-urls=ldap://admin:s3cret@localhost")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("ldapkv.read-urls")
				.hasMessageNotContaining("s3cret"));
	}

	private void assertRefused(String property, String value, String reason) {
		this.contextRunner.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).as("%s=%s", property, value)
				.getFailure()
				.rootCause()
				.hasMessageContaining(property.replace('[', '.').replace("]", ""))
				.hasMessageContaining(reason));
	}

	private static LdapKeyValueOperations store(ApplicationContext context) {
		return context.getBean(LdapKeyValueOperations.class);
	}

	private static String[] applicationDirectory(TestDirectory directory) {
		return new String[] { "spring.ldap.urls=" + directory.url(), "spring.ldap.username=" + directory.userDn(),
				"spring.ldap.password=" + directory.password() };
	}

	private static String[] ownDirectory(TestDirectory directory) {
		return new String[] { "ldapkv.urls=" + directory.url(), "ldapkv.username=" + directory.userDn(),
				"ldapkv.password=" + directory.password() };
	}

	private record Details(TestDirectory directory) implements LdapConnectionDetails {

		@Override
		public String[] getUrls() {
			return new String[] { this.directory.url() };
		}

		@Override
		public String getUsername() {
			return this.directory.userDn();
		}

		@Override
		public String getPassword() {
			return this.directory.password();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStore {

		@Bean
		LdapKeyValueOperations ownStore() {
			return new LdapKeyValueTemplate(EmbeddedDirectory.shared().contextSource());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoContextSources {

		@Bean
		ContextSource one() {
			return EmbeddedDirectory.shared().contextSource();
		}

		@Bean
		ContextSource two() {
			return EmbeddedDirectory.shared().contextSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		LdapKeyValueTemplateCustomizer second() {
			return (builder) -> builder.base(TestDirectory.SUFFIX);
		}

		@Bean
		@Order(1)
		LdapKeyValueTemplateCustomizer first() {
			return (LdapKeyValueTemplateBuilder builder) -> builder.base("dc=first");
		}

	}

}
