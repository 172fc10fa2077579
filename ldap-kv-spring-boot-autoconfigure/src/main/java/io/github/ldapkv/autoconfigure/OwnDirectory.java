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

import io.github.ldapkv.autoconfigure.internal.SecretSettingException;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * The directory that {@code ldapkv.urls} names, where the store does not work on the
 * application's.
 */
final class OwnDirectory {

	private static final String USERNAME = "ldapkv.username";

	private static final String PASSWORD = "ldapkv.password";

	private OwnDirectory() {
	}

	/**
	 * Whether the store has a directory of its own.
	 * @throws InvalidConfigurationPropertyValueException if it has none, but an account
	 * there
	 */
	static boolean isConfigured(LdapKeyValueProperties properties) {
		if (!properties.getUrls().isEmpty()) {
			return true;
		}
		String reason = "It is an account of the directory that 'ldapkv.urls' names, which is not set. "
				+ "For the application's directory, set 'spring.ldap.username' and 'spring.ldap.password'.";
		if (StringUtils.hasLength(properties.getUsername())) {
			throw new InvalidConfigurationPropertyValueException(USERNAME, properties.getUsername(), reason);
		}
		if (StringUtils.hasLength(properties.getPassword())) {
			throw new SecretSettingException(PASSWORD, reason);
		}
		return false;
	}

	/**
	 * Refuses half an account.
	 */
	static void check(LdapKeyValueProperties properties) {
		boolean hasUsername = StringUtils.hasLength(properties.getUsername());
		if (hasUsername != StringUtils.hasLength(properties.getPassword())) {
			throw new InvalidConfigurationPropertyValueException(hasUsername ? PASSWORD : USERNAME, "",
					"A user name needs a password, and a password a user name. Without both the store is anonymous.");
		}
	}

}
