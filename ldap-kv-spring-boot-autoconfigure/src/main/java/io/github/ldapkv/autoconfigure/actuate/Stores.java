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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.ldapkv.LdapKeyValueTemplate;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;

/**
 * The stores of an application.
 */
final class Stores {

	/**
	 * The name of a store that was given none.
	 */
	private static final String DEFAULT_NAME = "ldapKeyValueTemplate";

	private Stores() {
	}

	/**
	 * Finds all stores, also those that are injected by name only.
	 * @param beanFactory where the stores are beans
	 * @return the stores by the names of their beans
	 */
	static Map<String, LdapKeyValueTemplate> of(ConfigurableListableBeanFactory beanFactory) {
		Map<String, LdapKeyValueTemplate> stores = new LinkedHashMap<>(
				SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, LdapKeyValueTemplate.class));
		stores.values().removeIf((store) -> !isOne(store));
		return stores;
	}

	/**
	 * Whether it is a store. A mock, which a test has put in a store's place, knows
	 * nothing of itself.
	 */
	static boolean isOne(LdapKeyValueTemplate store) {
		return store.info() != null;
	}

	/**
	 * The stores by their tags: the name that a store was given, and that of its bean if
	 * it was given none, or another store has it. A registry drops meters whose tags are
	 * those of others.
	 */
	static Map<String, LdapKeyValueTemplate> tagged(Map<String, LdapKeyValueTemplate> stores) {
		Map<String, LdapKeyValueTemplate> tagged = new LinkedHashMap<>();
		stores.forEach((bean, store) -> {
			String name = store.info().name();
			Stream.of(DEFAULT_NAME.equals(name) ? bean : name, bean, bean + "." + name)
				.filter((tag) -> !tagged.containsKey(tag))
				.findFirst()
				.ifPresent((tag) -> tagged.put(tag, store));
		});
		return tagged;
	}

}
