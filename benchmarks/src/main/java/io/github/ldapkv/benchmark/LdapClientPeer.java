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

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import org.springframework.ldap.NameNotFoundException;
import org.springframework.ldap.core.AttributesMapper;
import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.LdapClient;
import org.springframework.ldap.query.LdapQuery;
import org.springframework.ldap.query.LdapQueryBuilder;
import org.springframework.ldap.query.SearchScope;

/**
 * Spring LDAP's fluent client.
 */
final class LdapClientPeer implements Peer {

	private static final AttributesMapper<Map<String, List<?>>> MAPPER = JndiEntries::map;

	private final LdapClient client;

	private final Runnable closing;

	LdapClientPeer(ContextSource contextSource, Runnable closing) {
		this.client = LdapClient.create(contextSource);
		this.closing = closing;
	}

	@Override
	public Object get(String uid) {
		return Objects.requireNonNull(this.client.search().name(JndiEntries.name(uid)).toObject(MAPPER), uid);
	}

	@Override
	public boolean contains(String uid) {
		LdapQuery query = LdapQueryBuilder.query()
			.base(JndiEntries.name(uid))
			.searchScope(SearchScope.OBJECT)
			.attributes("1.1")
			.where("objectClass")
			.isPresent();
		try {
			return !this.client.search().query(query).toList((AttributesMapper<Boolean>) (found) -> true).isEmpty();
		}
		catch (NameNotFoundException ex) {
			return false;
		}
	}

	@Override
	public List<?> query(String prefix) {
		LdapQuery query = people().where("uid").like(prefix + "*");
		return this.client.search().query(query).toList(MAPPER);
	}

	@Override
	public List<?> keys(String prefix) {
		LdapQuery query = people().attributes("1.1").where("uid").like(prefix + "*");
		return this.client.search().query(query).toEntryList().stream().map((entry) -> entry.getDn()).toList();
	}

	/**
	 * As a list, since {@code toStream} gives its connection to others before the stream
	 * is read.
	 */
	@Override
	public void stream(Consumer<Object> consumer) {
		LdapQuery query = people().where("objectClass").isPresent();
		this.client.search().query(query).toList(MAPPER).forEach(consumer);
	}

	private static LdapQueryBuilder people() {
		return LdapQueryBuilder.query().base(JndiEntries.AREA).searchScope(SearchScope.ONELEVEL);
	}

	@Override
	public void put(String uid, String description) {
		this.client.modify(JndiEntries.name(uid)).attributes(JndiEntries.replacement(description)).execute();
	}

	@Override
	public void putIfAbsent(String uid, Map<String, List<String>> attributes) {
		this.client.bind(JndiEntries.newName(uid)).attributes(JndiEntries.attributes(attributes)).execute();
	}

	@Override
	public Map<String, Set<String>> attributes(Object entry) {
		return JndiEntries.texts(entry);
	}

	@Override
	public void close() {
		this.closing.run();
	}

}
