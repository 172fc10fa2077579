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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import javax.naming.InvalidNameException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NoPermissionException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;

import com.unboundid.ldap.sdk.Filter;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataRetrievalFailureException;

/**
 * Searches on one connection. No Java object is ever made of an entry.
 */
final class EntryReader {

	static final String ANY_ENTRY = "(objectClass=*)";

	static final String[] NO_ATTRIBUTES = { "1.1" };

	private static final String ALL_USER_ATTRIBUTES = "*";

	/**
	 * Some servers call it operational.
	 */
	private static final String REFERRAL_ATTRIBUTE = "ref";

	private static final String[] NAMING_CONTEXTS = { "namingContexts" };

	private final Directory directory;

	private final Paging paging;

	EntryReader(Directory directory, int pageSize) {
		this.directory = directory;
		this.paging = new Paging(pageSize);
	}

	/**
	 * How many entries a search asks for at a time.
	 */
	int pageSize() {
		return (this.paging.size() > 0) ? this.paging.size() : Integer.MAX_VALUE;
	}

	/**
	 * Reads one entry.
	 * @param attributes the attributes to read; {@code null} for all user attributes
	 * @return the entry, or {@code null} if it is not there or may not be seen
	 */
	@Nullable SearchResult read(LdapContext context, LdapName name, @Nullable List<String> attributes) throws NamingException {
		boolean classesAreRead = attributes == null || attributes.contains(ALL_USER_ATTRIBUTES);
		SearchResult found = read(context, name, classesAreRead ? ANY_ENTRY : withoutReferrals(ANY_ENTRY), attributes);
		return (found != null && classesAreRead && isReferral(found)) ? null : found;
	}

	/**
	 * Reads one entry that matches a filter.
	 * @param condition the filter; {@code null} for any entry
	 * @return the entry, or {@code null} if it is not there, does not match or may not be
	 * seen
	 */
	@Nullable SearchResult read(LdapContext context, LdapName name, @Nullable Filter condition, @Nullable List<String> attributes)
			throws NamingException {
		return (condition == null) ? read(context, name, attributes)
				: read(context, name, withoutReferrals(condition.toString()), attributes);
	}

	private static @Nullable SearchResult read(LdapContext context, LdapName name, String filter,
			@Nullable List<String> attributes) throws NamingException {
		try {
			return search(context, name, filter, attributes);
		}
		catch (NameNotFoundException ex) {
			return null;
		}
	}

	private static @Nullable SearchResult search(LdapContext context, LdapName name, String filter,
			@Nullable List<String> attributes) throws NamingException {
		SearchResult last = null;
		try (PagedSearch search = new PagedSearch(context, name, filter,
				controls(SearchControls.OBJECT_SCOPE, attributes), Paging.NONE)) {
			for (SearchResult found = search.next(); found != null; found = search.next()) {
				last = found;
			}
		}
		return last;
	}

	/**
	 * Reads one entry, also one that only refers to another server, with its user
	 * attributes.
	 * @return the entry, or {@code null} if it is not there or may not be seen
	 */
	@Nullable SearchResult readReferral(LdapContext context, LdapName name) throws NamingException {
		return read(context, name, ANY_ENTRY, List.of(ALL_USER_ATTRIBUTES, REFERRAL_ATTRIBUTE));
	}

	/**
	 * An entry that only refers to another server (RFC 3296) is none of the store's. To
	 * leave it to the filter costs the server much of what a read costs in all.
	 */
	private static boolean isReferral(SearchResult found) throws NamingException {
		Attribute objectClass = found.getAttributes().get("objectClass");
		for (int i = 0; objectClass != null && i < objectClass.size(); i++) {
			if (ObjectClasses.isReferral(objectClass.get(i).toString())) {
				return true;
			}
		}
		return false;
	}

	private static String withoutReferrals(String filter) {
		return "(&" + filter + "(!(objectClass=referral)))";
	}

	/**
	 * The absolute key of an entry that was found.
	 * @param operation what it was looked for
	 */
	static LdapKey keyOf(SearchResult found, Operation operation) {
		return keyOf(found.getNameInNamespace(), operation, "an entry with the name");
	}

	private static LdapKey keyOf(String name, Operation operation, String what) {
		try {
			return LdapKey.ofServerDn(name);
		}
		catch (IllegalArgumentException ex) {
			throw new DataRetrievalFailureException(
					operation.failed() + "the server sent " + what + " '" + Excerpt.of(name) + "', which is no DN.",
					ex);
		}
	}

