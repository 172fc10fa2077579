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

package io.github.ldapkv.pool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import com.unboundid.ldap.sdk.LDAPException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that connections of one role go to, in the order in which they are wanted.
 * One that does not answer is left aside, at first for a moment and then for longer, and
 * is asked by the pool after each pause until it answers. The SDK's list with an order,
 * {@code FailoverServerSet}, asks a dead server again for each connection.
 */
final class ServerList {

	private static final Logger logger = LoggerFactory.getLogger(ServerList.class);

	/**
	 * What a server of weight 0 has: a very small chance (RFC 2782).
	 */
	private static final double LEAST_WEIGHT = 0.01;

	private final String name;

	private final Places finder;

	private final PoolRole role;

	private final Servers servers;

	private final LongSupplier nanoTime;

	private final ReentrantLock lock;

	private List<Place> places = List.of();

	/**
	 * The rank of the server to which a connection was opened last.
	 */
	private int rankInUse = -1;

	/**
	 * Creates a list.
	 * @param name what the pool is called in the log
	 * @param finder finds where the servers are
	 * @param role what the connections are for
	 * @param servers what is known of them
	 * @param nanoTime a clock that nobody sets, as that of {@link System#nanoTime()}
	 */
	ServerList(String name, Places finder, PoolRole role, Servers servers, LongSupplier nanoTime) {
		this.name = name;
		this.finder = finder;
		this.role = role;
		this.servers = servers;
		this.lock = servers.lock();
		this.nanoTime = nanoTime;
	}

