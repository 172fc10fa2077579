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
import java.util.List;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.internal.directory.WatchedStore;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.reading.KeySearch;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.wire.Quirk;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

/**
 * A query that is watched.
 */
final class WatchedQuery {

	/**
	 * Where Active Directory keeps the identifiers of entries.
	 */
	static final String ACTIVE_DIRECTORY_ID = "objectGUID";

	/**
	 * Where others do. The one of 389 Directory Server before the UUID that it has too:
	 * its events have the first one.
	 */
	private static final List<String> OTHER_IDS = List.of("nsUniqueId", "entryUUID");

	private static final List<String> SUBORDINATES = List.of("hasSubordinates", "numSubordinates");

	private final WatchedStore<KeyQuery, LdapEntry> store;

	private final KeyQuery query;

	private final KeySearch search;

	private final boolean reachesBelow;

	/**
	 * Creates a watched query.
	 * @throws IllegalArgumentException if the query is for a part of the results
	 */
	WatchedQuery(WatchedStore<KeyQuery, LdapEntry> store, KeyQuery query) {
		if (query.limit() != null || query.offset() != null || query.after() != null) {
			throw new IllegalArgumentException("The query '" + query
					+ "' has a limit, an offset or a start, but a watch tells of all that a query means. Leave them out.");
		}
		this.store = store;
		this.query = query;
		this.search = store.search(query);
		KeyPattern pattern = this.search.pattern();
		this.reachesBelow = pattern.hasAnyDepth() || pattern.components().size() - pattern.literalDepth() > 1;
	}

	WatchedStore<KeyQuery, LdapEntry> store() {
		return this.store;
	}

	KeySearch search() {
		return this.search;
	}

	/**
	 * The attributes that the query asks for; {@code null} for all user attributes.
	 */
	@Nullable List<String> asked() {
		return this.query.attributeNames();
	}

	/**
	 * Whether it finds entries of which one is above the other, or may.
	 */
	boolean reachesBelow() {
		return this.reachesBelow;
	}

	/**
	 * The attributes in which a server keeps the identifiers of entries, the best first.
	 * An attribute of the same name may be anything elsewhere.
	 */
	static List<String> ids(Session session) {
		return session.has(Quirk.HAS_A_NAME_OF_ITS_OWN_FOR_THE_DN) ? List.of(ACTIVE_DIRECTORY_ID)
				: known(session, OTHER_IDS);
	}

	/**
	 * What is read along with the attributes that are asked for. Each name costs the
	 * server something, also one that it does not know.
	 * @param ids where the server keeps the identifiers of entries
	 */
	List<String> besides(Session session, List<String> ids) {
		List<String> names = new ArrayList<>(ids);
		if (reachesBelow()) {
			names.addAll(known(session, SUBORDINATES));
		}
		return names;
	}

	/**
	 * Those that the schema knows; all if it knows none.
	 */
	private static List<String> known(Session session, List<String> names) {
		DirectorySchema schema = session.schema();
		List<String> known = names.stream().filter((name) -> !schema.isUnknown(name)).toList();
		return known.isEmpty() ? names : known;
	}

	/**
	 * What of that is not asked for. Active Directory takes its identifier for a user
	 * attribute.
	 */
	List<String> notAsked(List<String> besides) {
		List<String> names = new ArrayList<>(besides);
		List<String> wanted = asked();
		if (wanted == null || wanted.contains("*")) {
			names.remove(ACTIVE_DIRECTORY_ID);
		}
		if (wanted != null) {
			names.removeIf((name) -> wanted.contains("+") || wanted.stream().anyMatch(name::equalsIgnoreCase));
		}
		return names;
	}

	/**
	 * Whether an entry with the version that it had has not changed: it may have in what
	 * the server makes up.
	 */
	boolean isVersionEnough(Session session) {
		List<String> wanted = asked();
		DirectorySchema schema = session.schema();
		return wanted == null || wanted.stream().noneMatch((name) -> "+".equals(name) || schema.isOperational(name));
	}

	/**
	 * What the watch does, for messages.
	 */
	Operation operation() {
		return Operation.of(Verb.WATCH, this.search.pattern(), this.store.resolver().base());
	}

	/**
	 * The text of all that decides what it finds.
	 */
	String text() {
		return this.store.resolver().base() + "\n" + this.query.pattern() + "\n" + this.query.filter() + "\n" + asked();
	}

	@Override
	public String toString() {
		return this.query.toString();
	}

}
