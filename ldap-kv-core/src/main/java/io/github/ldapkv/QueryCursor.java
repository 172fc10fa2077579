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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapContext;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataRetrievalFailureException;

/**
 * Goes from one result of a query to the next: plans the search, reads its pages, and
 * lets the pattern decide. It is bound to one connection.
 */
final class QueryCursor implements AutoCloseable {

	private final LdapContext context;

	private final KeyResolver resolver;

	private final EntryReader reader;

	private final MissingAncestor missingAncestor;

	private final KeyPattern pattern;

	private final SearchPlan plan;

	private final LdapKey base;

	private final Operation operation;

	private final @Nullable List<String> attributes;

	/**
	 * The trees that are still to be searched, if there is no entry at the base.
	 */
	private final Deque<LdapKey> trees = new ArrayDeque<>();

	private List<LdapKey> allTrees = List.of();

	private @Nullable LdapKey tree;

	private @Nullable PagedSearch search;

	private @Nullable LdapKey key;

	private @Nullable SearchResult found;

	/**
	 * Prepares a cursor. Nothing is sent yet.
	 * @param attributes the attributes to read; {@code null} for all user attributes
	 */
	QueryCursor(LdapContext context, KeyResolver resolver, EntryReader reader, MissingAncestor missingAncestor,
			KeyQuery query, @Nullable List<String> attributes, DirectorySchema schema) {
		this.context = context;
		this.resolver = resolver;
		this.reader = reader;
		this.missingAncestor = missingAncestor;
		this.pattern = resolver.relative(query.pattern());
		this.plan = SearchPlan.of(this.pattern, query.filter(), schema);
		this.base = resolver.base().append(this.plan.base());
		this.operation = Operation.of("query", this.pattern, this.base);
		this.attributes = attributes;
	}

	/**
	 * Goes to the next result.
	 * @return whether there is one
	 */
	boolean advance() throws NamingException {
		if (this.search == null) {
			start();
		}
		for (SearchResult next = next(); next != null; next = next()) {
			LdapKey absolute = EntryReader.keyOf(next, this.operation);
			LdapKey relative = this.resolver.relative(absolute);
			if (this.pattern.matches(relative) && belongsToTree(absolute)) {
				this.key = relative;
				this.found = next;
				return true;
			}
		}
		return false;
	}

	LdapKey key() {
		return current(this.key);
	}

	SearchResult found() {
		return current(this.found);
	}

	private static <T> T current(@Nullable T value) {
		if (value == null) {
			throw new IllegalStateException("The cursor stands on no result");
		}
		return value;
	}

	private void start() throws NamingException {
		if (this.base.isRoot() && this.plan.scope() != SearchControls.OBJECT_SCOPE) {
			searchTrees();
		}
		else {
			this.search = search(this.base, this.plan.scope());
		}
	}

	private @Nullable SearchResult next() throws NamingException {
		SearchResult next = fetch();
		while (next == null && !this.trees.isEmpty()) {
			this.tree = this.trees.remove();
			this.search = search(this.tree, SearchControls.SUBTREE_SCOPE);
			next = fetch();
		}
		return next;
	}

	private @Nullable SearchResult fetch() throws NamingException {
		try {
			return (this.search != null) ? this.search.next() : null;
		}
		catch (NameNotFoundException ex) {
			if (this.tree != null) {
				throw ex;
			}
			boolean answered = this.plan.scope() == SearchControls.OBJECT_SCOPE && parentExists() || searchTrees();
			if (!answered) {
				throw new DataRetrievalFailureException(
						this.operation.failed() + this.missingAncestor.explain(this.context, this.base), ex);
			}
			return null;
		}
	}

	/**
	 * Searches every tree of the server that begins below a name of which there is no
	 * entry, such as the root. The pattern sorts out what lies too deep.
	 * @return whether there is one
	 */
	private boolean searchTrees() throws NamingException {
		if (this.resolver.contextBase().isRoot()) {
			this.allTrees = this.reader.roots(this.context, this.operation)
				.stream()
				.filter((root) -> root.startsWith(this.base) && !root.isRoot())
				.distinct()
				.toList();
			this.trees.addAll(this.allTrees);
		}
		return !this.trees.isEmpty();
	}

	/**
	 * A tree may be part of another one, or be glued to it: a result counts in the
	 * smallest only.
	 */
	private boolean belongsToTree(LdapKey absolute) {
		LdapKey current = this.tree;
		return current == null || this.allTrees.stream()
			.noneMatch((other) -> other.depth() > current.depth() && absolute.startsWith(other));
	}

	private boolean parentExists() throws NamingException {
		return this.base.depth() > this.resolver.contextBase().depth()
				&& this.reader.exists(this.context, this.resolver.name(this.base.parent()));
	}

	private PagedSearch search(LdapKey root, int scope) throws NamingException {
		return this.reader.search(this.context, this.resolver.name(root), scope, this.plan.filter().toString(),
				this.attributes);
	}

	@Override
	public void close() throws NamingException {
		this.trees.clear();
		if (this.search != null) {
			this.search.close();
		}
	}

	/**
	 * Ends the query without a word to the server: its connection is not used again.
	 */
	void abort() {
		this.trees.clear();
		if (this.search != null) {
			this.search.abort();
		}
	}

}
