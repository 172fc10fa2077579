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

	static final List<Goal> ALL = List.of(new Goal(Verb.GET, 1, true, PeerKind.UNBOUNDID, 0.75),
			new Goal(Verb.GET, 1, true, PeerKind.TEMPLATE_OF_BOOT, 5),
			new Goal(Verb.PUT, 1, true, PeerKind.TEMPLATE_ON_STORES_POOL, 0.8),
			new Goal(Verb.GET_ALL, 1, true, PeerKind.ONE_BY_ONE, 5),
			new Goal(Verb.GET_ALL, 1, false, PeerKind.ONE_BY_ONE, 1),
			new Goal(Verb.STREAM, 1, true, PeerKind.UNBOUNDID, 0.8),
			new Goal(Verb.GET, 8, true, PeerKind.UNBOUNDID, 0.8),
			new Goal(Verb.CONTAINS, 8, true, PeerKind.UNBOUNDID, 0.8),
			new Goal(Verb.QUERY, 8, true, PeerKind.UNBOUNDID, 0.8),
			new Goal(Verb.KEYS, 8, true, PeerKind.UNBOUNDID, 0.8),
			new Goal(Verb.PUT, 8, true, PeerKind.UNBOUNDID, 0.8));

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
			return "MISSED";
		}
		return (ratio.median() < this.least) ? "within noise" : "reached";
	}

}
