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
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.naming.NamingException;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;

import com.unboundid.ldap.sdk.Filter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads many entries at a time: where the server can, by one search below their common
 * ancestor for all that have one of their DNs. Such a search does not bring all that a
 * read does, as access rules by filter and subentries show, so that what it has not
 * brought is read by itself.
 */
final class BatchReader {

	private static final Logger logger = LoggerFactory.getLogger(BatchReader.class);

	private static final int BATCH_SIZE = 100;

	private final Directory directory;

	private final EntryReader reader;

	private final KeyResolver resolver;

	BatchReader(Directory directory, EntryReader reader, KeyResolver resolver) {
		this.directory = directory;
		this.reader = reader;
		this.resolver = resolver;
	}

	/**
	 * Reads entries.
	 * @param keys the absolute keys
	 * @param attributes the attributes to read; {@code null} for all user attributes
	 * @return the values by the DN of the key, as the key spells it
	 */
	Map<String, LdapValue> read(LdapContext context, Collection<LdapKey> keys, @Nullable List<String> attributes)
			throws NamingException {
		Map<String, LdapKey> rest = new LinkedHashMap<>();
		keys.forEach((key) -> rest.put(key.dn(), key));
		Map<String, LdapValue> values = new HashMap<>();
		if (this.directory.capabilities(context).has(ServerCapabilities.Feature.DN_FILTER)) {
			List<LdapKey> all = List.copyOf(rest.values());
			for (int i = 0; i < all.size(); i += BATCH_SIZE) {
				List<LdapKey> batch = all.subList(i, Math.min(all.size(), i + BATCH_SIZE));
				LdapKey ancestor = ancestor(batch);
				if (batch.size() > 1 && !ancestor.isRoot()) {
					readTogether(context, ancestor, batch, attributes, values);
				}
			}
		}
		rest.keySet().removeAll(values.keySet());
		readOneByOne(context, List.copyOf(rest.values()), attributes)
			.forEach((found) -> values.put(found.key().dn(), found.value()));
		return values;
	}

	private static LdapKey ancestor(List<LdapKey> keys) {
		LdapKey ancestor = keys.get(0);
		for (LdapKey key : keys) {
			while (!key.startsWith(ancestor)) {
				ancestor = ancestor.parent();
			}
		}
		return ancestor;
	}

	private void readTogether(LdapContext context, LdapKey ancestor, List<LdapKey> keys,
			@Nullable List<String> attributes, Map<String, LdapValue> values) throws NamingException {
		DirectorySchema schema = this.directory.schema(context);
		Map<String, LdapKey> byDn = new HashMap<>();
		keys.forEach((key) -> byDn.put(key.dn(), key));
		Map<EntryIdentity, LdapKey> byIdentity = schema.isHidden() ? Map.of() : byIdentity(keys, schema);
		for (SearchResult result : search(context, ancestor, keys, attributes)) {
			LdapKey name = name(result);
			LdapKey key = (name != null) ? byDn.get(name.dn()) : null;
			if (key == null && name != null) {
				key = byIdentity.get(EntryIdentity.of(name, schema));
			}
			if (key != null) {
				LdapName read = this.resolver.name(key);
				values.put(key.dn(), EntryReader.value(context, () -> read, result, schema));
			}
		}
	}

	/**
	 * The keys by the entries that they mean. Where two seem to mean the same one, only
	 * the server knows whether they do.
	 */
	private static Map<EntryIdentity, LdapKey> byIdentity(List<LdapKey> keys, DirectorySchema schema) {
		Map<EntryIdentity, LdapKey> byIdentity = new HashMap<>();
		List<EntryIdentity> unsure = new ArrayList<>();
		for (LdapKey key : keys) {
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
	private static @Nullable LdapKey name(SearchResult found) {
		try {
			return LdapKey.ofServerDn(found.getNameInNamespace());
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Finds entries by their DNs.
	 * @return what was found; nothing if the server does not take such a search
	 */
	private List<SearchResult> search(LdapContext context, LdapKey ancestor, List<LdapKey> keys,
			@Nullable List<String> attributes) throws NamingException {
		String attribute = this.directory.capabilities(context).dnAttribute();
		Filter filter = Filter
			.createORFilter(keys.stream().map((key) -> Filter.createEqualityFilter(attribute, key.dn())).toList());
		List<SearchResult> found = new ArrayList<>();
		try {
			this.reader.searchAtOnce(context, this.resolver.name(ancestor), filter.toString(), attributes, found::add);
			return found;
		}
		catch (NamingException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			logger.debug("A search by DN has failed", ex);
			return List.of();
		}
	}

	private List<Found> readOneByOne(LdapContext context, List<LdapKey> keys, @Nullable List<String> attributes)
			throws NamingException {
		return Pipeline.run(context, keys, (own, some) -> {
			List<Found> found = new ArrayList<>(some.size());
			for (LdapKey key : some) {
				LdapName name = this.resolver.name(key);
				SearchResult result = this.reader.read(own, name, attributes);
				if (result != null) {
					found.add(new Found(key, EntryReader.value(own, () -> name, result, this.directory.schema(own))));
				}
			}
			return found;
		});
	}

	private record Found(LdapKey key, LdapValue value) {

	}

}
