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
import io.github.ldapkv.internal.directory.Directory;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.sdk.ApartConnection;
import io.github.ldapkv.internal.wire.sdk.SdkSession;
import org.jspecify.annotations.Nullable;

/**
 * Reads on a connection of the watch's own, which goes to the server that tells of
 * changes: any other may be behind it.
 */
final class ApartReads implements Reads {

	private final WatchedQuery query;

	private final ApartConnection first;

	private volatile @Nullable ApartConnection other;

	private @Nullable QueryReads reads;

	/**
	 * Creates reads.
	 * @param first a connection to the server, which is closed along with this
	 */
	ApartReads(WatchedQuery query, ApartConnection first) {
		this.query = query;
		this.first = first;
	}

	@Override
	public <T> T read(Reading<T> reading) {
		Directory directory = this.query.store().directory();
		try {
			return reading.read(open(directory));
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				close();
			}
			throw directory.translate(this.query.operation(), ex);
		}
	}

	/**
	 * The connection may have ended while it was not used.
	 */
	private QueryReads open(Directory directory) throws LDAPException {
		QueryReads current = this.reads;
		if (current != null && isGood()) {
			return current;
		}
		ApartConnection opened = (current == null) ? this.first : this.first.another();
		this.other = (opened != this.first) ? opened : null;
		SdkSession session = SdkSession.open(opened.connection(), true);
		session.learn(directory.known(session));
		current = new QueryReads(this.query, session);
		this.reads = current;
		return current;
	}

	private boolean isGood() {
		ApartConnection current = (this.other != null) ? this.other : this.first;
		try {
			current.connection().expectNothing();
			return true;
		}
		catch (LDAPException ex) {
			current.close();
			return false;
		}
	}

	@Override
	public void close() {
		ApartConnection opened = this.other;
		if (opened != null) {
			opened.close();
		}
		this.first.close();
	}

}
