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
 * The store's speed against the goals, as rows of text.
 */
final class RatioTable {

	private static final List<String> HEAD = List.of("work", "against", "ratio", "noise", "goal", "verdict",
			"processor time", "bytes");

	private static final int VERDICT = 5;

	private final List<List<String>> rows = new ArrayList<>();

	private boolean missed;

	RatioTable(List<CaseResult> results) {
		for (CaseResult result : results) {
			add(result);
			QuotedPeer.ALL.stream()
				.filter((quoted) -> quoted.isFor(result.measured()))
				.forEach((quoted) -> quoted.scoreAmong(results).ifPresent((score) -> addQuoted(result, quoted, score)));
		}
	}

	private void add(CaseResult result) {
		List<Goal> goals = Goal.ALL.stream().filter((goal) -> goal.isFor(result.measured())).toList();
		for (PeerKind kind : result.scores().keySet()) {
			if (kind != PeerKind.STORE) {
				Ratio ratio = result.storeAgainst(kind);
				goals.stream()
					.filter((goal) -> goal.peer() == kind)
					.findFirst()
					.ifPresentOrElse((goal) -> addGoal(result, goal, ratio), () -> addRow(result, kind, ratio, "", ""));
			}
		}
	}

	private void addQuoted(CaseResult result, QuotedPeer quoted, double score) {
		double ratio = result.speed(PeerKind.STORE) / score;
		this.rows.add(List.of(result.measured().toString(), "indicium-ldap, figure scaled", Markdown.number(ratio), "",
				Markdown.number(quoted.least()), (ratio < quoted.least()) ? "below" : Goal.REACHED, "", ""));
	}

	private void addGoal(CaseResult result, Goal goal, Ratio ratio) {
		this.missed |= goal.isMissedBy(ratio);
		addRow(result, goal.peer(), ratio, Markdown.number(goal.least()), goal.verdict(ratio));
	}

	private void addRow(CaseResult result, PeerKind peer, Ratio ratio, String goal, String verdict) {
		this.rows.add(List.of(result.measured().toString(), peer.toString(), Markdown.number(ratio.median()),
				Markdown.number(ratio.low()) + " to " + Markdown.number(ratio.high()), goal, verdict,
				Markdown.number(result.processor(PeerKind.STORE) / result.processor(peer)),
				Markdown.number(result.allocatedAgainst(peer))));
	}

	/**
	 * Whether the store is too slow somewhere by more than the noise.
	 */
	boolean isMissed() {
		return this.missed;
	}

	/**
	 * The rows with a goal, then the others.
	 */
	private List<List<String>> sorted() {
		List<List<String>> sorted = new ArrayList<>(this.rows.stream().filter(RatioTable::hasGoal).toList());
		sorted.addAll(this.rows.stream().filter((row) -> !hasGoal(row)).toList());
		return sorted;
	}

	private static boolean hasGoal(List<String> row) {
		return !row.get(VERDICT).isEmpty();
	}

	@Override
	public String toString() {
		return Markdown.table(HEAD, sorted());
	}

}
