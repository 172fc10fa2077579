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

import java.util.Map;

import io.github.ldapkv.autoconfigure.internal.SecretSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ldap.autoconfigure.LdapProperties;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * What the application's settings say that its context source does not tell.
 *
 * @param anonymousReads whether reads are anonymous
 * @param environment the environment for JNDI
 * @param sslBundle the SSL bundle of its connections, if it names one
 */
record ApplicationLdap(boolean anonymousReads, Map<String, String> environment, @Nullable String sslBundle) {

	/**
	 * By name, because Spring Boot has it in some versions only.
	 */
	static final String SSL_BUNDLE = "spring.ldap.ssl.bundle";

	static ApplicationLdap of(@Nullable LdapProperties properties, Environment environment) {
		if (properties == null) {
			return new ApplicationLdap(false, Map.of(), null);
		}
		return new ApplicationLdap(Boolean.TRUE.equals(properties.getAnonymousReadOnly()),
				Map.copyOf(properties.getBaseEnvironment()), environment.getProperty(SSL_BUNDLE));
	}

	/**
	 * Refuses the settings of JNDI that are about security, each by its name: the store's
	 * connections are none of JNDI's.
	 * @param encrypted whether the URLs are {@code ldaps://}
	 */
	void checkEnvironment(boolean encrypted) {
		this.environment.forEach((name, value) -> {
			String reason = StringUtils.hasLength(value) ? JndiSettings.refusal(name, value, encrypted) : null;
			if (reason != null) {
				// It may be a password.
				throw new SecretSettingException("spring.ldap.base-environment[" + name + "]",
						"The setting of JNDI has no effect on the store: " + reason);
			}
		});
	}

	/**
	 * The bundle to use when the store has a setting of its own.
	 */
	@Nullable String sslBundle(@Nullable String ofStore) {
		if (!StringUtils.hasLength(this.sslBundle)) {
			return ofStore;
		}
		if (StringUtils.hasLength(ofStore) && !ofStore.equals(this.sslBundle)) {
			throw new InvalidConfigurationPropertyValueException("ldapkv.ssl.bundle", ofStore, SSL_BUNDLE + " is '"
					+ this.sslBundle + "' for the same server. Remove ldapkv.ssl.bundle, and the store uses that one.");
		}
		return this.sslBundle;
	}

}
