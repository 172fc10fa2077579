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

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The verbs, each called by one peer with people picked at random.
 */
@State(Scope.Benchmark)
public class VerbBenchmark {

	/**
	 * How many people a verb for several of them gets.
	 */
	static final int BATCH = 100;

	/**
	 * The name of the {@link PeerKind} that has its turn.
	 */
	@Param("STORE")
	public String kind = PeerKind.STORE.name();

	private Session session = Session.current();

	private Peer peer = this.session.peer(PeerKind.STORE);

	/**
	 * Gives the turn to the peer.
	 */
	@Setup
	public void setUp() {
		this.session = Session.current();
		this.peer = this.session.peer(PeerKind.valueOf(this.kind));
	}

	/**
	 * Reads a person.
	 * @return the person
	 */
	@Benchmark
	public Object get() {
		return this.peer.get(this.session.anybody());
	}

	/**
	 * Reads {@value #BATCH} people.
	 * @return the people
	 */
	@Benchmark
	public Object getAll() {
		return this.peer.getAll(uids());
	}

	/**
	 * Looks for a person who is there.
	 * @return whether the person is there
	 */
	@Benchmark
	public boolean contains() {
		return this.peer.contains(this.session.anybody());
	}

	/**
	 * Finds {@value People#GROUP_SIZE} people.
	 * @return the people
	 */
	@Benchmark
	public Object query() {
		return this.peer.query(group());
	}

	/**
	 * Finds the names of {@value People#GROUP_SIZE} people.
	 * @return the names
	 */
	@Benchmark
	public Object keys() {
		return this.peer.keys(group());
	}

	/**
	 * Reads all people.
	 * @param blackhole takes them
	 */
	@Benchmark
	public void stream(Blackhole blackhole) {
		this.peer.stream(blackhole::consume);
	}

	/**
	 * Changes a person.
	 */
	@Benchmark
	public void put() {
		this.peer.put(this.session.anybody(), description());
	}

	/**
	 * Changes {@value #BATCH} people.
	 */
	@Benchmark
	public void putAll() {
		Map<String, String> descriptions = new LinkedHashMap<>();
		uids().forEach((uid) -> descriptions.put(uid, description()));
		this.peer.putAll(descriptions);
	}

	/**
	 * Creates a person.
	 */
	@Benchmark
	public void putIfAbsent() {
		String uid = this.session.newcomer();
		this.peer.putIfAbsent(uid, People.attributes(uid));
	}

	private Set<String> uids() {
		Set<String> uids = new LinkedHashSet<>();
		while (uids.size() < BATCH) {
			uids.add(this.session.anybody());
		}
		return uids;
	}

	private String group() {
		return People.group(ThreadLocalRandom.current().nextInt(this.session.people() / People.GROUP_SIZE));
	}

	private static String description() {
		return "Changed to " + ThreadLocalRandom.current().nextInt();
	}

}
