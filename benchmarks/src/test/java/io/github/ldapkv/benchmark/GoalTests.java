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

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GoalTests {

	private static final Case GET = new Case(Verb.GET, 1, Plan.SMALL, true,
			List.of(PeerKind.STORE, PeerKind.UNBOUNDID));

	@Test
	void aGoalIsMissedOnlyBeyondTheNoise() {
		Goal goal = new Goal(Verb.GET, 1, true, PeerKind.UNBOUNDID, 0.75);
		assertThat(goal.verdict(new Ratio(0.8, 0.7, 0.9))).isEqualTo("reached");
		assertThat(goal.verdict(new Ratio(0.7, 0.6, 0.8))).isEqualTo("within noise");
		assertThat(goal.verdict(new Ratio(0.6, 0.5, 0.7))).isEqualTo("MISSED");
	}

	@Test
	void everyGoalIsMeasuredByTheShortPlanAndByTheFullOne() {
		for (Plan plan : List.of(Plan.brief(null), Plan.full(null))) {
			assertThat(Goal.ALL).allMatch((goal) -> plan.cases()
				.stream()
				.anyMatch((measured) -> goal.isFor(measured)
						&& measured.peers().containsAll(List.of(PeerKind.STORE, goal.peer()))));
		}
	}

	@Test
	void everyVerbButPutAllHasAGoalWithOneThreadAndWithSeveral() {
		for (Verb verb : EnumSet.complementOf(EnumSet.of(Verb.PUT_ALL))) {
			for (int threads : Plan.THREADS) {
				assertThat(Goal.ALL).as("%s, %d threads", verb, threads)
					.anyMatch(
							(goal) -> goal.isFor(verb, threads) && goal.indexed() && goal.peer() == PeerKind.UNBOUNDID);
			}
		}
	}

	@Test
	void theTableTellsWhetherAGoalIsMissed() {
		assertThat(table(85).isMissed()).isTrue();
		assertThat(table(85).toString()).contains("MISSED");
		assertThat(table(95).isMissed()).isFalse();
		assertThat(table(95).toString()).contains("reached");
	}

	@Test
	void theStoreAllocatesTooMuchOrNot() {
		AllocationTable little = new AllocationTable(List.of(allocating(6400, 5000)));
		assertThat(little.isMissed()).isFalse();
		assertThat(little.toString()).contains("6,400", "5,000", "1.28", "1.30", "reached");
		AllocationTable much = new AllocationTable(List.of(allocating(6600, 5000)));
		assertThat(much.isMissed()).isTrue();
		assertThat(much.toString()).contains("1.32", "MISSED");
	}

	@Test
	void whatNobodyKnowsIsNotReached() {
		CaseResult unknown = allocating(Double.NaN, 5000);
		assertThat(new AllocationTable(List.of(unknown)).isMissed()).isTrue();
		assertThat(new RatioTable(List.of(unknown)).toString()).doesNotContain("NaN");
	}

	@Test
	void theBytesOfACallLeaveOutTurnsInWhichTheyAreUnknown() {
		List<Score> rounds = List.of(new Score(0, 100, 10, 1, 50_000), new Score(0, 100, 1000, 1, Double.NaN),
				new Score(0, 100, 30, 1, 150_000));
		assertThat(new CaseResult(GET, Map.of(PeerKind.STORE, rounds)).allocated(PeerKind.STORE)).isEqualTo(5000);
	}

	@Test
	void quotedFiguresAreScaledByTheRawSocket() {
		Case measured = new Case(Verb.GET, 1, Plan.SMALL, true, List.of(PeerKind.STORE, PeerKind.SOCKET));
		Map<PeerKind, List<Score>> half = Map.of(PeerKind.STORE, rounds(5880), PeerKind.SOCKET, rounds(6550));
		assertThat(new RatioTable(List.of(new CaseResult(measured, half))).toString())
			.containsPattern("indicium-ldap, figure scaled +\\| 8\\.00");
		assertThat(table(95).toString()).doesNotContain("indicium");
	}

	private static RatioTable table(double calls) {
		return new RatioTable(
				List.of(new CaseResult(GET, Map.of(PeerKind.STORE, rounds(calls), PeerKind.UNBOUNDID, rounds(100)))));
	}

	private static CaseResult allocating(double store, double unboundId) {
		return new CaseResult(GET, Map.of(PeerKind.STORE, List.of(new Score(0, 100, 1, 1, store)), PeerKind.UNBOUNDID,
				List.of(new Score(0, 100, 1, 1, unboundId))));
	}

	private static List<Score> rounds(double calls) {
		return Stream.generate(() -> new Score(0, calls, 1, 1, 1)).limit(9).toList();
	}

}
