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

package io.github.ldapkv.autoconfigure.diagnostics;

import java.util.List;

import io.github.ldapkv.autoconfigure.internal.BaseSyntax;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Which properties say where the directory of the store is.
 *
 * @param own whether it is a directory of the store's own
 * @param applicationBase the base of the application's directory; empty if it has none
 * @param storeBase the base of the store; empty if it has none
 */
record ConfiguredDirectory(boolean own, String applicationBase, String storeBase) {

	static ConfiguredDirectory of(@Nullable Environment environment) {
		if (environment == null) {
			return new ConfiguredDirectory(false, "", "");
		}
		boolean own = !Binder.get(environment)
			.bind("ldapkv.urls", Bindable.listOf(String.class))
			.orElse(List.of())
			.isEmpty();
		return new ConfiguredDirectory(own, own ? "" : property(environment, "spring.ldap.base"),
				BaseSyntax.dn(property(environment, "ldapkv.base")));
	}

	/**
	 * A property as it is bound: a placeholder in it that nothing replaces stays.
	 */
	static String property(Environment environment, String name) {
		return Binder.get(environment).bind(name, String.class).orElse("");
	}

	String urlsName() {
		return this.own ? "ldapkv.urls" : "spring.ldap.urls";
	}

	String usernameName() {
		return this.own ? "ldapkv.username" : "spring.ldap.username";
	}

	String passwordName() {
		return this.own ? "ldapkv.password" : "spring.ldap.password";
	}

	/**
	 * Where keys begin.
	 */
	String base() {
		if (this.storeBase.isEmpty() || this.applicationBase.isEmpty()) {
			return this.storeBase + this.applicationBase;
		}
		return this.storeBase + "," + this.applicationBase;
	}

}
