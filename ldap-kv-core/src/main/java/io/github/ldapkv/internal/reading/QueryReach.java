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

import java.util.function.Function;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.key.ResultNames;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.search.SearchBase;
import io.github.ldapkv.internal.search.SearchPlan;
import io.github.ldapkv.internal.wire.Session;

/**
 * Which entries a query means, by their names: the search for it may find more. It is
 * bound to one connection.
 */
public final class QueryReach {

	private final Session session;

	private final KeyResolver resolver;

	private final EntryReader reader;

	/**
	 * What the names of the results look like below the start.
	 */
	private final KeyPattern rest;

	private final SearchPlan plan;

	private final SearchBase start;

	private final Operation operation;

	private final Function<String, DistinguishedName> names = new ResultNames()::read;

	/**
	 * Plans a query.
	 * @param query which entries, relative to the base of the store
	 */
	public QueryReach(Session session, KeyResolver resolver, EntryReader reader, KeySearch query) {
		this.session = session;
		this.resolver = resolver;
		this.reader = reader;
		KeyPattern pattern = query.pattern();
		this.plan = SearchPlan.of(pattern, query.filter(), session.schema());
		this.rest = pattern.withoutFirst(this.plan.base().depth());
		this.start = new SearchBase(resolver.base().append(this.plan.base()), session.schema());
		this.operation = Operation.of(Verb.QUERY, pattern, this.start.name());
	}

	/**
	 * The search for the query.
	 */
	public SearchPlan plan() {
		return this.plan;
	}

	/**
	 * The absolute name at which the search begins.
	 */
	public DistinguishedName start() {
		return this.start.name();
	}

	/**
	 * What is done, for messages.
	 */
	Operation operation() {
		return this.operation;
	}

	/**
	 * The absolute name of an entry that was found, as the server sent it.
	 */
	public DistinguishedName nameOf(SearchResultEntry found) {
		return EntryReader.keyOf(found, this.names, this.operation);
	}

	/**
	 * Whether the query means an entry, as far as its name says.
	 * @param name its absolute name
	 */
	public boolean means(DistinguishedName name) throws LDAPException {
		return isUnderStart(name) && this.rest.matchesBelow(start().depth(), name);
	}

	/**
	 * The key of an entry that the query means.
	 * @param name its absolute name
	 */
	public KeyPath key(DistinguishedName name) throws LDAPException {
		if (this.resolver.isUnsure(name)) {
			this.resolver.learn(spelling(this.resolver.base()));
		}
		return this.resolver.result(name);
	}

	/**
	 * Whether a name that the server sent is known to lie under the start.
	 */
	boolean isBelowStart(DistinguishedName name) {
		return this.start.isAbove(name);
	}

	/**
	 * How far below the root of a tree the query finds anything; a negative number means
	 * that it finds nothing there.
	 */
	int levelsBelow(DistinguishedName root) {
		return this.rest.hasAnyDepth() ? Integer.MAX_VALUE
				: this.rest.components().size() + start().depth() - root.depth();
	}

	/**
	 * Where neither the text nor the schema tells, the server is asked, once.
	 */
	private boolean isUnderStart(DistinguishedName name) throws LDAPException {
		if (isBelowStart(name)) {
			return true;
		}
		if (!this.start.isUnsure()) {
			return false;
		}
		this.start.learn(spelling(start()));
		return isBelowStart(name);
	}

	private DistinguishedName spelling(DistinguishedName name) throws LDAPException {
		return this.reader.spelling(this.session, name, this.operation);
	}

}
