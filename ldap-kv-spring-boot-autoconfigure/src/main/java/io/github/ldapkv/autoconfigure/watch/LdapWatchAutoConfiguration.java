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

package io.github.ldapkv.autoconfigure.watch;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.autoconfigure.LdapKeyValueProperties;
import io.github.ldapkv.watch.WatchErrorHandler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for methods with
 * {@link LdapListener}. Without any, no watch is made, and no thread.
 */
@AutoConfiguration(after = LdapKeyValueAutoConfiguration.class)
@ConditionalOnBean(LdapKeyValueOperations.class)
@EnableConfigurationProperties(LdapKeyValueProperties.class)
public final class LdapWatchAutoConfiguration {

	@Bean
	static LdapListenerBeanPostProcessor ldapListenerBeanPostProcessor(ConfigurableListableBeanFactory beanFactory) {
		return new LdapListenerBeanPostProcessor(beanFactory, new AnnotatedMethods());
	}

	/**
	 * With {@code spring.main.lazy-initialization}, nobody else would make a bean that
	 * only listens.
	 */
	@Bean
	static LazyInitializationExcludeFilter ldapListenerLazyInitializationExcludeFilter() {
		AnnotatedMethods methods = new AnnotatedMethods();
		return (name, definition, type) -> !methods.of(type).isEmpty();
	}

	@Bean
	@ConditionalOnMissingBean(LdapWatchRegistry.class)
	ListenerWatches ldapWatchRegistry(LdapListenerBeanPostProcessor listeners, LdapKeyValueProperties properties,
			ObjectProvider<WatchErrorHandler> errors, ObjectProvider<InMemoryDirectoryServer> servers,
			ConfigurableListableBeanFactory beanFactory, ApplicationContext context) {
		WatchSetup setup = new WatchSetup(properties.getWatch(), errors.getIfUnique(), new EmbeddedServers(servers),
				context.getEnvironment());
		return new ListenerWatches(listeners, new WatchFactory(beanFactory, setup), context);
	}

}
