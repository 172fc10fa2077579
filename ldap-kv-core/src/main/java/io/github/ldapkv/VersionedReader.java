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

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.reading.TimedVersions;
import io.github.ldapkv.internal.reading.VersionAttribute;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.writing.EntryFailures;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries with their versions, and tells whether they are as they were read.
 */
final class VersionedReader {

	private final EntryReader reader;

	VersionedReader(EntryReader reader) {
		this.reader = reader;
	}

	boolean exists(Session session, Target target) throws LDAPException {
		return this.reader.exists(session, target.dn());
	}

	/**
	 * Reads an entry.
	 * @return the entry, with its absolute key, or {@code null} if there is none
	 */
	@Nullable LdapEntry read(Session session, Target target) throws LDAPException {
		TimedVersions.Reading read = () -> this.reader.read(session, target.dn(),
				VersionAttribute.with(null, session.capabilities().versionAttribute()));
		long asked = TimedVersions.now();
		SearchResultEntry found = TimedVersions.settled(session, read.again(), asked, read);
		return (found != null) ? new EntryMapper(session, null).entry(session, name(found, target).asKey(), found)
				: null;
	}

	/**
	 * The name of the entry, which most servers spell as they were asked for it.
	 */
	private static DistinguishedName name(SearchResultEntry found, Target target) {
		return found.getDN().equals(target.dn()) ? target.absolute() : EntryReader.keyOf(found, target.operation());
	}

	/**
	 * Reads an entry that has to have a version.
	 * @throws org.springframework.dao.OptimisticLockingFailureException if it has another
	 * one, or is not there
	 */
	LdapEntry readUnchanged(Session session, Target target, Version expected) throws LDAPException {
		LdapEntry current = read(session, target);
		if (current == null || !current.hasVersion() || !current.version().equals(expected)) {
			throw EntryFailures.changed(target, null);
		}
		return current;
	}

	/**
	 * Whether an entry is not what it was when a change of it was worked out.
	 * @param basis what it was; {@code null} if the change does not depend on that
	 */
	boolean hasChanged(Session session, Target target, @Nullable LdapValue basis) throws LDAPException {
		if (basis == null) {
			return false;
		}
		LdapEntry current = read(session, target);
		return current == null || !current.value().equals(basis);
	}

}
