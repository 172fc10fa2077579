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

package io.github.ldapkv.benchmark;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;

/**
 * The store.
 */
class StorePeer implements Peer {

	private static final String PERSON = "/ou=People/uid={uid}";

	private final LdapKeyValueTemplate store;

	StorePeer(ServerAddress server) {
		LdapConnectionPool pool = LdapConnectionPool.builder(List.of(server.url()))
			.user(server.userDn(), server.password())
			.base(People.SUFFIX)
			.maxSize(PeerKind.POOL_SIZE)
			.build();
		this.store = LdapKeyValueTemplate.builder(pool).pageSize(PeerKind.PAGE_SIZE).build();
	}

	@Override
	public Object get(String uid) {
		return this.store.getRequired(LdapKey.of(PERSON, uid));
	}

	@Override
	public Map<String, ?> getAll(Collection<String> uids) {
		Map<LdapKey, String> keys = new LinkedHashMap<>();
		uids.forEach((uid) -> keys.put(LdapKey.of(PERSON, uid), uid));
		Map<String, Object> entries = new LinkedHashMap<>();
		this.store.getAll(keys.keySet()).forEach((key, value) -> entries.put(keys.get(key), value));
		return entries;
	}

	@Override
	public boolean contains(String uid) {
		return this.store.contains(LdapKey.of(PERSON, uid));
	}

	@Override
	public List<?> query(String prefix) {
		return this.store.query("/ou=People/uid=" + prefix + "*");
	}

	@Override
	public List<?> keys(String prefix) {
		return this.store.keys(KeyQuery.of("/ou=People/uid=" + prefix + "*"));
	}

	@Override
	public void stream(Consumer<Object> consumer) {
		StoreBulk.stream(this.store, KeyQuery.of("/ou=People/*"), consumer);
	}

	@Override
	public void put(String uid, String description) {
		this.store.put(LdapKey.of(PERSON, uid), Map.of("description", description));
	}

	@Override
	public void putAll(Map<String, String> descriptions) {
		Map<LdapKey, LdapValue> values = new LinkedHashMap<>();
		descriptions.forEach((uid, description) -> values.put(LdapKey.of(PERSON, uid),
				LdapValue.of(Map.of("description", description))));
		StoreBulk.putAll(this.store, values);
	}

	@Override
	public void putIfAbsent(String uid, Map<String, List<String>> attributes) {
		if (!this.store.putIfAbsent(LdapKey.of("/ou=New/uid={uid}", uid), attributes)) {
			throw new IllegalStateException(uid + " is there");
		}
	}

	@Override
	public Map<String, Set<String>> attributes(Object entry) {
		LdapValue value = (entry instanceof LdapEntry found) ? found.value() : (LdapValue) entry;
		Map<String, Set<String>> attributes = new LinkedHashMap<>();
		value.names()
			.forEach((name) -> attributes.put(name.toLowerCase(Locale.ROOT), new LinkedHashSet<>(value.texts(name))));
		return attributes;
	}

	@Override
	public void close() {
		this.store.close();
	}

}