	/**
	 * The value of an entry that was found.
	 * @param name gives the name of the entry, relative to the base of the context
	 */
	static LdapValue value(LdapContext context, Supplier<LdapName> name, SearchResult found, DirectorySchema schema)
			throws NamingException {
		Attributes attributes = found.getAttributes();
		RangedAttributes.complete(context, name, attributes);
		return EntryMapper.toValue(attributes, schema);
	}

	boolean exists(LdapContext context, LdapName name) throws NamingException {
		return read(context, name, List.of()) != null;
	}

	/**
	 * Whether the server lets it be known that there is an entry, also one that it does
	 * not show.
	 */
	boolean isKnown(LdapContext context, LdapName name) throws NamingException {
		try {
			search(context, name, ANY_ENTRY, List.of());
			return true;
		}
		catch (NoPermissionException ex) {
			return true;
		}
		catch (NameNotFoundException | InvalidNameException ex) {
			return false;
		}
	}

	/**
	 * The absolute name of an entry as the server spells it. It is asked for on a context
	 * of its own, since a search may be under way on the other.
	 * @param operation what it is wanted for
	 * @return the name; the root if there is no such entry
	 */
	LdapKey spelling(LdapContext context, LdapName name, Operation operation) throws NamingException {
		LdapContext own = context.newInstance(null);
		try {
			SearchResult found = read(own, name, List.of());
			return (found != null) ? keyOf(found, operation) : LdapKey.of("/");
		}
		finally {
			own.close();
		}
	}

	/**
	 * The names of the roots of the trees that the server holds (RFC 4512, section 5.1),
	 * as it sends them.
	 */
	List<String> namingContexts(LdapContext context) throws NamingException {
		List<String> names = new ArrayList<>();
		Attribute attribute = context.getAttributes(new LdapName(""), NAMING_CONTEXTS).get(NAMING_CONTEXTS[0]);
		for (int i = 0; attribute != null && i < attribute.size(); i++) {
			names.add(attribute.get(i).toString());
		}
		return names;
	}

	/**
	 * The keys of the roots of the trees that the server holds.
	 * @param operation what they are wanted for
	 */
	List<LdapKey> roots(LdapContext context, Operation operation) throws NamingException {
		return namingContexts(context).stream().map((name) -> keyOf(name, operation, "the naming context")).toList();
	}

	/**
	 * Hands over entries, page by page.
	 */
	void search(LdapContext context, LdapName base, int scope, String filter, @Nullable List<String> attributes,
			ResultHandler handler) throws NamingException {
		try (PagedSearch search = search(context, base, scope, filter, attributes)) {
			for (SearchResult found = search.next(); found != null; found = search.next()) {
				handler.handle(found);
			}
		}
	}

	/**
	 * Hands over the entries of a subtree that a filter finds, in one go: they are few.
	 */
	void searchAtOnce(LdapContext context, LdapName base, String filter, @Nullable List<String> attributes,
			ResultHandler handler) throws NamingException {
		try (PagedSearch search = new PagedSearch(context, base, withoutReferrals(filter),
				controls(SearchControls.SUBTREE_SCOPE, attributes), Paging.NONE)) {
			for (SearchResult found = search.next(); found != null; found = search.next()) {
				handler.handle(found);
			}
		}
	}

	/**
	 * Prepares a search for entries, which is not sent yet.
	 */
	PagedSearch search(LdapContext context, LdapName base, int scope, String filter, @Nullable List<String> attributes)
			throws NamingException {
		ServerCapabilities capabilities = this.directory.capabilities(context);
		boolean paged = scope != SearchControls.OBJECT_SCOPE && !capabilities.has(Quirk.LOSES_PAGES);
		PagedSearch search = new PagedSearch(context, base, withoutReferrals(filter), controls(scope, attributes),
				paged ? this.paging : Paging.NONE);
		return capabilities.has(Quirk.HIDES_A_MISSING_BASE) ? search.verifyingBase() : search;
	}

	private static SearchControls controls(int scope, @Nullable List<String> attributes) {
		String[] names = (attributes == null) ? null
				: attributes.isEmpty() ? NO_ATTRIBUTES : attributes.toArray(String[]::new);
		return new SearchControls(scope, 0, 0, names, false, false);
	}

}
