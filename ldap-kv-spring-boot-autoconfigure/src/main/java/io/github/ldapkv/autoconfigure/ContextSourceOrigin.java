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

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.support.LdapContextSource;

/**
 * Who made a context source. One that Boot made has nothing in it that Boot's settings do
 * not say. Another of the same class may have: how it binds, and as whom, cannot be read
 * from it.
 */
final class ContextSourceOrigin {

	private static final String BOOT = "org.springframework.boot.ldap.autoconfigure";

	private ContextSourceOrigin() {
	}

	/**
	 * The context source, if Boot made it and did not tell it to pool by the JDK.
	 * @param source a context source
	 * @param beanFactory where it may be a bean
	 * @return the context source; {@code null} if it is another's
	 */
	static @Nullable LdapContextSource boots(ContextSource source, ConfigurableListableBeanFactory beanFactory) {
		if (source.getClass() != LdapContextSource.class || !isMadeByBoot(source, beanFactory)) {
			return null;
		}
		LdapContextSource boots = (LdapContextSource) source;
		return boots.isPooled() ? null : boots;
	}

	private static boolean isMadeByBoot(ContextSource source, ConfigurableListableBeanFactory beanFactory) {
		BeanFactory factory = beanFactory;
		while (factory instanceof ConfigurableListableBeanFactory current) {
			for (String name : current.getBeanNamesForType(LdapContextSource.class, true, false)) {
				if (current.getSingleton(name) == source) {
					return current.containsBeanDefinition(name) && isMadeByBoot(name, current);
				}
			}
			factory = current.getParentBeanFactory();
		}
		return false;
	}

	/**
	 * With beans that were worked out ahead of time, the method is known too.
	 */
	private static boolean isMadeByBoot(String name, ConfigurableListableBeanFactory beanFactory) {
		Method method = (beanFactory.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition)
				? definition.getResolvedFactoryMethod() : null;
		return method != null && (method.getDeclaringClass().getPackageName() + ".").startsWith(BOOT + ".");
	}

}
