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
import java.util.List;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueEndpoint.StoreDescriptor;
import io.github.ldapkv.autoconfigure.Properties;
import io.github.ldapkv.pool.PoolRole;
import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.pool.RoleState;
import io.github.ldapkv.pool.ServerState;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests of {@link LdapKeyValueEndpointAutoConfiguration}.
 */
class LdapKeyValueEndpointAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class,
				LdapKeyValueEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=ldapkv");

	@Test
	void describesTheStore() {
		OpenLdapContainer server = OpenLdapContainer.shared();
		this.contextRunner.withPropertyValues(Properties.of(server)).run((context) -> {
			StoreDescriptor store = describe(context);
			assertThat(store.name()).isEqualTo("ldapKeyValueTemplate");
			assertThat(store.base()).isEqualTo(TestDirectory.SUFFIX);
			assertThat(store.urls()).isEqualTo(List.of(server.url()));
			assertThat(store.failure()).isNull();
			assertThat(store.server().name()).isEqualTo("OpenLDAP");
			assertThat(store.server().versionAttribute()).isEqualTo("entryCSN");
			assertThat(store.server().features()).contains(Feature.ASSERTION, Feature.POST_READ);
			assertThat(store.schema().readable()).isTrue();
			assertThat(store.schema().attributeTypes()).isGreaterThan(50);
			assertThat(store.pool().max()).isEqualTo(8);
			assertThat(store.roles()).singleElement().satisfies((role) -> {
				assertThat(role.role()).isEqualTo(PoolRole.ALL);
				assertThat(role.servers()).singleElement().satisfies((address) -> {
					assertThat(address.server()).startsWith(server.host() + ":" + server.port());
					assertThat(address.connections()).isEqualTo(1);
					assertThat(address.isAside()).isFalse();
				});
			});
			assertThat(store.toString()).doesNotContain(server.userDn(), "password=");
		});
	}

	@Test
	void isAnsweredAsData() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class,
					LdapKeyValueEndpointAutoConfiguration.class, JmxAutoConfiguration.class,
					EndpointAutoConfiguration.class, JacksonEndpointAutoConfiguration.class,
					JmxEndpointAutoConfiguration.class))
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=ldapkv",
					"spring.jmx.default-domain=ldapkv")
			.withPropertyValues(Properties.of(EmbeddedDirectory.shared()))
			.run((context) -> {
				Object answer = context.getBean(MBeanServer.class)
					.invoke(new ObjectName("ldapkv:type=Endpoint,name=Ldapkv"), "stores", new Object[0], new String[0]);
				assertThat(answer).asInstanceOf(InstanceOfAssertFactories.MAP)
					.extractingByKey("stores", InstanceOfAssertFactories.MAP)
					.extractingByKey("ldapKeyValueTemplate", InstanceOfAssertFactories.MAP)
					.containsEntry("base", TestDirectory.SUFFIX)
					.containsKeys("urls", "server", "schema", "pool")
					.extractingByKey("roles", InstanceOfAssertFactories.LIST)
					.singleElement(InstanceOfAssertFactories.MAP)
					.containsEntry("role", "ALL")
					.extractingByKey("servers", InstanceOfAssertFactories.LIST)
					.singleElement(InstanceOfAssertFactories.MAP)
					.containsEntry("aside", false)
					.containsKeys("server", "connections", "refusesWrites");
			});
	}

	@Test
	void tellsWhyAServerCannotBeAsked() {
		this.contextRunner.withPropertyValues(Properties.of(EmbeddedDirectory.shared(), "ldap://localhost:1"))
			.withPropertyValues("spring.ldap.password=s3cret")
			.run((context) -> {
				StoreDescriptor store = describe(context);
				assertThat(store.failure()).contains("no server answers: localhost:1");
				assertThat(store.server()).isNull();
				assertThat(store.pool().active()).isZero();
				assertThat(store.roles().get(0).servers()).allSatisfy((address) -> {
					assertThat(address.isAside()).isTrue();
					assertThat(address.until()).isAfter(address.since());
				});
				assertThat(store.toString()).doesNotContain("s3cret");
			});
	}

	@Test
	void aServerThatHangsIsToldInTime() {
		EmbeddedDirectory server = EmbeddedDirectory.shared();
		try (TcpProxy proxy = new TcpProxy(server.host(), server.port())) {
			proxy.swallow(true);
			this.contextRunner.withPropertyValues(Properties.of(server, proxy.url()))
				.withPropertyValues("ldapkv.health.timeout=500ms", "ldapkv.connect-timeout=60s",
						"ldapkv.read-timeout=60s")
				.run((context) -> assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
					StoreDescriptor store = describe(context);
					assertThat(store.failure()).contains("no answer within 500 ms");
					assertThat(store.server()).isNull();
					assertThat(store.base()).isEqualTo(TestDirectory.SUFFIX);
				}));
		}
	}

	@Test
	void aNativeImageKnowsWhatTheAnswerHas() {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, LdapKeyValueEndpoint.class);
		assertThat(List.of(StoreDescriptor.class, PoolStatistics.class, RoleState.class, ServerState.class))
			.allSatisfy((type) -> assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(hints));
	}

	@Test
	void isNotExposedByDefault() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class,
					LdapKeyValueEndpointAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LdapKeyValueEndpoint.class));
	}

	@Test
	void backsOffWhenAccessIsDenied() {
		this.contextRunner.withPropertyValues("management.endpoint.ldapkv.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LdapKeyValueEndpoint.class));
	}

	@Test
	void backsOffWithoutAStore() {
		this.contextRunner.withPropertyValues("ldapkv.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LdapKeyValueEndpoint.class));
	}

	@Test
	void backsOffWithoutTheActuator() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(Endpoint.class.getPackageName()))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("ldapKeyValueEndpoint"));
	}

	private static StoreDescriptor describe(ApplicationContext context) {
		return context.getBean(LdapKeyValueEndpoint.class).stores().stores().get("ldapKeyValueTemplate");
	}

}
