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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;

/**
 * The UnboundID SDK with its pool of connections. They are in synchronous mode, in which
 * the caller reads the answer and no thread hands it over. The pool checks nothing when a
 * connection is taken or given back, which is its default; every minute it would try to
 * read from those that nobody uses, which is switched off.
 */
final class UnboundIdPeer implements Peer {

	private static final String AREA = "ou=" + People.AREA + "," + People.SUFFIX;

	private static final String NEW_AREA = "ou=" + People.NEW_AREA + "," + People.SUFFIX;

	private static final Filter ANY = Filter.createPresenceFilter("objectClass");

	private final LDAPConnectionPool pool;

	UnboundIdPeer(ServerAddress server) {
		LDAPConnectionOptions options = new LDAPConnectionOptions();
		options.setUseSynchronousMode(true);
		options.setUseTCPNoDelay(true);
		try {
			LDAPConnection first = new LDAPConnection(options, server.host(), server.port(), server.userDn(),
					server.password());
			this.pool = new LDAPConnectionPool(first, 1, PeerKind.POOL_SIZE);
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
		this.pool.setTrySynchronousReadDuringHealthCheck(false);
	}

	@Override
	public Object get(String uid) {
		return call(() -> Objects.requireNonNull(this.pool.getEntry(dn(uid, AREA)), uid));
	}

	/**
	 * In one search, by the names.
	 */
	@Override
	public Map<String, ?> getAll(Collection<String> uids) {
		List<Filter> names = new ArrayList<>(uids.size());
		uids.forEach((uid) -> names.add(Filter.createEqualityFilter("entryDN", dn(uid, AREA))));
		Map<String, Object> entries = new LinkedHashMap<>();
		SearchResult found = call(() -> this.pool.search(AREA, SearchScope.ONE, Filter.createORFilter(names)));
		entries(found).forEach((entry) -> entries.put(entry.getAttributeValue("uid"), entry));
		return entries;
	}

	@Override
	public boolean contains(String uid) {
		return call(() -> this.pool.getEntry(dn(uid, AREA), SearchRequest.NO_ATTRIBUTES) != null);
	}

	private static String dn(String uid, String parent) {
		return new RDN("uid", uid) + "," + parent;
	}

	@Override
	public List<?> query(String prefix) {
		List<SearchResultEntry> entries = new ArrayList<>();
		search(Filter.createSubInitialFilter("uid", prefix), entries::add);
		return entries;
	}

	@Override
	public List<?> keys(String prefix) {
		List<String> names = new ArrayList<>();
		search(Filter.createSubInitialFilter("uid", prefix), (entry) -> names.add(entry.getDN()),
				SearchRequest.NO_ATTRIBUTES);
		return names;
	}

	@Override
	public void stream(Consumer<Object> consumer) {
		search(ANY, consumer);
	}

	/**
	 * By pages, all of them on one connection.
	 */
	private void search(Filter filter, Consumer<? super SearchResultEntry> consumer, String... attributes) {
		call(() -> {
			LDAPConnection connection = this.pool.getConnection();
			try {
				SearchRequest request = new SearchRequest(AREA, SearchScope.ONE, filter, attributes);
				ASN1OctetString cookie = null;
				do {
					request.setControls(new SimplePagedResultsControl(PeerKind.PAGE_SIZE, cookie));
					SearchResult page = connection.search(request);
					entries(page).forEach(consumer);
					cookie = Objects.requireNonNull(SimplePagedResultsControl.get(page)).getCookie();
				}
				while (cookie.getValueLength() > 0);
			}
			finally {
				this.pool.releaseConnection(connection);
			}
			return true;
		});
	}

	private static List<SearchResultEntry> entries(SearchResult result) {
		return Objects.requireNonNull(result.getSearchEntries());
	}

	@Override
	public void put(String uid, String description) {
		call(() -> this.pool.modify(dn(uid, AREA),
				new Modification(ModificationType.REPLACE, "description", description)));
	}

	@Override
	public void putIfAbsent(String uid, Map<String, List<String>> attributes) {
		List<Attribute> all = new ArrayList<>();
		attributes.forEach((name, values) -> all.add(new Attribute(name, values)));
		call(() -> this.pool.add(dn(uid, NEW_AREA), all));
	}

	@Override
	public Map<String, Set<String>> attributes(Object entry) {
		return texts(((Entry) entry).getAttributes());
	}

	static Map<String, Set<String>> texts(Iterable<Attribute> all) {
		Map<String, Set<String>> attributes = new LinkedHashMap<>();
		for (Attribute attribute : all) {
			attributes.put(attribute.getName().toLowerCase(Locale.ROOT),
					new LinkedHashSet<>(List.of(attribute.getValues())));
		}
		return attributes;
	}

	private static <T> T call(Call<T> call) {
		try {
			return call.run();
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.pool.close();
	}

	/**
	 * A call of the SDK.
	 *
	 * @param <T> what it returns
	 */
	@FunctionalInterface
	private interface Call<T> {

		T run() throws LDAPException;

	}

}
