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

import java.util.List;
import java.util.stream.Stream;

import javax.naming.NamingException;
import javax.naming.ldap.LdapContext;

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

	QueryExecutor(Directory directory, KeyResolver resolver, EntryReader reader, MissingAncestor missingAncestor) {
		this.directory = directory;
		this.resolver = resolver;
		this.reader = reader;
		this.missingAncestor = missingAncestor;
	}

	List<LdapEntry> query(KeyQuery query) {
		return entries(query, operation("query", query));
	}

	Stream<LdapEntry> stream(KeyQuery query) {
		Operation operation = operation("stream", query);
		if (query.isOrdered()) {
			return Stream.of(query).flatMap((ordered) -> entries(ordered, operation).stream());
		}
		return EntryStream.open(this.directory, operation, (context) -> entryCursor(context, query));
	}

	List<LdapKey> keys(KeyQuery query) {
		return this.directory.read(operation("list the keys of", query), (context) -> {
			Selection<LdapKey> selection = new Selection<>(query, after(query));
			try (QueryCursor cursor = cursor(context, query, List.of())) {
				while (cursor.advance()) {
					if (selection.wants(cursor.key())) {
						selection.add(cursor.key(), cursor.key());
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
		Operation operation = operation("count", query);
		LdapKey after = after(query);
		long most = (query.limit() == Integer.MAX_VALUE) ? Long.MAX_VALUE : (long) query.offset() + query.limit();
		return this.directory.read(operation, (context) -> {
			long count = 0;
			try (QueryCursor cursor = cursor(context, query, List.of())) {
				// Asks also for nothing: whether there is a base.
				boolean more = cursor.advance();
				while (more && count < most) {
					count += (after == null || cursor.key().compareTo(after) > 0) ? 1 : 0;
					more = count < most && cursor.advance();
				}
			}
			return Math.max(0, count - query.offset());
		});
	}

	/**
	 * The key to begin after, as results have theirs: relative to the base of the store.
	 */
	private @Nullable LdapKey after(KeyQuery query) {
		LdapKey after = query.after();
		return (after != null) ? this.resolver.relative(after) : null;
	}

	private List<LdapEntry> entries(KeyQuery query, Operation operation) {
		return this.directory.read(operation, (context) -> {
			Selection<LdapEntry> selection = new Selection<>(query, after(query));
			try (EntryCursor cursor = entryCursor(context, query)) {
				for (LdapEntry entry = cursor.next(selection::wants); entry != null; entry = cursor
					.next(selection::wants)) {
					selection.add(entry.key(), entry);
				}
			}
			return selection.results();
		});
	}

	private EntryCursor entryCursor(LdapContext context, KeyQuery query) throws NamingException {
		String version = this.directory.capabilities(context).versionAttribute();
		List<String> attributes = query.attributes();
		List<String> read = VersionAttribute.with(attributes, version);
		return new EntryCursor(context, this.directory, this.resolver, this.reader, cursor(context, query, read), read,
				version, attributes);
	}

	private QueryCursor cursor(LdapContext context, KeyQuery query, @Nullable List<String> attributes)
			throws NamingException {
		return new QueryCursor(context, this.resolver, this.reader, this.missingAncestor, query, attributes,
				this.directory.schema(context));
	}

	private Operation operation(String verb, KeyQuery query) {
		Assert.notNull(query, "The query is null");
		return Operation.of(verb, query.pattern(), this.resolver.base());
	}

}
