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
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the attributes of the entries that are on a page of a query, and of no others,
 * once their keys are known: together, by their DNs, where the server can, otherwise one
 * by one.
 */
public final class PageReader {

	/**
	 * A page that is larger is read along with its keys: to read each of many entries by
	 * itself costs more than to read some too many.
	 */
	private static final int LARGEST = 500;

	private static final int BATCH_SIZE = 100;

	private static final Logger logger = LoggerFactory.getLogger(PageReader.class);

	private final EntryReader reader;

	public PageReader(EntryReader reader) {
		this.reader = reader;
	}

	/**
	 * Whether a query is for a page of such a size, and reads more than keys.
	 * @param attributes what it reads; {@code null} for all user attributes
	 */
	public static boolean isFor(KeyRange range, @Nullable List<String> attributes) {
		return range.isOrdered() && range.most() <= LARGEST && (attributes == null || !attributes.isEmpty());
	}

	/**
	 * Reads the entries.
	 * @param winners the names that are on the page
	 * @param condition the filter of the query; {@code null} for none
	 * @param attributes what is read; {@code null} for all user attributes
	 * @return the entries in that order; {@code null} if one of them is not there any
	 * more, does not match the query's filter any more, or may not be read by its name
	 */
	public @Nullable List<SearchResultEntry> read(Session session, List<Winner> winners, @Nullable Filter condition,
			@Nullable List<String> attributes) throws LDAPException {
		long begin = TimedVersions.now();
		Map<String, SearchResultEntry> found = new HashMap<>();
		if (session.capabilities().has(Feature.DN_FILTER)) {
			for (int i = 0; i < winners.size(); i += BATCH_SIZE) {
				readTogether(session, winners.subList(i, Math.min(winners.size(), i + BATCH_SIZE)), condition,
						attributes, found);
			}
		}
		List<Winner> rest = winners.stream().filter((winner) -> !found.containsKey(winner.dn())).toList();
		Iterator<@Nullable SearchResultEntry> read = this.reader
			.readAll(session, rest.stream().map((winner) -> winner.absolute().dn()).toList(), condition, attributes)
			.iterator();
		for (Winner winner : rest) {
			SearchResultEntry entry = read.next();
			if (entry != null) {
				found.put(winner.dn(), entry);
			}
		}
		List<SearchResultEntry> entries = new ArrayList<>(winners.size());
		for (Winner winner : winners) {
			SearchResultEntry entry = TimedVersions.settled(session, found.get(winner.dn()), begin,
					() -> this.reader.read(session, winner.absolute().dn(), condition, attributes));
			if (entry == null) {
				return null;
			}
			entries.add(entry);
		}
		return entries;
	}

	private void readTogether(Session session, List<Winner> winners, @Nullable Filter condition,
			@Nullable List<String> attributes, Map<String, SearchResultEntry> found) throws LDAPException {
		DistinguishedName ancestor = DistinguishedName.ancestor(winners.stream().map(Winner::absolute).toList());
		if (winners.size() == 1 || ancestor.isRoot()) {
			return;
		}
		String attribute = session.dnAttribute();
		Filter names = Filter.createORFilter(
				winners.stream().map((winner) -> Filter.createEqualityFilter(attribute, winner.dn())).toList());
		Filter filter = (condition != null) ? Filter.createANDFilter(names, condition) : names;
		try {
			this.reader.searchAtOnce(session, ancestor.dn(), filter, attributes,
					(result) -> found.put(result.getDN(), result));
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			logger.debug("A search by DN has failed", ex);
		}
	}

	/**
	 * What is on the page.
	 *
	 * @param key the key that the entry is to have
	 * @param absolute the same from the root of the tree down
	 * @param dn the DN as the server sent it
	 */
	public record Winner(KeyPath key, DistinguishedName absolute, String dn) {

	}

}
