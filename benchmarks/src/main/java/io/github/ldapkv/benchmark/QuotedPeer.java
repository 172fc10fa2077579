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
 * A peer that is not measured here, as it is no Java: Python's indicium-ldap. Its figures
 * were taken on a machine of this kind, and are no reason to fail.
 *
 * @param verb the verb, by one caller
 * @param score its calls in a second
 * @param least how many times as fast the store is to be
 */
record QuotedPeer(Verb verb, double score, double least) {

	static final List<QuotedPeer> ALL = List.of(new QuotedPeer(Verb.GET, 1470, 5), new QuotedPeer(Verb.PUT, 550, 10));

	boolean isFor(Case measured) {
		return this.verb == measured.verb() && measured.threads() == 1 && measured.indexed();
	}

}
