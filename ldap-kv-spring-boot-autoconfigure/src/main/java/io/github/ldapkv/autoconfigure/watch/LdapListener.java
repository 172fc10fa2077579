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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.watch.LdapChange;
import io.github.ldapkv.watch.LdapWatch;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Tells a method of a bean what changes among the entries that a query means, by a
 * {@link LdapWatch} that is open while the application runs.
 * <p>
 * The method returns nothing, and takes an {@link LdapChange}, an {@link LdapEntry}, both
 * or neither. With an {@link LdapEntry} it is not called for what has none:
 * {@link LdapChange.Kind#DELETED} and {@link LdapChange.Kind#CAUGHT_UP}. If it throws, it
 * is called again, {@code ldapkv.watch.attempts} times at most, or as a bean of the type
 * {@link io.github.ldapkv.watch.WatchErrorHandler} says.
 * <p>
 * The bean is a singleton, or has a scoped proxy. One that is lazy is told as soon as
 * something else has asked for it. Placeholders, <code>${...}</code>, stand in any text.
 * <p>
 * The threads of a watch do not keep an application alive. One that does nothing but
 * listen sets {@code spring.main.keep-alive}.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(LdapListeners.class)
@Reflective
public @interface LdapListener {

	/**
	 * Which entries: a pattern, as in {@link KeyQuery#of}.
	 * @return the pattern
	 */
	String value();

	/**
	 * What the listener is called in {@link LdapWatchRegistry}, in meters, in the log,
	 * and as the name of its checkpoint. By default it is the names of bean and method,
	 * as in {@code groups.changed}, and with a number from the second on:
	 * {@code groups.changed-2}.
	 * @return the id
	 */
	String id() default "";

	/**
	 * Which of these entries, as in {@link KeyQuery#filter}. By default all.
	 * @return an LDAP filter
	 */
	String filter() default "";

	/**
	 * Which attributes to be told of, as in {@link KeyQuery#attributes}. By default all
	 * user attributes.
	 * @return the names of attributes
	 */
	String[] attributes() default {};

	/**
	 * Which store, where there are several. By default it is the only or primary one.
	 * @return the name of a bean
	 */
	String store() default "";

	/**
	 * Whether what is there at first is told, as {@link LdapChange.Kind#CREATED}.
	 * @return whether it is
	 */
	boolean existing() default true;

	/**
	 * Whether the watch begins when the application has started, {@code true} or
	 * {@code false}. By default it is as {@code ldapkv.watch.auto-startup} says.
	 * @return whether it does
	 */
	String autoStartup() default "";

}
