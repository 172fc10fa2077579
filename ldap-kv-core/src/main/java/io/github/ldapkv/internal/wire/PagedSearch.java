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

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
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
public final class PagedSearch implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PagedSearch.class);

	/**
	 * So many results are read sooner than another connection is opened.
	 */
	private static final int SOONER_READ = 1000;

	private final Session session;

	private final SearchRequest request;

	private final Paging paging;

	/**
	 * Which of the results are wanted.
	 */
	private Condition condition = (found) -> true;

	private Pause pause = () -> {
	};

	/**
	 * How many results to ask for at a time; 0 for all at once.
	 */
	private int pageSize;

	/**
	 * How many to ask for first.
	 */
	private int firstSize;

	/**
	 * Whether there was an answer yet.
	 */
	private boolean begun;

	private @Nullable SearchResults page;

	/**
	 * How many results of the page may still come.
	 */
	private int left;

	/**
	 * What the server knows the next page by.
	 */
	private @Nullable ASN1OctetString cookie;

	private boolean ended;

	private boolean verifiesBase;

	/**
	 * Prepares a search.
	 * @param paging how many results to ask for at a time
	 */
	public PagedSearch(Session session, SearchRequest request, Paging paging) {
		this.session = session;
		this.request = request;
		this.paging = paging;
		this.pageSize = paging.size();
		this.firstSize = this.pageSize;
	}

	/**
	 * Makes sure, if nothing is found, that the base is there.
	 */
	public PagedSearch verifyingBase() {
		this.verifiesBase = true;
		return this;
	}

	/**
	 * Leaves out what the server is not asked to leave out.
	 */
	public PagedSearch only(Condition wanted) {
		this.condition = wanted;
		return this;
	}

	/**
	 * Asks for a smaller page first, which is likely to be enough.
	 */
	public PagedSearch beginningWith(long results) {
		this.firstSize = (int) Math.max(1, Math.min(results, this.pageSize));
		return this;
	}

	/**
	 * Has something done between two pages, when the server has nothing to send and the
	 * connection takes any other request.
	 */
	public PagedSearch pausing(Pause between) {
		this.pause = between;
		return this;
	}

	/**
	 * Whether the server has answered, so that the base was there.
	 */
	public boolean hasBegun() {
		return this.begun && !this.verifiesBase;
	}

	/**
	 * Fetches the next result.
	 * @return the result, or {@code null} after the last
	 */
	public @Nullable SearchResultEntry next() throws LDAPException {
		SearchResultEntry next = null;
		while (next == null && !this.ended) {
			try {
				next = wanted(fetch());
			}
			catch (LDAPException ex) {
				if (this.begun || this.pageSize == 0 || !Paging.isRefusal(ServerResult.of(ex))) {
					abort();
					throw ex;
				}
				logger.debug("The server refuses a search with pages, which is tried without", ex);
				closePage();
				this.pageSize = 0;
				this.request.setControls();
			}
			catch (RuntimeException ex) {
				abort();
				throw ex;
			}
		}
		return next;
	}

	private @Nullable SearchResultEntry wanted(@Nullable SearchResultEntry found) throws LDAPException {
		return (found != null && this.condition.isMetBy(found)) ? found : null;
	}

	/**
	 * Fetches the next result of the page.
	 * @return the result, or {@code null} after the last of the page
	 */
	private @Nullable SearchResultEntry fetch() throws LDAPException {
		SearchResults current = this.page;
		if (current == null) {
			if (this.begun) {
				this.pause.betweenPages();
			}
			current = send();
			this.page = current;
		}
		SearchResultEntry next = current.next();
		begin();
		if (next != null) {
			this.left--;
			this.verifiesBase = false;
			return next;
		}
		ASN1OctetString nextPage = (this.pageSize > 0) ? cookie(current.responseControls()) : null;
		closePage();
		this.cookie = nextPage;
		this.ended = nextPage == null;
		if (this.ended && this.verifiesBase) {
			verifyBase();
		}
		return null;
	}

	private SearchResults send() throws LDAPException {
		this.left = (this.pageSize > 0 && !this.begun) ? this.firstSize : this.pageSize;
		return this.session.search((this.left > 0) ? page(this.request, this.left) : this.request);
	}

	/**
	 * Whether more of a page may be on its way, which the server waits for somebody to
	 * take.
	 */
	public boolean isWithinPage() {
		return this.page != null && this.left > 0;
	}

	private void begin() {
		if (!this.begun && this.pageSize == 0 && this.paging.size() > 0) {
			this.paging.goOnWithout();
		}
		this.begun = true;
	}

	/**
	 * A search without pages fails if there is no such base.
	 */
	private void verifyBase() throws LDAPException {
		readToTheEnd(this.session.search(new SearchRequest(this.request.getBaseDN(), SearchScope.BASE,
				Session.ANY_ENTRY, SearchRequest.NO_ATTRIBUTES)));
	}

	private static void readToTheEnd(SearchResults results) throws LDAPException {
		try (results) {
			SearchResultEntry next;
			do {
				next = results.next();
			}
			while (next != null);
		}
	}

	/**
	 * Makes a request one for a page.
	 */
	private SearchRequest page(SearchRequest search, int size) {
		search.setControls(new SimplePagedResultsControl(size, this.cookie, false));
		return search;
	}

	/**
	 * Ends the search, wherever it is. A search that is not read to its end is abandoned,
	 * and a server keeps a paged one for as long as the connection lives, so the rest of
	 * the page is read and the other pages are declined.
	 * @throws LDAPException if the connection fails
	 */
	@Override
	public void close() throws LDAPException {
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
	 * Reads the rest of the page, unless that is far longer than was asked for. What the
	 * server says after it, such as that a limit is reached, is about results that nobody
	 * wants.
	 */
	private void drain() throws LDAPException {
		int rest = (this.pageSize > 0 || this.paging == Paging.FEW) ? Math.max(this.pageSize, SOONER_READ) : 0;
		try {
			while (this.page != null && rest-- > 0) {
				fetch();
			}
		}
		catch (RuntimeException ex) {
			abort();
			throw ex;
		}
		catch (LDAPException ex) {
			abort();
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			logger.debug("A search has failed behind the last result that was wanted", ex);
		}
	}

	/**
	 * Ends the search without a word to the server: its connection is not used again.
	 */
	public void abort() {
		this.ended = true;
		try {
			closePage();
		}
		catch (LDAPException ex) {
			logger.debug("A search could not be closed", ex);
		}
	}

	/**
	 * A size of 0 says that no more pages are wanted (RFC 2696, section 3).
	 */
	private void decline() throws LDAPException {
		SearchRequest nothing = new SearchRequest(this.request.getBaseDN(), this.request.getScope(),
				this.request.getFilter(), SearchRequest.NO_ATTRIBUTES);
		nothing.setSizeLimit(1);
		try {
			readToTheEnd(this.session.search(page(nothing, 0)));
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			logger.debug("The server does not let a paged search be ended early", ex);
		}
	}

	private void closePage() throws LDAPException {
		SearchResults current = this.page;
		this.page = null;
		if (current != null) {
			current.close();
		}
	}

	/**
	 * What the next page is asked for with.
	 * @return {@code null} after the last page
	 */
	private static @Nullable ASN1OctetString cookie(Control[] responses) throws LDAPException {
		for (Control response : responses) {
			if (SimplePagedResultsControl.PAGED_RESULTS_OID.equals(response.getOID())) {
				SimplePagedResultsControl page = (response instanceof SimplePagedResultsControl decoded) ? decoded
						: new SimplePagedResultsControl(response.getOID(), response.isCritical(), response.getValue());
				ASN1OctetString cookie = page.getCookie();
				if (cookie != null && cookie.getValueLength() > 0) {
					return cookie;
				}
			}
		}
		return null;
	}

	/**
	 * What decides whether a result is wanted, for which the connection may be used.
	 */
	@FunctionalInterface
	public interface Condition {

		boolean isMetBy(SearchResultEntry found) throws LDAPException;

	}

	/**
	 * What is done between two pages.
	 */
	@FunctionalInterface
	public interface Pause {

		void betweenPages() throws LDAPException;

	}

}
