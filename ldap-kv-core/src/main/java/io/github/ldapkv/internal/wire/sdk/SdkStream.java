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

package io.github.ldapkv.internal.wire.sdk;

import java.util.ArrayDeque;
import java.util.Queue;

import com.unboundid.ldap.protocol.LDAPResponse;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.wire.SearchResults;
import org.jspecify.annotations.Nullable;

/**
 * The results of a search, of which each is read from the connection when it is asked
 * for, unless something else is to be read before. The SDK in its synchronous mode has
 * all or none.
 */
final class SdkStream implements SearchResults, SdkConnection.UnderWay {

	private final SdkConnection connection;

	private final int id;

	/**
	 * What was read before it was asked for.
	 */
	private final Queue<SearchResultEntry> ahead = new ArrayDeque<>(0);

	/**
	 * What the server said after the last; {@code null} while there is more.
	 */
	private @Nullable LDAPResult end;

	private boolean closed;

	private SdkStream(SdkConnection connection, int id) {
		this.connection = connection;
		this.id = id;
	}

	/**
	 * Begins a search, which is under way on the connection until its end.
	 */
	static SdkStream begin(SdkConnection connection, SearchRequest request) throws LDAPException {
		SdkStream stream = new SdkStream(connection, connection.send(request));
		connection.underWay(stream);
		return stream;
	}

	@Override
	public @Nullable SearchResultEntry next() throws LDAPException {
		SearchResultEntry next = this.ahead.poll();
		if (next == null) {
			next = receive();
		}
		LDAPResult result = this.end;
		if (next == null && result != null && !result.getResultCode().equals(ResultCode.SUCCESS)) {
			throw new LDAPException(result);
		}
		return next;
	}

	@Override
	public void readToTheEnd() throws LDAPException {
		for (SearchResultEntry next = receive(); next != null; next = receive()) {
			if (!this.closed) {
				this.ahead.add(next);
			}
		}
	}

	private @Nullable SearchResultEntry receive() throws LDAPException {
		while (this.end == null) {
			LDAPResponse response = this.connection.receive(this.id);
			if (response instanceof SearchResultEntry entry) {
				return entry;
			}
			if (response instanceof LDAPResult result) {
				this.end = result;
				this.connection.underWay(null);
			}
		}
		return null;
	}

	@Override
	public Control[] responseControls() {
		LDAPResult result = this.end;
		return (result != null) ? result.getResponseControls() : new Control[0];
	}

	/**
	 * What is still to come is for nobody: it ends with the connection, which is not lent
	 * again, or is left out if the same call goes on with another request.
	 */
	@Override
	public void close() {
		this.closed = true;
		if (this.end == null) {
			this.connection.breakOff();
		}
	}

}
