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
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import io.github.ldapkv.LdapConnectionPool;
import io.github.ldapkv.LdapConnectionPoolBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.ldap.core.AuthenticationSource;
import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.support.DirContextAuthenticationStrategy;
import org.springframework.ldap.core.support.LdapContextSource;
import org.springframework.util.StringUtils;

/**
 * Where the store's connections come from: a pool of its own, to its own directory or to
 * that of the application's context source. A context source that is not the usual one is
 * used as it is.
 */
final class StoreConnections {

	private final LdapKeyValueProperties properties;

	private final @Nullable SslBundles sslBundles;

	StoreConnections(LdapKeyValueProperties properties, @Nullable SslBundles sslBundles) {
		this.properties = properties;
		this.sslBundles = sslBundles;
	}

	ContextSource toOwnDirectory() {
		OwnDirectory.check(this.properties);
		LdapConnectionPoolBuilder builder = builder("ldapkv.urls", this.properties.getUrls());
		if (StringUtils.hasLength(this.properties.getUsername())) {
			builder.user(this.properties.getUsername(), String.valueOf(this.properties.getPassword()));
		}
		return build(builder, "ldapkv.urls", this.properties.getUrls(), this.properties.getSsl().getBundle());
	}

	/**
	 * Uses the directory of the application.
	 * @param source the application's context source
	 * @param ldap the settings of the application
	 * @param strategy how the application binds, if it says so
	 */
	ContextSource toDirectoryOf(ContextSource source, ApplicationLdap ldap,
			@Nullable DirContextAuthenticationStrategy strategy) {
		if (source.getClass() != LdapContextSource.class || ((LdapContextSource) source).isPooled()) {
			refuseWhatHasNoEffect();
			return source;
		}
		LdapContextSource application = (LdapContextSource) source;
		if (strategy == null && !this.properties.getSsl().isExternalBind()) {
			checkPassword(application.getAuthenticationSource());
		}
		List<String> urls = List.of(application.getUrls());
		if (urls.stream().anyMatch((url) -> url.contains("@"))) {
			throw new SecretSettingException("spring.ldap.urls",
					"It has an account in it, which LDAP URLs have no place "
							+ "for: set 'spring.ldap.username' and 'spring.ldap.password'.");
		}
		LdapConnectionPoolBuilder builder = builder("spring.ldap.urls", urls)
			.base(application.getBaseLdapName().toString())
			.authenticationSource(application.getAuthenticationSource())
			.anonymousReads(ldap.anonymousReads())
			.environment(ldap.environment());
		if (strategy != null) {
			builder.authenticationStrategy(strategy);
		}
		return build(builder, "spring.ldap.urls", urls, ldap.sslBundle(this.properties.getSsl().getBundle()));
	}

	/**
	 * A context source that is used as it is connects as it was told, and who believes
	 * otherwise may send a password in clear text.
	 */
	private void refuseWhatHasNoEffect() {
		refuse("ldapkv.start-tls", this.properties.isStartTls() ? true : null);
		refuse("ldapkv.ssl.external-bind", this.properties.getSsl().isExternalBind() ? true : null);
		refuse("ldapkv.ssl.bundle", this.properties.getSsl().getBundle());
		refuse("ldapkv.read-urls", this.properties.getReadUrls().isEmpty() ? null : this.properties.getReadUrls());
	}

	private static void refuse(String name, @Nullable Object value) {
		if (value != null) {
			throw new InvalidConfigurationPropertyValueException(name, value,
					"It has no effect, as the store uses the application's own ContextSource as it is. Configure that one, "
							+ "or let 'ldapkv.urls' name the directory.");
		}
	}

	/**
	 * Spring LDAP refuses it with the first call.
	 */
	private static void checkPassword(AuthenticationSource account) {
		if (StringUtils.hasLength(account.getPrincipal()) && !StringUtils.hasLength(account.getCredentials())) {
			throw new InvalidConfigurationPropertyValueException("spring.ldap.password", "",
					"A user name needs a password. Without both the application is anonymous.");
		}
	}

	private static LdapConnectionPoolBuilder builder(String name, Collection<String> urls) {
		try {
			return LdapConnectionPool.builder(urls);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(name, urls, ex.getMessage());
		}
	}

	private ContextSource build(LdapConnectionPoolBuilder builder, String urlsName, List<String> urls,
			@Nullable String bundle) {
		LdapKeyValuePoolProperties pool = this.properties.getPool();
		configure("ldapkv.read-urls", this.properties.getReadUrls(), builder::readUrls);
		configure("ldapkv.start-tls", this.properties.isStartTls(), builder::startTls);
		configure("ldapkv.connect-timeout", this.properties.getConnectTimeout(), builder::connectTimeout);
		configure("ldapkv.read-timeout", this.properties.getReadTimeout(), builder::readTimeout);
		configure("ldapkv.pool.max-size", pool.getMaxSize(), builder::maxSize);
		configure("ldapkv.pool.min-idle", pool.getMinIdle(), builder::minIdle);
		configure("ldapkv.pool.max-wait", pool.getMaxWait(), builder::maxWait);
		configure("ldapkv.pool.idle-timeout", pool.getIdleTimeout(), builder::idleTimeout);
		configure("ldapkv.pool.max-age", pool.getMaxAge(), builder::maxAge);
		configure("ldapkv.pool.validate-after-idle", pool.getValidateAfterIdle(), builder::validateAfterIdle);
		if (bundle != null) {
			builder.sslContext(sslContext(bundle));
		}
		builder.externalBind(this.properties.getSsl().isExternalBind());
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(urlsName, urls, ex.getMessage());
		}
	}

	/**
	 * A bundle that is reloaded is used for the connections opened from then on.
	 */
	private Supplier<SSLContext> sslContext(String bundle) {
		if (this.sslBundles == null) {
			throw new InvalidConfigurationPropertyValueException("ldapkv.ssl.bundle", bundle,
					"There are no SSL bundles in this application.");
		}
		try {
			SslContextOfBundle context = new SslContextOfBundle(this.sslBundles.getBundle(bundle));
			this.sslBundles.addBundleUpdateHandler(bundle, context::update);
			return context;
		}
		catch (NoSuchSslBundleException ex) {
			throw new InvalidConfigurationPropertyValueException("ldapkv.ssl.bundle", bundle,
					"There is no SSL bundle of this name: define spring.ssl.bundle.pem." + bundle
							+ " or spring.ssl.bundle.jks." + bundle + ".");
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
