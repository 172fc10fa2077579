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

package io.github.ldapkv.internal.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.schema.ObjectClasses;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.wire.PagedSearch;
import io.github.ldapkv.internal.wire.Paging;
import io.github.ldapkv.internal.wire.Quirk;
import io.github.ldapkv.internal.wire.SearchResults;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataRetrievalFailureException;

/**
 * Searches on one connection. No Java object is ever made of an entry.
 */
public final class EntryReader {

	private static final Filter NO_REFERRAL = Filter
		.createNOTFilter(Filter.createEqualityFilter("objectClass", "referral"));

	private static final Filter ANY_ENTRY_BUT_REFERRALS = withoutReferrals(Session.ANY_ENTRY);

	/**
	 * What servers say of a name that no entry has.
	 */
	static final Set<ResultCode> NO_SUCH_NAME = Set.of(ResultCode.NO_SUCH_OBJECT, ResultCode.INVALID_DN_SYNTAX,
			ResultCode.NAMING_VIOLATION);

	private static final String[] ALL = {};

	private static final String[] NONE = { SearchRequest.NO_ATTRIBUTES };

	private static final String ALL_USER_ATTRIBUTES = "*";

	/**
	 * By which the SDK finds it without another look at its case.
	 */
	private static final String OBJECT_CLASS = "objectclass";

	/**
	 * Some servers call it operational.
	 */
	private static final String REFERRAL_ATTRIBUTE = "ref";

	private static final String NAMING_CONTEXTS = "namingContexts";

	private final Paging paging;

	/**
	 * Whether the server was seen to keep the object classes of an entry to itself. Only
	 * it can leave out referrals then.
	 */
	private volatile boolean classesAreHidden;

	public EntryReader(int pageSize) {
		this.paging = new Paging(pageSize);
	}

	/**
	 * How many entries a search asks for at a time.
	 */
	public int pageSize() {
		return (this.paging.size() > 0) ? this.paging.size() : Integer.MAX_VALUE;
	}

	/**
	 * Reads one entry.
	 * @param dn the absolute DN
	 * @param attributes the attributes to read; {@code null} for all user attributes
	 * @return the entry, or {@code null} if it is not there or may not be seen
	 */
	public @Nullable SearchResultEntry read(Session session, String dn, @Nullable List<String> attributes)
			throws LDAPException {
		return withoutReferral(session.read(request(dn, attributes)), attributes);
	}

	/**
	 * Reads one entry that matches a filter.
	 * @param condition the filter; {@code null} for any entry
	 * @return the entry, or {@code null} if it is not there, does not match or may not be
	 * seen
	 */
	public @Nullable SearchResultEntry read(Session session, String dn, @Nullable Filter condition,
			@Nullable List<String> attributes) throws LDAPException {
		return withoutReferral(session.read(request(dn, condition, attributes)), attributes);
	}

	/**
	 * Reads many entries that match a filter.
	 * @param dns the absolute DNs
	 * @param condition the filter; {@code null} for any entry
	 * @return the entries in that order, {@code null} for each that is not there, does
	 * not match or may not be seen
	 */
	public List<@Nullable SearchResultEntry> readAll(Session session, List<String> dns, @Nullable Filter condition,
			@Nullable List<String> attributes) throws LDAPException {
		List<@Nullable SearchResultEntry> found = new ArrayList<>(dns.size());
		for (SearchResultEntry entry : session
			.readAll(dns.stream().map((dn) -> request(dn, condition, attributes)).toList())) {
			found.add(withoutReferral(entry, attributes));
		}
		return found;
	}

	private static SearchRequest request(String dn, @Nullable Filter condition, @Nullable List<String> attributes) {
		return (condition == null) ? request(dn, attributes)
				: request(dn, SearchScope.BASE, withoutReferrals(condition), attributes);
	}

	/**
	 * An entry that only refers to another server (RFC 3296) is none of the store's. To
	 * leave it to the filter costs the server much of what a read costs in all.
	 */
	private static SearchRequest request(String dn, @Nullable List<String> attributes) {
		return request(dn, SearchScope.BASE, classesAreRead(attributes) ? Session.ANY_ENTRY : ANY_ENTRY_BUT_REFERRALS,
				attributes);
	}

	private static SearchRequest request(String dn, SearchScope scope, Filter filter,
			@Nullable List<String> attributes) {
		return new SearchRequest(dn, scope, filter,
				(attributes == null) ? ALL : attributes.isEmpty() ? NONE : attributes.toArray(String[]::new));
	}

	private static boolean classesAreRead(@Nullable List<String> attributes) {
		return attributes == null || attributes.contains(ALL_USER_ATTRIBUTES);
	}

	private static @Nullable SearchResultEntry withoutReferral(@Nullable SearchResultEntry found,
			@Nullable List<String> attributes) {
		return (found != null && classesAreRead(attributes) && isReferral(found)) ? null : found;
	}

	private static boolean isReferral(SearchResultEntry found) {
		Attribute objectClass = found.getAttribute(OBJECT_CLASS);
		return objectClass != null && isReferral(objectClass);
	}

	private static boolean isReferral(Attribute objectClass) {
		for (ASN1OctetString name : objectClass.getRawValues()) {
			if (ObjectClasses.isReferral(name)) {
				return true;
			}
		}
		return false;
	}

	private static Filter withoutReferrals(Filter filter) {
		return Filter.createANDFilter(filter, NO_REFERRAL);
	}

	/**
	 * Reads one entry, also one that only refers to another server, with its user
	 * attributes.
	 * @return the entry, or {@code null} if it is not there or may not be seen
	 */
	public @Nullable SearchResultEntry readReferral(Session session, String dn) throws LDAPException {
		return session
			.read(request(dn, SearchScope.BASE, Session.ANY_ENTRY, List.of(ALL_USER_ATTRIBUTES, REFERRAL_ATTRIBUTE)));
	}

