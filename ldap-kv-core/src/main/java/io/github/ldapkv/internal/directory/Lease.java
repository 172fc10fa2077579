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

package io.github.ldapkv.internal.directory;

import java.util.Objects;

import javax.naming.directory.DirContext;

import io.github.ldapkv.internal.wire.StreamEnd;
import io.github.ldapkv.internal.wire.sdk.Borrowed;
import io.github.ldapkv.internal.wire.sdk.OwnConnections;
import io.github.ldapkv.pool.LdapConnectionPool;
import org.jspecify.annotations.Nullable;

import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.support.LdapUtils;

/**
 * A connection that is borrowed for all parts of a call.
 */
final class Lease {

	private final ContextSource source;

	private @Nullable DirContext context;

	/**
	 * Prepares a lease. Nothing is borrowed yet.
	 * @param end where the call ends that it is for
	 */
	Lease(ContextSource source, StreamEnd end) {
		OwnConnections own = (source instanceof LdapConnectionPool pool)
				? pool.unwrap(OwnConnections.class).orElse(null) : null;
		this.source = (own != null) ? own.forStream(end) : source;
	}

	/**
	 * Takes a connection, and gives one back that it had before.
	 */
	DirContext borrow() {
		release();
		DirContext borrowed = this.source.getReadOnlyContext();
		this.context = borrowed;
		return borrowed;
	}

	/**
	 * The connection that is held.
	 */
	DirContext borrowed() {
		return Objects.requireNonNull(this.context, "The connection was given back");
	}

	/**
	 * The next part of the call begins.
	 */
	void fetching() {
		if (this.context instanceof Borrowed borrowed) {
			borrowed.fetching();
		}
	}

	/**
	 * A part of the call is over.
	 */
	void fetched() {
		if (this.context instanceof Borrowed borrowed) {
			borrowed.fetched();
		}
	}

	/**
	 * Marks the connection as one that must not be used again, if it is one of a pool.
	 */
	void breakOff() {
		if (this.context instanceof Borrowed borrowed) {
			borrowed.connection().breakOff();
		}
	}

	/**
	 * Gives the connection back, if there is one.
	 */
	void release() {
		DirContext borrowed = this.context;
		this.context = null;
		LdapUtils.closeContext(borrowed);
	}

}
