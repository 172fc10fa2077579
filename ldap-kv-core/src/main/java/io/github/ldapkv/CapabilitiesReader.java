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

import java.util.function.UnaryOperator;

import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.LdapContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.support.LdapContextSource;
import org.springframework.ldap.support.LdapUtils;

/**
 * Finds out what the server can do.
 */
final class CapabilitiesReader {

	private static final Logger logger = LoggerFactory.getLogger(LdapKeyValueTemplate.class);

	private final ContextSource contextSource;

	private final LdapKey contextBase;

	private final UnaryOperator<ServerCapabilities> correction;

	CapabilitiesReader(ContextSource contextSource, LdapKey contextBase, UnaryOperator<ServerCapabilities> correction) {
		this.contextSource = contextSource;
		this.contextBase = contextBase;
		this.correction = correction;
	}

	/**
	 * Reads the capabilities.
	 * @param context a connection; one that has a base cannot name the root DSE
	 */
	ServerCapabilities read(LdapContext context) throws NamingException {
		return this.correction.apply(this.contextBase.isRoot() ? RootDse.read(context) : readWithoutBase());
	}

	/**
	 * Says which server it is, once.
	 */
	static void log(ServerCapabilities capabilities) {
		logger.info("The directory server is {}", capabilities);
	}

	private ServerCapabilities readWithoutBase() throws NamingException {
		if (this.contextSource instanceof LdapConnectionPool pool) {
			return readAndClose(pool.openWithoutBase());
		}
		if (this.contextSource.getClass() == LdapContextSource.class) {
			LdapContextSource based = (LdapContextSource) this.contextSource;
			LdapContextSource root = new LdapContextSource();
			root.setUrls(based.getUrls());
			root.setAuthenticationSource(based.getAuthenticationSource());
			root.afterPropertiesSet();
			return readAndClose(root.getReadOnlyContext());
		}
		logger.info("A {} with a base cannot ask the server what it can do", this.contextSource.getClass().getName());
		return ServerCapabilities.unknown();
	}

	private static ServerCapabilities readAndClose(DirContext root) throws NamingException {
		try {
			return RootDse.read(root);
		}
		finally {
			LdapUtils.closeContext(root);
		}
	}

}
