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

import java.util.Hashtable;

import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.LdapContext;

import org.springframework.ldap.core.support.DirContextAuthenticationStrategy;

/**
 * Binds as the client certificate of the TLS connection (SASL EXTERNAL, RFC 4422).
 */
final class ExternalBind implements DirContextAuthenticationStrategy {

	private static final String EXTERNAL = "EXTERNAL";

	@Override
	public void setupEnvironment(Hashtable<String, Object> env, String userDn, String password) {
		env.put(Context.SECURITY_AUTHENTICATION, EXTERNAL);
	}

	@Override
	public DirContext processContextAfterCreation(DirContext context, String userDn, String password) {
		return context;
	}

	/**
	 * Binds on a connection that is there.
	 */
	static void bind(LdapContext context) throws NamingException {
		context.addToEnvironment(Context.SECURITY_AUTHENTICATION, EXTERNAL);
		context.reconnect(null);
	}

}
