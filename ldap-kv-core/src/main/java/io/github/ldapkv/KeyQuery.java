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
import java.util.Objects;

import com.unboundid.ldap.sdk.Filter;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.reading.KeyRange;
import io.github.ldapkv.internal.reading.KeySearch;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.search.FilterParser;
import io.github.ldapkv.internal.text.Arguments;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which entries a query finds, how many of them, and what it reads of each.
 * <p>
 * A pattern is a key with wildcards, matched against the whole key of an entry, ignoring
 * case and insignificant space:
 * <ul>
 * <li>a component is {@code *}, {@code **}, or {@code attribute=value} with
 * wildcards;</li>
 * <li>{@code *} and {@code ?} stand for any characters and one character within a
 * component;</li>
 * <li>{@code **}, as a component of its own, stands for any components, or none;</li>
 * <li>{@code [a-z]} and {@code [!a-z]} stand for one character of a set, or outside
 * it;</li>
 * <li><code>{a,b}</code> stands for either text;</li>
 * <li>{@code \} makes the next character literal.</li>
 * </ul>
 * What stands before the first component with a wildcard names an entry, as a key does:
 * by the rules of the server, which may know more spellings than keys do, or count case.
 * A pattern that begins with the base of the store is absolute.
 * <p>
 * So {@code /ou=People/uid=j*} finds the people right below {@code ou=People} whose
 * {@code uid} begins with a j, and {@code /ou=People/**} finds {@code ou=People} with all
 * that is below it.
 * <p>
 * Queries are immutable: each method returns a new one. Two are equal if they are made
 * the same way: of the same text, with the same limits and choices.
 * <p>
 * No argument may be {@code null}: it is refused by an {@link IllegalArgumentException}.
 */
public final class KeyQuery {

	private final KeySearch search;

	private final KeyRange range;

	private final @Nullable List<String> attributes;

	private KeyQuery(KeySearch search, KeyRange range, @Nullable List<String> attributes) {
		this.search = search;
		this.range = range;
		this.attributes = attributes;
	}

	/**
	 * A query for all entries whose key matches a pattern, with all their user
	 * attributes.
	 * @param pattern the pattern
	 * @return the query
	 * @throws IllegalArgumentException if the pattern is {@code null}, empty or
	 * malformed; the message shows the pattern and the place
	 */
	public static KeyQuery of(String pattern) {
		if (pattern == null) {
			throw new IllegalArgumentException("The pattern is null");
		}
		return new KeyQuery(KeySearch.of(KeyPattern.parse(pattern)), KeyRange.ALL, null);
	}

	/**
	 * A query for the one entry that has a key, if it is there.
	 * @param key the key, relative to the store's base or absolute; nothing in it is a
	 * wildcard
	 * @return the query
	 * @throws IllegalArgumentException if the key is malformed
	 */
	public static KeyQuery entry(CharSequence key) {
		return new KeyQuery(KeySearch.of(KeyPattern.of(LdapKey.pathOf(key))), KeyRange.ALL, null);
	}

	/**
	 * A query for the entries right below an entry, which has to be there: if it is not,
	 * the query fails with a
	 * {@link org.springframework.dao.DataRetrievalFailureException}.
	 * @param key the key, relative to the store's base or absolute; nothing in it is a
	 * wildcard
	 * @return the query
	 * @throws IllegalArgumentException if the key is malformed
	 */
	public static KeyQuery childrenOf(CharSequence key) {
		return new KeyQuery(KeySearch.belowEntry(KeyPattern.childrenOf(LdapKey.pathOf(key))), KeyRange.ALL, null);
	}

	/**
	 * Limits the number of results, which then come in the order of their keys.
	 * @param limit the most results wanted
	 * @return the limited query
	 * @throws IllegalArgumentException if the limit is negative
	 */
	public KeyQuery limit(int limit) {
		refuseNegative("limit", limit);
		return new KeyQuery(this.search, this.range.withLimit(limit), this.attributes);
	}

	/**
	 * Leaves out the first results in the order of their keys, in which the others then
	 * come.
	 * @param offset how many to leave out
	 * @return the shifted query
	 * @throws IllegalArgumentException if the offset is negative
	 */
	public KeyQuery offset(int offset) {
		refuseNegative("offset", offset);
		return new KeyQuery(this.search, this.range.withOffset(offset), this.attributes);
	}

	/**
	 * Leaves out all results up to a key, in the order of their keys. The key need not
	 * exist.
	 * @param key the last key not wanted, relative to the store's base or absolute
	 * @return the shifted query
	 * @throws IllegalArgumentException if the key is malformed
	 */
	public KeyQuery after(CharSequence key) {
		return new KeyQuery(this.search, this.range.withAfter(LdapKey.pathOf(key)), this.attributes);
	}

	/**
	 * Finds only entries that match an LDAP filter (RFC 4515) too.
	 * @param filter the filter, such as {@code (mail=*)}; the outer parentheses may be
	 * missing
	 * @return the narrower query
	 * @throws IllegalArgumentException if the filter is malformed
	 */
	public KeyQuery filter(String filter) {
		if (filter == null) {
			throw new IllegalArgumentException("The filter is null");
		}
		return new KeyQuery(this.search.withFilter(FilterParser.parse(filter)), this.range, this.attributes);
	}

	/**
	 * Reads only these attributes. {@code *} stands for all user attributes, {@code +}
	 * for all operational ones (RFC 3673). {@code description} does not bring
	 * {@code description;lang-de}, which is another attribute; {@code description;lang-}
	 * brings those in all languages (RFC 3866).
	 * @param attributes the names of the attributes; none reads no attribute
	 * @return the narrower query
	 * @throws IllegalArgumentException if a name is no attribute description
	 */
	public KeyQuery attributes(String... attributes) {
		Assert.notNull(attributes, "The attributes are null");
		for (String name : attributes) {
			if (!"*".equals(name) && !"+".equals(name)) {
				Arguments.attribute(name);
			}
		}
		return new KeyQuery(this.search, this.range, List.of(attributes));
	}

	/**
	 * The query with its pattern and its keys as the results of a store have them.
	 */
	KeyQuery at(KeyResolver resolver) {
		KeyPath after = this.range.after();
		return new KeyQuery(this.search.withPattern(resolver.relative(this.search.pattern())),
				(after != null) ? this.range.withAfter(resolver.asResult(after)) : this.range, this.attributes);
	}

	/**
	 * The pattern. {@link #of(String)} reads it back, unless the query was made of a key
	 * that has bytes in it, or a name that only some servers have. It does not say that
	 * {@link #childrenOf} wants an entry to be there.
	 * @return the pattern
	 */
	public String pattern() {
		return this.search.pattern().toString();
	}

	/**
	 * What the entries match besides.
	 * @return an LDAP filter, or {@code null} if there is none; it shows what the caller
	 * has compared, be it a secret
	 */
	public @Nullable String filter() {
		Filter filter = this.search.filter();
		return (filter != null) ? filter.toString() : null;
	}

	/**
	 * The most results wanted.
	 * @return the number, or {@code null} if all are
	 */
	public @Nullable Integer limit() {
		return this.range.limit();
	}

	/**
	 * How many of the first results are left out.
	 * @return the number, or {@code null} if it was not given
	 */
	public @Nullable Integer offset() {
		return this.range.offset();
	}

	/**
	 * The last key that is not wanted.
	 * @return the key, or {@code null} if there is none
	 */
	public @Nullable LdapKey after() {
		KeyPath after = this.range.after();
		return (after != null) ? new LdapKey(after) : null;
	}

	/**
	 * What is read of each entry.
	 * @return the names of the attributes, or {@code null} for all user attributes
	 */
	public @Nullable List<String> attributeNames() {
		return this.attributes;
	}

	KeySearch search() {
		return this.search;
	}

	KeyRange range() {
		return this.range;
	}

	private static void refuseNegative(String name, int value) {
		if (value < 0) {
			throw new IllegalArgumentException("The " + name + " of a query is " + value + ", less than 0");
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || other instanceof KeyQuery query && this.search.equals(query.search)
				&& this.range.equals(query.range) && Objects.equals(this.attributes, query.attributes);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.search, this.range, this.attributes);
	}

	/**
	 * The pattern.
	 */
	@Override
	public String toString() {
		return pattern();
	}

}
