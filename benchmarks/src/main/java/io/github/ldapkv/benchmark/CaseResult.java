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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What was measured: what each peer did in every round.
 *
 * @param measured what was measured
 * @param scores what the peers did
 */
record CaseResult(Case measured, Map<PeerKind, List<Score>> scores) {

	boolean has(PeerKind kind) {
		return this.scores.containsKey(kind);
	}

	/**
	 * How many rounds there were.
	 */
	int rounds() {
		return of(PeerKind.STORE, Score::speed).size();
	}

	/**
	 * The calls in a second of a usual round.
	 */
	double speed(PeerKind kind) {
		return Ratio.median(of(kind, Score::speed));
	}

	/**
	 * The microseconds of processor time for a call, in all rounds together.
	 */
	double processor(PeerKind kind) {
		return sum(kind, Score::processor) / sum(kind, Score::calls);
	}

	/**
	 * The bytes allocated for a call, in all rounds together of which that is known;
	 * {@code NaN} if there is none.
	 */
	double allocated(PeerKind kind) {
		List<Score> known = this.scores.getOrDefault(kind, List.of()).stream().filter(Score::hasAllocated).toList();
		return known.stream().mapToDouble(Score::allocated).sum() / known.stream().mapToDouble(Score::calls).sum();
	}

	/**
	 * How many times the bytes of a peer the store allocates; {@code NaN} if unknown.
	 */
	double allocatedAgainst(PeerKind kind) {
		return allocated(PeerKind.STORE) / allocated(kind);
	}

	private double sum(PeerKind kind, ToDoubleFunction<Score> figure) {
		return of(kind, figure).stream().mapToDouble(Double::doubleValue).sum();
	}

	/**
	 * How many times as fast as a peer the store is. Each round gives a ratio, so that
	 * what slows down a whole round counts for nothing; and each sitting the median of
	 * its rounds.
	 */
	Ratio storeAgainst(PeerKind kind) {
		Map<Integer, List<Double>> bySitting = new TreeMap<>();
		List<Score> store = this.scores.getOrDefault(PeerKind.STORE, List.of());
		List<Score> peer = this.scores.getOrDefault(kind, List.of());
		for (int round = 0; round < store.size(); round++) {
			bySitting.computeIfAbsent(store.get(round).sitting(), (sitting) -> new ArrayList<>())
				.add(store.get(round).speed() / peer.get(round).speed());
		}
		return Ratio.of(bySitting.values().stream().map(Ratio::median).toList());
	}

	private List<Double> of(PeerKind kind, ToDoubleFunction<Score> figure) {
		return this.scores.getOrDefault(kind, List.of()).stream().map(figure::applyAsDouble).toList();
	}

}
