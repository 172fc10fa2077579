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

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.wire.sdk.SdkConnection;

/**
 * A connection of a pool, with what is known of it.
 */
final class LdapConnection {

	private final SdkConnection wire;

	private final String url;

	private final long opened = System.nanoTime();

	/**
	 * When it was given back.
	 */
	private volatile long idleSince = this.opened;

	LdapConnection(SdkConnection wire, String url) {
		this.wire = wire;
		this.url = url;
	}

	SdkConnection wire() {
		return this.wire;
	}

	String url() {
		return this.url;
	}

	/**
	 * How many nanoseconds ago it was opened.
	 */
	long age() {
		return System.nanoTime() - this.opened;
	}

	void becomesIdle() {
		this.idleSince = System.nanoTime();
	}

	/**
	 * For how many nanoseconds nobody has used it.
	 */
	long idle() {
		return System.nanoTime() - this.idleSince;
	}

	/**
	 * Whether it has been idle since before a point of {@link System#nanoTime()}.
	 */
	boolean idleSinceBefore(long time) {
		return this.idleSince - time <= 0;
	}

	/**
	 * Asks the server for an answer.
	 * @throws LDAPException if the server has none
	 */
	void check() throws LDAPException {
		this.wire.check();
	}

	void close() {
		this.wire.close();
	}

}
