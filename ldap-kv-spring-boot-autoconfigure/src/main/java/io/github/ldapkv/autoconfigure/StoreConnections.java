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

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import io.github.ldapkv.autoconfigure.internal.BaseSyntax;
import io.github.ldapkv.autoconfigure.internal.SecretSettingException;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.LdapConnectionPoolBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.ldap.core.AuthenticationSource;
import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.support.LdapContextSource;
import org.springframework.util.StringUtils;

/**
 * Where the store's connections come from: a pool of its own, to its own directory or to
 * that of the context source that Boot has made. Another context source is used as it is.
 */
final class StoreConnections {

	private static final String AS_IT_IS = "the store uses the application's own ContextSource as it is. "
			+ "Configure that one, or let 'ldapkv.urls' name the directory.";

	/**
	 * The name that a store has which is given none.
	 */
	private static final String NAME_OF_STORE = "ldapKeyValueTemplate";

	private final LdapKeyValueProperties properties;

	private final @Nullable SslBundles sslBundles;

	private final List<LdapConnectionPoolBuilderCustomizer> customizers;

	StoreConnections(LdapKeyValueProperties properties, @Nullable SslBundles sslBundles,
			List<LdapConnectionPoolBuilderCustomizer> customizers) {
		this.properties = properties;
		this.sslBundles = sslBundles;
		this.customizers = customizers;
	}

	ContextSource toOwnDirectory() {
		OwnDirectory.check(this.properties);
		refuseAccount("ldapkv.urls", this.properties.getUrls(), "ldapkv");
		LdapConnectionPoolBuilder builder = builder("ldapkv.urls", this.properties.getUrls());
		if (StringUtils.hasLength(this.properties.getUsername())) {
			builder.user(this.properties.getUsername(), String.valueOf(this.properties.getPassword()));
		}
		return build(builder, "ldapkv.urls", this.properties.getUrls(), this.properties.getSsl().getBundle());
	}

	/**
	 * Uses the directory of the application.
	 * @param application the context source that Boot has made
	 * @param ldap the settings of the application
	 */
	ContextSource toDirectoryOf(LdapContextSource application, ApplicationLdap ldap) {
		if (!this.properties.getSsl().isExternalBind()) {
			checkPassword(application.getAuthenticationSource());
		}
		List<String> urls = List.of(application.getUrls());
		refuseAccount("spring.ldap.urls", urls, "spring.ldap");
		LdapConnectionPoolBuilder builder = builder("spring.ldap.urls", urls)
			.authenticationSource(application.getAuthenticationSource())
			.anonymousReads(ldap.anonymousReads());
		BaseSyntax.check("spring.ldap.base", application.getBaseLdapName().toString(), builder::base);
		ldap.checkEnvironment(encrypted(urls) == urls.size());
		return build(builder, "spring.ldap.urls", urls, ldap.sslBundle(this.properties.getSsl().getBundle()));
	}

	/**
	 * Uses a context source as it is. It connects as it was told, and who believes
	 * otherwise may send a password in clear text.
	 */
	ContextSource asItIs(ContextSource source) {
		refuse("ldapkv.start-tls", this.properties.isStartTls() ? true : null);
		refuse("ldapkv.ssl.external-bind", this.properties.getSsl().isExternalBind() ? true : null);
		String bundle = this.properties.getSsl().getBundle();
		refuse("ldapkv.ssl.bundle", StringUtils.hasLength(bundle) ? bundle : null);
		refuse("ldapkv.read-urls", this.properties.getReadUrls().isEmpty() ? null : this.properties.getReadUrls());
		if (!this.customizers.isEmpty()) {
			throw new IllegalStateException("A " + LdapConnectionPoolBuilderCustomizer.class.getSimpleName()
					+ " has no effect, as " + AS_IT_IS);
		}
		return source;
	}

	private static void refuse(String name, @Nullable Object value) {
		if (value != null) {
			throw new InvalidConfigurationPropertyValueException(name, value, "It has no effect, as " + AS_IT_IS);
		}
	}

	private static void refuseAccount(String name, List<String> urls, String prefix) {
		if (urls.stream().anyMatch((url) -> url.contains("@") || url.contains("%40"))) {
			throw new SecretSettingException(name, "It has an account in it, which LDAP URLs have no place for: set '"
					+ prefix + ".username' and '" + prefix + ".password'.");
		}
	}

	/**
	 * Spring LDAP refuses the one with the first call, and leaves the other out.
	 */
	private static void checkPassword(AuthenticationSource account) {
		boolean hasPassword = StringUtils.hasLength(account.getCredentials());
		if (StringUtils.hasLength(account.getPrincipal()) == hasPassword) {
			return;
		}
		if (hasPassword) {
			throw new SecretSettingException("spring.ldap.password", "A password needs a user name: set "
					+ "'spring.ldap.username'. Without both the application is anonymous.");
		}
		throw new InvalidConfigurationPropertyValueException("spring.ldap.password", "",
				"A user name needs a password. Without both the application is anonymous.");
	}

	private static LdapConnectionPoolBuilder builder(String name, Collection<String> urls) {
		try {
			return LdapConnectionPool.builder(urls);
		}
		catch (IllegalArgumentException ex) {
			throw refusedUrl(name, ex);
		}
	}

