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

package io.github.ldapkv.internal.wire.jndi;

import java.util.LinkedHashMap;
import java.util.Map;

import javax.naming.NamingException;
import javax.naming.ldap.LdapContext;

import com.unboundid.ldap.sdk.LDAPException;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a context, which are as they were once its session is over.
 */
final class ContextSettings {

	private final LdapContext context;

	/**
	 * What a context of somebody else had, in the order of the changes.
	 */
	private final Map<String, @Nullable Object> before = new LinkedHashMap<>();

	ContextSettings(LdapContext context) {
		this.context = context;
	}

	/**
	 * Changes a setting.
	 */
	void set(String name, String value) throws LDAPException {
		try {
			Object old = this.context.addToEnvironment(name, value);
			// Not putIfAbsent: there may have been none.
			if (!this.before.containsKey(name)) {
				this.before.put(name, old);
			}
		}
		catch (NamingException ex) {
			throw JndiFailures.of(ex);
		}
	}

	/**
	 * Makes the settings what they were.
	 */
	void restore() throws LDAPException {
		try {
			for (Map.Entry<String, @Nullable Object> setting : this.before.entrySet()) {
				if (setting.getValue() != null) {
					this.context.addToEnvironment(setting.getKey(), setting.getValue());
				}
				else {
					this.context.removeFromEnvironment(setting.getKey());
				}
			}
		}
		catch (NamingException ex) {
			throw JndiFailures.of(ex);
		}
	}

}
