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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.autoconfigure.internal.ListenerException;
import io.github.ldapkv.watch.LdapChange;
import io.github.ldapkv.watch.LdapChangeListener;

import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method that is told what changes.
 */
final class ListenerMethod implements LdapChangeListener {

	private final Object bean;

	private final Method method;

	private final List<Class<?>> parameters;

	private ListenerMethod(Object bean, Method method) {
		this.bean = bean;
		this.method = method;
		this.parameters = List.of(method.getParameterTypes());
	}

	/**
	 * The method of a listener.
	 * @throws ListenerException if it cannot be called with a change
	 */
	static ListenerMethod of(FoundListener found) {
		Method method = found.method();
		for (Class<?> parameter : method.getParameterTypes()) {
			if (parameter != LdapChange.class && parameter != LdapEntry.class) {
				throw new ListenerException(method.toString(), "has a parameter of the type " + parameter.getName(),
						"Take an LdapChange, an LdapEntry, both or neither.");
			}
		}
		if (method.getReturnType() != void.class) {
			throw new ListenerException(method.toString(),
					"returns " + method.getReturnType().getName() + ", which nobody would take",
					"Return nothing (void). A change counts as told when the method has returned.");
		}
		try {
			Method invocable = AopUtils.selectInvocableMethod(method, found.bean().getClass());
			ReflectionUtils.makeAccessible(invocable);
			return new ListenerMethod(found.bean(), invocable);
		}
		catch (IllegalStateException ex) {
			throw new ListenerException(method.toString(), "is not a method of the proxy of its bean",
					"Declare it in an interface of the bean, or have the class proxied "
							+ "('spring.aop.proxy-target-class').");
		}
	}

	@Override
	public void changed(LdapChange change) throws Exception {
		if (change.entry().isEmpty() && this.parameters.contains(LdapEntry.class)) {
			return;
		}
		Object[] arguments = this.parameters.stream()
			.map((parameter) -> (parameter == LdapChange.class) ? change : change.entry().orElseThrow())
			.toArray();
		try {
			this.method.invoke(this.bean, arguments);
		}
		catch (InvocationTargetException ex) {
			ReflectionUtils.rethrowException(ex.getTargetException());
		}
	}

}
