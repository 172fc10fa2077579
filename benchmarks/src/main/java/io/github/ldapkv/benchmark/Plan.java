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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is measured, directory by directory.
 *
 * @param effort how much is done for each case
 * @param cases the cases, those of one directory together
 * @param memory the size of the directory that is streamed with little memory; 0 for none
 */
record Plan(Effort effort, List<Case> cases, int memory) {

	static final int SMALL = 10_000;

	static final int LARGE = 1_000_000;

	/**
	 * How many threads call at once.
	 */
	static final List<Integer> THREADS = List.of(1, 8);

	/**
	 * The verbs whose cost is followed as the directory grows.
	 */
	static final List<Verb> GROWING = List.of(Verb.GET, Verb.CONTAINS, Verb.QUERY, Verb.GET_ALL, Verb.PUT);

	private static final int TINY = 1000;

	private static final int MEDIUM = 100_000;

	/**
	 * What has goals, and every other verb with one thread against one peer; a single
	 * verb with one thread against all of them.
	 */
	static Plan brief(@Nullable Verb only) {
		List<Case> cases = new ArrayList<>();
		for (Verb verb : verbs(only)) {
			for (int threads : THREADS) {
				if (threads == 1 || Goal.ALL.stream().anyMatch((goal) -> goal.isFor(verb, threads))) {
					boolean all = only != null && threads == 1;
					cases.add(new Case(verb, threads, SMALL, true, all ? all(verb) : needed(verb, threads)));
				}
			}
		}
		addUnindexed(cases, only);
		return new Plan(Effort.SHORT, cases, 0);
	}

	/**
	 * All verbs and peers on a small directory, all verbs with several threads and on a
	 * large one, and what grows between them.
	 */
	static Plan full(@Nullable Verb only) {
		List<Case> cases = new ArrayList<>();
		addGrowing(cases, only, TINY);
		for (Verb verb : verbs(only)) {
			THREADS.forEach((threads) -> cases
				.add(new Case(verb, threads, SMALL, true, (threads == 1) ? all(verb) : needed(verb, threads))));
		}
		addUnindexed(cases, only);
		addGrowing(cases, only, MEDIUM);
		if (only == null || only == Verb.STREAM) {
			cases.add(new Case(Verb.STREAM, 1, MEDIUM, true,
					List.of(PeerKind.STORE, PeerKind.UNBOUNDID, PeerKind.SOCKET)));
		}
		for (Verb verb : verbs(only)) {
			if (verb != Verb.STREAM) {
				THREADS.forEach((threads) -> cases.add(new Case(verb, threads, LARGE, true, needed(verb, threads))));
			}
		}
		return new Plan(Effort.FULL, cases, (only == null || only == Verb.STREAM) ? LARGE : 0);
	}

	/**
	 * A verb of the store alone, for long enough to see what it does.
	 */
	static Plan profile(Verb verb) {
		return new Plan(Effort.PROFILE, List.of(new Case(verb, 1, SMALL, true, List.of(PeerKind.STORE))), 0);
	}

	/**
	 * The cases by the size of their directory, in the order in which they are measured.
	 */
	Map<Integer, List<Case>> bySize() {
		Map<Integer, List<Case>> bySize = new LinkedHashMap<>();
		this.cases.forEach((one) -> bySize.computeIfAbsent(one.people(), (size) -> new ArrayList<>()).add(one));
		if (this.memory > 0) {
			bySize.computeIfAbsent(this.memory, (size) -> new ArrayList<>());
		}
		return bySize;
	}

	/**
	 * In an order in which what creates entries comes last.
	 */
	private static List<Verb> verbs(@Nullable Verb only) {
		return (only != null) ? List.of(only) : List.of(Verb.values());
	}

	private static void addGrowing(List<Case> cases, @Nullable Verb only, int people) {
		for (Verb verb : verbs(only)) {
			if (GROWING.contains(verb)) {
				cases.add(new Case(verb, 1, people, true, List.of(PeerKind.STORE, PeerKind.UNBOUNDID)));
			}
		}
	}

	private static void addUnindexed(List<Case> cases, @Nullable Verb only) {
		if (only == null || only == Verb.GET_ALL) {
			cases.add(new Case(Verb.GET_ALL, 1, SMALL, false, List.of(PeerKind.STORE, PeerKind.ONE_BY_ONE)));
		}
	}

	private static List<PeerKind> needed(Verb verb, int threads) {
		Set<PeerKind> peers = new LinkedHashSet<>();
		peers.add(PeerKind.STORE);
		Goal.ALL.stream().filter((goal) -> goal.isFor(verb, threads)).forEach((goal) -> peers.add(goal.peer()));
		if (verb == Verb.GET_ALL || verb == Verb.PUT_ALL) {
			peers.add(PeerKind.ONE_BY_ONE);
		}
		if (verb == Verb.GET && threads == 1) {
			peers.add(PeerKind.SOCKET);
		}
		if (peers.size() == 1) {
			peers.add(PeerKind.UNBOUNDID);
		}
		return List.copyOf(peers);
	}

	private static List<PeerKind> all(Verb verb) {
		return Arrays.stream(PeerKind.values())
			.filter((kind) -> kind != PeerKind.ONE_BY_ONE || verb == Verb.GET_ALL || verb == Verb.PUT_ALL)
			.toList();
	}

}
