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

package io.github.ldapkv.autoconfigure.transaction;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.transaction.TransactionManager;

/**
 * Leaves transactions that name no transaction manager to another one, if one was defined
 * after the store's: an auto-configuration that comes later and looks for its own type
 * only would otherwise make them ambiguous.
 */
final class PrecedenceOfOthers implements BeanFactoryPostProcessor {

	private final String name;

	/**
	 * Creates a post-processor.
	 * @param name the name of the store's transaction manager
	 */
	PrecedenceOfOthers(String name) {
		this.name = name;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		for (String other : beanFactory.getBeanNamesForType(TransactionManager.class, true, false)) {
			if (!other.equals(this.name) && isDefaultCandidate(other, beanFactory)
					&& beanFactory.getBeanDefinition(this.name) instanceof AbstractBeanDefinition definition) {
				definition.setDefaultCandidate(false);
			}
		}
	}

	private static boolean isDefaultCandidate(String name, ConfigurableListableBeanFactory beanFactory) {
		BeanDefinition definition = beanFactory.containsBeanDefinition(name) ? beanFactory.getBeanDefinition(name)
				: null;
		return !(definition instanceof AbstractBeanDefinition known)
				|| known.isAutowireCandidate() && known.isDefaultCandidate();
	}

}
