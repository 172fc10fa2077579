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

package io.github.ldapkv.pool;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import javax.naming.NamingException;
import javax.naming.ldap.LdapContext;

import org.jspecify.annotations.Nullable;

/**
 * A connection of a pool, with what is known of it.
 */
final class LdapConnection {

	/**
	 * What changes nothing in the directory. All other calls count as writes.
	 */
	private static final Set<String> READS = Set.of("getAttributes", "search", "list", "listBindings", "getSchema",
			"getSchemaClassDefinition", "getNameParser", "composeName", "getNameInNamespace", "addToEnvironment",
			"removeFromEnvironment", "getEnvironment", "setRequestControls", "getRequestControls",
			"getResponseControls", "getConnectControls", "newInstance");

	private final LdapContext context;

	private final String url;

	private final @Nullable CountingSocket socket;

	private volatile boolean broken;

	/**
	 * Whether anything but a read was called.
	 */
	private volatile boolean writing;

	/**
	 * Whether the last call was the first that is none.
	 */
	private volatile boolean firstWrite;

	/**
	 * How many bytes were sent before that.
	 */
	private volatile long writtenBefore;

	/**
	 * What of the environment was set, and to what.
	 */
	private final Map<String, String> environment = new HashMap<>();

	LdapConnection(LdapContext context, String url, @Nullable CountingSocket socket) {
		this.context = context;
		this.url = url;
		this.socket = socket;
	}

	/**
	 * The connection starts a new life with another caller.
	 */
	void begin() {
		this.writing = false;
	}

	/**
	 * Notes a call before it is made.
	 */
	void calling(String method) {
		this.firstWrite = !this.writing && !READS.contains(method);
		if (this.firstWrite) {
			this.writtenBefore = written();
			this.writing = true;
		}
	}

	/**
	 * Notes that the server has refused what was called: it has done nothing of it.
	 */
	void refused() {
		if (this.firstWrite) {
			this.writing = false;
		}
	}

	/**
	 * Whether the server may have been sent a write since the caller has the connection:
	 * whether anything but a read was called, and anything was sent from then on.
	 */
	boolean mayHaveWritten() {
		return this.writing && (this.writtenBefore < 0 || written() != this.writtenBefore);
	}

	/**
	 * The connection of JNDI, whose calls are not noted.
	 */
	LdapContext context() {
		return this.context;
	}

	String url() {
		return this.url;
	}

	/**
	 * How many bytes were sent so far; -1 if that is not known.
	 */
	private long written() {
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
