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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.ldapkv.ServerCapabilities;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the store.
 */
@ConfigurationProperties("ldapkv")
public class LdapKeyValueProperties {

	/**
	 * Whether to make the store a bean.
	 */
	private boolean enabled = true;

	/**
	 * Entry that keys are relative to: a DN, or a path, below spring.ldap.base. By
	 * default it is spring.ldap.base.
	 */
	private @Nullable String base;

	/**
	 * LDAP URLs of the store's directory, if it is not the application's own. Then
	 * spring.ldap.* does not apply to the store.
	 */
	private List<String> urls = new ArrayList<>();

	/**
	 * Login username of the directory that ldapkv.urls names.
	 */
	private @Nullable String username;

	/**
	 * Login password of the directory that ldapkv.urls names.
	 */
	private @Nullable String password;

	/**
	 * Object classes of a new entry whose value has none, by the attribute type in the
	 * last component of its key.
	 */
	private final Map<String, List<String>> objectClasses = new LinkedHashMap<>();

	/**
	 * Attributes whose values are bytes, in addition to those that the server's schema
	 * says so of.
	 */
	private List<String> binaryAttributes = new ArrayList<>();

	/**
	 * LDAP URLs of servers that reads go to, such as replicas, while writes go to the
	 * others.
	 */
	private List<String> readUrls = new ArrayList<>();

	/**
	 * Whether to start TLS on ldap:// connections.
	 */
	private boolean startTls;

	/**
	 * How long to wait for a connection, with its TLS handshake and its bind.
	 */
	private Duration connectTimeout = Duration.ofSeconds(5);

	/**
	 * How long to wait for each answer of a server.
	 */
	private Duration readTimeout = Duration.ofSeconds(30);

	private final Ssl ssl = new Ssl();

	private final Pool pool = new Pool();

	private final Server server = new Server();

	/**
	 * Number of entries that a query asks the server for at a time.
	 */
	private int pageSize = 500;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getBase() {
		return this.base;
	}

	public void setBase(@Nullable String base) {
		this.base = base;
	}

	public List<String> getUrls() {
		return this.urls;
	}

	public void setUrls(List<String> urls) {
		this.urls = urls;
	}

	public @Nullable String getUsername() {
		return this.username;
	}

	public void setUsername(@Nullable String username) {
		this.username = username;
	}

	public @Nullable String getPassword() {
		return this.password;
	}

	public void setPassword(@Nullable String password) {
		this.password = password;
	}

	public Map<String, List<String>> getObjectClasses() {
		return this.objectClasses;
	}

	public List<String> getBinaryAttributes() {
		return this.binaryAttributes;
	}

	public void setBinaryAttributes(List<String> binaryAttributes) {
		this.binaryAttributes = binaryAttributes;
	}

	public List<String> getReadUrls() {
		return this.readUrls;
	}

	public void setReadUrls(List<String> readUrls) {
		this.readUrls = readUrls;
	}

	public boolean isStartTls() {
		return this.startTls;
	}

	public void setStartTls(boolean startTls) {
		this.startTls = startTls;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public Duration getReadTimeout() {
		return this.readTimeout;
	}

	public void setReadTimeout(Duration readTimeout) {
		this.readTimeout = readTimeout;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	public Pool getPool() {
		return this.pool;
	}

	public Server getServer() {
		return this.server;
	}

	public int getPageSize() {
		return this.pageSize;
	}

	public void setPageSize(int pageSize) {
		this.pageSize = pageSize;
	}

	/**
	 * Settings of TLS.
	 */
	public static class Ssl {

		/**
		 * Name of the SSL bundle that says whom ldaps:// and StartTLS trust. By default
		 * it is what the JDK trusts.
		 */
		private @Nullable String bundle;

		/**
		 * Whether to bind as the client certificate of the bundle (SASL EXTERNAL), and
		 * not with a user name and password.
		 */
		private boolean externalBind;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

		public boolean isExternalBind() {
			return this.externalBind;
		}

		public void setExternalBind(boolean externalBind) {
			this.externalBind = externalBind;
		}

	}

	/**
	 * Settings of the store's pool of connections.
	 */
	public static class Pool {

		/**
		 * Most connections at a time. With read servers each kind has as many.
		 */
		private int maxSize = 8;

		/**
		 * Number of idle connections that are kept open ahead of need.
		 */
		private int minIdle = 0;

		/**
		 * How long a call waits while all connections are in use.
		 */
		private Duration maxWait = Duration.ofSeconds(5);

		/**
		 * Time after which an idle connection is closed.
		 */
		private Duration idleTimeout = Duration.ofMinutes(5);

		/**
		 * Time after which a connection is no longer used.
		 */
		private Duration maxAge = Duration.ofMinutes(30);

		/**
		 * Time after which an idle connection is checked before it is used.
		 */
		private Duration validateAfterIdle = Duration.ofSeconds(10);

		public int getMaxSize() {
			return this.maxSize;
		}

		public void setMaxSize(int maxSize) {
			this.maxSize = maxSize;
		}

		public int getMinIdle() {
			return this.minIdle;
		}

		public void setMinIdle(int minIdle) {
			this.minIdle = minIdle;
		}

		public Duration getMaxWait() {
			return this.maxWait;
		}

		public void setMaxWait(Duration maxWait) {
			this.maxWait = maxWait;
		}

		public Duration getIdleTimeout() {
			return this.idleTimeout;
		}

		public void setIdleTimeout(Duration idleTimeout) {
			this.idleTimeout = idleTimeout;
		}

		public Duration getMaxAge() {
			return this.maxAge;
		}

		public void setMaxAge(Duration maxAge) {
			this.maxAge = maxAge;
		}

		public Duration getValidateAfterIdle() {
			return this.validateAfterIdle;
		}

		public void setValidateAfterIdle(Duration validateAfterIdle) {
			this.validateAfterIdle = validateAfterIdle;
		}

	}

	/**
	 * What is known of the server, where the store finds out something else.
	 */
	public static class Server {

		/**
		 * Whether the server has an extension of LDAP, by its name. By default the store
		 * finds out.
		 */
		private final Map<ServerCapabilities.Feature, Boolean> features = new EnumMap<>(
				ServerCapabilities.Feature.class);

		/**
		 * Attribute of an entry that changes with every change of the entry. By default
		 * the store finds out.
		 */
		private @Nullable String versionAttribute;

		public Map<ServerCapabilities.Feature, Boolean> getFeatures() {
			return this.features;
		}

		public @Nullable String getVersionAttribute() {
			return this.versionAttribute;
		}

		public void setVersionAttribute(@Nullable String versionAttribute) {
			this.versionAttribute = versionAttribute;
		}

	}

}
