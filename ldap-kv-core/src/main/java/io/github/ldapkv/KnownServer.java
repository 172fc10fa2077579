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

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import javax.naming.NamingException;
import javax.naming.ldap.LdapContext;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the server: its schema, what it can do, and which attributes JNDI has
 * to return as bytes.
 * <p>
 * It is read once. Callers that need it before it is there each read it on a connection
 * of their own, so that none waits for the answer to another.
 */
final class KnownServer {

	/**
	 * Any writer may make up options, and each connection is told of all.
	 */
	private static final int MOST_FOUND = 200;

	private final ServerReader reader;

	private final Set<String> configuredBinary;

	/**
	 * Held to publish what was read, and not to read it.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * Attributes that came as mangled text, the one found last at the end.
	 */
	private final Set<String> foundBinary = new LinkedHashSet<>();

	private String schemaBinary = "";

	private volatile ServerReader.@Nullable Found found;

	private volatile String binaryAttributes = "";

	KnownServer(ServerReader reader, Set<String> configuredBinary) {
		this.reader = reader;
		this.configuredBinary = configuredBinary;
	}

	/**
	 * The server's schema, read on the first call that reaches the server.
	 */
	DirectorySchema schema(LdapContext context) throws NamingException {
		return found(context).schema();
	}

	/**
	 * What the server can do, read with its schema.
	 */
	ServerCapabilities capabilities(LdapContext context) throws NamingException {
		return found(context).capabilities();
	}

	private ServerReader.Found found(LdapContext context) throws NamingException {
		ServerReader.Found known = this.found;
		return (known != null) ? known : publish(this.reader.read(context));
	}

	private ServerReader.Found publish(ServerReader.Found read) {
		this.lock.lock();
		try {
			ServerReader.Found known = this.found;
			if (known != null) {
				return known;
			}
			read.log();
			known = new ServerReader.Found(read.schema().withBinary(this.configuredBinary), read.capabilities());
			this.schemaBinary = String.join(" ", known.schema().binaryNames());
			this.binaryAttributes = joined();
			this.found = known;
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The server's schema, as far as it was read.
	 */
	@Nullable DirectorySchema knownSchema() {
		ServerReader.Found known = this.found;
		return (known != null) ? known.schema() : null;
	}

	/**
	 * What the server can do, as far as it was asked.
	 */
	@Nullable ServerCapabilities knownCapabilities() {
		ServerReader.Found known = this.found;
		return (known != null) ? known.capabilities() : null;
	}

	/**
	 * The attributes that JNDI has to return as bytes, as it wants them.
	 */
	String binaryAttributes() {
		return this.binaryAttributes;
	}

	/**
	 * Makes JNDI return attributes as bytes from now on, as far as they are not too many.
	 * It does not know that options ({@code jpegPhoto;lang-en}) do not change an
	 * attribute's syntax, and compares the whole description; nor does it tell a text
	 * that is no UTF-8 from one that is.
	 * @param descriptions all that came mangled in a call
	 * @return the attributes for the rest of that call, all of these among them
	 */
	String addBinary(Collection<String> descriptions) {
		this.lock.lock();
		try {
			for (String description : descriptions) {
				String name = AttributeNames.lower(description);
				this.foundBinary.remove(name);
				this.foundBinary.add(name);
			}
			String all = joined();
			Iterator<String> oldest = this.foundBinary.iterator();
			while (this.foundBinary.size() > MOST_FOUND) {
				oldest.next();
				oldest.remove();
			}
			this.binaryAttributes = joined();
			return all;
		}
		finally {
			this.lock.unlock();
		}
	}

	private String joined() {
		return this.schemaBinary + " " + String.join(" ", this.foundBinary);
	}

}
