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

package io.github.ldapkv;

import java.io.IOException;

import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.PartialResultException;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.Control;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.PagedResultsControl;
import javax.naming.ldap.PagedResultsResponseControl;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A search on one connection, whose results are fetched one by one and, from the server,
 * page by page (RFC 2696). A server that does not page ignores the control and sends all
 * at once.
 * <p>
 * The connection takes other requests meanwhile, but no other paged search.
 */
final class PagedSearch implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PagedSearch.class);

	private static final byte[] NO_COOKIE = new byte[0];

	private final LdapContext context;

	private final LdapName base;

	private final String filter;

	private final SearchControls controls;

	private final Paging paging;

	/**
	 * How many results to ask for at a time; 0 for all at once.
	 */
	private int pageSize;

	/**
	 * The same for the first page.
	 */
	private int firstSize;

	/**
	 * Whether there was an answer yet.
	 */
	private boolean begun;

	private @Nullable NamingEnumeration<SearchResult> page;

	/**
	 * What the server knows the next page by.
	 */
	private byte @Nullable [] cookie;

	/**
	 * Whether the page has another result, if that is known. JNDI says it once.
	 */
	private @Nullable Boolean more;

	/**
	 * What the server said after the last result.
	 */
	private @Nullable NamingException late;

	private boolean ended;

	private boolean verifiesBase;

	/**
	 * Prepares a search.
	 * @param paging how many results to ask for at a time
	 */
	PagedSearch(LdapContext context, LdapName base, String filter, SearchControls controls, Paging paging) {
		this.context = context;
		this.base = base;
		this.filter = filter;
		this.controls = controls;
		this.paging = paging;
		this.pageSize = paging.size();
		this.firstSize = this.pageSize;
	}

	/**
	 * Makes sure, if nothing is found, that the base is there.
	 */
	PagedSearch verifyingBase() {
		this.verifiesBase = true;
		return this;
	}

	/**
	 * Asks for a smaller page first, which is likely to be enough.
	 */
	PagedSearch beginningWith(long results) {
		this.firstSize = (int) Math.max(1, Math.min(results, this.pageSize));
		return this;
	}

	/**
	 * Whether the server has answered, so that the base was there.
	 */
	boolean hasBegun() {
		return this.begun && !this.verifiesBase;
	}

	/**
	 * Fetches the next result.
	 * @return the result, or {@code null} after the last
	 */
	@Nullable SearchResult next() throws NamingException {
		SearchResult next = null;
		while (next == null && !this.ended) {
			next = fetch();
		}
		return next;
	}

	/**
	 * Fetches the next result of the page.
	 * @return the result, or {@code null} after the last of the page
	 */
	private @Nullable SearchResult fetch() throws NamingException {
		try {
			return tryFetch();
		}
		catch (NamingException ex) {
			if (!this.begun && this.pageSize > 0 && Paging.isRefusal(ServerResult.of(ex))) {
				logger.debug("The server refuses a search with pages, which is tried without", ex);
				closePage();
				this.pageSize = 0;
				return null;
			}
			abort();
			throw ex;
		}
	}

	private @Nullable SearchResult tryFetch() throws NamingException {
		NamingEnumeration<SearchResult> current = this.page;
		if (current == null) {
			current = (this.pageSize > 0) ? ask(this.controls, this.begun ? this.pageSize : this.firstSize)
					: this.context.search(this.base, this.filter, this.controls);
			this.page = current;
		}
		NamingException late = this.late;
		if (late != null) {
			throw late;
		}
		Boolean more = this.more;
		this.more = null;
		boolean found = (more != null) ? more : hasMore(current);
		begin();
		if (found) {
			this.verifiesBase = false;
			SearchResult next = current.next();
			awaitMore(current);
			return next;
		}
		byte[] next = (this.pageSize > 0) ? cookie(this.context.getResponseControls()) : NO_COOKIE;
		closePage();
		this.cookie = next;
		this.ended = next.length == 0;
		if (this.ended && this.verifiesBase) {
			verifyBase();
		}
		return null;
	}

	private void begin() {
		if (!this.begun && this.pageSize == 0 && this.paging.size() > 0) {
			this.paging.goOnWithout();
		}
		this.begun = true;
	}

	/**
	 * Waits for what comes after a result: of a connection that ends in the middle of an
	 * entry JNDI makes an entry with what has come of it.
	 */
	private void awaitMore(NamingEnumeration<SearchResult> current) throws NamingException {
		try {
			this.more = hasMore(current);
		}
		catch (NamingException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			this.late = ex;
		}
	}

	/**
	 * A search without pages fails if there is no such base.
	 */
	private void verifyBase() throws NamingException {
		SearchControls entry = new SearchControls(SearchControls.OBJECT_SCOPE, 0, 0, EntryReader.NO_ATTRIBUTES, false,
				false);
		NamingEnumeration<SearchResult> found = this.context.search(this.base, EntryReader.ANY_ENTRY, entry);
		while (hasMore(found)) {
			found.next();
		}
		found.close();
	}

	private NamingEnumeration<SearchResult> ask(SearchControls controls, int size) throws NamingException {
		return Directory.withControls(this.context, page(size, this.cookie),
				(paged) -> paged.search(this.base, this.filter, controls));
	}

	/**
	 * Ends the search, wherever it is. JNDI abandons a search that is not read to its
	 * end, and a server keeps a paged one for as long as the connection lives, so the
	 * rest of the page is read and the other pages are declined.
	 * @throws NamingException if the connection fails
	 */
	@Override
	public void close() throws NamingException {
		if (this.ended) {
			return;
		}
		drain();
		boolean open = !this.ended && this.page == null && this.cookie != null;
		this.ended = true;
		closePage();
		if (open) {
			decline();
		}
	}

	/**
	 * Reads the rest of the page. What the server says after it, such as that a limit is
	 * reached, is about results that nobody wants.
	 */
	private void drain() throws NamingException {
		int rest = this.pageSize;
		try {
			while (this.page != null && rest-- > 0) {
				fetch();
			}
		}
		catch (NamingException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			logger.debug("A search has failed behind the last result that was wanted", ex);
		}
	}

	/**
	 * Ends the search without a word to the server: its connection is not used again.
	 */
	void abort() {
		this.ended = true;
		try {
			closePage();
		}
		catch (NamingException ex) {
			logger.debug("A search could not be closed", ex);
		}
	}

	/**
	 * A size of 0 says that no more pages are wanted (RFC 2696, section 3).
	 */
	private void decline() throws NamingException {
		SearchControls nothing = new SearchControls(this.controls.getSearchScope(), 1, 0, EntryReader.NO_ATTRIBUTES,
				false, false);
		try {
			NamingEnumeration<SearchResult> rest = ask(nothing, 0);
			while (hasMore(rest)) {
				rest.next();
			}
			rest.close();
		}
		catch (NamingException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			logger.debug("The server does not let a paged search be ended early", ex);
		}
	}

	private void closePage() throws NamingException {
		NamingEnumeration<SearchResult> current = this.page;
		this.page = null;
		if (current != null) {
			current.close();
		}
	}

	/**
	 * A continuation reference (RFC 4511, section 4.5.3) points to entries of another
	 * server, which are not this store's.
	 */
	private static boolean hasMore(NamingEnumeration<SearchResult> results) throws NamingException {
		try {
			return results.hasMore();
		}
		catch (PartialResultException ex) {
			if (ServerResult.of(ex).code() == ServerResult.NO_ANSWER) {
				return false;
			}
			throw ex;
		}
	}

	private static Control[] page(int size, byte @Nullable [] cookie) {
		try {
			return new Control[] { new PagedResultsControl(size, cookie, Control.NONCRITICAL) };
		}
		catch (IOException ex) {
			throw new IllegalStateException("The paged results control cannot be encoded", ex);
		}
	}

	private static byte[] cookie(Control @Nullable [] controls) {
		if (controls != null) {
			for (Control control : controls) {
				if (control instanceof PagedResultsResponseControl paged && paged.getCookie() != null) {
					return paged.getCookie();
				}
			}
		}
		return NO_COOKIE;
	}

}
