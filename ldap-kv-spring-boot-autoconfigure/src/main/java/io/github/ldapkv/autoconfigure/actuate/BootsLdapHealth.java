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

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.ldap.core.LdapOperations;
import org.springframework.util.StringUtils;

/**
 * Takes out the health of Boot's own LDAP support where it would ask the directory that
 * the health of the store asks, but without an end if that hangs; and where only the
 * store has a directory: it would ask {@code localhost:389}, which the application does
 * not use.
 */
final class BootsLdapHealth implements BeanDefinitionRegistryPostProcessor {

	/**
	 * What the health is called in settings.
	 */
	private static final String NAME = "ldap";

	private static final String HEALTH = "ldapHealthContributor";

	private static final String BOOT = "org.springframework.boot.ldap.autoconfigure.";

	private static final String OPERATIONS = "ldapTemplate";

	private static final String CONTEXT_SOURCE = "ldapContextSource";

	private static final String CONNECTION_DETAILS = "propertiesLdapConnectionDetails";

	private final Environment environment;

	BootsLdapHealth(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (!isAheadOfTime() && isMadeBy(BOOT + "health.LdapHealthContributorAutoConfiguration", HEALTH, registry)
				&& !isNamed() && (isSet("ldapkv.urls") ? asksNothing(registry) : asksTheSame(registry))) {
			registry.removeBeanDefinition(HEALTH);
		}
	}

	/**
	 * The settings that count are those that the application will run with.
	 */
	private static boolean isAheadOfTime() {
		return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING);
	}

	/**
	 * Whether the application asks for it by its name.
	 */
	private boolean isNamed() {
		return this.environment.getProperty("management.health." + NAME + ".enabled", Boolean.class, false)
				|| groups().values()
					.stream()
					.flatMap((value) -> Arrays.stream(StringUtils.commaDelimitedListToStringArray(value)))
					.map(String::trim)
					.anyMatch((member) -> member.equals(NAME) || member.startsWith(NAME + "/"));
	}

	/**
	 * The settings of groups: a member that is not there is a failed start.
	 */
	private Map<String, String> groups() {
		return Binder.get(this.environment)
			.bind("management.endpoint.health.group", Bindable.mapOf(String.class, String.class))
			.orElseGet(Map::of);
	}

	private boolean asksNothing(BeanDefinitionRegistry registry) {
		return !isSet("spring.ldap.urls") && !isSet("spring.ldap.embedded.base-dn")
				&& isMadeBy(BOOT + "LdapAutoConfiguration", CONTEXT_SOURCE, registry)
				&& isMadeBy(BOOT + "LdapAutoConfiguration", CONNECTION_DETAILS, registry);
	}

	/**
	 * The store and the one template that there is have the application's directory.
	 */
	private static boolean asksTheSame(BeanDefinitionRegistry registry) {
		String store = LdapKeyValueAutoConfiguration.class.getName();
		return isMadeBy(LdapKeyValueHealthContributorAutoConfiguration.class.getName(), "ldapkvHealthContributor",
				registry) && isMadeBy(store, "ldapKeyValueTemplateBuilder", registry)
				&& isMadeBy(store, "ldapKeyValueTemplate", registry)
				&& isMadeBy(BOOT + "LdapAutoConfiguration", OPERATIONS, registry)
				&& registry instanceof ListableBeanFactory beans
				&& beans.getBeanNamesForType(LdapOperations.class, true, false).length == 1;
	}

	private boolean isSet(String name) {
		return !Binder.get(this.environment).bind(name, Bindable.listOf(String.class)).orElseGet(List::of).isEmpty();
	}

	private static boolean isMadeBy(String configuration, String name, BeanDefinitionRegistry registry) {
		BeanDefinition definition = registry.containsBeanDefinition(name) ? registry.getBeanDefinition(name) : null;
		return definition != null && configuration.equals(maker(definition));
	}

	/**
	 * With beans that were worked out ahead of time, only the method itself is known.
	 */
	private static @Nullable String maker(BeanDefinition definition) {
		if (definition instanceof AnnotatedBeanDefinition annotated && annotated.getFactoryMethodMetadata() != null) {
			return annotated.getFactoryMethodMetadata().getDeclaringClassName();
		}
		Method method = (definition instanceof RootBeanDefinition root) ? root.getResolvedFactoryMethod() : null;
		return (method != null) ? method.getDeclaringClass().getName() : null;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		// The definitions are all that is changed.
	}

}
