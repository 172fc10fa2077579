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

import java.util.function.Consumer;

import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.LDAPConnectionInfo;
import com.unboundid.ldap.sdk.LDAPConnectionLogger;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyAddRequest;
import com.unboundid.ldap.sdk.ReadOnlyDeleteRequest;
import com.unboundid.ldap.sdk.ReadOnlyModifyDNRequest;
import com.unboundid.ldap.sdk.ReadOnlyModifyRequest;
import com.unboundid.ldap.sdk.ReadOnlySearchRequest;

/**
 * Lets a test know of each request of a connection, in the thread that is about to send
 * it.
 */
public final class RequestListener extends LDAPConnectionLogger {

	private final Consumer<Object> listener;

	private RequestListener(Consumer<Object> listener) {
		this.listener = listener;
	}

	/**
	 * Listens to a connection.
	 * @param listener gets the request of the SDK
	 */
	public static void listen(Borrowed lent, Consumer<Object> listener) {
		try {
			LDAPConnectionOptions options = lent.connection().connection().getConnectionOptions();
			options.setConnectionLogger(new RequestListener(listener));
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void logAddRequest(LDAPConnectionInfo connection, int id, ReadOnlyAddRequest request) {
		this.listener.accept(request);
	}

	@Override
	public void logDeleteRequest(LDAPConnectionInfo connection, int id, ReadOnlyDeleteRequest request) {
		this.listener.accept(request);
	}

	@Override
	public void logExtendedRequest(LDAPConnectionInfo connection, int id, ExtendedRequest request) {
		this.listener.accept(request);
	}

	@Override
	public void logModifyRequest(LDAPConnectionInfo connection, int id, ReadOnlyModifyRequest request) {
		this.listener.accept(request);
	}

	@Override
	public void logModifyDNRequest(LDAPConnectionInfo connection, int id, ReadOnlyModifyDNRequest request) {
		this.listener.accept(request);
	}

	@Override
	public void logSearchRequest(LDAPConnectionInfo connection, int id, ReadOnlySearchRequest request) {
		this.listener.accept(request);
	}

}
