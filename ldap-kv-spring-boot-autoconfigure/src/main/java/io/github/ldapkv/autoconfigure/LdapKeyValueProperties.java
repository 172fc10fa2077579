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

import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

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
	 * LDAP URLs of the store's directory, if it is not the application's own, or
	 * dns:///example.org for those that DNS names. Then spring.ldap.* does not apply to
	 * the store.
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
	 * declares binary.
	 */
	private List<String> binaryAttributes = new ArrayList<>();

	/**
	 * LDAP URLs of servers that reads go to, such as replicas, while writes go to the
	 * others.
	 */
	private List<String> readUrls = new ArrayList<>();

	/**
	 * Whether reads go to the servers for writes while none of the read servers answers.
	 */
	private boolean readFallback = true;

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

	/**
	 * Time from which on an operation is logged as slow. By default none is.
	 */
	private @Nullable Duration slowOperationThreshold;

	/**
	 * Whether to read the base of the store at the start, and to fail if that is
	 * impossible. By default the first operation connects.
	 */
	private boolean checkOnStartup;

	private final Ssl ssl = new Ssl();

	private final Observation observation = new Observation();

	private final Health health = new Health();

	@NestedConfigurationProperty
	private final LdapKeyValuePoolProperties pool = new LdapKeyValuePoolProperties();

	@NestedConfigurationProperty
	private final LdapKeyValueWatchProperties watch = new LdapKeyValueWatchProperties();

	private final Server server = new Server();

	/**
	 * Number of entries that a query asks the server for at a time; 0 for all at once.
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
		this.urls = Given.urls("URLs", urls);
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
		this.binaryAttributes = Given.noneNull("binary attributes", binaryAttributes);
	}

	public List<String> getReadUrls() {
		return this.readUrls;
	}

	public void setReadUrls(List<String> readUrls) {
		this.readUrls = Given.urls("URLs of read servers", readUrls);
	}

	public boolean isReadFallback() {
		return this.readFallback;
	}

	public void setReadFallback(boolean readFallback) {
		this.readFallback = readFallback;
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
		this.connectTimeout = Given.notNull("connect timeout", connectTimeout);
	}

	public Duration getReadTimeout() {
		return this.readTimeout;
	}

	public void setReadTimeout(Duration readTimeout) {
		this.readTimeout = Given.notNull("read timeout", readTimeout);
	}

	public @Nullable Duration getSlowOperationThreshold() {
		return this.slowOperationThreshold;
	}

	public void setSlowOperationThreshold(@Nullable Duration slowOperationThreshold) {
		this.slowOperationThreshold = slowOperationThreshold;
	}

	public boolean isCheckOnStartup() {
		return this.checkOnStartup;
	}

	public void setCheckOnStartup(boolean checkOnStartup) {
		this.checkOnStartup = checkOnStartup;
	}

	public Observation getObservation() {
		return this.observation;
	}

	public Health getHealth() {
		return this.health;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	public LdapKeyValuePoolProperties getPool() {
		return this.pool;
	}

	public LdapKeyValueWatchProperties getWatch() {
		return this.watch;
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
	 * Settings of observations.
	 */
	public static class Observation {

		/**
		 * Whether observations and the log of slow operations show keys, which are often
		 * names of people.
		 */
		private boolean includeKey;

		public boolean isIncludeKey() {
			return this.includeKey;
		}

		public void setIncludeKey(boolean includeKey) {
			this.includeKey = includeKey;
		}

	}

	/**
	 * Settings of the health of stores.
	 */
	public static class Health {

		/**
		 * How long the health of a store waits for the servers.
		 */
		private Duration timeout = Duration.ofSeconds(2);

		/**
		 * Status of a store that can be read and not be written to.
		 */
		private String readOnlyStatus = "READ_ONLY";

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = Given.notNull("timeout", timeout);
		}

		public String getReadOnlyStatus() {
			return this.readOnlyStatus;
		}

		/**
		 * Sets the status.
		 * @param readOnlyStatus the status; without text it stays as it is
		 */
		public void setReadOnlyStatus(String readOnlyStatus) {
			if (!Given.notNull("read-only status", readOnlyStatus).isBlank()) {
				this.readOnlyStatus = readOnlyStatus;
			}
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
		private final Map<Feature, Boolean> features = new EnumMap<>(Feature.class);

		/**
		 * Attribute of an entry that changes with every change of the entry. By default
		 * the store finds out.
		 */
		private @Nullable String versionAttribute;

		public Map<Feature, Boolean> getFeatures() {
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
