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

package io.github.ldapkv.internal.reading;

import io.github.ldapkv.internal.key.KeyPath;
import org.jspecify.annotations.Nullable;

/**
 * Which of the results of a query are wanted, in the order of their keys.
 *
 * @param limit the most results; {@code null} for all
 * @param offset how many of the first are left out; {@code null} for none
 * @param after the last key that is not wanted; {@code null} for none
 */
public record KeyRange(@Nullable Integer limit, @Nullable Integer offset, @Nullable KeyPath after) {

	/**
	 * All results, in whatever order.
	 */
	public static final KeyRange ALL = new KeyRange(null, null, null);

	public KeyRange withLimit(int other) {
		return new KeyRange(other, this.offset, this.after);
	}

	public KeyRange withOffset(int other) {
		return new KeyRange(this.limit, other, this.after);
	}

	public KeyRange withAfter(KeyPath other) {
		return new KeyRange(this.limit, this.offset, other);
	}

	/**
	 * Whether the results come in the order of their keys.
	 */
	public boolean isOrdered() {
		return !equals(ALL);
	}

	/**
	 * The most results.
	 */
	public int most() {
		return (this.limit != null) ? this.limit : Integer.MAX_VALUE;
	}

	/**
	 * How many of the first are left out.
	 */
	public int leftOut() {
		return (this.offset != null) ? this.offset : 0;
	}

}
