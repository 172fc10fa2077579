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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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
 * ancestor for all that have one of their DNs, otherwise one by one.
 * <p>
 * Such a search says nothing of what the account may not search by its DN. So an entry
 * counts as missing only if its parent or a sibling was found; otherwise it is read by
 * itself.
 */
final class BatchReader {

	private static final Logger logger = LoggerFactory.getLogger(BatchReader.class);

	private static final int BATCH_SIZE = 100;

	/**
	 * More parents than these are not asked for along with their children.
	 */
	private static final int MOST_PARENTS = 20;

	private final Directory directory;

	private final EntryReader reader;

	private final KeyResolver resolver;

	/**
	 * Whether a filter on the DN has found nothing that was there.
	 */
	private volatile boolean filterFails;

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
		if (!this.filterFails && this.directory.capabilities(context).has(ServerCapabilities.Feature.DN_FILTER)) {
			Map<LdapKey, LdapKey> byName = byName(rest.values(), this.directory.schema(context));
			List<LdapKey> names = List.copyOf(byName.keySet());
			for (int i = 0; i < names.size(); i += BATCH_SIZE) {
				List<LdapKey> batch = names.subList(i, Math.min(names.size(), i + BATCH_SIZE));
				if (batch.size() > 1 && !ancestor(batch).isRoot()
						&& readTogether(context, batch, byName, attributes, values)) {
					batch.forEach((name) -> rest.remove(current(byName, name).dn()));
				}
			}
		}
		readOneByOne(context, List.copyOf(rest.values()), attributes)
			.forEach((found) -> values.put(found.key().dn(), found.value()));
		return values;
	}

	/**
	 * The keys whose entries can be told from their names alone. Of several spellings of
	 * one name it is the first.
	 */
	private static Map<LdapKey, LdapKey> byName(Collection<LdapKey> keys, DirectorySchema schema) {
		Map<LdapKey, LdapKey> byName = new LinkedHashMap<>();
		for (LdapKey key : keys) {
			LdapKey name = name(key, schema);
			if (name != null) {
				byName.putIfAbsent(name, key);
			}
		}
		return byName;
	}

	/**
	 * A key with the attribute types as the schema names them.
	 * @return the key, or {@code null} if the server compares its values in another way
	 * than keys are compared
	 */
	private static @Nullable LdapKey name(LdapKey key, DirectorySchema schema) {
		List<Rdn> rdns = new ArrayList<>(key.depth());
		for (Rdn rdn : key.rdns()) {
			List<Rdn.Ava> avas = new ArrayList<>(rdn.avas().size());
			for (Rdn.Ava ava : rdn.avas()) {
				if (ava.encoded() || !schema.hasEqualityIgnoringCase(ava.type())) {
					return null;
				}
				avas.add(new Rdn.Ava(schema.nameOf(ava.type()), ava.value(), false));
			}
			rdns.add(new Rdn(avas));
		}
		return LdapKey.of(rdns);
	}

	/**
	 * The same for an entry that was found, which a server may even give a name that is
	 * no DN.
	 */
	private static @Nullable LdapKey name(SearchResult found, DirectorySchema schema) {
		try {
			return name(LdapKey.ofServerDn(found.getNameInNamespace()), schema);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static LdapKey ancestor(List<LdapKey> names) {
		LdapKey ancestor = names.get(0);
		for (LdapKey name : names) {
			while (!name.startsWith(ancestor)) {
				ancestor = ancestor.parent();
			}
		}
		return ancestor;
	}

	/**
	 * Reads a batch by one search.
	 * @param byName the keys of the names
	 * @return whether the search says what there is; otherwise nothing is read
	 */
	private boolean readTogether(LdapContext context, List<LdapKey> names, Map<LdapKey, LdapKey> byName,
			@Nullable List<String> attributes, Map<String, LdapValue> values) throws NamingException {
		LdapKey ancestor = ancestor(names);
		Set<LdapKey> wanted = new LinkedHashSet<>(names);
		for (LdapKey name : names) {
			if (name.depth() > ancestor.depth() && wanted.size() < names.size() + MOST_PARENTS) {
				wanted.add(name.parent());
			}
		}
		Map<LdapKey, SearchResult> found = search(context, ancestor, wanted, attributes);
		if (found == null) {
			return false;
		}
		Set<LdapKey> visible = new HashSet<>(found.keySet());
		found.keySet().stream().filter((name) -> !name.isRoot()).map(LdapKey::parent).forEach(visible::add);
		boolean missed = false;
		for (LdapKey name : names) {
			LdapKey key = current(byName, name);
			SearchResult result = found.get(name);
			if (result != null) {
				values.put(key.dn(), EntryReader.value(context, () -> this.resolver.name(key), result,
						this.directory.schema(context)));
			}
			else if (!visible.contains(name.parent())) {
				missed |= readOne(context, key, attributes, values);
			}
		}
		if (missed && found.isEmpty()) {
			logger.info("The account finds no entries by their DN, so the store reads them one by one");
			this.filterFails = true;
		}
		return true;
	}

	private static LdapKey current(Map<LdapKey, LdapKey> byName, LdapKey name) {
		return Objects.requireNonNull(byName.get(name));
	}

	/**
	 * Finds entries by their DNs.
	 * @return what was found, by name; {@code null} if the server does not take such a
	 * search, or finds what cannot be told from its name
	 */
	private @Nullable Map<LdapKey, SearchResult> search(LdapContext context, LdapKey ancestor, Set<LdapKey> wanted,
			@Nullable List<String> attributes) throws NamingException {
		DirectorySchema schema = this.directory.schema(context);
		String attribute = this.directory.capabilities(context).dnAttribute();
		Filter filter = Filter
			.createORFilter(wanted.stream().map((name) -> Filter.createEqualityFilter(attribute, name.dn())).toList());
		Map<LdapKey, SearchResult> found = new HashMap<>();
		List<SearchResult> unknown = new ArrayList<>();
		try {
			this.reader.searchAtOnce(context, this.resolver.name(ancestor), filter.toString(), attributes, (result) -> {
				LdapKey name = name(result, schema);
				if (name != null && wanted.contains(name)) {
					found.put(name, result);
				}
				else {
					unknown.add(result);
				}
			});
		}
		catch (NamingException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			logger.debug("A search by DN has failed", ex);
			return null;
		}
		return unknown.isEmpty() ? found : null;
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

	private boolean readOne(LdapContext context, LdapKey key, @Nullable List<String> attributes,
			Map<String, LdapValue> values) throws NamingException {
		LdapName name = this.resolver.name(key);
		SearchResult found = this.reader.read(context, name, attributes);
		if (found != null) {
			values.put(key.dn(), EntryReader.value(context, () -> name, found, this.directory.schema(context)));
		}
		return found != null;
	}

	private record Found(LdapKey key, LdapValue value) {

	}

}
