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
import java.util.LinkedHashMap;
import java.util.Map;

import javax.naming.Context;

import io.github.ldapkv.internal.text.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * The settings of JNDI that are about security and that the pool's own take the place of.
 * To ignore one would be to send in clear text, say, what was to be encrypted.
 */
final class JndiSettings {

	static final String SOCKET_FACTORY = "java.naming.ldap.factory.socket";

	private JndiSettings() {
	}

	/**
	 * The settings of a connection: those that were given, but for what the pool has
	 * settings of its own for.
	 */
	static Map<String, Object> of(Map<String, ?> given, Duration connectTimeout, Duration readTimeout) {
		Map<String, Object> settings = new LinkedHashMap<>(given);
		settings.put("com.sun.jndi.ldap.connect.timeout", String.valueOf(connectTimeout.toMillis()));
		settings.put("com.sun.jndi.ldap.read.timeout", String.valueOf(readTimeout.toMillis()));
		settings.put(SOCKET_FACTORY, LdapSocketFactory.class.getName());
		settings.put("java.naming.ldap.derefAliases", "never");
		settings.put(Context.REFERRAL, "ignore");
		// Entries without their values would be written back so.
		settings.put("java.naming.ldap.typesOnly", "false");
		// The value that a moved entry was named by would stay.
		settings.put("java.naming.ldap.deleteRDN", "true");
		// JNDI's own pool would hand out connections that are not set up so.
		settings.remove("com.sun.jndi.ldap.connect.pool");
		return settings;
	}

	/**
	 * Refuses the settings that a pool cannot keep.
	 * @param environment the settings
	 * @param encrypted whether the URLs are {@code ldaps://}
	 * @throws IllegalArgumentException if there is one; the message has its name, and not
	 * its value
	 */
	static void check(Map<String, ?> environment, boolean encrypted) {
		environment.forEach((name, value) -> {
			String reason = (value == null || "".equals(value)) ? null : refusal(name, value, encrypted);
			if (reason != null) {
				throw new IllegalArgumentException(
						"The setting '" + Excerpt.of(name) + "' of JNDI has no effect on the store: " + reason);
			}
		});
	}

	private static @Nullable String refusal(String name, Object value, boolean encrypted) {
		return switch (name) {
			case Context.SECURITY_PROTOCOL -> encrypted ? null
					: "its connections to ldap:// are in clear text. Use ldaps:// in the URLs, or StartTLS "
							+ "(ldapkv.start-tls).";
			case SOCKET_FACTORY -> "it makes its sockets itself. Whom ldaps:// and StartTLS trust is what the SSL "
					+ "context of the pool says (ldapkv.ssl.bundle).";
			case Context.SECURITY_PRINCIPAL, Context.SECURITY_CREDENTIALS ->
				"give it the user name and the password of its account (spring.ldap.username and "
						+ "spring.ldap.password).";
			case Context.SECURITY_AUTHENTICATION -> "simple".equals(value) ? null
					: "it binds with a user name and a password, or anonymously without. To bind as a client "
							+ "certificate, set that (ldapkv.ssl.external-bind); to bind in another way, give it a "
							+ "DirContextAuthenticationStrategy that sets up the environment.";
			default -> refusalOfKind(name);
		};
	}

	private static @Nullable String refusalOfKind(String name) {
		if (name.startsWith("java.naming.security.") || name.startsWith("javax.security.sasl.")
				|| name.startsWith("com.sun.jndi.ldap.tls.")) {
			return "it belongs to SASL, which only a DirContextAuthenticationStrategy uses: let that set it.";
		}
		return name.startsWith("javax.net.ssl.")
				? "it is a property of the JVM. Whom ldaps:// and StartTLS trust is what the SSL context of the pool says "
						+ "(ldapkv.ssl.bundle)."
				: null;
	}

	/**
	 * Sees to the settings that something has its say in only when a connection is
	 * opened, such as an authentication strategy or a file {@code jndi.properties}. JNDI
	 * follows a referral that answers a bind, password and all, unless it is told not to.
	 */
	static void complete(Map<Object, Object> environment) {
		environment.put(Context.REFERRAL, "ignore");
		if (!ServerUrls.isEncrypted(String.valueOf(environment.get(Context.PROVIDER_URL)))
				&& "ssl".equals(environment.get(Context.SECURITY_PROTOCOL))
				&& LdapSocketFactory.class.getName().equals(environment.get(SOCKET_FACTORY))) {
			throw new IllegalStateException("'" + Context.SECURITY_PROTOCOL
					+ "' is set to ssl where an ldap:// connection is opened, which would be in clear text: use ldaps:// "
					+ "in the URLs, or StartTLS (ldapkv.start-tls)");
		}
	}

}
