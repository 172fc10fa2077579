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

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.autoconfigure.internal.ListenerException;
import io.github.ldapkv.watch.LdapWatch;
import io.github.ldapkv.watch.LdapWatchBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.NamedBeanHolder;

/**
 * Makes watches of what is annotated.
 */
final class WatchFactory {

	private static final Logger logger = LoggerFactory.getLogger(WatchFactory.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final WatchSetup setup;

	WatchFactory(ConfigurableListableBeanFactory beanFactory, WatchSetup setup) {
		this.beanFactory = beanFactory;
		this.setup = setup;
	}

	/**
	 * The watch of a listener, which is not open.
	 * @return empty if the store is a mock, of which nothing can be known
	 * @throws ListenerException if something is wrong with the listener
	 */
	Optional<ListenerWatch> watch(FoundListener found) {
		ListenerMethod method = ListenerMethod.of(found);
		LdapListener annotation = found.annotation();
		String given = resolve(annotation.id());
		String id = given.isEmpty() ? found.name() : given;
		KeyQuery query = checked(found, () -> query(annotation));
		boolean autoStartup = autoStartup(found);
		NamedBeanHolder<LdapKeyValueOperations> store = store(found);
		// A mock, which a test has put in the store's place, knows nothing of itself.
		if (store.getBeanInstance().base() == null) {
			logger.info("The listener '{}' is told nothing: the store '{}' is a mock, and is not watched", id,
					store.getBeanName());
			return Optional.empty();
		}
		LdapWatchBuilder builder = checked(found, () -> LdapWatch.on(store.getBeanInstance()))
			.existing(annotation.existing())
			.name("Listener '" + id + "'");
		this.setup.apply(builder, id, store.getBeanInstance());
		return Optional.of(new ListenerWatch(id, store.getBeanName(), autoStartup, () -> builder.start(query, method)));
	}

	private KeyQuery query(LdapListener annotation) {
		KeyQuery query = KeyQuery.of(resolve(annotation.value()));
		String filter = resolve(annotation.filter());
		if (!filter.isEmpty()) {
			query = query.filter(filter);
		}
		String[] attributes = Arrays.stream(annotation.attributes()).map(this::resolve).toArray(String[]::new);
		return (attributes.length > 0) ? query.attributes(attributes) : query;
	}

	private boolean autoStartup(FoundListener found) {
		return switch (resolve(found.annotation().autoStartup())) {
			case "" -> this.setup.isAutoStartup();
			case "true" -> true;
			case "false" -> false;
			default -> throw new ListenerException(found.method().toString(),
					"has the autoStartup '" + resolve(found.annotation().autoStartup()) + "'",
					"Say true or false, or leave it out.");
		};
	}

	private NamedBeanHolder<LdapKeyValueOperations> store(FoundListener found) {
		String name = resolve(found.annotation().store());
		try {
			return name.isEmpty() ? this.beanFactory.resolveNamedBean(LdapKeyValueOperations.class)
					: new NamedBeanHolder<>(name, this.beanFactory.getBean(name, LdapKeyValueOperations.class));
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new ListenerException(found.method().toString(), "does not say which store it means: " + stores(),
					"Name one of them with the attribute 'store', or make one the primary.");
		}
		catch (NoSuchBeanDefinitionException | BeanNotOfRequiredTypeException ex) {
			throw new ListenerException(found.method().toString(),
					"means the store '" + name + "', and there is " + (stores().isEmpty() ? "none" : stores()),
					"Name the bean of a store.");
		}
	}

	private String stores() {
		return String.join(", ", this.beanFactory.getBeanNamesForType(LdapKeyValueOperations.class));
	}

	private String resolve(String text) {
		try {
			return Objects.requireNonNullElse(this.beanFactory.resolveEmbeddedValue(text), "").strip();
		}
		catch (IllegalArgumentException ex) {
			throw new ListenerException("with '" + text + "'", "has a placeholder without a value: " + ex.getMessage(),
					"Set the property, or give the placeholder a default.");
		}
	}

	private static <T> T checked(FoundListener found, Supplier<T> supplier) {
		try {
			return supplier.get();
		}
		catch (IllegalArgumentException ex) {
			throw new ListenerException(found.method().toString(), "cannot be told anything: " + ex.getMessage(),
					"Correct its @LdapListener.");
		}
	}

}