	/**
	 * The absolute key of an entry that was found.
	 * @param operation what it was looked for
	 */
	public static DistinguishedName keyOf(SearchResultEntry found, Operation operation) {
		return keyOf(found, DistinguishedName::ofServerDn, operation);
	}

	/**
	 * The absolute key of an entry that was found.
	 * @param reading reads DNs as servers send them
	 */
	static DistinguishedName keyOf(SearchResultEntry found, Function<String, DistinguishedName> reading,
			Operation operation) {
		return keyOf(found.getDN(), reading, operation, "an entry with the name");
	}

	private static DistinguishedName keyOf(String name, Function<String, DistinguishedName> reading,
			Operation operation, String what) {
		try {
			return reading.apply(name);
		}
		catch (IllegalArgumentException ex) {
			throw new DataRetrievalFailureException(
					operation.failed() + "the server sent " + what + " '" + Excerpt.of(name) + "', which is no DN.",
					ex);
		}
	}

	public boolean exists(Session session, String dn) throws LDAPException {
		return read(session, dn, List.of()) != null;
	}

	/**
	 * Whether the server lets it be known that there is an entry, also one that it does
	 * not show.
	 */
	boolean isKnown(Session session, String dn) throws LDAPException {
		try (SearchResults results = session.search(request(dn, SearchScope.BASE, Session.ANY_ENTRY, List.of()))) {
			while (results.next() != null) {
				// Read to the end, whether it is shown or not.
			}
			return true;
		}
		catch (LDAPException ex) {
			if (ex.getResultCode().equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
				return true;
			}
			if (NO_SUCH_NAME.contains(ex.getResultCode())) {
				return false;
			}
			throw ex;
		}
	}

	/**
	 * The absolute name of an entry as the server spells it.
	 * @param operation what it is wanted for
	 * @return the name; the root if there is no such entry
	 */
	public DistinguishedName spelling(Session session, DistinguishedName name, Operation operation)
			throws LDAPException {
		SearchResultEntry found = read(session, name.dn(), List.of());
		return (found != null) ? keyOf(found, operation) : DistinguishedName.ROOT;
	}

	/**
	 * The names of the roots of the trees that the server holds (RFC 4512, section 5.1),
	 * as it sends them.
	 */
	List<String> namingContexts(Session session) throws LDAPException {
		SearchResultEntry rootDse = session
			.read(request("", SearchScope.BASE, Session.ANY_ENTRY, List.of(NAMING_CONTEXTS)));
		String[] names = (rootDse != null) ? rootDse.getAttributeValues(NAMING_CONTEXTS) : null;
		return (names != null) ? List.of(names) : List.of();
	}

	/**
	 * The keys of the roots of the trees that the server holds.
	 * @param operation what they are wanted for
	 */
	public List<DistinguishedName> roots(Session session, Operation operation) throws LDAPException {
		return namingContexts(session).stream()
			.map((name) -> keyOf(name, DistinguishedName::ofServerDn, operation, "the naming context"))
			.toList();
	}

	/**
	 * Hands over entries, page by page.
	 */
	public void search(Session session, String base, SearchScope scope, Filter filter,
			@Nullable List<String> attributes, Consumer<SearchResultEntry> consumer) throws LDAPException {
		try (PagedSearch search = search(session, base, scope, filter, attributes)) {
			handOver(search, consumer);
		}
	}

	/**
	 * Hands over the entries of a subtree that a filter finds, in one go: they are few.
	 */
	void searchAtOnce(Session session, String base, Filter filter, @Nullable List<String> attributes,
			Consumer<SearchResultEntry> consumer) throws LDAPException {
		try (PagedSearch search = search(session, base, SearchScope.SUB, filter, attributes, Paging.FEW)) {
			handOver(search, consumer);
		}
	}

	private static void handOver(PagedSearch search, Consumer<SearchResultEntry> consumer) throws LDAPException {
		for (SearchResultEntry found = search.next(); found != null; found = search.next()) {
			consumer.accept(found);
		}
	}

	/**
	 * Prepares a search for entries, which is not sent yet.
	 */
	public PagedSearch search(Session session, String base, SearchScope scope, Filter filter,
			@Nullable List<String> attributes) {
		PagedSearch search = search(session, base, scope, filter, attributes, paging(session, scope));
		return session.has(Quirk.HIDES_A_MISSING_BASE) ? search.verifyingBase() : search;
	}

	private Paging paging(Session session, SearchScope scope) {
		if (scope == SearchScope.BASE) {
			return Paging.FEW;
		}
		return session.has(Quirk.LOSES_PAGES) ? Paging.NONE : this.paging;
	}

	/**
	 * To leave referrals out costs the server more than to send the few that there are.
	 */
	private PagedSearch search(Session session, String base, SearchScope scope, Filter filter,
			@Nullable List<String> attributes, Paging pages) {
		if (this.classesAreHidden || !classesAreRead(attributes)) {
			return new PagedSearch(session, request(base, scope, withoutReferrals(filter), attributes), pages);
		}
		return new PagedSearch(session, request(base, scope, filter, attributes), pages)
			.only((found) -> isEntry(session, found));
	}

	private boolean isEntry(Session session, SearchResultEntry found) throws LDAPException {
		Attribute objectClass = found.getAttribute(OBJECT_CLASS);
		if (objectClass != null) {
			return !isReferral(objectClass);
		}
		this.classesAreHidden = true;
		return exists(session, found.getDN());
	}

}
