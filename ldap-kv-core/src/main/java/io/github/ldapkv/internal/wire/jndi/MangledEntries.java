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

import java.util.HashSet;
import java.util.Set;

import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapContext;

import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.Excerpt;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataRetrievalFailureException;

/**
 * Reads entries again of which JNDI has made text that is none.
 */
final class MangledEntries {

	private MangledEntries() {
	}

	/**
	 * Reads an entry as a whole, so that all of it is of one moment.
	 * @param context a context of its own
	 * @param request the search that has found it
	 * @param first the attributes that came mangled
	 * @return the entry, or {@code null} if it is not there any more
	 * @throws DataRetrievalFailureException if they come mangled all the same
	 */
	static @Nullable SearchResultEntry readAgain(LdapContext context, JndiNames names, DirectorySchema schema,
			String dn, SearchRequest request, Set<String> first) throws NamingException {
		Set<String> asked = new HashSet<>();
		Set<String> mangled = first;
		SearchResultEntry entry = null;
		while (!mangled.isEmpty()) {
			refuse(mangled, asked);
			asked.addAll(mangled);
			context.addToEnvironment(JndiNames.BINARY_ATTRIBUTES, names.addBinary(schema, asked));
			mangled = new HashSet<>();
			SearchResult found = find(context, names, dn, request);
			entry = (found != null) ? JndiEntries.entry(found, schema, mangled) : null;
		}
		return entry;
	}

	private static void refuse(Set<String> mangled, Set<String> asked) {
		for (String description : mangled) {
			if (asked.contains(description)) {
				throw new DataRetrievalFailureException("Attribute '" + Excerpt.of(description)
						+ "' arrives as text although it is asked for as bytes: the context source ignores the setting "
						+ JndiNames.BINARY_ATTRIBUTES);
			}
		}
	}

	private static @Nullable SearchResult find(LdapContext context, JndiNames names, String dn, SearchRequest request)
			throws NamingException {
		try {
			NamingEnumeration<SearchResult> results = context.search(names.name(dn), request.getFilter().toString(),
					JndiEntries.settings(request, SearchScope.BASE));
			SearchResult last = null;
			while (results.hasMore()) {
				last = results.next();
			}
			return last;
		}
		catch (NameNotFoundException ex) {
			return null;
		}
	}

}
