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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;

/**
 * Compares what the peers do: speed is worth nothing where the result is another one.
 */
final class Agreement {

	private static final Pattern UID = Pattern.compile("uid=(\\w+)");

	private static final int SAMPLE = 20;

	private final Session session;

	private final List<String> uids = new ArrayList<>();

	private final List<String> groups = new ArrayList<>();

	Agreement(Session session) {
		this.session = session;
		Random random = new Random(1);
		Set<String> sample = new HashSet<>();
		while (sample.size() < SAMPLE) {
			sample.add(People.uid(random.nextInt(session.people())));
		}
		this.uids.addAll(sample);
		this.groups.add(People.group(0));
		this.groups.add(People.group(random.nextInt(session.people() / People.GROUP_SIZE)));
	}

	/**
	 * Lets every peer do the same.
	 * @throws IllegalStateException if the results are not the same
	 */
	void check(Verb verb) {
		Object expected = null;
		for (Map.Entry<PeerKind, Peer> entry : this.session.peers().entrySet()) {
			Object result = result(verb, entry.getKey(), entry.getValue());
			if (expected == null) {
				expected = result;
			}
			else if (!result.equals(expected)) {
				throw new IllegalStateException("The peers do not agree about " + verb + ": " + entry.getKey() + " has "
						+ result + ", others have " + expected);
			}
		}
	}

	private Object result(Verb verb, PeerKind kind, Peer peer) {
		return switch (verb) {
			case GET -> this.uids.stream().map((uid) -> peer.attributes(peer.get(uid))).toList();
			case GET_ALL -> all(peer);
			case CONTAINS -> List.of(peer.contains(this.uids.get(0)), peer.contains("nobody"));
			case QUERY -> this.groups.stream().map((group) -> byUid(peer, peer.query(group))).toList();
			case KEYS -> this.groups.stream().map((group) -> uids(peer.keys(group))).toList();
			case STREAM -> digest(peer);
			case PUT -> put(kind, peer);
			case PUT_ALL -> putAll(kind, peer);
			case PUT_IF_ABSENT -> putIfAbsent(peer);
		};
	}

	private Object all(Peer peer) {
		Map<String, Object> all = new HashMap<>();
		peer.getAll(this.uids).forEach((uid, entry) -> all.put(uid, peer.attributes(entry)));
		return all;
	}

	private static Object byUid(Peer peer, List<?> entries) {
		Map<Object, Object> result = new HashMap<>();
		for (Object entry : entries) {
			Map<String, Set<String>> attributes = peer.attributes(entry);
			result.put(String.valueOf(attributes.get("uid")), attributes);
		}
		return result;
	}

	private static Set<String> uids(List<?> keys) {
		Set<String> uids = new HashSet<>();
		for (Object key : keys) {
			Matcher matcher = UID.matcher(key.toString());
			if (!matcher.find()) {
				throw new IllegalStateException(key + " names no uid");
			}
			uids.add(matcher.group(1));
		}
		return uids;
	}

	private static Object digest(Peer peer) {
		AtomicLong count = new AtomicLong();
		AtomicLong sum = new AtomicLong();
		peer.stream((entry) -> {
			count.incrementAndGet();
			sum.addAndGet(peer.attributes(entry).hashCode());
		});
		return List.of(count.get(), sum.get());
	}

	/**
	 * The text is another one for each peer, so that a write that does nothing shows.
	 */
	private Object put(PeerKind kind, Peer peer) {
		String uid = this.uids.get(0);
		peer.put(uid, "put by " + kind);
		expectDescription(uid, "put by " + kind);
		return withoutDescription(uid);
	}

	private Object putAll(PeerKind kind, Peer peer) {
		Map<String, String> descriptions = new LinkedHashMap<>();
		this.uids.forEach((uid) -> descriptions.put(uid, "put to " + uid + " by " + kind));
		peer.putAll(descriptions);
		descriptions.forEach(this::expectDescription);
		return this.uids.stream().map(this::withoutDescription).toList();
	}

	private void expectDescription(String uid, String text) {
		Set<String> found = read(People.dn(uid)).get("description");
		if (!Set.of(text).equals(found)) {
			throw new IllegalStateException("The description of " + uid + " is " + found + ", not " + text);
		}
	}

	private Object withoutDescription(String uid) {
		Map<String, Set<String>> attributes = read(People.dn(uid));
		attributes.remove("description");
		return attributes;
	}

	private Object putIfAbsent(Peer peer) {
		String uid = this.session.newcomer();
		Map<String, List<String>> attributes = People.attributes("somebody");
		attributes.put("uid", List.of(uid));
		peer.putIfAbsent(uid, attributes);
		Map<String, Set<String>> found = read(People.newDn(uid));
		if (!Set.of(uid).equals(found.remove("uid"))) {
			throw new IllegalStateException("The uid of " + uid + " is not " + uid);
		}
		return found;
	}

	/**
	 * What the server really holds.
	 */
	private Map<String, Set<String>> read(String dn) {
		ServerAddress server = this.session.server();
		try (LDAPConnection connection = new LDAPConnection(server.host(), server.port(), server.userDn(),
				server.password())) {
			return UnboundIdPeer.texts(Objects.requireNonNull(connection.getEntry(dn), dn).getAttributes());
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
