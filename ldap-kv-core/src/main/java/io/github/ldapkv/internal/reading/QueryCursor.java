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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.EntryIdentity;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.wire.PagedSearch;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataRetrievalFailureException;

/**
 * Goes from one result of a query to the next: plans the search, reads its pages, and
 * lets the pattern decide. It is bound to one connection.
 */
public final class QueryCursor implements AutoCloseable {

	private final Session session;

	private final KeyResolver resolver;

	private final EntryReader reader;

	private final MissingAncestor missingAncestor;

	private final QueryReach reach;

	private final DirectorySchema schema;

	private final @Nullable List<String> attributes;

	private final boolean startRequired;

	private final @Nullable Filter condition;

	/**
	 * When the results were asked for, at the latest.
	 */
	private final long begin = TimedVersions.now();

	private long wanted = Long.MAX_VALUE;

	private PagedSearch.Pause pause = () -> {
	};

	/**
	 * The trees that are still to be searched, if there is no entry at the base.
	 */
	private final Deque<DistinguishedName> trees = new ArrayDeque<>();

	private final Map<EntryIdentity, DistinguishedName> allTrees = new LinkedHashMap<>();

	private @Nullable DistinguishedName tree;

	private @Nullable PagedSearch search;

	private @Nullable DistinguishedName absolute;

	private @Nullable KeyPath key;

	private @Nullable SearchResultEntry found;

	/**
	 * Prepares a cursor. Nothing is sent yet.
	 * @param query which entries, relative to the base of the store
	 * @param attributes the attributes to read; {@code null} for all user attributes
	 */
	public QueryCursor(Session session, KeyResolver resolver, EntryReader reader, MissingAncestor missingAncestor,
			KeySearch query, @Nullable List<String> attributes) {
		this.session = session;
		this.resolver = resolver;
		this.reader = reader;
		this.missingAncestor = missingAncestor;
		this.schema = session.schema();
		this.reach = new QueryReach(session, resolver, reader, query);
		this.attributes = attributes;
		this.startRequired = query.startRequired();
		this.condition = query.filter();
	}

	/**
	 * Says that so many results may well be enough.
	 */
	public QueryCursor wanting(long results) {
		this.wanted = results;
		return this;
	}

	/**
	 * Has something done between two pages of results.
	 */
	public QueryCursor pausing(PagedSearch.Pause between) {
		this.pause = between;
		return this;
	}

