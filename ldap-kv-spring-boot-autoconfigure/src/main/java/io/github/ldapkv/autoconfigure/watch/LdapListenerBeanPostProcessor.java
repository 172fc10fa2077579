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

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.ldapkv.autoconfigure.internal.ListenerException;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;

/**
 * Finds the listeners among the beans that are made, and keeps them until somebody wants
 * to know of them. It makes no bean but scoped proxies.
 */
final class LdapListenerBeanPostProcessor implements BeanPostProcessor, Ordered {

	private final ConfigurableListableBeanFactory beanFactory;

	private final AnnotatedMethods methods;

	private final List<FoundListener> found = new ArrayList<>();

	private @Nullable Consumer<FoundListener> receiver;

	LdapListenerBeanPostProcessor(ConfigurableListableBeanFactory beanFactory, AnnotatedMethods methods) {
		this.beanFactory = beanFactory;
		this.methods = methods;
	}

	/**
	 * After all others, so that the bean is the proxy that others call.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (ScopedProxyUtils.isScopedTarget(beanName)
				|| beanName.endsWith(AutowireCapableBeanFactory.ORIGINAL_INSTANCE_SUFFIX)) {
			return bean;
		}
		Map<Method, Set<LdapListener>> annotated = this.methods.of(AopProxyUtils.ultimateTargetClass(bean));
		if (annotated.isEmpty()) {
			return bean;
		}
		if (this.beanFactory.containsBean(beanName) && !this.beanFactory.isSingleton(beanName)) {
			throw new ListenerException(annotated.keySet().iterator().next().toString(),
					"is a method of the bean '" + beanName + "', of which there are several",
					"Make the bean a singleton, or give its scope a proxy.");
		}
		listeners(bean, beanName, annotated).forEach(this::found);
		return bean;
	}

	/**
	 * Names them the same way at each start.
	 */
	private static List<FoundListener> listeners(Object bean, String beanName,
			Map<Method, Set<LdapListener>> annotated) {
		List<FoundListener> listeners = new ArrayList<>();
		Map<String, Integer> numbers = new LinkedHashMap<>();
		annotated.keySet().stream().sorted(Comparator.comparing(Method::toString)).forEach((method) -> {
			for (LdapListener annotation : annotated.getOrDefault(method, Set.of())) {
				String name = beanName + "." + method.getName();
				int number = numbers.merge(name, 1, Integer::sum);
				listeners.add(new FoundListener(bean, (number > 1) ? name + "-" + number : name, method, annotation));
			}
		});
		return listeners;
	}

	private void found(FoundListener listener) {
		Consumer<FoundListener> known;
		synchronized (this.found) {
			known = this.receiver;
			if (known == null) {
				this.found.add(listener);
			}
		}
		if (known != null) {
			known.accept(listener);
		}
	}

	/**
	 * Tells of all that were found, and of those that will be.
	 */
	void tell(Consumer<FoundListener> newReceiver) {
		List<FoundListener> before;
		synchronized (this.found) {
			this.receiver = newReceiver;
			before = List.copyOf(this.found);
			this.found.clear();
		}
		before.forEach(newReceiver);
		makeScopedProxies();
	}

	/**
	 * A scoped proxy is made when somebody asks for it, which nobody may who only wants
	 * it to listen.
	 */
	private void makeScopedProxies() {
		for (String name : this.beanFactory.getBeanDefinitionNames()) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? this.beanFactory.getType(name, false) : null;
			if (type != null && !this.methods.of(type).isEmpty()) {
				this.beanFactory.getBean(ScopedProxyUtils.getOriginalBeanName(name));
			}
		}
	}

}