	/**
	 * The servers in the order in which to ask them for a connection. Among equal ones it
	 * is the one that has the fewest for its weight.
	 */
	List<Server> inOrder() {
		List<Place> found = find();
		// Not all pods are to begin with the same one.
		Collections.shuffle(found);
		this.lock.lock();
		try {
			learn(found);
			return found.stream()
				.map((place) -> new Candidate(place.rank(), load(place), server(place)))
				.sorted(Candidate.ORDER)
				.map(Candidate::server)
				.toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A server that is named twice counts where it is wanted most.
	 */
	private List<Place> find() {
		Map<ServerAddress, Place> byAddress = new LinkedHashMap<>();
		this.finder.find().forEach((place) -> byAddress.putIfAbsent(place.address(), place));
		return new ArrayList<>(byAddress.values());
	}

	/**
	 * Why there are no servers; empty if nobody has said so.
	 */
	String whyNone() {
		return this.finder.whyNone();
	}

	private void learn(List<Place> found) {
		this.places = List.copyOf(found);
		this.servers.want(this.role, found.stream().map(Place::address).collect(Collectors.toSet()));
	}

	private Server server(Place place) {
		return this.servers.at(place.address());
	}

	private double load(Place place) {
		return (server(place).connections().get() + 1) / Math.max(place.weight(), LEAST_WEIGHT);
	}

	/**
	 * Whether a server is the one to use now: connections to any other end soon, so that
	 * the pool goes back when the first server does.
	 */
	boolean isFirstChoice(Server server) {
		this.lock.lock();
		try {
			int best = Integer.MAX_VALUE;
			int own = -1;
			for (Place place : this.places) {
				if (server(place).outage() == null) {
					best = Math.min(best, place.rank());
				}
				if (place.address().equals(server.address())) {
					own = place.rank();
				}
			}
			return own >= 0 && own <= best;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether callers may ask a server for a connection: not while it is left aside, when
	 * the pool sees to it.
	 */
	boolean mayAsk(Server server) {
		return server.outage() == null;
	}

	private boolean doesNoneAnswer() {
		return this.places.stream().allMatch((place) -> server(place).outage() != null);
	}

	/**
	 * The pool is about to see whether a server that was left aside answers again.
	 * @return whether it is time to, and nobody else sees to it
	 */
	boolean mayAskAgain(Server server) {
		this.lock.lock();
		try {
			Outage outage = server.outage();
			if (outage == null || outage.asked() || outage.rest(now()) > 0) {
				return false;
			}
			server.outage(outage.asked(true));
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * In how many nanoseconds a server that was left aside is to be asked again.
	 * @return the time; negative if it is not left aside, or is none of the servers any
	 * more
	 */
	long untilAskedAgain(Server server) {
		this.lock.lock();
		try {
			Outage outage = server.outage();
			return (outage != null && this.servers.wants(server)) ? outage.rest(now()) : -1;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The server has answered, whatever it said.
	 */
	void answered(Server server) {
		this.lock.lock();
		try {
			Outage outage = server.outage();
			if (outage != null) {
				server.outage(null);
				// It may come back as another one.
				server.refusesWrites(false);
				logger.info("{}: {} answers again, after {}", this.name, server,
						Outage.seconds(now() - outage.since()));
				this.servers.news().signalAll();
			}
			// That one answers which is wanted less says nothing of where connections go.
			if (isFirstChoice(server)) {
				this.places.stream()
					.filter((place) -> place.address().equals(server.address()))
					.findFirst()
					.ifPresent((place) -> use(place));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void use(Place place) {
		if (this.rankInUse >= 0 && this.rankInUse != place.rank()) {
			logger.info("{}: new connections{} go to {}", this.name,
					(this.role == PoolRole.ALL) ? "" : " to " + this.role.name().toLowerCase(Locale.ROOT),
					place.address());
		}
		this.rankInUse = place.rank();
		if (this.role != PoolRole.READ) {
			// Nobody writes any more to those that are wanted less.
			this.places.stream()
				.filter((other) -> other.rank() > place.rank())
				.forEach((other) -> server(other).refusesWrites(false));
		}
	}

	/**
	 * Nobody has asked the server in the end.
	 */
	void notAsked(Server server) {
		this.lock.lock();
		try {
			Outage outage = server.outage();
			if (outage != null && outage.asked()) {
				server.outage(outage.asked(false));
				this.servers.news().signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The server has not answered.
	 * @return whether that is new, so that somebody is to see when it does again
	 */
	boolean failed(Server server, LDAPException failure) {
		this.lock.lock();
		try {
			long now = now();
			Outage before = server.outage();
			if (before == null) {
				Outage outage = Outage.first(failure, now);
				server.outage(outage);
				// It may be that its name has other addresses by now.
				this.finder.forget();
				logger.warn("{}: {} does not answer, and is left aside for {} at first: {}", this.name, server,
						Outage.seconds(outage.pause()), outage.reason());
			}
			else if (before.asked()) {
				server.outage(before.again(failure, now));
			}
			// Whoever had asked before it was left aside knows nothing new.
			this.servers.news().signalAll();
			return before == null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A server has refused a write as a replica does.
	 * @return why it was asked, if those that are wanted more do not answer; or empty
	 */
	String refusedAsReplica(Server server) {
		this.lock.lock();
		try {
			int rank = this.places.stream()
				.filter((place) -> place.address().equals(server.address()))
				.mapToInt(Place::rank)
				.findFirst()
				.orElse(-1);
			List<String> wanted = this.places.stream()
				.filter((place) -> place.rank() < rank)
				.map(this::server)
				.map(ServerList.this::away)
				.filter((text) -> !text.isEmpty())
				.toList();
			if (wanted.isEmpty()) {
				return "";
			}
			server.refusesWrites(true);
			return "The write went to " + server + ", which takes none, since " + String.join(", and ", wanted)
					+ ". Writes go there again when it answers.";
		}
		finally {
			this.lock.unlock();
		}
	}

	private String away(Server server) {
		Outage outage = server.outage();
		return (outage != null) ? server + " has not answered for " + Outage.seconds(now() - outage.since()) + " ("
				+ outage.reason() + ")" : "";
	}

	/**
	 * What is known of the servers, the most wanted first.
	 */
	List<ServerState> state() {
		this.lock.lock();
		try {
			return this.places.stream()
				.sorted(Comparator.comparingInt(Place::rank))
				.map((place) -> server(place).state(now()))
				.toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits, where all servers are left aside, while one is being asked or is going to be
	 * in a moment.
	 * @param longest nanoseconds to wait at most
	 * @return whether there is one to ask
	 */
	boolean awaitChance(long longest) throws InterruptedException {
		long deadline = now() + longest;
		this.lock.lockInterruptibly();
		try {
			while (doesNoneAnswer()) {
				long rest = deadline - now();
				if (rest <= 0 || !isChanceNear()) {
					return false;
				}
				this.servers.news().await(Math.min(rest, Outage.SHORTEST_PAUSE), TimeUnit.NANOSECONDS);
			}
			return !this.places.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isChanceNear() {
		return this.places.stream()
			.map((place) -> server(place).outage())
			.anyMatch((outage) -> outage != null && (outage.asked() || outage.rest(now()) <= Outage.SHORTEST_PAUSE));
	}

	private long now() {
		return this.nanoTime.getAsLong();
	}

	private record Candidate(int rank, double load, Server server) {

		static final Comparator<Candidate> ORDER = Comparator.comparingInt(Candidate::rank)
			.thenComparingDouble(Candidate::load);

	}

}
