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

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapContext;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataRetrievalFailureException;

/**
 * Runs a query: plans the search, reads its pages, and lets the pattern decide.
 */
final class QueryExecutor {

	private final KeyResolver resolver;

	private final EntryReader reader;

	private final MissingAncestor missingAncestor;

	QueryExecutor(KeyResolver resolver, EntryReader reader, MissingAncestor missingAncestor) {
		this.resolver = resolver;
		this.reader = reader;
		this.missingAncestor = missingAncestor;
	}

	/**
	 * Finds what a query means, in its order.
	 * @param attributes the attributes to read; {@code null} for all user attributes
	 */
	<T> List<T> list(LdapContext context, KeyQuery query, @Nullable List<String> attributes, DirectorySchema schema,
			Mapper<T> mapper) throws NamingException {
		Selection<T> selection = new Selection<>(query);
		search(context, query, attributes, schema, (key, found) -> {
			if (selection.wants(key)) {
				selection.add(key, mapper.map(key, found));
			}
		});
		return selection.results();
	}

	/**
	 * Counts what a query means.
	 */
	long count(LdapContext context, KeyQuery query, DirectorySchema schema) throws NamingException {
		LdapKey after = query.after();
		long[] count = new long[1];
		search(context, query, List.of(), schema,
				(key, found) -> count[0] += (after == null || key.compareTo(after) > 0) ? 1 : 0);
		return Math.min(query.limit(), Math.max(0, count[0] - query.offset()));
	}

	private void search(LdapContext context, KeyQuery query, @Nullable List<String> attributes, DirectorySchema schema,
			Handler handler) throws NamingException {
		KeyPattern pattern = this.resolver.relative(query.pattern());
		SearchPlan plan = SearchPlan.of(pattern, query.filter(), schema);
		LdapKey base = this.resolver.base().append(plan.base());
		ResultHandler matching = (found) -> {
			LdapKey key = this.resolver.relative(LdapKey.ofServerDn(found.getNameInNamespace()));
			if (pattern.matches(key)) {
				handler.handle(key, found);
			}
		};
		String filter = plan.filter().toString();
		if (base.isRoot() && plan.scope() != SearchControls.OBJECT_SCOPE) {
			searchNamingContexts(context, base, filter, attributes, matching);
			return;
		}
		try {
			this.reader.search(context, this.resolver.name(base), plan.scope(), filter, attributes, matching);
		}
		catch (NameNotFoundException ex) {
			boolean answered = plan.scope() == SearchControls.OBJECT_SCOPE && parentExists(context, base)
					|| searchNamingContexts(context, base, filter, attributes, matching);
			if (!answered) {
				throw new DataRetrievalFailureException(Operation.of("query", query.pattern(), base).failed()
						+ this.missingAncestor.explain(context, base), ex);
			}
		}
	}

	/**
	 * Searches every tree of the server that begins below a name of which there is no
	 * entry, such as the root. The pattern sorts out what lies too deep.
	 * @return whether there is one
	 */
	private boolean searchNamingContexts(LdapContext context, LdapKey above, String filter,
			@Nullable List<String> attributes, ResultHandler handler) throws NamingException {
		if (!this.resolver.contextBase().isRoot()) {
			return false;
		}
		List<LdapKey> namingContexts = this.reader.namingContexts(context)
			.stream()
			.filter((key) -> key.startsWith(above) && !key.isRoot())
			.toList();
		Set<String> seen = new HashSet<>();
		ResultHandler once = (found) -> {
			// A tree may be part of another one, or be glued to it.
			if (namingContexts.size() == 1 || seen.add(found.getNameInNamespace())) {
				handler.handle(found);
			}
		};
		for (LdapKey namingContext : namingContexts) {
			this.reader.search(context, this.resolver.name(namingContext), SearchControls.SUBTREE_SCOPE, filter,
					attributes, once);
		}
		return !namingContexts.isEmpty();
	}

	private boolean parentExists(LdapContext context, LdapKey key) throws NamingException {
		return key.depth() > this.resolver.contextBase().depth()
				&& this.reader.exists(context, this.resolver.name(key.parent()));
	}

	/**
	 * Takes what matches.
	 */
	@FunctionalInterface
	private interface Handler {

		void handle(LdapKey key, SearchResult found) throws NamingException;

	}

	/**
	 * Makes a result of what matches.
	 *
	 * @param <T> what a result is
	 */
	@FunctionalInterface
	interface Mapper<T> {

		T map(LdapKey key, SearchResult found) throws NamingException;

	}

}