	/**
	 * Who has put something else into a URL may have put a password there.
	 */
	private static SecretSettingException refusedUrl(String name, IllegalArgumentException ex) {
		return new SecretSettingException(name,
				ex.getMessage() + ". A URL is of the form ldap://host:port or "
						+ "ldaps://host:port; the base belongs in '"
						+ (name.startsWith("spring.") ? "spring.ldap" : "ldapkv") + ".base'.");
	}

	private ContextSource build(LdapConnectionPoolBuilder builder, String urlsName, List<String> urls,
			@Nullable String bundle) {
		LdapKeyValuePoolProperties pool = this.properties.getPool();
		refuseAccount("ldapkv.read-urls", this.properties.getReadUrls(),
				urlsName.substring(0, urlsName.lastIndexOf('.')));
		try {
			builder.readUrls(this.properties.getReadUrls());
		}
		catch (IllegalArgumentException ex) {
			throw refusedUrl("ldapkv.read-urls", ex);
		}
		builder.name(NAME_OF_STORE).readsFallBack(this.properties.isReadFallback());
		configure("ldapkv.start-tls", this.properties.isStartTls(), builder::startTls);
		configure("ldapkv.connect-timeout", this.properties.getConnectTimeout(), builder::connectTimeout);
		configure("ldapkv.read-timeout", this.properties.getReadTimeout(), builder::readTimeout);
		configure("ldapkv.pool.max-size", pool.getMaxSize(), builder::maxSize);
		configure("ldapkv.pool.min-idle", pool.getMinIdle(), builder::minIdle);
		configure("ldapkv.pool.max-wait", pool.getMaxWait(), builder::maxWait);
		configure("ldapkv.pool.idle-timeout", pool.getIdleTimeout(), builder::idleTimeout);
		configure("ldapkv.pool.max-age", pool.getMaxAge(), builder::maxAge);
		configure("ldapkv.pool.validate-after-idle", pool.getValidateAfterIdle(), builder::validateAfterIdle);
		if (StringUtils.hasLength(bundle)) {
			String property = StringUtils.hasLength(this.properties.getSsl().getBundle()) ? "ldapkv.ssl.bundle"
					: ApplicationLdap.SSL_BUNDLE;
			builder.sslContext(sslContext(property, bundle));
			refuseWithoutTls(property, bundle, urlsName, urls);
		}
		builder.externalBind(this.properties.getSsl().isExternalBind());
		this.customizers.forEach((customizer) -> customizer.customize(builder));
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw contradiction(urlsName, urls, ex);
		}
	}

	/**
	 * Blames the property that does not go with the others.
	 */
	private InvalidConfigurationPropertyValueException contradiction(String urlsName, List<String> urls,
			IllegalArgumentException ex) {
		int minIdle = this.properties.getPool().getMinIdle();
		List<String> readUrls = this.properties.getReadUrls();
		String reason = ex.getMessage();
		if (minIdle > this.properties.getPool().getMaxSize()) {
			return new InvalidConfigurationPropertyValueException("ldapkv.pool.min-idle", minIdle, reason);
		}
		if (encrypted(urls) == urls.size() && encrypted(readUrls) < readUrls.size()
				|| encrypted(urls) == 0 && encrypted(readUrls) > 0) {
			return new InvalidConfigurationPropertyValueException("ldapkv.read-urls", readUrls, reason);
		}
		if (encrypted(urls) == 0 || encrypted(urls) == urls.size()) {
			if (this.properties.isStartTls()) {
				return new InvalidConfigurationPropertyValueException("ldapkv.start-tls", true, reason);
			}
			if (this.properties.getSsl().isExternalBind()) {
				return new InvalidConfigurationPropertyValueException("ldapkv.ssl.external-bind", true, reason);
			}
		}
		return new InvalidConfigurationPropertyValueException(urlsName, urls, reason);
	}

	private static long encrypted(List<String> urls) {
		return urls.stream().filter((url) -> url.toLowerCase(Locale.ROOT).startsWith("ldaps:")).count();
	}

	/**
	 * A bundle that is reloaded is used for the connections opened from then on.
	 */
	private Supplier<SSLContext> sslContext(String property, String bundle) {
		if (this.sslBundles == null) {
			throw new InvalidConfigurationPropertyValueException(property, bundle,
					"There are no SSL bundles in this application.");
		}
		try {
			SslContextOfBundle context = new SslContextOfBundle(property, bundle, this.sslBundles.getBundle(bundle));
			this.sslBundles.addBundleUpdateHandler(bundle, context::update);
			return context;
		}
		catch (NoSuchSslBundleException ex) {
			throw new InvalidConfigurationPropertyValueException(property, bundle,
					"There is no SSL bundle of this name: define spring.ssl.bundle.pem." + bundle
							+ " or spring.ssl.bundle.jks." + bundle + ".");
		}
	}

	private void refuseWithoutTls(String property, String bundle, String urlsName, List<String> urls) {
		if (encrypted(urls) + encrypted(this.properties.getReadUrls()) == 0 && !this.properties.isStartTls()) {
			throw new InvalidConfigurationPropertyValueException(property, bundle,
					"It has no effect on ldap:// connections, which are in clear text: set 'ldapkv.start-tls' to true, "
							+ "or use ldaps:// in '" + urlsName + "'.");
		}
	}

	static <T> void configure(String name, T value, Consumer<T> setting) {
		try {
			setting.accept(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(name,
					(value instanceof Duration time) ? time.toMillis() + "ms" : value, ex.getMessage());
		}
	}

}
