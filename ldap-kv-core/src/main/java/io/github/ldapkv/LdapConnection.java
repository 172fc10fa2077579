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

package io.github.ldapkv;

import java.util.HashMap;
import java.util.Map;

import javax.naming.NamingException;
import javax.naming.ldap.LdapContext;

import org.jspecify.annotations.Nullable;

/**
 * A connection of a pool, with what is known of it.
 */
final class LdapConnection {

	private final LdapContext context;

	private final String url;

	private final @Nullable CountingSocket socket;

	private volatile boolean broken;

	/**
	 * What of the environment was set, and to what.
	 */
	private final Map<String, String> environment = new HashMap<>();

	LdapConnection(LdapContext context, String url, @Nullable CountingSocket socket) {
		this.context = context;
		this.url = url;
		this.socket = socket;
	}

	LdapContext context() {
		return this.context;
	}

	String url() {
		return this.url;
	}

	/**
	 * How many bytes were sent so far.
	 */
	long written() {
		return (this.socket != null) ? this.socket.written() : -1;
	}

	boolean isBroken() {
		return this.broken;
	}

	/**
	 * Marks the connection as one that must not be used again.
	 */
	void breakOff() {
		this.broken = true;
	}

	/**
	 * Sets a part of the environment, which JNDI copies as a whole each time.
	 */
	void set(String name, String value) throws NamingException {
		if (!value.equals(this.environment.put(name, value))) {
			this.context.addToEnvironment(name, value);
		}
	}

}
