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

import java.util.List;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import org.jspecify.annotations.Nullable;

/**
 * Finds the naming context (RFC 4512, section 5.1) that a query is in.
 */
final class NamingContext {

	private NamingContext() {
	}

	/**
	 * The DN of the entry at its top; the start of the query if the server names none
	 * above it, and the base of a context source that reaches no higher.
	 */
	static String of(WatchedQuery query, QueryReads reads) throws LDAPException {
		if (!reads.session().hasNoBase()) {
			// The root DSE is out of reach.
			return query.store().resolver().contextBase().dn();
		}
		DistinguishedName start = reads.reach().start();
		DistinguishedName best = DistinguishedName.ROOT;
		for (DistinguishedName root : roots(query, reads)) {
			if (start.startsWith(root) && root.depth() > best.depth()) {
				best = root;
			}
		}
		return best.isRoot() ? start.dn() : best.dn();
	}

	private static List<DistinguishedName> roots(WatchedQuery query, QueryReads reads) throws LDAPException {
		try {
			return query.store().reader().roots(reads.session(), query.operation());
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isPassing(ex)) {
				throw ex;
			}
			// What a query means may be seen by who may not see this.
			return List.of();
		}
	}

	/**
	 * Reads the entry at its top.
	 * @return {@code null} if it is not there, or the account may not see it
	 */
	static @Nullable SearchResultEntry read(WatchedQuery query, QueryReads reads, List<String> attributes)
			throws LDAPException {
		String top = of(query, reads);
		try {
			return query.store().reader().read(reads.session(), top, attributes);
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isPassing(ex)) {
				throw ex;
			}
			return null;
		}
	}

}
