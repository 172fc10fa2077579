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

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.LdapPatch.Kind;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.ObjectClasses;
import io.github.ldapkv.internal.text.NamedValues;
import io.github.ldapkv.internal.wire.Quirk;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

/**
 * Works out the Modify that a put means: it replaces the attributes that the value names,
 * but for object classes, to which it adds. What an entry is besides is no concern of
 * somebody who puts a part of it.
 */
final class PutPlanner {

	private final EntryReader reader;

	PutPlanner(EntryReader reader) {
		this.reader = reader;
	}

	/**
	 * The change, for which object classes are read only if the server cannot take those
	 * that are there for done.
	 * @return the change, or {@code null} if the entry was looked for and is not there
	 */
	@Nullable EntryChange merge(Session session, Target target, LdapValue value) throws LDAPException {
		boolean blindly = session.capabilities().has(Feature.PERMISSIVE_MODIFY)
				&& !session.has(Quirk.MINDS_OBJECT_CLASSES);
		return blindly ? mergeBlindly(session, target, value) : mergeIntoWhatIsThere(session, target, value);
	}

	/**
	 * The change for a server that takes object classes that are there for done.
	 */
	EntryChange mergeBlindly(Session session, Target target, LdapValue value) {
		DirectorySchema schema = session.schema();
		LdapValue changes = SentAttributes.changes(target, value, schema);
		if (!changes.has(ObjectClasses.ATTRIBUTE)) {
			return EntryChange.replacing(target.dn(), changes);
		}
		return EntryChange.replacing(target.dn(), changes.without(ObjectClasses.ATTRIBUTE))
			.add(Kind.ADD,
					NamedValues.of(ObjectClasses.ATTRIBUTE,
							List.copyOf(ObjectClasses.named(changes.texts(ObjectClasses.ATTRIBUTE), schema))))
			.permissive();
	}

	/**
	 * The change that adds the object classes that the entry does not have.
	 * @return the change, or {@code null} if the entry was looked for and is not there
	 */
	@Nullable EntryChange mergeIntoWhatIsThere(Session session, Target target, LdapValue value) throws LDAPException {
		DirectorySchema schema = session.schema();
		LdapValue changes = SentAttributes.changes(target, value, schema);
		if (!changes.has(ObjectClasses.ATTRIBUTE)) {
			return EntryChange.replacing(target.dn(), changes);
		}
		SearchResultEntry found = this.reader.read(session, target.dn(), List.of(ObjectClasses.ATTRIBUTE));
		return (found != null) ? merge(target, value, new EntryMapper(schema).value(found), schema) : null;
	}

	/**
	 * The change of an entry that was read.
	 * @param current what the entry is; its object classes at least
	 */
	static EntryChange merge(Target target, LdapValue value, LdapValue current, DirectorySchema schema) {
		LdapValue changes = SentAttributes.changes(target, value, schema);
		if (!changes.has(ObjectClasses.ATTRIBUTE)) {
			return EntryChange.replacing(target.dn(), changes);
		}
		EntryChange change = EntryChange.replacing(target.dn(), changes.without(ObjectClasses.ATTRIBUTE));
		List<String> there = current.texts(ObjectClasses.ATTRIBUTE);
		List<Object> missing = List
			.copyOf(ObjectClasses.missing(changes.texts(ObjectClasses.ATTRIBUTE), there, schema));
		return missing.isEmpty() ? change : change.add(Kind.ADD, NamedValues.of(ObjectClasses.ATTRIBUTE, missing));
	}

}
