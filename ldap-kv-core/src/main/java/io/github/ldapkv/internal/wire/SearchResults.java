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

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import org.jspecify.annotations.Nullable;

/**
 * The results of one search, as the server sends them.
 */
public interface SearchResults extends AutoCloseable {

	/**
	 * Waits for the next entry. An entry whose message came in parts only is none.
	 * @return the entry, or {@code null} after the last
	 * @throws LDAPException after the last, if the server ends the search with a failure
	 */
	@Nullable SearchResultEntry next() throws LDAPException;

	/**
	 * The response controls of the search, once it has ended.
	 */
	Control[] responseControls();

	/**
	 * Gives the search up, if it has not ended.
	 */
	@Override
	void close() throws LDAPException;

}
