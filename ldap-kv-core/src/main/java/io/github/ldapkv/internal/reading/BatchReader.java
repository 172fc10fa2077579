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

import org.springframework.util.CollectionUtils;

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
	 * @param <T> what is made of an entry
	 * @param keys the absolute keys
	 * @param attributes the attributes to read; {@code null} for all user attributes
	 * @param mapping makes of an entry what is kept of it
	 * @return what was made, by the DN of the key, as the key spells it
	 */
	public <T> Map<String, T> read(Session session, Collection<DistinguishedName> keys,
			@Nullable List<String> attributes, Mapping<T> mapping) throws LDAPException {
		Results<T> results = new Results<>(keys, mapping);
		if (session.capabilities().has(Feature.DN_FILTER)) {
			List<DistinguishedName> all = List.copyOf(results.keys.values());
			for (int i = 0; i < all.size(); i += BATCH_SIZE) {
				List<DistinguishedName> batch = all.subList(i, Math.min(all.size(), i + BATCH_SIZE));
				DistinguishedName ancestor = DistinguishedName.ancestor(batch);
				if (batch.size() > 1 && !ancestor.isRoot()) {
					readTogether(session, ancestor, batch, attributes, results);
				}
			}
		}
		readOneByOne(session, results.missing(), attributes, results);
		return results.byDn;
	}

	private <T> void readTogether(Session session, DistinguishedName ancestor, List<DistinguishedName> keys,
			@Nullable List<String> attributes, Results<T> results) throws LDAPException {
		List<SearchResultEntry> spelledOtherwise = new ArrayList<>();
		for (SearchResultEntry found : search(session, ancestor, keys, attributes)) {
			if (!results.add(found.getDN(), found)) {
				spelledOtherwise.add(found);
			}
		}
		if (!spelledOtherwise.isEmpty()) {
			assign(spelledOtherwise, keys, session.schema(), results);
		}
	}

	/**
	 * Finds the keys of results to which the server gives the same names in another
	 * spelling.
	 */
	private static <T> void assign(List<SearchResultEntry> spelledOtherwise, List<DistinguishedName> keys,
			DirectorySchema schema, Results<T> results) throws LDAPException {
		Map<EntryIdentity, DistinguishedName> byIdentity = schema.isHidden() ? Map.of() : byIdentity(keys, schema);
		for (SearchResultEntry found : spelledOtherwise) {
			DistinguishedName name = name(found);
			if (name != null && !results.add(name.dn(), found)) {
				DistinguishedName key = byIdentity.get(EntryIdentity.of(name, schema));
				if (key != null) {
					results.add(key.dn(), found);
				}
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

	private <T> void readOneByOne(Session session, List<String> dns, @Nullable List<String> attributes,
			Results<T> results) throws LDAPException {
		Iterator<@Nullable SearchResultEntry> found = this.reader.readAll(session, dns, null, attributes).iterator();
		for (String dn : dns) {
			SearchResultEntry entry = found.next();
			if (entry != null) {
				results.add(dn, entry);
			}
		}
	}

	/**
	 * Makes of an entry what is kept of it, for which the connection may be used.
	 *
	 * @param <T> what is made
	 */
	@FunctionalInterface
	public interface Mapping<T> {

		T of(SearchResultEntry found) throws LDAPException;

	}

	/**
	 * What was made of the entries that were found.
	 *
	 * @param <T> what is made
	 */
	private static final class Results<T> {

		private final Map<String, DistinguishedName> keys;

		private final Map<String, T> byDn;

		private final Mapping<T> mapping;

		Results(Collection<DistinguishedName> keys, Mapping<T> mapping) {
			this.keys = CollectionUtils.newLinkedHashMap(keys.size());
			this.byDn = CollectionUtils.newHashMap(keys.size());
			this.mapping = mapping;
			keys.forEach((key) -> this.keys.put(key.dn(), key));
		}

		/**
		 * Takes an entry, if it was asked for by this DN.
		 */
		boolean add(String dn, SearchResultEntry found) throws LDAPException {
			boolean asked = this.keys.containsKey(dn);
			if (asked) {
				this.byDn.put(dn, this.mapping.of(found));
			}
			return asked;
		}

		List<String> missing() {
			return this.keys.keySet().stream().filter((dn) -> !this.byDn.containsKey(dn)).toList();
		}

	}

}
