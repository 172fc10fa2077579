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

import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import javax.naming.ldap.LdapContext;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

import org.springframework.ldap.AuthenticationException;
import org.springframework.ldap.core.AuthenticationSource;
import org.springframework.ldap.core.support.DirContextAuthenticationStrategy;
import org.springframework.ldap.core.support.LdapContextSource;

/**
 * Opens single connections: connects, starts TLS, binds.
 *
 * @param base the base of the names
 * @param authenticationSource the account; empty names for an anonymous one
 * @param anonymousReads whether the account is for writes only
 * @param strategy how to bind; {@code null} for a simple bind
 * @param environment the environment for JNDI
 * @param connectTimeout how long to wait for all of it
 * @param sslContext whom to trust; {@code null} for what the JDK trusts
 */
record ConnectionOpener(String base, AuthenticationSource authenticationSource, boolean anonymousReads,
		@Nullable DirContextAuthenticationStrategy strategy, Map<String, Object> environment, Duration connectTimeout,
		@Nullable Supplier<SSLContext> sslContext) {

	LdapConnection open(String url, boolean readOnly) {
		if (readOnly && this.anonymousReads) {
			return connect(url, "", "");
		}
		String userDn = Objects.requireNonNullElse(this.authenticationSource.getPrincipal(), "");
		String password = Objects.requireNonNullElse(this.authenticationSource.getCredentials(), "");
		if (this.strategy == null || this.strategy instanceof StartTls startTls && !startTls.isExternal()) {
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
		return withPasswords().connect(url, userDn, password);
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
		LdapContextSource source = contextSource(url);
		// Asked here, since JNDI takes the failure of it for one of the server.
		SSLContext trust = isEncrypted(url) ? trust() : null;
		LdapSocketFactory sockets = new LdapSocketFactory(this.connectTimeout, trust);
		LdapContext context = sockets.open(() -> (LdapContext) source.getContext(userDn, password));
		return new LdapConnection(context, url, sockets.socket());
	}

	/**
	 * Opens connections whose names are absolute.
	 */
	ConnectionOpener withoutBase() {
		return new ConnectionOpener("", this.authenticationSource, this.anonymousReads, this.strategy, this.environment,
				this.connectTimeout, this.sslContext);
	}

	private ConnectionOpener withPasswords() {
		DirContextAuthenticationStrategy binding = this.strategy;
		if (binding instanceof StartTls) {
			binding = new StartTls(this.sslContext, false);
		}
		else if (binding instanceof ExternalBind) {
			binding = null;
		}
		return new ConnectionOpener(this.base, this.authenticationSource, this.anonymousReads, binding,
				this.environment, this.connectTimeout, this.sslContext);
	}

	private LdapContextSource contextSource(String url) {
		LdapContextSource source = new LdapContextSource();
		source.setUrl(url);
		source.setBase(this.base);
		source.setAuthenticationSource(new Account(this.authenticationSource));
		source.setCacheEnvironmentProperties(false);
		source.setBaseEnvironmentProperties(this.environment);
		if (this.strategy != null) {
			source.setAuthenticationStrategy(this.strategy);
		}
		source.afterPropertiesSet();
		return source;
	}

	private static boolean isEncrypted(String url) {
		return url.toLowerCase(Locale.ROOT).startsWith("ldaps:");
	}

	private SSLContext trust() {
		try {
			return (this.sslContext != null) ? this.sslContext.get() : SSLContext.getDefault();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("The JDK has no TLS", ex);
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
		return "connections as " + this.authenticationSource.getPrincipal();
	}

}
