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

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The peers that this process measures. All are open at the same time, so that they can
 * take turns.
 */
final class Session implements AutoCloseable {

	private static volatile @Nullable Session current;

	private final ServerAddress server;

	private final String[] uids;

	private final Map<PeerKind, Peer> peers = new EnumMap<>(PeerKind.class);

	private final String newcomers = "n" + Long.toString(System.nanoTime(), Character.MAX_RADIX) + "x";

	private final AtomicLong newcomer = new AtomicLong();

	private Session(ServerAddress server, int people, List<PeerKind> kinds) {
		this.server = server;
		this.uids = IntStream.range(0, people).mapToObj(People::uid).toArray(String[]::new);
		kinds.forEach((kind) -> this.peers.put(kind, kind.open(server)));
	}

	static Session open(ServerAddress server, int people, List<PeerKind> kinds) {
		Session session = new Session(server, people, kinds);
		current = session;
		return session;
	}

	static Session current() {
		return Objects.requireNonNull(current, "no session is open");
	}

	Peer peer(PeerKind kind) {
		return Objects.requireNonNull(this.peers.get(kind));
	}

	Map<PeerKind, Peer> peers() {
		return this.peers;
	}

	ServerAddress server() {
		return this.server;
	}

	int people() {
		return this.uids.length;
	}

	/**
	 * The {@code uid} of somebody who is there, which is ready: to make it would count as
	 * the peer's work.
	 */
	String anybody() {
		return this.uids[ThreadLocalRandom.current().nextInt(this.uids.length)];
	}

	/**
	 * The {@code uid} of a person who is not there yet.
	 */
	String newcomer() {
		return this.newcomers + this.newcomer.incrementAndGet();
	}

	@Override
	public void close() {
		this.peers.values().forEach(Peer::close);
		current = null;
	}

}
