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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.text.Arguments;
import io.github.ldapkv.internal.directory.Directory;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.operation.FailureTranslator;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.reading.BatchReader;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.reading.MissingAncestor;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.text.SpelledMap;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.PoolRole;
import io.github.ldapkv.pool.ServerCheck;
import io.github.ldapkv.server.ServerCapabilities;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.util.Assert;

/**
 * The store on Spring LDAP: every call goes through an {@link LdapTemplate}.
 */
public final class LdapKeyValueTemplate implements LdapKeyValueOperations, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LdapKeyValueTemplate.class);

	private final @Nullable LdapConnectionPool pool;

	private final Supplier<StoreInfo> info;

	private final KeyResolver resolver;

	private final Directory directory;

	private final EntryReader reader;

	private final QueryExecutor queries;

	private final BatchReader batches;

	private final VersionedReader entries;

	private final WriteVerbs writes;

	private final DirectVerbs direct;

	/**
	 * Creates a store on the directory of a template. Only the template's context source
	 * is used: settings such as {@code ignoreSizeLimitExceededException} have no effect.
	 * @param ldapTemplate the template
	 */
	public LdapKeyValueTemplate(LdapTemplate ldapTemplate) {
		this(new LdapKeyValueTemplateBuilder(ldapTemplate));
	}

	/**
	 * Creates a store on the directory of a context source.
	 * @param contextSource where connections come from
	 */
	public LdapKeyValueTemplate(ContextSource contextSource) {
		this(new LdapKeyValueTemplateBuilder(contextSource));
	}

	LdapKeyValueTemplate(LdapKeyValueTemplateBuilder builder) {
		this.pool = builder.pool();
		if (this.pool == null) {
			logger.warn(
					"The context source of the store is a {}; unless it pools, each call opens a connection. To have a "
							+ "pool, set ldapkv.urls or use {}",
					builder.contextSource().getClass().getSimpleName(), LdapConnectionPool.class.getSimpleName());
		}
		FailureTranslator failures = builder.failures();
		this.directory = builder.directory(failures);
		this.info = builder.info(this.directory);
		this.reader = new EntryReader(builder.pageSize());
		this.resolver = builder.resolver(this::spelling, this::knownSchema);
		MissingAncestor missingAncestor = new MissingAncestor(this.resolver, this.reader);
		this.queries = new QueryExecutor(this.directory, this.resolver, this.reader, missingAncestor);
		this.batches = new BatchReader(this.reader);
		this.entries = new VersionedReader(this.reader);
		this.writes = new WriteVerbs(this.directory, this.resolver, this.reader, builder.objectClasses(),
				missingAncestor, failures);
		this.direct = new DirectVerbs(this.directory, this.resolver, this.reader, this.writes, builder.threads(),
				builder.own());
	}

	/**
	 * Starts a store that needs more than a context source.
	 * @param contextSource where connections come from
	 * @return a builder
	 */
	public static LdapKeyValueTemplateBuilder builder(ContextSource contextSource) {
		return new LdapKeyValueTemplateBuilder(contextSource);
	}

	/**
	 * What the server can do, with the corrections of the builder. The first call, or the
	 * first operation before it, asks the server.
	 * @return the capabilities
	 */
	public ServerCapabilities serverCapabilities() {
		return this.directory.read(Operation.of(Verb.SERVER_CAPABILITIES, "/"), Session::capabilities);
	}

	/**
	 * Asks a server whether it is there, by a look for the base, for those who look after
	 * the store: it is no operation of the store, and does not wait for the connections
	 * that other callers have. A store without a pool has one role, and looks as
	 * {@link #contains} does.
	 * @param role for reads, or for writes
	 * @return which server has answered, and whether the base is there
	 * @throws org.springframework.dao.DataAccessException if no server answers, or it
	 * refuses the account or the question
	 */
	public ServerCheck check(PoolRole role) {
		Arguments.notNull("role", role);
		LdapConnectionPool own = this.pool;
		if (own == null) {
			return new ServerCheck(String.join(", ", this.info.get().urls()), contains("/"));
		}
		DistinguishedName base = this.resolver.base();
		return this.directory.outside(Operation.of(Verb.CHECK, LdapKey.pathOf("/"), base),
				() -> own.check(role, base.dn()));
	}

	/**
	 * What the store knows of itself and its server. Nothing is sent to the server.
	 * @return what is known now
	 */
	public StoreInfo info() {
		return this.info.get();
	}

	@Override
	public LdapKey base() {
		return new LdapKey(this.resolver.base().asKey());
	}

	@Override
	public Optional<LdapValue> get(CharSequence key) {
		KeyPath given = LdapKey.pathOf(key);
		DistinguishedName absolute = this.resolver.absolute(given);
		return this.directory.read(Operation.of(Verb.GET, given, absolute), (session) -> {
			SearchResultEntry found = this.reader.read(session, absolute.dn(), null);
			return Optional.ofNullable((found != null) ? EntryMapper.read(session, found) : null);
		});
	}

	@Override
	public <K extends CharSequence> Map<K, LdapValue> getAll(Collection<K> keys) {
		Assert.notNull(keys, "The keys are null");
		SpelledMap<K, DistinguishedName> absolutes = new SpelledMap<>(keys.size());
		for (K key : keys) {
			// No entry has the empty name, though a group may have it for a member.
			if (key == null || !key.isEmpty()) {
				absolutes.put(key, this.resolver.absolute(LdapKey.pathOf(key)));
			}
		}
		if (absolutes.isEmpty()) {
			return Map.of();
		}
		Operation operation = Operation.of(Verb.GET_ALL, absolutes.size() + " keys");
		return this.directory.read(operation, (session) -> {
			EntryMapper mapper = new EntryMapper(session.schema());
			Map<String, LdapValue> found = this.batches.read(session, absolutes.values(), null,
					(entry) -> mapper.value(session, entry));
			SpelledMap<K, LdapValue> values = new SpelledMap<>(found.size());
			absolutes.forEach((key, absolute) -> {
				LdapValue value = found.get(absolute.dn());
				if (value != null) {
					values.put(key, value);
				}
			});
			return Collections.unmodifiableMap(values.simplified(absolutes));
		});
	}

	@Override
	public boolean contains(CharSequence key) {
		KeyPath given = LdapKey.pathOf(key);
		DistinguishedName absolute = this.resolver.absolute(given);
		return this.directory.read(Operation.of(Verb.CONTAINS, given, absolute),
				(session) -> this.reader.exists(session, absolute.dn()));
	}

	@Override
	public Optional<LdapEntry> getEntry(CharSequence key) {
		KeyPath given = LdapKey.pathOf(key);
		DistinguishedName absolute = this.resolver.absolute(given);
		Target target = new Target(Operation.of(Verb.GET, given, absolute), absolute);
		return this.directory.read(target.operation(),
				(session) -> Optional.ofNullable(withOwnKey(session, target, this.entries.read(session, target))));
	}

	/**
	 * What a server sends for a name that is not of its depth, is not that entry.
	 */
	private @Nullable LdapEntry withOwnKey(Session session, Target target, @Nullable LdapEntry entry)
			throws LDAPException {
		if (entry == null || entry.key().path().depth() != target.absolute().depth()) {
			return entry;
		}
		DistinguishedName absolute = DistinguishedName.ROOT.append(entry.key().path());
		if (this.resolver.isUnsure(absolute)) {
			this.resolver.learn(this.reader.spelling(session, this.resolver.base(), target.operation()));
		}
		return entry.withKey(new LdapKey(this.resolver.result(absolute)));
	}

	DirectorySchema knownSchema() {
		DirectorySchema known = this.directory.knownSchema();
		return (known != null) ? known : DirectorySchema.hidden();
	}

	private DistinguishedName spelling(DistinguishedName absolute) {
		Operation operation = Operation.of(Verb.CONTAINS, absolute, absolute);
		return this.directory.read(operation, (session) -> this.reader.spelling(session, absolute, operation));
	}

	@Override
	public void put(CharSequence key, LdapValue value) {
		this.writes.put(key, value);
	}

	@Override
	public boolean putIfAbsent(CharSequence key, LdapValue value) {
		return this.writes.putIfAbsent(key, value);
	}

	@Override
	public void replace(CharSequence key, LdapValue value) {
		this.writes.replace(key, value);
	}

	@Override
	public void patch(CharSequence key, Consumer<LdapPatch> changes) {
		this.writes.patch(key, changes);
	}

	@Override
	public long increment(CharSequence key, String attribute, long delta) {
		return this.writes.increment(key, attribute, delta);
	}

	@Override
	public boolean delete(CharSequence key) {
		return this.writes.delete(key);
	}

	@Override
	public long deleteTree(CharSequence key) {
		return this.writes.deleteTree(key);
	}

	@Override
	public void move(CharSequence from, CharSequence to) {
		this.writes.move(from, to);
	}

	@Override
	public int createParents(CharSequence key) {
		return this.writes.createParents(key);
	}

	@Override
	public ConditionalOperations ifUnchanged(Version version) {
		return this.writes.ifUnchanged(version);
	}

	@Override
	public void atomically(Consumer<LdapTransaction> writes) {
		this.writes.atomically(writes);
	}

	/**
	 * What a transaction is bound to: the same for a spy of the store, which is a copy of
	 * it.
	 * @return {@code null} for a mock
	 */
	@Nullable Object transactionKey() {
		return this.writes;
	}

	WriteBuffer newBuffer() {
		return this.writes.newBuffer();
	}

	void commit(WriteBuffer buffer) {
		this.writes.commit(buffer);
	}

	@Override
	public List<LdapEntry> query(KeyQuery query) {
		return this.queries.query(query);
	}

	@Override
	public Stream<LdapEntry> stream(KeyQuery query) {
		return this.queries.stream(query);
	}

	@Override
	public void forEach(KeyQuery query, Consumer<LdapEntry> consumer) {
		this.queries.forEach(query, consumer);
	}

	@Override
	public List<LdapKey> keys(KeyQuery query) {
		return this.queries.keys(query);
	}

	@Override
	public long count(KeyQuery query) {
		return this.queries.count(query);
	}

	/**
	 * Gives this store, or the pool that it was made with.
	 */
	@Override
	public <T> Optional<T> unwrap(Class<T> type) {
		Assert.notNull(type, "The type is null");
		return Stream.of(this, this.pool, this.direct).filter(type::isInstance).map(type::cast).findFirst();
	}

	/**
	 * Closes the pool of connections that the store was made with, if it was made with
	 * one. Another context source is left alone.
	 */
	@Override
	public void close() {
		if (this.pool != null) {
			this.pool.close();
		}
	}

}
