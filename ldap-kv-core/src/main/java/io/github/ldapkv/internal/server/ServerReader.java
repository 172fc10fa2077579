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

package io.github.ldapkv.internal.server;

import java.util.Set;
import java.util.function.UnaryOperator;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.wire.ServerFacts;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.server.ServerCapabilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ldap.core.ContextSource;

/**
 * Finds out what the server can do, and its schema. Both lie outside of any base, so a
 * context source that has one is asked for a connection that has none.
 */
public final class ServerReader {

	private static final Logger logger = LoggerFactory.getLogger(ServerReader.class);

	private final ContextSource contextSource;

	private final DistinguishedName contextBase;

	private final UnaryOperator<ServerCapabilities> correction;

	public ServerReader(ContextSource contextSource, DistinguishedName contextBase,
			UnaryOperator<ServerCapabilities> correction) {
		this.contextSource = contextSource;
		this.contextBase = contextBase;
		this.correction = correction;
	}

	/**
	 * Reads it.
	 * @param session a connection, which is used if it has no base
	 * @throws LDAPException if the connection fails, or the server is busy
	 */
	ServerFacts read(Session session) throws LDAPException {
		return session.hasNoBase() ? readFrom(session) : readWithoutBase();
	}

	private ServerFacts readWithoutBase() throws LDAPException {
		try (RootConnection root = RootConnection.open(this.contextSource)) {
			if (root != null) {
				return readFrom(root.session());
			}
		}
		logger.warn("A {} that has a base opens no connections without it, so the server's schema and what it can do "
				+ "stay unknown. Give the base to the store, by LdapKeyValueTemplate.builder(contextSource).base(...), "
				+ "and none to the context source", this.contextSource.getClass().getName());
		return new ServerFacts(DirectorySchema.hidden(), this.correction.apply(ServerCapabilities.unknown()), Set.of());
	}

	/**
	 * Whoever says that the server is another one than it was taken for knows its quirks
	 * better, too.
	 */
	private ServerFacts readFrom(Session root) throws LDAPException {
		ServerFacts found = RootDse.read(root);
		ServerCapabilities corrected = this.correction.apply(found.capabilities());
		boolean same = corrected.server().equals(found.capabilities().server());
		return new ServerFacts(SchemaReader.read(root, this.contextBase), corrected, same ? found.quirks() : Set.of());
	}

}
