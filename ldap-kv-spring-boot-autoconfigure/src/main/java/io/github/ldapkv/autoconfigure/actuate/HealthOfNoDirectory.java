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
import java.util.List;

import org.jspecify.annotations.Nullable;

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

/**
 * Takes out the health of Boot's own LDAP support where only the store has a directory:
 * it would ask {@code localhost:389}, which the application does not use.
 */
final class HealthOfNoDirectory implements BeanDefinitionRegistryPostProcessor {

	private static final String HEALTH = "ldapHealthContributor";

	private static final String BOOT = "org.springframework.boot.ldap.autoconfigure.";

	private static final String CONTEXT_SOURCE = "ldapContextSource";

	private static final String CONNECTION_DETAILS = "propertiesLdapConnectionDetails";

	private final Environment environment;

	HealthOfNoDirectory(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (!isAheadOfTime() && isSet("ldapkv.urls") && !isSet("spring.ldap.urls")
				&& !isSet("spring.ldap.embedded.base-dn")
				&& isMadeBy(BOOT + "LdapAutoConfiguration", CONTEXT_SOURCE, registry)
				&& isMadeBy(BOOT + "LdapAutoConfiguration", CONNECTION_DETAILS, registry)
				&& isMadeBy(BOOT + "health.LdapHealthContributorAutoConfiguration", HEALTH, registry)) {
			registry.removeBeanDefinition(HEALTH);
		}
	}

	/**
	 * The settings that count are those that the application will run with.
	 */
	private static boolean isAheadOfTime() {
		return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING);
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
