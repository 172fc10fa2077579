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
import com.unboundid.ldap.sdk.SearchRequest;
import org.jspecify.annotations.Nullable;

/**
 * How a server tells of changes: by the answers to a search that does not end. It is for
 * one connection.
 */
interface ChangeSource {

	/**
	 * The search.
	 * @param reads a connection to the same server
	 * @param cookie up to where everything is known; {@code null} if that is not known
	 */
	SearchRequest request(QueryReads reads, byte @Nullable [] cookie) throws LDAPException;

	/**
	 * The search was sent.
	 */
	void begun(Hints hints);

	/**
	 * The server has said something.
	 * @throws LDAPException if that is the end
	 */
	void take(LDAPResponse response, Hints hints) throws LDAPException;

}
