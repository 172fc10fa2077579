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

package io.github.ldapkv.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.ldapkv.ConditionalOperations;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapPatch;
import io.github.ldapkv.LdapTransaction;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.Version;

/**
 * A store of an application, in front of another: it keeps what was read, until something
 * is written with it.
 */
class CachingStore implements LdapKeyValueOperations {

	private final LdapKeyValueOperations store;

	private final Map<LdapKey, Optional<LdapValue>> cache = new ConcurrentHashMap<>();

	CachingStore(LdapKeyValueOperations store) {
		this.store = store;
	}

	private LdapKeyValueOperations written() {
		this.cache.clear();
		return this.store;
	}

	@Override
	public LdapKey base() {
		return this.store.base();
	}

	@Override
	public <T> Optional<T> unwrap(Class<T> type) {
		return this.store.unwrap(type);
	}

	@Override
	public Optional<LdapValue> get(CharSequence key) {
		return this.cache.computeIfAbsent(LdapKey.of(key.toString()), this.store::get);
	}

	@Override
	public <K extends CharSequence> Map<K, LdapValue> getAll(Collection<K> keys) {
		return this.store.getAll(keys);
	}

	@Override
	public boolean contains(CharSequence key) {
		return this.store.contains(key);
	}

	@Override
	public Optional<LdapEntry> getEntry(CharSequence key) {
		return this.store.getEntry(key);
	}

	@Override
	public void put(CharSequence key, LdapValue value) {
		written().put(key, value);
	}

	@Override
	public boolean putIfAbsent(CharSequence key, LdapValue value) {
		return written().putIfAbsent(key, value);
	}

	@Override
	public void replace(CharSequence key, LdapValue value) {
		written().replace(key, value);
	}

	@Override
	public void patch(CharSequence key, Consumer<LdapPatch> changes) {
		written().patch(key, changes);
	}

	@Override
	public long increment(CharSequence key, String attribute, long delta) {
		return written().increment(key, attribute, delta);
	}

	@Override
	public void move(CharSequence from, CharSequence to) {
		written().move(from, to);
	}

	@Override
	public int createParents(CharSequence key) {
		return written().createParents(key);
	}

	@Override
	public ConditionalOperations ifUnchanged(Version version) {
		return written().ifUnchanged(version);
	}

	@Override
	public void atomically(Consumer<LdapTransaction> writes) {
		written().atomically(writes);
	}

	@Override
	public long deleteTree(CharSequence key) {
		return written().deleteTree(key);
	}

	@Override
	public boolean delete(CharSequence key) {
		return written().delete(key);
	}

	@Override
	public List<LdapEntry> query(KeyQuery query) {
		return this.store.query(query);
	}

	@Override
	public Stream<LdapEntry> stream(KeyQuery query) {
		return this.store.stream(query);
	}

	@Override
	public List<LdapKey> keys(KeyQuery query) {
		return this.store.keys(query);
	}

	@Override
	public long count(KeyQuery query) {
		return this.store.count(query);
	}

}
