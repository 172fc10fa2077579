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

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.controls.ManageDsaITRequestControl;
import io.github.ldapkv.LdapPatch.Kind;
import io.github.ldapkv.internal.bulk.BulkRunner;
import io.github.ldapkv.internal.bulk.DirectStore;
import io.github.ldapkv.internal.directory.Directory;
import io.github.ldapkv.internal.directory.WatchedStore;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.reading.BatchReader;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.reading.KeySearch;
import io.github.ldapkv.internal.reading.MissingAncestor;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.NamedValues;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.wire.sdk.OwnConnections;
import org.jspecify.annotations.Nullable;

/**
 * What bulk writes, LDIF and watches ask of a template besides its verbs.
 */
final class DirectVerbs implements DirectStore, WatchedStore<KeyQuery, LdapEntry> {

	private final Directory directory;

	private final KeyResolver resolver;

	private final EntryReader reader;

	private final BatchReader batches;

	private final WriteVerbs writes;

	private final String threads;

	private final @Nullable OwnConnections connections;

	/**
	 * Creates the verbs.
	 * @param threads what threads of the store are called
	 * @param connections the store's own; {@code null} if it has those of somebody else
	 */
	DirectVerbs(Directory directory, KeyResolver resolver, EntryReader reader, WriteVerbs writes, String threads,
			@Nullable OwnConnections connections) {
		this.directory = directory;
		this.resolver = resolver;
		this.reader = reader;
		this.batches = new BatchReader(reader);
		this.writes = writes;
		this.threads = threads;
		this.connections = connections;
	}

	@Override
	public int parallelism() {
		return (this.connections != null) ? this.connections.maxSize() : BulkRunner.parallelism(null);
	}

	@Override
	public String threads() {
		return this.threads;
	}

	@Override
	public DirectorySchema schema() {
		return this.writes.schema();
	}

	@Override
	public KeyResolver resolver() {
		return this.resolver;
	}

	@Override
	public KeySearch search(KeyQuery query) {
		return query.at(this.resolver).search();
	}

	@Override
	public Directory directory() {
		return this.directory;
	}

	@Override
	public EntryReader reader() {
		return this.reader;
	}

	@Override
	public MissingAncestor missingAncestor() {
		return new MissingAncestor(this.resolver, this.reader);
	}

	@Override
	public @Nullable OwnConnections connections() {
		return this.connections;
	}

	@Override
	public Mapping<LdapEntry> mapping(Session session, @Nullable List<String> asked, List<String> besides) {
		EntryMapper mapper = new EntryMapper(session, asked, besides);
		return (key, found) -> mapper.entry(session, key, found);
	}

	@Override
	public List<NamedValues> attributes(LdapEntry entry) {
		return entry.value().attributes();
	}

	@Override
	public boolean contains(DistinguishedName key) {
		return this.directory.readForWrite(Operation.of(Verb.CONTAINS, key, key),
				(session) -> this.reader.exists(session, key.dn()));
	}

	@Override
	public Map<DistinguishedName, Map<String, List<Object>>> read(Collection<DistinguishedName> keys,
			@Nullable List<String> attributes) {
		if (keys.isEmpty()) {
			return Map.of();
		}
		return this.directory.readForWrite(Operation.of(Verb.GET_ALL, keys.size() + " keys"), (session) -> {
			EntryMapper mapper = new EntryMapper(session.schema());
			Map<String, Map<String, List<Object>>> found = this.batches.read(session, keys, attributes,
					(entry) -> mapper.value(session, entry).asMap());
			Map<DistinguishedName, Map<String, List<Object>>> values = new LinkedHashMap<>();
			for (DistinguishedName key : keys) {
				Map<String, List<Object>> value = found.get(key.dn());
				if (value != null) {
					values.put(key, value);
				}
			}
			return values;
		});
	}

	@Override
	public Optional<Map<String, List<Object>>> readReferral(Target target) {
		return this.directory.readForWrite(target.operation(), (session) -> {
			SearchResultEntry found = this.reader.readReferral(session, target.dn());
			return Optional.ofNullable((found != null) ? EntryMapper.read(session, found).asMap() : null);
		});
	}

	@Override
	public void replaceReferral(Target target, Map<String, List<Object>> before, Map<String, List<Object>> value) {
		this.writes.refuseBuffered(target.operation());
		this.directory.write(target.operation(), (session) -> {
			DirectorySchema schema = session.schema();
			EntryChange change = difference(target, SentAttributes.changes(target, LdapValue.ofServer(before), schema),
					SentAttributes.changes(target, LdapValue.ofServer(value), schema), schema);
			Session asItself = session.withControls(new ManageDsaITRequestControl(true));
			try {
				change.send(asItself);
			}
			catch (LDAPException ex) {
				if (ServerResult.of(ex).code() != ServerResult.OBJECT_CLASS_VIOLATION
						|| !change.completeObjectClasses(schema)) {
					throw ex;
				}
				change.send(asItself);
			}
			return Boolean.TRUE;
		});
	}

	private static EntryChange difference(Target target, LdapValue before, LdapValue wanted, DirectorySchema schema) {
		EntryChange change = EntryChange.replacing(target.dn(), wanted);
		for (NamedValues attribute : before.attributes()) {
			String name = attribute.name();
			if (!AttributeNames.isObjectClass(name) && NamingAttributes.given(wanted, name, schema) == null
					&& !NamingAttributes.isNaming(target.rdn(), name, schema)) {
				change.add(Kind.SET, NamedValues.of(name, List.of()));
			}
		}
		return change;
	}

}
