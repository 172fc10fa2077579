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

import java.util.List;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.wire.StreamEnd;

import org.springframework.ldap.core.ContextSource;

/**
 * What a store asks of the pool that it has for itself, besides connections.
 */
public interface OwnConnections {

	/**
	 * The base of the store's names.
	 */
	DistinguishedName base();

	/**
	 * Where the servers are.
	 */
	List<String> urls();

	/**
	 * The most connections to the servers that are written to.
	 */
	int maxSize();

	/**
	 * The connections for reads, of which a stream takes one that it may hold for long.
	 * @param end where the stream ends, if this thread begins it
	 */
	ContextSource forStream(StreamEnd end);

	/**
	 * Opens a connection for reads that is never lent, and that others do not wait for.
	 * @throws org.springframework.ldap.NamingException if no server answers, or one
	 * refuses the account
	 */
	ApartConnection openApart();

}
