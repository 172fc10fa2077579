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

import java.io.IOException;
import java.util.Hashtable;

import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;
import javax.net.ssl.SSLContext;

import org.springframework.ldap.core.support.DirContextAuthenticationStrategy;
import org.springframework.ldap.support.LdapUtils;

/**
 * Starts TLS (RFC 4511, section 4.14) on a connection before it binds. The host name is
 * verified, by JNDI.
 */
final class StartTls implements DirContextAuthenticationStrategy {

	private final SSLContext trust;

	private final boolean external;

	/**
	 * Creates a strategy.
	 * @param trust whom to trust
	 * @param external whether to bind as the client certificate
	 */
	StartTls(SSLContext trust, boolean external) {
		this.trust = trust;
		this.external = external;
	}

	@Override
	public void setupEnvironment(Hashtable<String, Object> env, String userDn, String password) {
		// No bind yet: it would send the password in clear text.
		env.put(Context.SECURITY_AUTHENTICATION, "none");
	}

	@Override
	public DirContext processContextAfterCreation(DirContext created, String userDn, String password)
			throws NamingException {
		LdapContext context = (LdapContext) created;
		boolean done = false;
		try {
			start(context);
			bind(context, userDn, password);
			done = true;
			return context;
		}
		finally {
			if (!done) {
				// Spring LDAP does so after a NamingException only.
				LdapUtils.closeContext(context);
			}
		}
	}

	private void start(LdapContext context) throws NamingException {
		StartTlsResponse tls = (StartTlsResponse) context.extendedOperation(new StartTlsRequest());
		// JNDI has no limit on the time of this handshake; the socket's own holds
		// while no other thread reads.
		try (LdapSocketFactory.ReadLimit limit = LdapSocketFactory.limitReads()) {
			tls.negotiate(this.trust.getSocketFactory());
		}
		catch (IOException ex) {
			CommunicationException failure = new CommunicationException("TLS could not be started");
			failure.setRootCause(ex);
			throw failure;
		}
	}

	private void bind(LdapContext context, String userDn, String password) throws NamingException {
		if (this.external) {
			ExternalBind.bind(context);
		}
		else if (userDn != null && !userDn.isEmpty()) {
			context.addToEnvironment(Context.SECURITY_AUTHENTICATION, "simple");
			context.addToEnvironment(Context.SECURITY_PRINCIPAL, userDn);
			context.addToEnvironment(Context.SECURITY_CREDENTIALS, password);
			// The bind happens now, and not with the first operation: a wrong password
			// must not go unnoticed where the server allows anonymous access.
			context.reconnect(null);
		}
	}

}
