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
import java.util.Locale;

/**
 * The bytes that a call of the store allocates against the goals, as rows of text.
 */
final class AllocationTable {

	private static final List<String> HEAD = List.of("work", "against", "bytes of ldap-kv", "bytes of the other",
			"ratio", "at most", "verdict");

	private final List<List<String>> rows = new ArrayList<>();

	private boolean missed;

	AllocationTable(List<CaseResult> results) {
		for (CaseResult result : results) {
			AllocationGoal.ALL.stream().filter((goal) -> goal.isFor(result)).forEach((goal) -> add(result, goal));
		}
	}

	private void add(CaseResult result, AllocationGoal goal) {
		boolean tooMuch = goal.isMissedBy(result);
		this.missed |= tooMuch;
		this.rows
			.add(List.of(result.measured().toString(), goal.peer().toString(), bytes(result.allocated(PeerKind.STORE)),
					bytes(result.allocated(goal.peer())), Markdown.number(result.allocatedAgainst(goal.peer())),
					Markdown.number(goal.most()), tooMuch ? Goal.MISSED : Goal.REACHED));
	}

	private static String bytes(double bytes) {
		return Double.isNaN(bytes) ? "" : String.format(Locale.ROOT, "%,.0f", bytes);
	}

	/**
	 * Whether the store allocates too much somewhere.
	 */
	boolean isMissed() {
		return this.missed;
	}

	@Override
	public String toString() {
		return Markdown.table(HEAD, this.rows);
	}

}
