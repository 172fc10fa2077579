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

package io.github.ldapkv.watch;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import io.github.ldapkv.internal.directory.Directory;
import io.github.ldapkv.internal.wire.sdk.ApartConnection;
import io.github.ldapkv.internal.wire.sdk.OwnConnections;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a watch to one server: one to read on, and one on which the server
 * tells. On the connections of somebody else it only reads.
 */
final class Following implements AutoCloseable {

	private final WatchedQuery query;

	private final Reads reads;

	private final @Nullable ApartConnection connection;

	private final Hints hints;

	private volatile @Nullable SourceKind kind;

	private volatile @Nullable Follower follower;

	private Following(WatchedQuery query, Reads reads, @Nullable ApartConnection connection, Hints hints) {
		this.query = query;
		this.reads = reads;
		this.connection = connection;
		this.hints = hints;
	}

	/**
	 * Connects.
	 * @param hints is told what the server tells
	 * @throws org.springframework.dao.DataAccessException if no server answers
	 */
	static Following open(WatchedQuery query, Hints hints) {
		OwnConnections own = query.store().connections();
		if (own == null) {
			return new Following(query, new BorrowedReads(query), null, hints);
		}
		ApartConnection connection = query.store().directory().outside(query.operation(), own::openApart);
		return new Following(query, new ApartReads(query, connection), connection, hints);
	}

	Reads reads() {
		return this.reads;
	}

	Hints hints() {
		return this.hints;
	}

	/**
	 * The server; empty if it is not known.
	 */
	String server() {
		return (this.connection != null) ? this.connection.server() : "";
	}

	/**
	 * How the server tells; {@code null} if it does not.
	 */
	@Nullable SourceKind kind() {
		return this.kind;
	}

	/**
	 * Has the server tell from now on, if it can.
	 * @param refused the way that it has refused; {@code null} for none
	 * @param cookie up to where everything is known; {@code null} if that is not known
	 * @param status learns what is heard
	 * @throws LDAPException if it refuses, or the connection is lost
	 */
	void begin(@Nullable SourceKind refused, byte @Nullable [] cookie, WatchSettings settings, WatchStatus status)
			throws LDAPException {
		ApartConnection reading = this.connection;
		SourceKind best = (reading != null) ? this.reads.read((reads) -> Offer.of(reads, refused)).kind() : null;
		if (reading == null || best == null) {
			return;
		}
		this.kind = best;
		ChangeSource source = best.source(this.query);
		SearchRequest request = this.reads.read((reads) -> source.request(reads, cookie));
		Follower next = new Follower(another(reading), request, source, this.hints, settings.timing().silence(),
				status::heard);
		this.follower = next;
		settings.thread(next, this.query.store().threads() + "-watch-reader").start();
		this.hints.awaitReady();
	}

	private ApartConnection another(ApartConnection first) {
		Directory directory = this.query.store().directory();
		try {
			return first.another();
		}
		catch (LDAPException ex) {
			throw directory.translate(this.query.operation(), ex);
		}
	}

	@Override
	public void close() {
		Follower current = this.follower;
		if (current != null) {
			current.close();
		}
		this.reads.close();
	}

	/**
	 * What a server offers.
	 */
	private record Offer(@Nullable SourceKind kind) {

		/**
		 * No server tells of all its trees at once: some say so, and some are silent.
		 */
		static Offer of(QueryReads reads, @Nullable SourceKind after) {
			boolean all = reads.reach().start().isRoot();
			return new Offer(all ? null : SourceKind.of(reads.session().capabilities(), after));
		}

	}

}
