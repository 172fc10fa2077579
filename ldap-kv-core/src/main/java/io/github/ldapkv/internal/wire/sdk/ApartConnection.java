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

import com.unboundid.ldap.sdk.LDAPException;

/**
 * A connection of the store's own that is apart from those that are lent: whoever has
 * opened it closes it.
 */
public interface ApartConnection extends AutoCloseable {

	/**
	 * The connection.
	 */
	SdkConnection connection();

	/**
	 * The server that it goes to, for messages.
	 */
	String server();

	/**
	 * Opens another one to the same server.
	 * @throws LDAPException if the server does not answer, or refuses the account
	 */
	ApartConnection another() throws LDAPException;

	/**
	 * Ends it, also while another thread waits for an answer on it.
	 */
	@Override
	void close();

}
