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

package io.github.ldapkv.internal.key;

/**
 * What the groups of one pattern may still be multiplied to: alternatives by their
 * length, since each of them is kept whole.
 */
public final class GroupBudget {

	public static final int MOST_CHARACTERS = 100_000;

	private final String pattern;

	private long spent;

	GroupBudget(String pattern) {
		this.pattern = pattern;
	}

	/**
	 * Spends characters that groups repeat.
	 * @param position where in the pattern
	 * @throws IllegalArgumentException if these are too many
	 */
	void spend(long characters, int position) {
		this.spent += characters;
		if (this.spent > MOST_CHARACTERS) {
			throw KeyParser.malformed("Pattern", this.pattern, position,
					"its groups {...} stand for more than " + MOST_CHARACTERS + " characters");
		}
	}

}
