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

package io.github.ldapkv.autoconfigure;

import javax.naming.Context;

import org.jspecify.annotations.Nullable;

/**
 * The settings of JNDI that are about security, and that the store's own connections have
 * others for. To ignore one would be to send in clear text, say, what was to be
 * encrypted.
 */
final class JndiSettings {

	private static final String SOCKET_FACTORY = "java.naming.ldap.factory.socket";

	private static final String OTHER_BIND = "To bind as a client certificate, set ldapkv.ssl.external-bind; to bind "
			+ "in another way, give the store's pool a bind request, by a LdapConnectionPoolBuilderCustomizer.";

	private JndiSettings() {
	}

	/**
	 * Why a setting is refused.
	 * @param encrypted whether the URLs are {@code ldaps://}
	 * @return the reason, with what to do instead; {@code null} if it may be there
	 */
	static @Nullable String refusal(String name, String value, boolean encrypted) {
		return switch (name) {
			case Context.SECURITY_PROTOCOL -> encrypted ? null
					: "its connections to ldap:// are in clear text. Use ldaps:// in the URLs, or StartTLS "
							+ "(ldapkv.start-tls).";
			case SOCKET_FACTORY -> "it makes its sockets itself. Whom ldaps:// and StartTLS trust is what its SSL "
					+ "bundle says (ldapkv.ssl.bundle).";
			case Context.SECURITY_PRINCIPAL, Context.SECURITY_CREDENTIALS ->
				"it binds as spring.ldap.username with spring.ldap.password.";
			case Context.SECURITY_AUTHENTICATION -> "simple".equals(value) ? null
					: "it binds with a user name and a password, or anonymously without. " + OTHER_BIND;
			default -> refusalOfKind(name);
		};
	}

	private static @Nullable String refusalOfKind(String name) {
		if (name.startsWith("java.naming.security.") || name.startsWith("javax.security.sasl.")
				|| name.startsWith("com.sun.jndi.ldap.tls.")) {
			return "it belongs to SASL. " + OTHER_BIND;
		}
		return name.startsWith("javax.net.ssl.")
				? "it is a property of the JVM. Whom ldaps:// and StartTLS trust is what the store's SSL bundle says "
						+ "(ldapkv.ssl.bundle)."
				: null;
	}

}
