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

package io.github.ldapkv.watch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.internal.directory.WatchedStore;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.reading.QueryCursor;
import io.github.ldapkv.internal.reading.QueryReach;
import io.github.ldapkv.internal.reading.VersionAttribute;
import io.github.ldapkv.internal.roster.Digests;
import io.github.ldapkv.internal.roster.EntryId;
import io.github.ldapkv.internal.schema.EntryIdentity;
import io.github.ldapkv.internal.wire.PagedSearch;
import io.github.ldapkv.internal.wire.Quirk;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a watched query finds, on one connection.
 */
final class QueryReads {

	/**
	 * So many entries are kept before they are handed over, if the server sends no pages.
	 */
	private static final int MOST_KEPT = 5000;

	private final WatchedQuery query;

	private final Session session;

	/**
	 * Knows which names the query means.
	 */
	private final QueryReach reach;

	private final WatchedStore.Mapping<LdapEntry> mapping;

	/**
	 * Where the server keeps the identifiers of entries.
	 */
	private final List<String> ids;

	/**
	 * What identifies an entry, and tells its version where there are times alone.
	 */
	private final List<String> roster;

	private final List<String> besides;

	private final @Nullable String versionAttribute;

	/**
	 * What says that an entry has not changed where it has no version.
	 */
	private final @Nullable WriteTimes times;

	/**
	 * Whether an entry was seen that shows no identifier.
	 */
	private boolean identifiersAreHidden;

	/**
	 * Whether all entries were read whole on this connection.
	 */
	private boolean allRead;

	private final Digests digests = new Digests();

	QueryReads(WatchedQuery query, Session session) {
		this.query = query;
		this.session = session;
		this.times = session.has(Quirk.VERSIONS_ARE_TIMES) || session.capabilities().versionAttribute() == null
				? new WriteTimes() : null;
		this.versionAttribute = (this.times == null) ? session.capabilities().versionAttribute() : null;
		this.ids = WatchedQuery.ids(session);
		this.roster = new ArrayList<>(this.ids);
		if (this.times != null) {
			this.roster.addAll(WriteTimes.ATTRIBUTES);
		}
		this.besides = query.besides(session, this.roster);
		this.reach = new QueryReach(session, query.store().resolver(), query.store().reader(), query.search());
		this.mapping = query.store().mapping(session, query.asked(), query.notAsked(this.besides));
	}

	Session session() {
		return this.session;
	}

	/**
	 * Knows the search for the query.
	 */
	QueryReach reach() {
		return this.reach;
	}

	/**
	 * The attributes in which the server keeps the identifiers of entries.
	 */
	List<String> ids() {
		return this.ids;
	}

	/**
	 * Whether the query means an entry.
	 */
	boolean means(DistinguishedName name) throws LDAPException {
		return this.reach.means(name);
	}

	/**
	 * Whether an entry whose version is what it was has not changed.
	 */
	boolean isVersionEnough() {
		if (this.session.has(Quirk.VERSIONS_ARE_OF_ONE_SERVER) && !this.allRead) {
			// Before, it may have been another server, or its older copy that was
			// restored, which counts up to the same numbers again.
			return false;
		}
		return this.query.isVersionEnough(this.session) && (this.times == null || this.times.areEnough());
	}

	/**
	 * Lists what identifies each entry that there is.
	 * @param pause is called while the server has nothing to send
	 */
	void listIds(FoundConsumer consumer, PagedSearch.Pause pause) throws LDAPException {
		if (this.times != null) {
			this.times.ask();
		}
		try (QueryCursor cursor = cursor(VersionAttribute.with(this.roster, this.versionAttribute)).pausing(pause)) {
			while (cursor.advance()) {
				SearchResultEntry found = cursor.entry();
				if (found != null) {
					consumer.accept(found(cursor.key(), cursor.absolute(), found, null));
				}
			}
		}
	}

	/**
	 * Lists whole entries. They are handed over while the server has none to send: it
	 * does not wait for whoever takes them.
	 * @param pause is called while the server has nothing to send
	 */
	void listEntries(FoundConsumer consumer, PagedSearch.Pause pause) throws LDAPException {
		List<Found> kept = new ArrayList<>();
		if (this.times != null) {
			this.times.askForAll();
		}
		PagedSearch.Pause between = () -> {
			handOver(kept, consumer);
			pause.betweenPages();
		};
		try (QueryCursor cursor = cursor(attributes()).pausing(between)) {
			while (cursor.advance()) {
				SearchResultEntry found = cursor.entry();
				if (found != null) {
					kept.add(found(cursor.key(), cursor.absolute(), found, this.mapping.entry(cursor.key(), found)));
				}
				if (kept.size() >= MOST_KEPT) {
					handOver(kept, consumer);
				}
			}
		}
		handOver(kept, consumer);
		this.allRead = true;
	}

