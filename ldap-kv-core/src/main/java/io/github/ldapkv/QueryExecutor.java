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
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.directory.Directory;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.reading.MissingAncestor;
import io.github.ldapkv.internal.reading.PageReader;
import io.github.ldapkv.internal.reading.PageStart;
import io.github.ldapkv.internal.reading.QueryCursor;
import io.github.ldapkv.internal.reading.Selection;
import io.github.ldapkv.internal.reading.VersionAttribute;
import io.github.ldapkv.internal.schema.KeyOrder;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.wire.StreamEnd;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Runs queries. All of them read through a {@link QueryCursor}; what differs is where the
 * results go.
 */
final class QueryExecutor {

	private final Directory directory;

	private final KeyResolver resolver;

	private final EntryReader reader;

	private final MissingAncestor missingAncestor;

	private final PageReader pages;

	QueryExecutor(Directory directory, KeyResolver resolver, EntryReader reader, MissingAncestor missingAncestor) {
		this.directory = directory;
		this.resolver = resolver;
		this.reader = reader;
		this.missingAncestor = missingAncestor;
		this.pages = new PageReader(reader);
	}

	List<LdapEntry> query(KeyQuery query) {
		return entries(query, operation(Verb.QUERY, query));
	}

	Stream<LdapEntry> stream(KeyQuery query) {
		return stream(query, StreamEnd.ANYWHERE);
	}

	void forEach(KeyQuery query, Consumer<LdapEntry> consumer) {
		Assert.notNull(consumer, "The consumer is null");
		try (Stream<LdapEntry> entries = stream(query, StreamEnd.IN_ITS_THREAD)) {
			entries.forEachOrdered(consumer);
		}
	}

	private Stream<LdapEntry> stream(KeyQuery query, StreamEnd end) {
		Operation operation = operation(Verb.STREAM, query);
		if (query.range().isOrdered()) {
			return Stream.of(query).flatMap((ordered) -> entries(ordered, operation).stream());
		}
		KeyQuery located = query.at(this.resolver);
		return EntryStream.open(new OpenQuery(this.directory, operation, end, located.attributeNames(),
				this.reader.pageSize(), (session) -> cursor(session, located, read(session, located))));
	}

	List<LdapKey> keys(KeyQuery query) {
		Operation operation = operation(Verb.KEYS, query);
		KeyQuery located = query.at(this.resolver);
		return this.directory.read(operation, (session) -> {
			Selection<LdapKey> selection = new Selection<>(located.range(), order(session));
			try (QueryCursor cursor = cursor(session, located, List.of())) {
				while (cursor.advance()) {
					if (selection.wants(cursor.key())) {
						selection.add(cursor.key(), new LdapKey(cursor.key()));
					}
				}
			}
			return selection.results();
		});
	}

	/**
	 * Counts without keeping keys, and no further than the limit.
	 */
	long count(KeyQuery query) {
		Operation operation = operation(Verb.COUNT, query);
		KeyQuery located = query.at(this.resolver);
		long most = (query.range().limit() == null) ? Long.MAX_VALUE
				: (long) query.range().leftOut() + query.range().most();
		return this.directory.read(operation, (session) -> {
			PageStart start = new PageStart(order(session), located.range().after());
			long count = 0;
			long unsure = 0;
			try (QueryCursor cursor = cursor(session, located, List.of())
				.wanting((located.range().after() != null) ? Long.MAX_VALUE : most)) {
				// Asks also for nothing: whether there is a base.
				boolean more = cursor.advance();
				while (more && count < most) {
					PageStart.Place place = start.place(cursor.key());
					count += (place == PageStart.Place.BEHIND) ? 1 : 0;
					unsure += (place == PageStart.Place.UNSURE) ? 1 : 0;
					more = count < most && cursor.advance();
				}
			}
			count = Math.min(most, start.isBeforeUnsure() ? count + unsure : count);
			return Math.max(0, count - query.range().leftOut());
		});
	}

	private List<LdapEntry> entries(KeyQuery query, Operation operation) {
		KeyQuery located = query.at(this.resolver);
		return this.directory.read(operation, (session) -> {
			List<LdapEntry> page = PageReader.isFor(located.range(), located.attributeNames()) ? page(session, located)
					: null;
			return (page != null) ? Collections.unmodifiableList(page) : allEntries(session, located);
		});
	}

	/**
	 * Reads the keys of a page first, and then its entries.
	 * @return {@code null} if they cannot be read so
	 */
	private @Nullable List<LdapEntry> page(Session session, KeyQuery query) throws LDAPException {
		List<PageReader.Winner> winners = winners(session, query);
		List<SearchResultEntry> found = this.pages.read(session, winners, query.search().filter(),
				read(session, query));
		if (found == null) {
			return null;
		}
		List<LdapEntry> entries = new ArrayList<>(found.size());
		EntryMapper mapper = new EntryMapper(session, query.attributeNames());
		for (int i = 0; i < found.size(); i++) {
			entries.add(mapper.entry(session, winners.get(i).key(), found.get(i)));
		}
		return entries;
	}

	private List<PageReader.Winner> winners(Session session, KeyQuery query) throws LDAPException {
		Selection<PageReader.Winner> selection = new Selection<>(query.range(), order(session));
		try (QueryCursor cursor = cursor(session, query, List.of())) {
			while (cursor.advance()) {
				if (selection.wants(cursor.key())) {
					selection.add(cursor.key(), new PageReader.Winner(cursor.key(), cursor.absolute(), cursor.dn()));
				}
			}
		}
		return selection.results();
	}

	private List<LdapEntry> allEntries(Session session, KeyQuery query) throws LDAPException {
		Selection<LdapEntry> selection = new Selection<>(query.range(), order(session));
		EntryMapper mapper = new EntryMapper(session, query.attributeNames());
		try (QueryCursor cursor = cursor(session, query, read(session, query))) {
			while (cursor.advance()) {
				if (selection.wants(cursor.key())) {
					LdapEntry found = mapper.entry(cursor);
					if (found != null) {
						selection.add(cursor.key(), found);
					}
				}
			}
		}
		return selection.results();
	}

	private static KeyOrder order(Session session) {
		return new KeyOrder(session.schema());
	}

	/**
	 * The attributes to read: those asked for, and the version.
	 */
	private static @Nullable List<String> read(Session session, KeyQuery query) {
		return VersionAttribute.with(query.attributeNames(), session.capabilities().versionAttribute());
	}

	private QueryCursor cursor(Session session, KeyQuery query, @Nullable List<String> attributes) {
		return new QueryCursor(session, this.resolver, this.reader, this.missingAncestor, query.search(), attributes);
	}

	private Operation operation(Verb verb, KeyQuery query) {
		Assert.notNull(query, "The query is null");
		return Operation.of(verb, query.search().pattern(), this.resolver.base());
	}

}
