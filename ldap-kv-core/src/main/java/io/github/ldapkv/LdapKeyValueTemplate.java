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

import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapName;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.LdapTemplate;

/**
 * The store on Spring LDAP: every call goes through an {@link LdapTemplate}.
 */
public final class LdapKeyValueTemplate implements LdapKeyValueOperations, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LdapKeyValueTemplate.class);

	private final @Nullable LdapConnectionPool pool;

	private final KeyResolver resolver;

	private final Directory directory;

	private final EntryReader reader;

	private final EntryWriter writer;

	private final QueryExecutor queries;

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
		this(new LdapTemplate(contextSource));
	}

	LdapKeyValueTemplate(LdapKeyValueTemplateBuilder builder) {
		this.pool = builder.pool();
		if (this.pool == null) {
			logger.warn("The store opens a connection for each call, since its context source is not a {}",
					LdapConnectionPool.class.getSimpleName());
		}
		this.resolver = builder.resolver();
		this.reader = new EntryReader(builder.pageSize());
		FailureTranslator failures = builder.failures();
		this.directory = builder.directory(failures);
		MissingAncestor missingAncestor = new MissingAncestor(this.resolver, this.reader);
		this.writer = new EntryWriter(builder.objectClasses(), this.reader, missingAncestor, failures);
		this.queries = new QueryExecutor(this.resolver, this.reader, missingAncestor);
	}

	/**
	 * Starts a store that needs more than a context source.
	 * @param contextSource where connections come from
	 * @return a builder
	 */
	public static LdapKeyValueTemplateBuilder builder(ContextSource contextSource) {
		return new LdapKeyValueTemplateBuilder(new LdapTemplate(contextSource));
	}

	@Override
	public Optional<LdapValue> get(CharSequence key) {
		LdapKey absolute = this.resolver.absolute(LdapKey.of(key));
		return this.directory.read(operation("get", key, absolute), (context) -> {
			LdapName name = this.resolver.name(absolute);
			SearchResult found = this.reader.read(context, name, null);
			return Optional.ofNullable(
					(found != null) ? EntryReader.value(context, name, found, this.directory.schema(context)) : null);
		});
	}

	@Override
	public <K extends CharSequence> Map<K, LdapValue> getAll(Collection<K> keys) {
		Map<K, LdapKey> absolutes = new LinkedHashMap<>();
		for (K key : keys) {
			absolutes.put(key, this.resolver.absolute(LdapKey.of(key)));
		}
		if (absolutes.isEmpty()) {
			return Map.of();
		}
		Operation operation = new Operation("get all of", absolutes.size() + " keys", "");
		return this.directory.read(operation, (context) -> {
			Map<K, LdapValue> values = new LinkedHashMap<>();
			for (Map.Entry<K, LdapKey> entry : absolutes.entrySet()) {
				LdapName name = this.resolver.name(entry.getValue());
				SearchResult found = this.reader.read(context, name, null);
				if (found != null) {
					values.put(entry.getKey(), EntryReader.value(context, name, found, this.directory.schema(context)));
				}
			}
			return values;
		});
	}

	@Override
	public boolean contains(CharSequence key) {
		LdapKey absolute = this.resolver.absolute(LdapKey.of(key));
		return this.directory.read(operation("look for", key, absolute),
				(context) -> this.reader.exists(context, this.resolver.name(absolute)));
	}

	@Override
	public void put(CharSequence key, LdapValue value) {
		EntryWriter.Target target = target("put", key, value);
		this.directory.write(target.operation(), (context) -> {
			this.writer.put(context, target, value, this.directory.schema(context));
			return Boolean.TRUE;
		});
	}

	@Override
	public boolean putIfAbsent(CharSequence key, LdapValue value) {
		EntryWriter.Target target = target("put", key, value);
		return this.directory.write(target.operation(),
				(context) -> this.writer.putIfAbsent(context, target, value, this.directory.schema(context)));
	}

	@Override
	public boolean delete(CharSequence key) {
		EntryWriter.Target target = target("delete", key, LdapValue.empty());
		return this.directory.write(target.operation(), (context) -> this.writer.delete(context, target.name()));
	}

	@Override
	public List<LdapEntry> query(KeyQuery query) {
		return this.directory.read(operation("query", query), (context) -> {
			DirectorySchema schema = this.directory.schema(context);
			return this.queries.list(context, query, query.attributes(), schema, (key, found) -> new LdapEntry(key,
					found.getNameInNamespace(),
					EntryReader.value(context, this.resolver.name(this.resolver.absolute(key)), found, schema)));
		});
	}

	@Override
	public List<LdapKey> keys(KeyQuery query) {
		return this.directory.read(operation("list the keys of", query), (context) -> this.queries.list(context, query,
				List.of(), this.directory.schema(context), (key, found) -> key));
	}

	@Override
	public long count(KeyQuery query) {
		return this.directory.read(operation("count", query),
				(context) -> this.queries.count(context, query, this.directory.schema(context)));
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

	private EntryWriter.Target target(String verb, CharSequence key, @Nullable LdapValue value) {
		if (value == null) {
			throw new IllegalArgumentException("The value for '" + key + "' is null. To remove the entry, delete it.");
		}
		LdapKey absolute = this.resolver.absolute(LdapKey.of(key));
		if (absolute.isRoot()) {
			throw new IllegalArgumentException("Key '" + key + "' is the root of the tree, which cannot be written");
		}
		EntryWriter.Target target = new EntryWriter.Target(operation(verb, key, absolute), absolute,
				this.resolver.name(absolute));
		EntryWriter.checkName(LdapKey.of(key), target.rdn(), value);
		return target;
	}

	private Operation operation(String verb, KeyQuery query) {
		return Operation.of(verb, query.pattern(), this.resolver.base());
	}

	private static Operation operation(String verb, CharSequence key, LdapKey absolute) {
		return Operation.of(verb, LdapKey.of(key), absolute);
	}

}
