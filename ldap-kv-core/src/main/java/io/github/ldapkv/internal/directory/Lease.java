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

import javax.naming.directory.DirContext;

import io.github.ldapkv.internal.wire.StreamEnd;
import io.github.ldapkv.internal.wire.jndi.OwnConnections;
import io.github.ldapkv.internal.wire.jndi.PooledContext;
import io.github.ldapkv.pool.LdapConnectionPool;
import org.jspecify.annotations.Nullable;

import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.support.SingleContextSource;
import org.springframework.ldap.support.LdapUtils;

/**
 * A connection that is borrowed for all parts of a call: once it is held, a template on
 * this context source finds the same each time, and does not give it back. Before, each
 * try of the first part has another one.
 */
final class Lease implements ContextSource {

	private final ContextSource source;

	private final @Nullable OwnConnections own;

	private final StreamEnd end;

	private boolean held;

	private @Nullable DirContext context;

	private @Nullable SingleContextSource single;

	/**
	 * Prepares a lease. Nothing is borrowed yet.
	 * @param end where the call ends that it is for
	 */
	Lease(ContextSource source, StreamEnd end) {
		this.source = source;
		this.own = (source instanceof LdapConnectionPool pool) ? pool.unwrap(OwnConnections.class).orElse(null) : null;
		this.end = end;
	}

	@Override
	public DirContext getReadOnlyContext() {
		if (!this.held) {
			release();
		}
		SingleContextSource current = this.single;
		if (current == null) {
			DirContext borrowed = (this.own != null) ? this.own.borrowForStream(this.end)
					: this.source.getReadOnlyContext();
			this.context = borrowed;
			current = new SingleContextSource(borrowed);
			this.single = current;
		}
		return current.getReadOnlyContext();
	}

	/**
	 * Keeps the connection that was borrowed last.
	 */
	void hold() {
		this.held = true;
	}

	/**
	 * The next part of the call begins.
	 */
	void fetching() {
		if (this.context instanceof PooledContext pooled) {
			pooled.fetching();
		}
	}

	/**
	 * A part of the call is over.
	 */
	void fetched() {
		if (this.context instanceof PooledContext pooled) {
			pooled.fetched();
		}
	}

	/**
	 * Marks the connection as one that must not be used again, if it is one of a pool.
	 */
	void breakOff() {
		if (this.context instanceof PooledContext pooled) {
			pooled.breakOff();
		}
	}

	/**
	 * Gives the connection back, if there is one.
	 */
	void release() {
		DirContext borrowed = this.context;
		this.single = null;
		this.context = null;
		LdapUtils.closeContext(borrowed);
	}

	@Override
	public DirContext getReadWriteContext() {
		throw new UnsupportedOperationException("It is for reads");
	}

	@Override
	public DirContext getContext(String principal, String credentials) {
		throw new UnsupportedOperationException("It is for reads");
	}

}
