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
 * What is measured together: a verb, on a directory of a size, with the peers that take
 * turns.
 *
 * @param verb the verb
 * @param threads how many call it at once
 * @param people how many people the directory has
 * @param indexed whether the directory has indexes
 * @param peers the peers, the store among them
 */
record Case(Verb verb, int threads, int people, boolean indexed, List<PeerKind> peers) {

	/**
	 * Whether this is what the peers are compared by first.
	 */
	boolean isUsualGet() {
		return this.verb == Verb.GET && this.threads == 1 && this.people == Plan.SMALL && this.indexed;
	}

	@Override
	public String toString() {
		return String.format("%s, %d thread%s, %,d people%s", this.verb, this.threads, (this.threads > 1) ? "s" : "",
				this.people, this.indexed ? "" : ", no index");
	}

}
