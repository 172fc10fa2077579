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
import java.util.function.Predicate;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.key.DistinguishedName;
import org.jspecify.annotations.Nullable;

/**
 * Makes entries of the results of a query, one by one.
 */
final class EntryCursor implements AutoCloseable {

	private final Session session;

	private final EntryReader reader;

	private final QueryCursor cursor;

	private final @Nullable List<String> attributes;

	private final @Nullable List<String> asked;

	/**
	 * When the entries were asked for, at the latest.
	 */
	private final long begin = TimedVersions.now();

	/**
	 * Creates a cursor.
	 * @param attributes the attributes that are read; {@code null} for all user
	 * attributes
	 * @param asked the attributes that the caller asked for; {@code null} for all user
	 * attributes
	 */
	EntryCursor(Session session, EntryReader reader, QueryCursor cursor, @Nullable List<String> attributes,
			@Nullable List<String> asked) {
		this.session = session;
		this.reader = reader;
		this.cursor = cursor;
		this.attributes = attributes;
		this.asked = asked;
	}

	/**
	 * Fetches the next entry whose key is wanted.
	 * @return the entry, or {@code null} after the last
	 */
	@Nullable LdapEntry next(Predicate<DistinguishedName> wanted) throws LDAPException {
		LdapEntry entry = null;
		while (entry == null && this.cursor.advance()) {
			DistinguishedName key = this.cursor.key();
			DistinguishedName absolute = this.cursor.absolute();
			if (wanted.test(key)) {
				entry = entry(key, this.cursor.found());
				if (this.session.capabilities().has(Quirk.VERSIONS_ARE_TIMES)) {
					entry = TimedVersions.settled(entry, this.begin, () -> readAgain(key, absolute));
				}
			}
		}
		return entry;
	}

	private @Nullable LdapEntry entry(DistinguishedName key, @Nullable SearchResultEntry found) throws LDAPException {
		if (found == null) {
			return null;
		}
		LdapEntry entry = VersionAttribute.entry(this.session, key, found,
				VersionAttribute.isAmong(this.asked, this.session.capabilities().versionAttribute()));
		return entry.withValue(AskedAttributes.of(entry.value(), this.asked, this.session.schema()));
	}

	private @Nullable LdapEntry readAgain(DistinguishedName key, DistinguishedName absolute) throws LDAPException {
		return entry(key, this.reader.read(this.session, absolute.dn(), this.cursor.condition(), this.attributes));
	}

	@Override
	public void close() throws LDAPException {
		this.cursor.close();
	}

	/**
	 * Ends the query without a word to the server: its connection is not used again.
	 */
	void abort() {
		this.cursor.abort();
	}

}
