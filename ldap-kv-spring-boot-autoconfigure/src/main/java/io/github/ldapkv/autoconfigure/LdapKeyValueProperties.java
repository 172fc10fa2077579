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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

	public int getPageSize() {
		return this.pageSize;
	}

	public void setPageSize(int pageSize) {
		this.pageSize = pageSize;
	}

}
