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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.ldaptive.AddOperation;
import org.ldaptive.AddRequest;
import org.ldaptive.AttributeModification;
import org.ldaptive.BindConnectionInitializer;
import org.ldaptive.ConnectionConfig;
import org.ldaptive.LdapAttribute;
import org.ldaptive.LdapEntry;
import org.ldaptive.LdapException;
import org.ldaptive.ModifyOperation;
import org.ldaptive.ModifyRequest;
import org.ldaptive.PooledConnectionFactory;
import org.ldaptive.Result;
import org.ldaptive.SearchOperation;
import org.ldaptive.SearchRequest;
import org.ldaptive.SearchResponse;
import org.ldaptive.SearchScope;
import org.ldaptive.control.util.PagedResultsClient;
import org.ldaptive.filter.PresenceFilter;
import org.ldaptive.filter.SubstringFilter;

/**
 * Ldaptive with its pool of connections, which it does not validate. The library below,
 * Netty, does not look for buffers that were lost, as it does unless told not to.
 */
final class LdaptivePeer implements Peer {

	private static final String AREA = "ou=" + People.AREA + "," + People.SUFFIX;

	private static final String[] NO_ATTRIBUTES = { "1.1" };

	private final PooledConnectionFactory connections;

	static {
		System.setProperty("io.netty.leakDetection.level", "disabled");
	}

	LdaptivePeer(ServerAddress server) {
		this.connections = PooledConnectionFactory.builder()
			.config(ConnectionConfig.builder()
				.url(server.url())
				.transportOption("TCP_NODELAY", true)
				.connectionInitializers(
						BindConnectionInitializer.builder().dn(server.userDn()).credential(server.password()).build())
				.build())
			.min(1)
			.max(PeerKind.POOL_SIZE)
			.validateOnCheckOut(false)
			.validateOnCheckIn(false)
			.validatePeriodically(false)
			.build();
		call(() -> {
			this.connections.initialize();
			return true;
		});
	}

	@Override
	public Object get(String uid) {
		return search(SearchRequest.objectScopeSearchRequest(People.dn(uid))).getEntry();
	}

	@Override
	public boolean contains(String uid) {
		return search(SearchRequest.objectScopeSearchRequest(People.dn(uid), NO_ATTRIBUTES)).entrySize() > 0;
	}

	@Override
	public List<?> query(String prefix) {
		return List.copyOf(search(people(prefix)).getEntries());
	}

	@Override
	public List<?> keys(String prefix) {
		return List.copyOf(search(people(prefix, NO_ATTRIBUTES)).getEntryDns());
	}

	private static SearchRequest people(String prefix, String... attributes) {
		SearchRequest request = new SearchRequest(AREA, new SubstringFilter("uid", prefix, null), attributes);
		request.setSearchScope(SearchScope.ONELEVEL);
		return request;
	}

	private SearchResponse search(SearchRequest request) {
		return call(() -> new SearchOperation(this.connections).execute(request));
	}

	@Override
	public void stream(Consumer<Object> consumer) {
		PagedResultsClient client = new PagedResultsClient(this.connections, PeerKind.PAGE_SIZE);
		SearchRequest request = new SearchRequest(AREA, new PresenceFilter("objectClass"));
		request.setSearchScope(SearchScope.ONELEVEL);
		SearchResponse page = call(() -> client.execute(request));
		page.getEntries().forEach(consumer);
		while (client.hasMore(page)) {
			SearchResponse last = page;
			page = call(() -> client.execute(request, last));
			page.getEntries().forEach(consumer);
		}
	}

	@Override
	public void put(String uid, String description) {
		ModifyRequest request = new ModifyRequest(People.dn(uid), new AttributeModification(
				AttributeModification.Type.REPLACE, new LdapAttribute("description", description)));
		check(call(() -> new ModifyOperation(this.connections).execute(request)));
	}

	@Override
	public void putIfAbsent(String uid, Map<String, List<String>> attributes) {
		List<LdapAttribute> all = new ArrayList<>();
		attributes.forEach((name, values) -> all.add(new LdapAttribute(name, values.toArray(String[]::new))));
		check(call(() -> new AddOperation(this.connections).execute(new AddRequest(People.newDn(uid), all))));
	}

	private static void check(Result result) {
		if (!result.isSuccess()) {
			throw new IllegalStateException(result.toString());
		}
	}

	@Override
	public Map<String, Set<String>> attributes(Object entry) {
		Map<String, Set<String>> attributes = new LinkedHashMap<>();
		for (LdapAttribute attribute : ((LdapEntry) entry).getAttributes()) {
			attributes.put(attribute.getName().toLowerCase(Locale.ROOT),
					new LinkedHashSet<>(attribute.getStringValues()));
		}
		return attributes;
	}

	private static <T> T call(Call<T> call) {
		try {
			return call.run();
		}
		catch (LdapException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.connections.close();
	}

	/**
	 * A call of ldaptive.
	 *
	 * @param <T> what it returns
	 */
	@FunctionalInterface
	private interface Call<T> {

		T run() throws LdapException;

	}

}
