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

package io.github.ldapkv.internal.wire.jndi;

import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.PartialResultException;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapContext;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.SearchResults;
import org.jspecify.annotations.Nullable;

/**
 * The results of a search by JNDI.
 */
final class JndiSearch implements SearchResults {

	private static final Control[] NONE = {};

	private final JndiSession session;

	private final LdapContext context;

	private final SearchRequest request;

	private final NamingEnumeration<SearchResult> results;

	/**
	 * Whether JNDI has been asked for another result, which it says once.
	 */
	private boolean asked;

	private boolean more;

	/**
	 * What the server said after the last result.
	 */
	private @Nullable LDAPException late;

	private Control[] responseControls = NONE;

	private boolean ended;

	JndiSearch(JndiSession session, LdapContext context, SearchRequest request,
			NamingEnumeration<SearchResult> results) {
		this.session = session;
		this.context = context;
		this.request = request;
		this.results = results;
	}

	@Override
	public @Nullable SearchResultEntry next() throws LDAPException {
		while (!this.ended) {
			if (this.late != null) {
				throw this.late;
			}
			boolean known = this.asked;
			this.asked = false;
			if (!(known ? this.more : hasMore())) {
				this.responseControls = this.session.attempt(() -> JndiControls.of(this.context.getResponseControls()));
				close();
				return null;
			}
			SearchResult result = this.session.attempt(this.results::next);
			awaitMore();
			SearchResultEntry entry = this.session.entry(result, this.request);
			if (entry != null) {
				return entry;
			}
		}
		return null;
	}

	/**
	 * Waits for what comes after a result: of a connection that ends in the middle of an
	 * entry JNDI makes an entry with what has come of it.
	 */
	private void awaitMore() throws LDAPException {
		try {
			this.more = hasMore();
			this.asked = true;
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			this.late = ex;
		}
	}

	/**
	 * A continuation reference (RFC 4511, section 4.5.3) points to entries of another
	 * server, which are not this store's.
	 */
	private boolean hasMore() throws LDAPException {
		try {
			return this.results.hasMore();
		}
		catch (PartialResultException ex) {
			if (!JndiFailures.isAnswer(ex)) {
				return false;
			}
			throw JndiFailures.of(ex);
		}
		catch (NamingException ex) {
			throw JndiFailures.of(ex);
		}
	}

	@Override
	public Control[] responseControls() {
		return this.responseControls;
	}

	@Override
	public void close() throws LDAPException {
		if (!this.ended) {
			this.ended = true;
			this.session.searchEnded();
			this.session.attempt(() -> {
				this.results.close();
				return Boolean.TRUE;
			});
		}
	}

}
