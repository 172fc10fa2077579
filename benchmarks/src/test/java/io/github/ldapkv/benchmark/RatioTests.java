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
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RatioTests {

	@Test
	void theNoiseLeavesOutTheExtremesOfNine() {
		assertThat(Ratio.of(List.of(1.0, 9.0, 2.0, 8.0, 3.0, 7.0, 4.0, 6.0, 5.0))).isEqualTo(new Ratio(5, 2, 8));
	}

	@Test
	void theNoiseOfFewIsAllOfThem() {
		assertThat(Ratio.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Ratio(2, 1, 3));
	}

	@Test
	void aSlowRoundAndASlowSittingCountForNothing() {
		List<Score> store = List.of(score(0, 20), score(0, 2), score(0, 20), score(1, 5), score(2, 20), score(2, 1),
				score(2, 30));
		List<Score> peer = List.of(score(0, 10), score(0, 1), score(0, 10), score(1, 10), score(2, 10), score(2, 10),
				score(2, 10));
		Case measured = new Case(Verb.GET, 1, Plan.SMALL, true, List.of(PeerKind.STORE, PeerKind.SOCKET));
		CaseResult result = new CaseResult(measured, Map.of(PeerKind.STORE, store, PeerKind.SOCKET, peer));
		assertThat(result.storeAgainst(PeerKind.SOCKET)).isEqualTo(new Ratio(2, 0.5, 2));
	}

	/**
	 * The ranks that tables of the sign test have for 95 percent.
	 */
	@Test
	void theNoiseHoldsTheMedianWithNinetyFivePercent() {
		assertThat(List.of(6, 9, 12, 20, 40).stream().map(Ratio::rank)).containsExactly(0, 1, 2, 5, 13);
	}

	@Test
	void theMedianOfAnEvenNumberIsBetweenTwo() {
		assertThat(Ratio.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5, within(1e-9));
	}

	private static Score score(int sitting, double speed) {
		return new Score(sitting, speed, 1, 1, 1);
	}

}
