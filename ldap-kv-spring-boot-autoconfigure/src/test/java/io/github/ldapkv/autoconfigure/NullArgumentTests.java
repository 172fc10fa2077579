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

import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueEndpoint;
import io.github.ldapkv.autoconfigure.watch.LdapListener;
import io.github.ldapkv.autoconfigure.watch.LdapListeners;
import io.github.ldapkv.autoconfigure.watch.LdapWatchRegistry;
import io.github.ldapkv.contract.NullArguments;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Whatever a user can give that must not be {@code null} is refused if it is.
 */
class NullArgumentTests {

	/**
	 * What users implement, and what the endpoint makes and hands out.
	 */
	private static final Set<Class<?>> NOT_CALLED_BY_USERS = Set.of(LdapConnectionPoolBuilderCustomizer.class,
			LdapKeyValueTemplateCustomizer.class, LdapKeyValueEndpoint.StoresDescriptor.class,
			LdapKeyValueEndpoint.StoreDescriptor.class, LdapKeyValueEndpoint.ServerDescriptor.class, LdapListener.class,
			LdapListeners.class, LdapWatchRegistry.class);

	/**
	 * Properties without a default: {@code null} is to leave them out, as their getters
	 * say.
	 */
	private static final Set<String> MAY_BE_LEFT_OUT = Set.of("setBase", "setUsername", "setPassword",
			"setSlowOperationThreshold", "setBundle", "setVersionAttribute", "setPollInterval",
			"setCheckpointDirectory");

	private static final Map<Class<?>, Object> SAMPLES = Map.of(LdapKeyValueProperties.class,
			new LdapKeyValueProperties(), LdapKeyValueProperties.Ssl.class, new LdapKeyValueProperties.Ssl(),
			LdapKeyValueProperties.Observation.class, new LdapKeyValueProperties.Observation(),
			LdapKeyValueProperties.Health.class, new LdapKeyValueProperties.Health(),
			LdapKeyValueProperties.Server.class, new LdapKeyValueProperties.Server(), LdapKeyValuePoolProperties.class,
			new LdapKeyValuePoolProperties(), LdapKeyValueWatchProperties.class, new LdapKeyValueWatchProperties(),
			Duration.class, Duration.ofSeconds(1), List.class, List.of("ldap://localhost"), LdapKeyValueEndpoint.class,
			mock(LdapKeyValueEndpoint.class));

	@Test
	void whatIsNullIsRefused() {
		NullArguments check = new NullArguments(NullArgumentTests::sample, Set.of());
		calledByUsers().forEach(check::check);
		assertThat(check.wrong()).isEmpty();
		assertThat(check.calls()).isGreaterThan(10);
	}

	@Test
	void whatHasNoDefaultMayBeLeftOut() {
		assertThat(calledByUsers().flatMap((type) -> Stream.of(type.getDeclaredMethods()))
			.filter((method) -> Stream.of(method.getAnnotatedParameterTypes())
				.anyMatch((parameter) -> parameter.isAnnotationPresent(Nullable.class)))
			.map(Method::getName)).containsExactlyInAnyOrderElementsOf(MAY_BE_LEFT_OUT);
	}

	@Test
	void aSettingWithoutAValueHasItsDefault() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class))
			.withPropertyValues("ldapkv.urls=", "ldapkv.read-urls=", "ldapkv.binary-attributes=", "ldapkv.base=",
					"ldapkv.read-timeout=", "ldapkv.connect-timeout=", "ldapkv.health.timeout=",
					"ldapkv.health.read-only-status=", "ldapkv.slow-operation-threshold=", "ldapkv.pool.max-wait=",
					"ldapkv.pool.idle-timeout=", "ldapkv.pool.max-age=", "ldapkv.pool.validate-after-idle=",
					"ldapkv.server.features.assertion=")
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(LdapKeyValueProperties.class)
				.usingRecursiveComparison()
				.ignoringFields("base")
				.isEqualTo(new LdapKeyValueProperties()));
	}

	private static Stream<Class<?>> calledByUsers() {
		return NullArguments.publicTypes(LdapKeyValueProperties.class)
			.stream()
			.filter((type) -> !type.isAnnotationPresent(AutoConfiguration.class)
					&& !type.getPackageName().contains(".internal") && !NOT_CALLED_BY_USERS.contains(type));
	}

	private static Object sample(Class<?> type, Executable executable) {
		Object sample = SAMPLES.get(type);
		if (sample == null) {
			throw new IllegalStateException("No sample of " + type);
		}
		return sample;
	}

}
