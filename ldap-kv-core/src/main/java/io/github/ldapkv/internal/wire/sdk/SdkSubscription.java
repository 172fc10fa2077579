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

import com.unboundid.ldap.protocol.LDAPResponse;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import org.jspecify.annotations.Nullable;

/**
 * A search that goes on telling what changes. Nothing else is asked on its connection.
 */
public final class SdkSubscription {

	private final SdkConnection connection;

	private final int id;

	private SdkSubscription(SdkConnection connection, int id) {
		this.connection = connection;
		this.id = id;
	}

	/**
	 * Begins the search.
	 */
	public static SdkSubscription begin(SdkConnection connection, SearchRequest request) throws LDAPException {
		return new SdkSubscription(connection, connection.send(request));
	}

	/**
	 * Waits for what the server says next.
	 * @param millis for how many milliseconds
	 * @return what it says; {@code null} if it says nothing for so long
	 * @throws LDAPException if the connection has ended
	 */
	public @Nullable LDAPResponse next(int millis) throws LDAPException {
		MessageExchange exchange = this.connection.exchange();
		if (!exchange.await(millis)) {
			return null;
		}
		LDAPResponse response = exchange.receive();
		if (response.getMessageID() != this.id) {
			throw exchange.failures().ended();
		}
		return response;
	}

	/**
	 * Waits for what the server says next, which it has to.
	 * @throws LDAPException if it says nothing for so many milliseconds, or the
	 * connection has ended
	 */
	public LDAPResponse expect(int millis) throws LDAPException {
		LDAPResponse response = next(millis);
		if (response == null) {
			throw this.connection.exchange().failures().timedOut(millis);
		}
		return response;
	}

}
