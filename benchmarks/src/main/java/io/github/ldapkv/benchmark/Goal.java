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
import java.util.List;

/**
 * How fast the store has to be.
 *
 * @param verb the verb
 * @param threads how many call it at once
 * @param indexed whether the directory has indexes
 * @param peer what the store is compared with
 * @param least how many times as fast the store is at least
 */
record Goal(Verb verb, int threads, boolean indexed, PeerKind peer, double least) {

	static final String REACHED = "reached";

	static final String MISSED = "MISSED";

	static final List<Goal> ALL = all();

	private static List<Goal> all() {
		List<Goal> goals = new ArrayList<>();
		for (int threads : Plan.THREADS) {
			List.of(Verb.GET, Verb.CONTAINS, Verb.QUERY, Verb.KEYS, Verb.STREAM)
				.forEach((verb) -> goals.add(new Goal(verb, threads, true, PeerKind.UNBOUNDID, 0.9)));
			List.of(Verb.PUT, Verb.PUT_IF_ABSENT)
				.forEach((verb) -> goals.add(new Goal(verb, threads, true, PeerKind.UNBOUNDID, 0.95)));
			goals.add(new Goal(Verb.GET_ALL, threads, true, PeerKind.UNBOUNDID, 0.85));
			goals.add(new Goal(Verb.GET_ALL, threads, true, PeerKind.ONE_BY_ONE, 4));
		}
		goals.add(new Goal(Verb.GET_ALL, 1, false, PeerKind.ONE_BY_ONE, 1));
		goals.add(new Goal(Verb.GET, 1, true, PeerKind.TEMPLATE_OF_BOOT, 5));
		return List.copyOf(goals);
	}

	boolean isFor(Case measured) {
		return isFor(measured.verb(), measured.threads()) && this.indexed == measured.indexed();
	}

	boolean isFor(Verb measured, int by) {
		return this.verb == measured && this.threads == by;
	}

	/**
	 * Whether the store is too slow by more than the noise.
	 */
	boolean isMissedBy(Ratio ratio) {
		return ratio.high() < this.least;
	}

	String verdict(Ratio ratio) {
		if (isMissedBy(ratio)) {
			return MISSED;
		}
		return (ratio.median() < this.least) ? "within noise" : REACHED;
	}

}
