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

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.controls.ManageDsaITRequestControl;
import io.github.ldapkv.LdapPatch.Kind;
import io.github.ldapkv.internal.directory.Directory;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.reading.BatchReader;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

/**
 * What LDIF asks of the directory besides the store's own verbs. It reads where its
 * writes go, whatever a read server has by now.
 */
final class LdifVerbs {

	private final Directory directory;

	private final EntryReader reader;

	private final BatchReader batches;

	private final Consumer<Operation> refuseBuffered;

	/**
	 * Creates the verbs.
	 * @param refuseBuffered refuses what cannot be part of a Spring transaction
	 */
	LdifVerbs(Directory directory, EntryReader reader, BatchReader batches, Consumer<Operation> refuseBuffered) {
		this.directory = directory;
		this.reader = reader;
		this.batches = batches;
		this.refuseBuffered = refuseBuffered;
	}

	/**
	 * Reads entries.
	 * @param keys the absolute keys
	 * @param attributes the attributes to read; {@code null} for all user attributes
	 */
	Map<DistinguishedName, LdapValue> read(Collection<DistinguishedName> keys, @Nullable List<String> attributes) {
		if (keys.isEmpty()) {
			return Map.of();
		}
		return this.directory.readForWrite(Operation.of(Verb.GET_ALL, keys.size() + " keys"), (session) -> {
			Map<String, LdapValue> found = EntryMapper.readAll(session, this.batches.read(session, keys, attributes));
			Map<DistinguishedName, LdapValue> values = new LinkedHashMap<>();
			for (DistinguishedName key : keys) {
				LdapValue value = found.get(key.dn());
				if (value != null) {
					values.put(key, value);
				}
			}
			return values;
		});
	}

	/**
	 * Tells whether there is an entry.
	 * @param key the absolute key
	 */
	boolean contains(DistinguishedName key) {
		return this.directory.readForWrite(Operation.of(Verb.CONTAINS, key, key),
				(session) -> this.reader.exists(session, key.dn()));
	}

	/**
	 * Reads an entry that refers to another server (RFC 3296), as if it did not.
	 * @return its attributes, or empty if it is not there
	 */
	Optional<LdapValue> readReferral(Target target) {
		return this.directory.readForWrite(target.operation(), (session) -> {
			SearchResultEntry found = this.reader.readReferral(session, target.dn());
			return Optional.ofNullable((found != null) ? EntryMapper.read(session, found) : null);
		});
	}

	/**
	 * Makes an entry that refers to another server exactly a value.
	 */
	void replaceReferral(Target target, LdapValue before, LdapValue value) {
		this.refuseBuffered.accept(target.operation());
		this.directory.write(target.operation(), (session) -> {
			DirectorySchema schema = session.schema();
			ModifyRequest request = difference(target, SentAttributes.changes(target, before, schema),
					SentAttributes.changes(target, value, schema), schema);
			Session asItself = session.withControls(new ManageDsaITRequestControl(true));
			try {
				request.send(asItself);
			}
			catch (LDAPException ex) {
				if (ServerResult.of(ex).code() != ServerResult.OBJECT_CLASS_VIOLATION
						|| !request.completeObjectClasses(schema)) {
					throw ex;
				}
				request.send(asItself);
			}
			return Boolean.TRUE;
		});
	}

	private ModifyRequest difference(Target target, LdapValue before, LdapValue wanted, DirectorySchema schema) {
		ModifyRequest request = ModifyRequest.replacing(target.dn(), wanted);
		for (LdapValue.Attribute attribute : before.attributes()) {
			String name = attribute.name();
			if (!AttributeNames.isObjectClass(name) && NamingAttributes.given(wanted, name, schema) == null
					&& !NamingAttributes.isNaming(target.rdn(), name, schema)) {
				request.add(Kind.SET, new LdapValue.Attribute(name, List.of()));
			}
		}
		return request;
	}

}
