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

package io.github.ldapkv.internal.wire;

import com.unboundid.ldap.sdk.LDAPException;

/**
 * A session from the side of the one who has opened it. It knows nothing of the server
 * before it is told.
 */
public interface OpenSession extends Session, AutoCloseable {

	/**
	 * Takes note of what is known of the server.
	 */
	void learn(ServerFacts known) throws LDAPException;

	/**
	 * Leaves the connection as the session has found it. It stays open.
	 */
	@Override
	void close() throws LDAPException;

}
