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
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.EntryIdentity;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads many entries at a time: where the server can, by one search below their common
 * ancestor for all that have one of their DNs. Such a search does not bring all that a
 * read does, as access rules by filter and subentries show, so that what it has not
 * brought is read by itself.
 */
public final class BatchReader {

	private static final Logger logger = LoggerFactory.getLogger(BatchReader.class);

	private static final int BATCH_SIZE = 100;

	private final EntryReader reader;

	public BatchReader(EntryReader reader) {
		this.reader = reader;
	}

	/**
	 * Reads entries.
	 * @param keys the absolute keys
	 * @param attributes the attributes to read; {@code null} for all user attributes
	 * @return the entries by the DN of the key, as the key spells it
	 */
	public Map<String, SearchResultEntry> read(Session session, Collection<DistinguishedName> keys,
			@Nullable List<String> attributes) throws LDAPException {
		Map<String, DistinguishedName> rest = new LinkedHashMap<>();
		keys.forEach((key) -> rest.put(key.dn(), key));
		Map<String, SearchResultEntry> entries = new HashMap<>();
		if (session.capabilities().has(Feature.DN_FILTER)) {
			List<DistinguishedName> all = List.copyOf(rest.values());
			for (int i = 0; i < all.size(); i += BATCH_SIZE) {
				List<DistinguishedName> batch = all.subList(i, Math.min(all.size(), i + BATCH_SIZE));
				DistinguishedName ancestor = DistinguishedName.ancestor(batch);
				if (batch.size() > 1 && !ancestor.isRoot()) {
					readTogether(session, ancestor, batch, attributes, entries);
				}
			}
		}
		rest.keySet().removeAll(entries.keySet());
		readOneByOne(session, List.copyOf(rest.keySet()), attributes, entries);
		return entries;
	}

	private void readTogether(Session session, DistinguishedName ancestor, List<DistinguishedName> keys,
			@Nullable List<String> attributes, Map<String, SearchResultEntry> entries) throws LDAPException {
		Map<String, DistinguishedName> byDn = new HashMap<>();
		keys.forEach((key) -> byDn.put(key.dn(), key));
		List<SearchResultEntry> spelledOtherwise = new ArrayList<>();
		for (SearchResultEntry result : search(session, ancestor, keys, attributes)) {
			if (byDn.containsKey(result.getDN())) {
				entries.put(result.getDN(), result);
			}
			else {
				spelledOtherwise.add(result);
			}
		}
		if (!spelledOtherwise.isEmpty()) {
			assign(spelledOtherwise, byDn, session.schema(), entries);
		}
	}

	/**
	 * Finds the keys of results to which the server gives the same names in another
	 * spelling.
	 */
	private static void assign(List<SearchResultEntry> results, Map<String, DistinguishedName> byDn,
			DirectorySchema schema, Map<String, SearchResultEntry> entries) {
		Map<EntryIdentity, DistinguishedName> byIdentity = schema.isHidden() ? Map.of()
				: byIdentity(byDn.values(), schema);
		for (SearchResultEntry result : results) {
			DistinguishedName name = name(result);
			DistinguishedName key = (name != null) ? byDn.get(name.dn()) : null;
			if (key == null && name != null) {
				key = byIdentity.get(EntryIdentity.of(name, schema));
			}
			if (key != null) {
				entries.put(key.dn(), result);
			}
		}
	}

	/**
	 * The keys by the entries that they mean. Where two seem to mean the same one, only
	 * the server knows whether they do.
	 */
	private static Map<EntryIdentity, DistinguishedName> byIdentity(Collection<DistinguishedName> keys,
			DirectorySchema schema) {
		Map<EntryIdentity, DistinguishedName> byIdentity = new HashMap<>();
		List<EntryIdentity> unsure = new ArrayList<>();
		for (DistinguishedName key : keys) {
			EntryIdentity identity = EntryIdentity.of(key, schema);
			if (byIdentity.put(identity, key) != null) {
				unsure.add(identity);
			}
		}
		byIdentity.keySet().removeAll(unsure);
		return byIdentity;
	}

	/**
	 * The name of an entry that was found, to which a server may even give one that is no
	 * DN.
	 */
	private static @Nullable DistinguishedName name(SearchResultEntry found) {
		try {
			return DistinguishedName.ofServerDn(found.getDN());
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Finds entries by their DNs.
	 * @return what was found; nothing if the server does not take such a search
	 */
	private List<SearchResultEntry> search(Session session, DistinguishedName ancestor, List<DistinguishedName> keys,
			@Nullable List<String> attributes) throws LDAPException {
		String attribute = session.dnAttribute();
		Filter filter = Filter
			.createORFilter(keys.stream().map((key) -> Filter.createEqualityFilter(attribute, key.dn())).toList());
		List<SearchResultEntry> found = new ArrayList<>();
		try {
			this.reader.searchAtOnce(session, ancestor.dn(), filter, attributes, found::add);
			return found;
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			logger.debug("A search by DN has failed", ex);
			return List.of();
		}
	}

	private void readOneByOne(Session session, List<String> dns, @Nullable List<String> attributes,
			Map<String, SearchResultEntry> entries) throws LDAPException {
		Iterator<@Nullable SearchResultEntry> found = this.reader.readAll(session, dns, null, attributes).iterator();
		for (String dn : dns) {
			SearchResultEntry entry = found.next();
			if (entry != null) {
				entries.put(dn, entry);
			}
		}
	}

}
