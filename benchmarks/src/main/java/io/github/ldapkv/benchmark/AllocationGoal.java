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
 * How little the store has to allocate. What a call allocates hardly depends on the
 * machine, so that there is no noise to leave room for.
 *
 * @param verb the verb
 * @param peer what the store is compared with
 * @param most how many times the bytes of the peer the store allocates at most
 */
record AllocationGoal(Verb verb, PeerKind peer, double most) {

	static final List<AllocationGoal> ALL = List.of(new AllocationGoal(Verb.GET, PeerKind.UNBOUNDID, 1.3));

	boolean isFor(CaseResult result) {
		return this.verb == result.measured().verb() && result.has(this.peer);
	}

	/**
	 * Whether the store allocates too much, or nobody knows how much.
	 */
	boolean isMissedBy(CaseResult result) {
		return !(result.allocatedAgainst(this.peer) <= this.most);
	}

}
