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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.naming.NamingException;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;

import com.unboundid.ldap.sdk.Filter;
import io.github.ldapkv.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the attributes of the entries that are on a page of a query, and of no others,
 * once their keys are known: together, by their DNs, where the server can, otherwise one
 * by one.
 */
final class PageReader {

	/**
	 * A page that is larger is read along with its keys: to read each of many entries by
	 * itself costs more than to read some too many.
	 */
	private static final int LARGEST = 500;

	private static final int BATCH_SIZE = 100;

	private static final Logger logger = LoggerFactory.getLogger(PageReader.class);

	private final Directory directory;

	private final KeyResolver resolver;

	private final EntryReader reader;

	PageReader(Directory directory, KeyResolver resolver, EntryReader reader) {
		this.directory = directory;
		this.resolver = resolver;
		this.reader = reader;
	}

	/**
	 * Whether a query is for a page of such a size, and reads more than keys.
	 */
	static boolean isFor(KeyQuery query) {
		List<String> attributes = query.attributes();
		return query.isOrdered() && query.limit() <= LARGEST && (attributes == null || !attributes.isEmpty());
	}

	/**
	 * Reads the entries.
	 * @param winners the names that are on the page
	 * @param query what is asked of them
	 * @return the entries in that order; {@code null} if one of them is not there any
	 * more, does not match the query's filter any more, or may not be read by its name
	 */
	@Nullable List<LdapEntry> read(LdapContext context, List<Winner> winners, KeyQuery query) throws NamingException {
		long begin = TimedVersions.now();
		ServerCapabilities capabilities = this.directory.capabilities(context);
		List<String> names = VersionAttribute.with(query.attributes(), capabilities.versionAttribute());
		Filter condition = query.filter();
		Map<String, SearchResult> found = new HashMap<>();
		if (capabilities.has(Feature.DN_FILTER)) {
			for (int i = 0; i < winners.size(); i += BATCH_SIZE) {
				readTogether(context, winners.subList(i, Math.min(winners.size(), i + BATCH_SIZE)), condition, names,
						found);
			}
		}
		readOneByOne(context, winners.stream().filter((winner) -> !found.containsKey(winner.dn())).toList(), condition,
				names)
			.forEach((one) -> found.put(one.winner().dn(), one.result()));
		List<LdapEntry> entries = new ArrayList<>(winners.size());
		for (Winner winner : winners) {
			LdapEntry entry = entry(context, winner, found.get(winner.dn()), query);
			if (capabilities.has(Quirk.VERSIONS_ARE_TIMES)) {
				entry = TimedVersions.settled(entry, begin,
						() -> entry(context, winner, this.reader.read(context, name(winner), condition, names), query));
			}
			if (entry == null) {
				return null;
			}
			entries.add(entry);
		}
		return entries;
	}

	private @Nullable LdapEntry entry(LdapContext context, Winner winner, @Nullable SearchResult found, KeyQuery query)
			throws NamingException {
		if (found == null) {
			return null;
		}
		DirectorySchema schema = this.directory.schema(context);
		String version = this.directory.capabilities(context).versionAttribute();
		LdapEntry entry = VersionAttribute.entry(context, () -> name(winner), winner.key(), found, schema, version,
				VersionAttribute.isAmong(query.attributes(), version));
		return entry.withValue(AskedAttributes.of(entry.value(), query.attributes(), schema));
	}

	private void readTogether(LdapContext context, List<Winner> winners, @Nullable Filter condition,
			@Nullable List<String> attributes, Map<String, SearchResult> found) throws NamingException {
		LdapKey ancestor = ancestor(winners);
		if (winners.size() == 1 || ancestor.isRoot()) {
			return;
		}
		String attribute = this.directory.capabilities(context).dnAttribute();
		Filter names = Filter.createORFilter(
				winners.stream().map((winner) -> Filter.createEqualityFilter(attribute, winner.dn())).toList());
		Filter filter = (condition != null) ? Filter.createANDFilter(names, condition) : names;
		try {
			this.reader.searchAtOnce(context, this.resolver.name(ancestor), filter.toString(), attributes,
					(result) -> found.put(result.getNameInNamespace(), result));
		}
		catch (NamingException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			logger.debug("A search by DN has failed", ex);
		}
	}

	private static LdapKey ancestor(List<Winner> winners) {
		LdapKey ancestor = winners.get(0).absolute();
		for (Winner winner : winners) {
			while (!winner.absolute().startsWith(ancestor)) {
				ancestor = ancestor.parent();
			}
		}
		return ancestor;
	}

	private List<Read> readOneByOne(LdapContext context, List<Winner> winners, @Nullable Filter condition,
			@Nullable List<String> attributes) throws NamingException {
		return Pipeline.run(context, winners, (own, some) -> {
			List<Read> read = new ArrayList<>(some.size());
			for (Winner winner : some) {
				SearchResult result = this.reader.read(own, name(winner), condition, attributes);
				if (result != null) {
					read.add(new Read(winner, result));
				}
			}
			return read;
		});
	}

	private LdapName name(Winner winner) {
		return this.resolver.name(winner.absolute());
	}

	/**
	 * What is on the page.
	 *
	 * @param key the key that the entry is to have
	 * @param absolute the same from the root of the tree down
	 * @param dn the DN as the server sent it
	 */
	record Winner(LdapKey key, LdapKey absolute, String dn) {

	}

	private record Read(Winner winner, SearchResult result) {

	}

}
