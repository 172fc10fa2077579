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

/**
 * Settings of the store's pool of connections.
 */
public class LdapKeyValuePoolProperties {

	/**
	 * Most connections at a time; with read servers, as many to those again.
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
		this.maxWait = Given.notNull("longest wait", maxWait);
	}

	public Duration getIdleTimeout() {
		return this.idleTimeout;
	}

	public void setIdleTimeout(Duration idleTimeout) {
		this.idleTimeout = Given.notNull("idle timeout", idleTimeout);
	}

	public Duration getMaxAge() {
		return this.maxAge;
	}

	public void setMaxAge(Duration maxAge) {
		this.maxAge = Given.notNull("greatest age", maxAge);
	}

	public Duration getValidateAfterIdle() {
		return this.validateAfterIdle;
	}

	public void setValidateAfterIdle(Duration validateAfterIdle) {
		this.validateAfterIdle = Given.notNull("time until validation", validateAfterIdle);
	}

}
