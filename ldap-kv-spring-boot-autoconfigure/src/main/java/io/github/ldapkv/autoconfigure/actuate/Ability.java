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
package io.github.ldapkv.autoconfigure.actuate;

/**
 * What can be done with a store.
 *
 * @param extent how much of it
 * @param hindrance what is in the way of the rest; empty if nothing is
 */
record Ability(Extent extent, String hindrance) {

	/**
	 * Finds it out.
	 * @param reads what came of it when those were asked that reads go to
	 * @param writes the same of writes
	 */
	static Ability of(RoleHealth reads, RoleHealth writes) {
		if (!reads.hindersReads().isEmpty()) {
			return new Ability(Extent.NOTHING, reads.hindersReads());
		}
		String hindrance = writes.hindersWrites();
		return new Ability(hindrance.isEmpty() ? Extent.ALL : Extent.READS, hindrance);
	}

	/**
	 * How much can be done, the most first.
	 */
	enum Extent {

		/**
		 * Reads and writes.
		 */
		ALL,

		/**
		 * Reads only.
		 */
		READS,

		/**
		 * Neither.
		 */
		NOTHING

	}

}
