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

package io.github.ldapkv.internal.directory;

import java.util.List;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.reading.KeySearch;
import io.github.ldapkv.internal.reading.MissingAncestor;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.text.NamedValues;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.wire.sdk.OwnConnections;
import org.jspecify.annotations.Nullable;

/**
 * What a watch asks of a store besides its verbs, also of one that others stand in front
 * of.
 *
 * @param <Q> the store's queries
 * @param <E> the store's entries
 */
public interface WatchedStore<Q, E> {

	/**
	 * Which entries a query finds, relative to the base of the store.
	 */
	KeySearch search(Q query);

	/**
	 * The gate to the directory.
	 */
	Directory directory();

	/**
	 * Knows which entry a key means.
	 */
	KeyResolver resolver();

	/**
	 * Reads entries.
	 */
	EntryReader reader();

	/**
	 * Finds out what is missing.
	 */
	MissingAncestor missingAncestor();

	/**
	 * The store's own connections; {@code null} if it has those of somebody else.
	 */
	@Nullable OwnConnections connections();

	/**
	 * What threads of the store are called, to which their work is added.
	 */
	String threads();

	/**
	 * What makes entries of what is found.
	 * @param asked the attributes that are asked for; {@code null} for all user
	 * attributes
	 * @param besides the names of attributes that are read for other reasons
	 */
	Mapping<E> mapping(Session session, @Nullable List<String> asked, List<String> besides);

	/**
	 * The attributes of an entry.
	 */
	List<NamedValues> attributes(E entry);

	/**
	 * Makes entries of what is found.
	 *
	 * @param <E> the store's entries
	 */
	interface Mapping<E> {

		E entry(KeyPath key, SearchResultEntry found) throws LDAPException;

	}

}