	private static void handOver(List<Found> kept, FoundConsumer consumer) throws LDAPException {
		for (Found found : kept) {
			consumer.accept(found);
		}
		kept.clear();
	}

	/**
	 * Reads entries by their names.
	 * @return each, {@code null} if it is not there or the query does not mean it
	 */
	List<@Nullable Found> read(List<String> dns) throws LDAPException {
		if (this.times != null) {
			this.times.ask();
		}
		List<@Nullable SearchResultEntry> read = this.query.store()
			.reader()
			.readAll(this.session, dns, this.query.search().filter(), attributes());
		List<@Nullable Found> found = new ArrayList<>(read.size());
		for (SearchResultEntry entry : read) {
			DistinguishedName name = (entry != null) ? this.reach.nameOf(entry) : null;
			found.add((entry != null && name != null && this.reach.means(name)) ? found(name, entry) : null);
		}
		return found;
	}

	/**
	 * Whether there are entries below any of those that are not the query's own.
	 */
	boolean isAnyParent(List<String> dns) throws LDAPException {
		if (dns.isEmpty()) {
			return false;
		}
		for (SearchResultEntry entry : this.query.store().reader().readAll(this.session, dns, null, this.besides)) {
			if (entry != null && isParent(entry)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The identifiers of the entries with these names, whether the query means them or
	 * not.
	 */
	Set<EntryId> identifiers(List<String> dns) throws LDAPException {
		Set<EntryId> ids = new HashSet<>();
		if (dns.isEmpty()) {
			return ids;
		}
		for (SearchResultEntry entry : this.query.store().reader().readAll(this.session, dns, null, this.besides)) {
			EntryId id = (entry != null) ? EntryId.of(entry, this.ids) : null;
			if (id != null) {
				ids.add(id);
			}
		}
		return ids;
	}

	/**
	 * Whether entries are known by their names, by which no server tells of one that is
	 * gone or has moved.
	 */
	boolean areIdentifiersHidden() {
		return this.identifiersAreHidden;
	}

	private Found found(DistinguishedName name, SearchResultEntry found) throws LDAPException {
		KeyPath key = this.reach.key(name);
		return found(key, name, found, this.mapping.entry(key, found));
	}

	private Found found(KeyPath key, DistinguishedName name, SearchResultEntry found, @Nullable LdapEntry entry) {
		EntryId id = EntryId.of(found, this.ids);
		this.identifiersAreHidden |= id == null;
		// At once: what it contains was just read.
		Found.Content content = (entry != null)
				? new Found.Content(entry, this.digests.of(this.query.store().attributes(entry))) : null;
		long version = (content != null) ? versionRead(found) : versionListed(found);
		return new Found(key, found.getDN(), (id != null) ? id : ofName(name), version, content, isParent(found));
	}

	/**
	 * An entry without an identifier is another one once it has moved.
	 */
	private EntryId ofName(DistinguishedName name) {
		return EntryId.ofText(EntryIdentity.of(name, this.session.schema()).toString());
	}

	private long versionRead(Entry found) {
		return (this.times != null) ? this.times.read(found) : version(found);
	}

	private long versionListed(Entry found) {
		return (this.times != null) ? this.times.listed(found) : version(found);
	}

	private long version(Entry found) {
		String version = (this.versionAttribute != null) ? found.getAttributeValue(this.versionAttribute) : null;
		return (version != null) ? this.digests.of(version).low() : 0;
	}

	private boolean isParent(Entry found) {
		if (!this.query.reachesBelow()) {
			return false;
		}
		String below = found.getAttributeValue("hasSubordinates");
		String number = found.getAttributeValue("numSubordinates");
		return "TRUE".equalsIgnoreCase(below) || number != null && !"0".equals(number);
	}

	private @Nullable List<String> attributes() {
		List<String> wanted = this.query.asked();
		List<String> all = new ArrayList<>((wanted != null) ? wanted : List.of("*"));
		all.addAll(this.besides);
		return VersionAttribute.with(all, this.versionAttribute);
	}

	private QueryCursor cursor(@Nullable List<String> attributes) {
		WatchedStore<?, ?> store = this.query.store();
		return new QueryCursor(this.session, store.resolver(), store.reader(), store.missingAncestor(),
				this.query.search(), attributes);
	}

	/**
	 * Takes what is found.
	 */
	@FunctionalInterface
	interface FoundConsumer {

		void accept(Found found) throws LDAPException;

	}

}
