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

import com.unboundid.ldap.protocol.LDAPResponse;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.wire.sdk.ApartConnection;
import io.github.ldapkv.internal.wire.sdk.SdkSubscription;

/**
 * Reads what a server tells, and asks it for a sign of life when it is silent: on another
 * connection, since it does not answer on this one, and the other side of a connection
 * may have gone without a word.
 */
final class Follower implements Runnable, AutoCloseable {

	private static final SearchRequest ROOT_DSE = new SearchRequest("", SearchScope.BASE, Session.ANY_ENTRY,
			SearchRequest.NO_ATTRIBUTES);

	private final ApartConnection connection;

	private final SearchRequest request;

	private final ChangeSource source;

	private final Hints hints;

	private final int silence;

	private final Runnable heard;

	private volatile boolean closed;

	/**
	 * Creates a follower.
	 * @param silence after how many milliseconds without a word to ask
	 * @param heard is run when the server has said something
	 */
	Follower(ApartConnection connection, SearchRequest request, ChangeSource source, Hints hints, int silence,
			Runnable heard) {
		this.connection = connection;
		this.request = request;
		this.source = source;
		this.hints = hints;
		this.silence = silence;
		this.heard = heard;
	}

	@Override
	public void run() {
		try {
			SdkSubscription subscription = SdkSubscription.begin(this.connection.connection(), this.request);
			this.source.begun(this.hints);
			while (!this.closed) {
				LDAPResponse response = subscription.next(this.silence);
				if (response != null) {
					this.source.take(response, this.hints);
				}
				else {
					askForSignOfLife();
					refuseSilence();
				}
				this.heard.run();
			}
		}
		catch (LDAPException ex) {
			this.hints.end(ex);
		}
		catch (RuntimeException | Error ex) {
			this.hints.end(new LDAPException(ResultCode.LOCAL_ERROR, "What the server tells cannot be read", ex));
		}
		finally {
			this.connection.close();
		}
	}

	private void askForSignOfLife() throws LDAPException {
		try (ApartConnection other = this.connection.another()) {
			// Any answer will do.
			SdkSubscription.begin(other.connection(), ROOT_DSE).expect(this.silence);
		}
	}

	/**
	 * A server that has the time to answer, and does not say that it tells of changes,
	 * may never do so.
	 */
	private void refuseSilence() throws LDAPException {
		if (!this.hints.isReady()) {
			throw new LDAPException(ResultCode.OTHER, "The server does not say that it tells of changes");
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.connection.close();
	}

}
