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
import java.util.ArrayList;
import java.util.List;

import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.PartialResultException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.Control;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.PagedResultsControl;
import javax.naming.ldap.PagedResultsResponseControl;

import org.jspecify.annotations.Nullable;

/**
 * Searches on one connection. Results are read to the end, since JNDI abandons what is
 * not, which is slow; and no Java object is ever made of an entry.
 */
final class EntryReader {

	static final String ANY_ENTRY = "(objectClass=*)";

	/**
	 * An entry that only refers to another server (RFC 3296) is none of the store's.
	 */
	private static final String NO_REFERRAL = "(!(objectClass=referral))";

	private static final String[] NO_ATTRIBUTES = { "1.1" };

	private static final String[] NAMING_CONTEXTS = { "namingContexts" };

	private final int pageSize;

	EntryReader(int pageSize) {
		this.pageSize = pageSize;
	}

	/**
	 * Reads one entry.
	 * @param attributes the attributes to read; {@code null} for all user attributes
	 * @return the entry, or {@code null} if it is not there or may not be seen
	 */
	@Nullable SearchResult read(LdapContext context, LdapName name, @Nullable List<String> attributes) throws NamingException {
		SearchResult[] found = new SearchResult[1];
		try {
			search(context, name, ANY_ENTRY, controls(SearchControls.OBJECT_SCOPE, attributes),
					(result) -> found[0] = result);
		}
		catch (NameNotFoundException ex) {
			return null;
		}
		return found[0];
	}

	/**
	 * The value of an entry that was found.
	 * @param name the name of the entry, relative to the base of the context
	 */
	static LdapValue value(LdapContext context, LdapName name, SearchResult found, DirectorySchema schema)
			throws NamingException {
		Attributes attributes = found.getAttributes();
		RangedAttributes.complete(context, name, attributes);
		return EntryMapper.toValue(attributes, schema);
	}

	boolean exists(LdapContext context, LdapName name) throws NamingException {
		return read(context, name, List.of()) != null;
	}

	/**
	 * The roots of the trees that the server holds (RFC 4512, section 5.1).
	 */
	List<LdapKey> namingContexts(LdapContext context) throws NamingException {
		List<LdapKey> keys = new ArrayList<>();
		Attribute attribute = context.getAttributes(new LdapName(""), NAMING_CONTEXTS).get(NAMING_CONTEXTS[0]);
		for (int i = 0; attribute != null && i < attribute.size(); i++) {
			keys.add(LdapKey.ofServerDn(attribute.get(i).toString()));
		}
		return keys;
	}

	/**
	 * Finds entries, page by page (RFC 2696). A server that does not page ignores the
	 * control and sends all at once.
	 */
	void search(LdapContext context, LdapName base, int scope, String filter, @Nullable List<String> attributes,
			ResultHandler handler) throws NamingException {
		SearchControls controls = controls(scope, attributes);
		if (scope == SearchControls.OBJECT_SCOPE) {
			search(context, base, filter, controls, handler);
			return;
		}
		byte[] cookie = null;
		do {
			byte[] next = cookie;
			cookie = Directory.withControls(context, page(next), (paged) -> {
				search(paged, base, filter, controls, handler);
				return cookie(paged.getResponseControls());
			});
		}
		while (cookie.length > 0);
	}

	private void search(LdapContext context, LdapName base, String filter, SearchControls controls,
			ResultHandler handler) throws NamingException {
		NamingEnumeration<SearchResult> results = context.search(base, "(&" + filter + NO_REFERRAL + ")", controls);
		try {
			while (hasMore(results)) {
				handler.handle(results.next());
			}
		}
		finally {
			results.close();
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

	private Control[] page(byte @Nullable [] cookie) {
		try {
			return new Control[] { new PagedResultsControl(this.pageSize, cookie, Control.NONCRITICAL) };
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
		return new byte[0];
	}

	private static SearchControls controls(int scope, @Nullable List<String> attributes) {
		String[] names = (attributes == null) ? null
				: attributes.isEmpty() ? NO_ATTRIBUTES : attributes.toArray(String[]::new);
		return new SearchControls(scope, 0, 0, names, false, false);
	}

}
