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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the methods that listen.
 */
final class AnnotatedMethods {

	private static final Set<String> PLATFORM = Set.of("java.", "org.springframework.");

	/**
	 * Most types have none, and beans of them are made again and again.
	 */
	private final Set<Class<?>> without = ConcurrentHashMap.newKeySet();

	/**
	 * The methods of a type, with what is annotated on each.
	 */
	Map<Method, Set<LdapListener>> of(Class<?> type) {
		if (this.without.contains(type) || !isCandidate(type)) {
			return Map.of();
		}
		Map<Method, Set<LdapListener>> methods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<Set<LdapListener>>) (method) -> {
					Set<LdapListener> found = AnnotatedElementUtils.getMergedRepeatableAnnotations(method,
							LdapListener.class, LdapListeners.class);
					return found.isEmpty() ? null : found;
				});
		if (methods.isEmpty()) {
			this.without.add(type);
		}
		return methods;
	}

	private static boolean isCandidate(Class<?> type) {
		return PLATFORM.stream().noneMatch(type.getName()::startsWith)
				&& AnnotationUtils.isCandidateClass(type, LdapListener.class);
	}

}
