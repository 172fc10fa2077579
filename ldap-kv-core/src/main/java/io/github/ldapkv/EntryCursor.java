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
import java.util.function.Predicate;

import javax.naming.NamingException;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;

import org.jspecify.annotations.Nullable;

/**
 * Makes entries of the results of a query, one by one.
 */
final class EntryCursor implements AutoCloseable {

	private final LdapContext context;

	private final Directory directory;

	private final KeyResolver resolver;

	private final EntryReader reader;

	private final QueryCursor cursor;

	private final @Nullable List<String> attributes;

	private final @Nullable String versionAttribute;

	private final @Nullable List<String> asked;

	/**
	 * When the entries were asked for, at the latest.
	 */
	private final long begin = TimedVersions.now();

	/**
	 * Creates a cursor.
	 * @param attributes the attributes that are read; {@code null} for all user
	 * attributes
	 * @param versionAttribute the one among them that is the version
	 * @param asked the attributes that the caller asked for; {@code null} for all user
	 * attributes
	 */
	EntryCursor(LdapContext context, Directory directory, KeyResolver resolver, EntryReader reader, QueryCursor cursor,
			@Nullable List<String> attributes, @Nullable String versionAttribute, @Nullable List<String> asked) {
		this.context = context;
		this.directory = directory;
		this.resolver = resolver;
		this.reader = reader;
		this.cursor = cursor;
		this.attributes = attributes;
		this.versionAttribute = versionAttribute;
		this.asked = asked;
	}

	/**
	 * Fetches the next entry whose key is wanted.
	 * @return the entry, or {@code null} after the last
	 */
	@Nullable LdapEntry next(Predicate<LdapKey> wanted) throws NamingException {
		LdapEntry entry = null;
		while (entry == null && this.cursor.advance()) {
			LdapKey key = this.cursor.key();
			LdapKey absolute = this.cursor.absolute();
			if (wanted.test(key)) {
				entry = entry(key, absolute, this.cursor.found());
				if (this.directory.capabilities(this.context).has(Quirk.VERSIONS_ARE_TIMES)) {
					entry = TimedVersions.settled(entry, this.begin,
							() -> entry(key, absolute, readAgain(this.resolver.name(absolute))));
				}
			}
		}
		return entry;
	}

	/**
	 * An attribute that JNDI took for text is read again, as bytes.
	 * @return the entry, or {@code null} if it is not there any more
	 */
	private @Nullable LdapEntry entry(LdapKey key, LdapKey absolute, @Nullable SearchResult found)
			throws NamingException {
		DirectorySchema schema = this.directory.schema(this.context);
		Set<String> readAgain = new HashSet<>();
		SearchResult current = found;
		while (current != null) {
			try {
				LdapEntry entry = VersionAttribute.entry(this.context, () -> this.resolver.name(absolute), key, current,
						schema, this.versionAttribute, VersionAttribute.isAmong(this.asked, this.versionAttribute));
				return entry.withValue(AskedAttributes.of(entry.value(), this.asked, schema));
			}
			catch (MangledAttributeException ex) {
				ex.addTo(readAgain);
				this.directory.readAsBytes(this.context, readAgain);
				current = readAgain(this.resolver.name(absolute));
			}
		}
		return null;
	}

	/**
	 * Reads on a context of its own, since a search is under way on the other.
	 */
	private @Nullable SearchResult readAgain(LdapName name) throws NamingException {
		LdapContext own = this.context.newInstance(null);
		try {
			return this.reader.read(own, name, this.cursor.condition(), this.attributes);
		}
		finally {
			own.close();
		}
	}

	@Override
	public void close() throws NamingException {
		this.cursor.close();
	}

	/**
	 * Ends the query without a word to the server: its connection is not used again.
	 */
	void abort() {
		this.cursor.abort();
	}

}
