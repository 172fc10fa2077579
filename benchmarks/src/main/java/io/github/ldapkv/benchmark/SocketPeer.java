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

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;

/**
 * Bare connections, which send all requests of a call at once: the floor, as no client
 * can do with less.
 */
final class SocketPeer implements Peer {

	private static final String AREA = "ou=" + People.AREA + "," + People.SUFFIX;

	private static final Filter ANY = Filter.createPresenceFilter("objectClass");

	private final ServerAddress server;

	private final Queue<LdapSocket> idle = new ConcurrentLinkedQueue<>();

	SocketPeer(ServerAddress server) {
		this.server = server;
	}

	@Override
	public Object get(String uid) {
		return search(List.of(person(uid))).get(0);
	}

	@Override
	public Map<String, ?> getAll(Collection<String> uids) {
		Map<String, Object> entries = new LinkedHashMap<>();
		List<SearchResultEntryProtocolOp> found = search(uids.stream().map((uid) -> person(uid)).toList());
		for (SearchResultEntryProtocolOp entry : found) {
			String dn = entry.getDN();
			entries.put(dn.substring("uid=".length(), dn.indexOf(',')), entry);
		}
		return entries;
	}

	@Override
	public boolean contains(String uid) {
		return !search(List.of(person(uid, SearchRequest.NO_ATTRIBUTES))).isEmpty();
	}

	private static SearchRequestProtocolOp person(String uid, String... attributes) {
		return request(People.dn(uid), SearchScope.BASE, ANY, attributes);
	}

	@Override
	public List<?> query(String prefix) {
		return search(List.of(request(AREA, SearchScope.ONE, Filter.createSubInitialFilter("uid", prefix))));
	}

	@Override
	public List<?> keys(String prefix) {
		List<String> names = new ArrayList<>();
		exchange(List.of(request(AREA, SearchScope.ONE, Filter.createSubInitialFilter("uid", prefix),
				SearchRequest.NO_ATTRIBUTES)), (entry) -> names.add(entry.getDN()));
		return names;
	}

	@Override
	public void stream(Consumer<Object> consumer) {
		exchange(List.of(request(AREA, SearchScope.ONE, ANY)), consumer);
	}

	private static SearchRequestProtocolOp request(String base, SearchScope scope, Filter filter,
			String... attributes) {
		return new SearchRequestProtocolOp(base, scope, DereferencePolicy.NEVER, 0, 0, false, filter,
				List.of(attributes));
	}

	@Override
	public void put(String uid, String description) {
		exchange(List.of(change(uid, description)));
	}

	@Override
	public void putAll(Map<String, String> descriptions) {
		List<ProtocolOp> changes = new ArrayList<>();
		descriptions.forEach((uid, description) -> changes.add(change(uid, description)));
		exchange(changes);
	}

	private static ModifyRequestProtocolOp change(String uid, String description) {
		return new ModifyRequestProtocolOp(People.dn(uid),
				List.of(new Modification(ModificationType.REPLACE, "description", description)));
	}

	@Override
	public void putIfAbsent(String uid, Map<String, List<String>> attributes) {
		List<Attribute> all = new ArrayList<>();
		attributes.forEach((name, values) -> all.add(new Attribute(name, values)));
		exchange(List.of(new AddRequestProtocolOp(People.newDn(uid), all)));
	}

	private List<SearchResultEntryProtocolOp> search(List<SearchRequestProtocolOp> requests) {
		List<SearchResultEntryProtocolOp> found = new ArrayList<>();
		exchange(requests, found::add);
		return found;
	}

	private void exchange(List<? extends ProtocolOp> requests) {
		exchange(requests, (entry) -> {
		});
	}

	private void exchange(List<? extends ProtocolOp> requests, Consumer<? super SearchResultEntryProtocolOp> consumer) {
		LdapSocket free = this.idle.poll();
		LdapSocket connection = (free != null) ? free : new LdapSocket(this.server);
		connection.exchange(requests, consumer);
		this.idle.add(connection);
	}

	@Override
	public Map<String, Set<String>> attributes(Object entry) {
		return UnboundIdPeer.texts(((SearchResultEntryProtocolOp) entry).getAttributes());
	}

	@Override
	public void close() {
		this.idle.forEach(LdapSocket::close);
	}

}