	/**
	 * Goes to the next result.
	 * @return whether there is one
	 */
	public boolean advance() throws LDAPException {
		if (this.search == null) {
			begin();
		}
		for (SearchResultEntry next = next(); next != null; next = next()) {
			DistinguishedName name = this.reach.nameOf(next);
			if (this.reach.means(name) && belongsToTree(name)) {
				this.absolute = name;
				this.key = this.reach.key(name);
				this.found = next;
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether more results of a page may be on their way, which the server waits for
	 * somebody to take.
	 */
	public boolean isWithinPage() {
		return this.search != null && this.search.isWithinPage();
	}

	/**
	 * What all of the query is read by: it knows that a search is under way.
	 */
	public Session session() {
		return this.session;
	}

	public KeyPath key() {
		return current(this.key);
	}

	/**
	 * The absolute name of the result, as the server sent it.
	 */
	public DistinguishedName absolute() {
		return current(this.absolute);
	}

	/**
	 * The DN of the result, as the server sent it.
	 */
	public String dn() {
		return current(this.found).getDN();
	}

	/**
	 * The result, with a version that no later write leaves too.
	 * @return the entry, or {@code null} if it is gone meanwhile, or does not match any
	 * more
	 */
	public @Nullable SearchResultEntry entry() throws LDAPException {
		DistinguishedName name = absolute();
		return TimedVersions.settled(this.session, current(this.found), this.begin,
				() -> this.reader.read(this.session, name.dn(), this.condition, this.attributes));
	}

	private static <T> T current(@Nullable T value) {
		if (value == null) {
			throw new IllegalStateException("The cursor stands on no result");
		}
		return value;
	}

	private void begin() throws LDAPException {
		if (this.reach.start().isRoot() && this.reach.plan().scope() != SearchScope.BASE) {
			searchTrees();
		}
		else {
			this.search = search(this.reach.start(), this.reach.plan().scope());
		}
	}

	private @Nullable SearchResultEntry next() throws LDAPException {
		SearchResultEntry next = fetch();
		while (next == null && !this.trees.isEmpty()) {
			this.tree = this.trees.remove();
			this.search = search(this.tree, scope(this.tree));
			next = fetch();
		}
		return next;
	}

	/**
	 * A name that the server does not take for one, since it does not know an attribute
	 * type, is that of no entry either. A start that was there, and has gone, is a
	 * failure: nobody would know of the results that are not read yet.
	 */
	private @Nullable SearchResultEntry fetch() throws LDAPException {
		PagedSearch current = this.search;
		try {
			return (current != null) ? current.next() : null;
		}
		catch (LDAPException ex) {
			if (!EntryReader.NO_SUCH_NAME.contains(ex.getResultCode()) || current != null && current.hasBegun()) {
				throw ex;
			}
			if (this.tree == null) {
				startIsMissing(ex);
			}
			return null;
		}
	}

	/**
	 * Where the pattern begins there is no entry, so it finds nothing, unless trees of
	 * the server begin further down. That there is a base to begin at is up to the store.
	 * An account may know it only by what is below.
	 */
	private void startIsMissing(LDAPException ex) throws LDAPException {
		DistinguishedName needed = this.startRequired ? this.reach.start() : this.resolver.base();
		boolean found = this.reach.plan().scope() != SearchScope.BASE && searchTrees();
		if (found || needed.isRoot()) {
			return;
		}
		if (!hasAncestor(this.reach.start(), needed.depth())) {
			throw new DataRetrievalFailureException(
					this.reach.operation().failed() + this.missingAncestor.explain(this.session, needed),
					ServerResult.presentable(ex));
		}
	}

	/**
	 * Searches every tree of the server that begins below a name of which there is no
	 * entry, such as the root. The pattern sorts out what lies too deep.
	 * @return whether there is one
	 */
	private boolean searchTrees() throws LDAPException {
		if (!this.resolver.contextBase().isRoot()) {
			return false;
		}
		List<DistinguishedName> roots = this.reader.roots(this.session, this.reach.operation());
		if (this.resolver.base().isRoot()) {
			refuseUnknown(roots);
		}
		for (DistinguishedName root : roots) {
			if (root.depth() > this.reach.start().depth() && this.reach.isBelowStart(root)) {
				this.allTrees.putIfAbsent(EntryIdentity.of(root, this.schema), root);
			}
		}
		this.allTrees.values().stream().filter((root) -> levels(root) >= 0).forEach(this.trees::add);
		return !this.allTrees.isEmpty();
	}

	/**
	 * If the server does not say which trees it has, there may be some that are not
	 * found.
	 */
	private void refuseUnknown(List<DistinguishedName> roots) throws LDAPException {
		DistinguishedName name = this.reach.start();
		boolean unknown = name.isRoot() ? roots.isEmpty() || roots.contains(name)
				: roots.isEmpty() && !hasAncestor(name, 1);
		if (unknown) {
			throw new DataRetrievalFailureException(this.reach.operation().failed()
					+ "the server does not say where its trees begin: its naming contexts are "
					+ roots.stream().map((root) -> "'" + Excerpt.of(root.dn()) + "'").toList()
					+ ". Set a base (spring.ldap.base or ldapkv.base), or begin with the name of an entry.");
		}
	}

	private boolean hasAncestor(DistinguishedName key, int highest) throws LDAPException {
		for (int depth = highest; depth < key.depth(); depth++) {
			if (this.reader.isKnown(this.session, key.first(depth).dn())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * How far below the root of a tree the pattern finds anything; a negative number
	 * means that it finds nothing there.
	 */
	private int levels(DistinguishedName root) {
		return this.reach.levelsBelow(root);
	}

	private SearchScope scope(DistinguishedName root) {
		return switch (levels(root)) {
			case 0 -> SearchScope.BASE;
			case 1 -> SearchScope.ONE;
			default -> SearchScope.SUB;
		};
	}

	/**
	 * A tree may be part of another one, or be glued to it: a result counts in the
	 * smallest only.
	 */
	private boolean belongsToTree(DistinguishedName absolute) {
		DistinguishedName current = this.tree;
		if (current == null || this.allTrees.size() == 1) {
			return true;
		}
		EntryIdentity identity = EntryIdentity.of(absolute, this.schema);
		return this.allTrees.keySet()
			.stream()
			.noneMatch((other) -> other.rdns().size() > current.depth() && identity.startsWith(other));
	}

	private PagedSearch search(DistinguishedName root, SearchScope scope) {
		return this.reader.search(this.session, root.dn(), scope, this.reach.plan().filter(), this.attributes)
			.beginningWith(this.wanted)
			.pausing(this.pause);
	}

	@Override
	public void close() throws LDAPException {
		this.trees.clear();
		if (this.search != null) {
			this.search.close();
		}
	}

	/**
	 * Ends the query without a word to the server: its connection is not used again.
	 */
	public void abort() {
		this.trees.clear();
		if (this.search != null) {
			this.search.abort();
		}
	}

}
