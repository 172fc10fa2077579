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

package io.github.ldapkv.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.autoconfigure.Properties;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.SimpleHttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.SimpleStatusAggregator;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.ldap.core.support.LdapContextSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LdapKeyValueHealthContributorAutoConfiguration}.
 */
class LdapKeyValueHealthContributorAutoConfigurationTests {

	private static final String NOWHERE = "ldap://localhost:1";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class,
				LdapKeyValueHealthContributorAutoConfiguration.class));

	@Test
	void aServerThatAnswersIsUp() {
		OpenLdapContainer server = OpenLdapContainer.shared();
		this.contextRunner.withPropertyValues(Properties.of(server)).run((context) -> {
			context.getBean(LdapKeyValueTemplate.class).contains("/");
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			Map<String, Object> details = health.getDetails();
			assertThat(details).containsEntry("base", TestDirectory.SUFFIX)
				.containsEntry("baseFound", true)
				.containsEntry("server", "OpenLDAP")
				.containsKeys("urls", "features");
			assertThat(details.get("roles")).asString()
				.startsWith("{all={answered=" + server.host() + ":" + server.port());
			assertThat(details.get("pool")).asInstanceOf(InstanceOfAssertFactories.map(String.class, Number.class))
				.containsEntry("active", 0)
				.containsEntry("idle", 1)
				.containsEntry("opening", 0)
				.containsEntry("max", 8)
				.containsEntry("waiting", 0)
				.containsEntry("created", 1L);
			assertThat(health.toString()).doesNotContain("password", "cn=admin");
		});
	}

	@Test
	void aBaseThatIsNotThereIsTold() {
		this.contextRunner.withPropertyValues(Properties.of(EmbeddedDirectory.shared()))
			.withPropertyValues("ldapkv.base=ou=NotYet")
			.run((context) -> {
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
				assertThat(health(context).getDetails()).containsEntry("baseFound", false);
			});
	}

	@Test
	void withoutABaseTheServerIsAsked() {
		this.contextRunner.withPropertyValues(Properties.of(EmbeddedDirectory.shared()))
			.withPropertyValues("spring.ldap.base=")
			.run((context) -> assertThat(health(context).getStatus()).isEqualTo(Status.UP));
	}

	@Test
	void aServerThatIsAwayIsDown() {
		this.contextRunner.withPropertyValues(Properties.of(EmbeddedDirectory.shared(), NOWHERE)).run((context) -> {
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).containsKeys("base", "urls", "pool")
				.doesNotContainKeys("server", "baseFound");
			assertThat(health.getDetails().get("roles")).asString()
				.startsWith("{all={failure=Could not check '/'")
				.contains("aside=[{server=localhost:1");
			assertThat(health.toString()).contains(NOWHERE).doesNotContain(EmbeddedDirectory.shared().password());
		});
	}

	@Test
	void aRefusedBindIsDownAndTellsNoPassword() {
		this.contextRunner.withPropertyValues(Properties.of(OpenLdapContainer.shared()))
			.withPropertyValues("spring.ldap.password=s3cret")
			.run((context) -> {
				Health health = health(context);
				assertThat(health.getStatus()).isEqualTo(Status.DOWN);
				assertThat(health.toString()).contains("invalidCredentials").doesNotContain("s3cret");
			});
	}

	@Test
	void aServerThatHangsIsDownInTime() {
		EmbeddedDirectory server = EmbeddedDirectory.shared();
		try (TcpProxy proxy = new TcpProxy(server.host(), server.port())) {
			this.contextRunner.withPropertyValues(Properties.of(server, proxy.url()))
				.withPropertyValues("ldapkv.health.timeout=500ms")
				.run((context) -> {
					assertThat(health(context).getStatus()).isEqualTo(Status.UP);
					proxy.swallow(true);
					Instant start = Instant.now();
					Health health = health(context);
					assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
					assertThat(health.getStatus()).isEqualTo(Status.DOWN);
					assertThat(health.toString()).contains("no answer within 500 ms");
					proxy.swallow(false);
					assertUpWithin(context, Duration.ofSeconds(20));
					assertThat(context.getBean(LdapKeyValueTemplate.class).info().pool().active()).isZero();
				});
		}
	}

	@Test
	void allStoresHaveTheirHealth() {
		this.contextRunner.withPropertyValues(Properties.of(EmbeddedDirectory.shared()))
			.withUserConfiguration(SecondStore.class)
			.run((context) -> {
				CompositeHealthContributor all = context.getBean("ldapkvHealthContributor",
						CompositeHealthContributor.class);
				assertThat(all.stream().map(CompositeHealthContributor.Entry::name))
					.containsExactlyInAnyOrder("ldapKeyValueTemplate", "second");
			});
	}

	/**
	 * As the properties and the endpoint are called.
	 */
	@Test
	void theComponentIsCalledLdapkv() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(HealthContributorRegistryAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(HealthContributorRegistry.class).getContributor("ldapkv"))
				.isInstanceOf(LdapKeyValueHealthIndicator.class));
	}

	@Test
	void backsOffWhenDisabled() {
		this.contextRunner.withPropertyValues("management.health.ldapkv.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("ldapkvHealthContributor"));
		this.contextRunner.withPropertyValues("management.health.defaults.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("ldapkvHealthContributor"));
	}

	@Test
	void backsOffWithoutAStore() {
		this.contextRunner.withPropertyValues("ldapkv.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("ldapkvHealthContributor"));
	}

	@Test
	void backsOffWithoutBootsHealth() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("ldapkvHealthContributor"));
	}

	@Test
	void backsOffForAContributorOfTheApplication() {
		HealthIndicator own = () -> Health.unknown().build();
		this.contextRunner.withBean("ldapkvHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).doesNotHaveBean("ldapkvHealthContributor"));
	}

	@Test
	void theStatusWithoutWritesIsThatOfTheSettings() {
		EmbeddedDirectory server = EmbeddedDirectory.shared();
		ApplicationContextRunner readable = this.contextRunner.withPropertyValues(Properties.of(server, NOWHERE))
			.withPropertyValues("ldapkv.read-urls=" + server.url());
		readable.run((context) -> assertThat(health(context).getStatus()).isEqualTo(new Status("READ_ONLY")));
		readable.withPropertyValues("ldapkv.health.read-only-status=UP")
			.run((context) -> assertThat(health(context).getStatus()).isEqualTo(Status.UP));
	}

	@Test
	void whatBootMakesOfReadOnly() {
		Status readOnly = new Status("READ_ONLY");
		Set<Status> statuses = Set.of(Status.UP, readOnly);
		assertThat(new SimpleStatusAggregator().getAggregateStatus(statuses)).isEqualTo(Status.UP);
		assertThat(new SimpleHttpCodeStatusMapper().getStatusCode(readOnly)).isEqualTo(200);
		assertThat(new SimpleStatusAggregator("down", "out-of-service", "read-only", "up", "unknown")
			.getAggregateStatus(statuses)).isEqualTo(readOnly);
		assertThat(new SimpleHttpCodeStatusMapper(Map.of("down", 503, "out-of-service", 503, "read-only", 503))
			.getStatusCode(readOnly)).isEqualTo(503);
	}

	@Test
	void aStoreWithoutAPoolIsAskedInTimeToo() {
		EmbeddedDirectory server = EmbeddedDirectory.shared();
		try (TcpProxy proxy = new TcpProxy(server.host(), server.port())) {
			LdapContextSource own = new LdapContextSource();
			own.setUrl(proxy.url());
			own.setBase(TestDirectory.SUFFIX);
			this.contextRunner.withBean(LdapContextSource.class, () -> own)
				.withPropertyValues("ldapkv.health.timeout=500ms")
				.run((context) -> {
					assertThat(health(context).getStatus()).isEqualTo(Status.UP);
					assertThat(health(context).getDetails()).containsEntry("baseFound", true)
						.containsEntry("roles", Map.of("all", Map.of("answered", proxy.url())))
						.doesNotContainKey("pool");
					proxy.swallow(true);
					Instant start = Instant.now();
					assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
					assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
				});
		}
	}

	@Test
	void aTimeoutThatIsNotPositiveIsRefused() {
		this.contextRunner.withPropertyValues("ldapkv.health.timeout=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("ldapkv.health.timeout")
				.hasMessageContaining("positive"));
	}

	private static void assertUpWithin(ApplicationContext context, Duration time) throws InterruptedException {
		Instant end = Instant.now().plus(time);
		while (!Status.UP.equals(health(context).getStatus()) && Instant.now().isBefore(end)) {
			Thread.sleep(100);
		}
		assertThat(health(context).getStatus()).isEqualTo(Status.UP);
	}

	private static Health health(ApplicationContext context) {
		return context.getBean("ldapkvHealthContributor", HealthIndicator.class).health();
	}

	@Configuration(proxyBeanMethods = false)
	static class SecondStore {

		@Bean(defaultCandidate = false)
		LdapKeyValueTemplate second() {
			return new LdapKeyValueTemplate(EmbeddedDirectory.shared().pool().build());
		}

	}

}
