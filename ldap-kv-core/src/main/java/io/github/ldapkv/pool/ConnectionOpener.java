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

import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;

import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import javax.net.ssl.SSLContext;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.wire.SentSecrets;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.jndi.JndiFailures;
import org.jspecify.annotations.Nullable;

import org.springframework.ldap.AuthenticationException;
import org.springframework.ldap.core.AuthenticationSource;
import org.springframework.ldap.core.support.DirContextAuthenticationStrategy;
import org.springframework.ldap.core.support.LdapContextSource;
import org.springframework.ldap.support.LdapUtils;

/**
 * Opens single connections: connects, starts TLS, binds.
 *
 * @param base the base of the names
 * @param bind as whom they bind, and how
 * @param tls how they are encrypted
 * @param environment the environment for JNDI
 * @param connectTimeout how long to wait for all of it
 */
record ConnectionOpener(String base, BindSettings bind, TlsSettings tls, Map<String, Object> environment,
		Duration connectTimeout) {

	LdapConnection open(String url) {
		String userDn = Objects.requireNonNullElse(this.bind.account().getPrincipal(), "");
		String password = Objects.requireNonNullElse(this.bind.account().getCredentials(), "");
		if (this.bind.strategy() == null && !this.bind.external()) {
			refuseHalfAnAccount(userDn, password);
		}
		return connect(url, userDn, password);
	}

	/**
	 * Opens a connection for an account, which binds with its password and not as the
	 * client certificate.
	 * @throws AuthenticationException if the server refuses the account, or if it has a
	 * user name or a password only
	 */
	LdapConnection open(String url, String userDn, String password) {
		refuseHalfAnAccount(userDn, password);
		return new ConnectionOpener(this.base, this.bind.withPassword(), this.tls, this.environment,
				this.connectTimeout)
			.connect(url, userDn, password);
	}

	/**
	 * RFC 4513, section 5.1.2: a server that says yes to such a bind has compared
	 * nothing.
	 */
	private static void refuseHalfAnAccount(String userDn, String password) {
		if (!userDn.isEmpty() && password.isEmpty()) {
			throw new AuthenticationException(new javax.naming.AuthenticationException("the user name '" + userDn
					+ "' has no password, and a server takes such a bind for an anonymous one: give a password, or "
					+ "no user name"));
		}
		if (userDn.isEmpty() && !password.isEmpty()) {
			throw new AuthenticationException(new javax.naming.AuthenticationException(
					"there is a password and no user name, which is no account: give both, or neither"));
		}
	}

	private LdapConnection connect(String url, String userDn, String password) {
		boolean encrypted = ServerUrls.isEncrypted(url);
		// Asked here, before anything is sent, and since JNDI takes the failure of it for
		// one of the server.
		SSLContext trust = (encrypted || this.tls.start()) ? this.tls.trust() : null;
		LdapContextSource source = contextSource(url, strategy(trust));
		LdapSocketFactory sockets = new LdapSocketFactory(this.connectTimeout, encrypted ? trust : null);
		try {
			LdapContext context = sockets.open(() -> (LdapContext) source.getContext(userDn, password));
			return new LdapConnection(context, url, sockets.socket());
		}
		catch (org.springframework.ldap.NamingException ex) {
			throw presentable(ex, password);
		}
	}

	private static RuntimeException presentable(org.springframework.ldap.NamingException ex, String password) {
		if (!(ex.getCause() instanceof NamingException cause) || !JndiFailures.isAnswer(cause)) {
			return ex;
		}
		LDAPException answer = JndiFailures.of(cause);
		LDAPException presentable = ServerResult.presentable(SentSecrets.removedFrom(answer, password));
		boolean asItIs = presentable == answer && JndiFailures.isPresentable(cause);
		return asItIs ? ex : LdapUtils.convertLdapException(JndiFailures.saying(presentable, cause));
	}

	private @Nullable DirContextAuthenticationStrategy strategy(@Nullable SSLContext trust) {
		if (this.tls.start() && trust != null) {
			return new StartTls(trust, this.bind.external());
		}
		return this.bind.external() ? new ExternalBind() : this.bind.strategy();
	}

	/**
	 * Opens connections whose names are absolute.
	 */
	ConnectionOpener withoutBase() {
		return new ConnectionOpener("", this.bind, this.tls, this.environment, this.connectTimeout);
	}

	private LdapContextSource contextSource(String url, @Nullable DirContextAuthenticationStrategy binding) {
		LdapContextSource source = new Source();
		source.setUrl(url);
		source.setBase(this.base);
		source.setAuthenticationSource(new Account(this.bind.account()));
		source.setCacheEnvironmentProperties(false);
		source.setBaseEnvironmentProperties(this.environment);
		if (binding != null) {
			source.setAuthenticationStrategy(binding);
		}
		source.afterPropertiesSet();
		return source;
	}

	private static final class Source extends LdapContextSource {

		@Override
		protected DirContext getDirContextInstance(Hashtable<String, Object> settings) throws NamingException {
			return new OpenedContext(settings);
		}

	}

	/**
	 * A context whose settings are seen to when all are there, and before it connects.
	 */
	private static final class OpenedContext extends InitialLdapContext {

		OpenedContext(Hashtable<String, Object> settings) throws NamingException {
			super(settings, null);
		}

		@Override
		protected Context getDefaultInitCtx() throws NamingException {
			if (!this.gotDefault) {
				JndiSettings.complete(this.myProps);
			}
			return super.getDefaultInitCtx();
		}

	}

	/**
	 * The account of another context source is taken by this one for its own, which it
	 * then says is not set.
	 */
	private record Account(AuthenticationSource source) implements AuthenticationSource {

		@Override
		public String getPrincipal() {
			return this.source.getPrincipal();
		}

		@Override
		public String getCredentials() {
			return this.source.getCredentials();
		}

		@Override
		public String toString() {
			return getPrincipal();
		}

	}

	@Override
	public String toString() {
		return "connections as " + this.bind.account().getPrincipal();
	}

}
