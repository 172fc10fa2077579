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
import java.util.Optional;

/**
 * A peer that is not measured here, as it is no Java: Python's indicium-ldap. Its figures
 * are of a run on another machine, in which the raw socket was measured too; they are
 * scaled by what the raw socket reaches here, and are no reason to fail.
 *
 * @param verb the verb, by one caller
 * @param score its calls in a second, in that run
 * @param least how many times as fast the store is to be
 */
record QuotedPeer(Verb verb, double score, double least) {

	static final List<QuotedPeer> ALL = List.of(new QuotedPeer(Verb.GET, 1470, 5), new QuotedPeer(Verb.PUT, 550, 10));

	/**
	 * What the raw socket made of {@code get} in that run.
	 */
	private static final double SOCKET = 13_100;

	boolean isFor(Case measured) {
		return this.verb == measured.verb() && measured.threads() == 1 && measured.people() == Plan.SMALL
				&& measured.indexed();
	}

	/**
	 * The calls in a second that would be expected of it on the machine that these
	 * results are of; empty if they lack the raw socket.
	 */
	Optional<Double> scoreAmong(List<CaseResult> results) {
		return results.stream()
			.filter((result) -> result.measured().isUsualGet() && result.has(PeerKind.SOCKET))
			.map((result) -> this.score * result.speed(PeerKind.SOCKET) / SOCKET)
			.findFirst();
	}

}
