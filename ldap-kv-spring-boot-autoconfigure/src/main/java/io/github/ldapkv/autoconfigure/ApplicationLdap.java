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

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ldap.autoconfigure.LdapProperties;

/**
 * What the application's settings say that its context source does not tell.
 *
 * @param anonymousReads whether reads are anonymous
 * @param environment the environment for JNDI
 */
record ApplicationLdap(boolean anonymousReads, Map<String, String> environment) {

	static ApplicationLdap of(@Nullable LdapProperties properties) {
		if (properties == null) {
			return new ApplicationLdap(false, Map.of());
		}
		return new ApplicationLdap(Boolean.TRUE.equals(properties.getAnonymousReadOnly()),
				Map.copyOf(properties.getBaseEnvironment()));
	}

}
