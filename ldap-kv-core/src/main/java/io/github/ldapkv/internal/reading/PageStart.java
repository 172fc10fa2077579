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
import io.github.ldapkv.internal.schema.KeyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of results begins: after a key, which may be another spelling of one of
 * them. That a server has entries for several spellings, though no rule of it says so, is
 * known only once the very spelling is among the results.
 */
public final class PageStart {

	private final KeyOrder order;

	private final @Nullable KeyPath after;

	private boolean met;

	/**
	 * Creates a start.
	 * @param after the key to begin after, in the form that results have; {@code null}
	 * for the first page
	 */
	public PageStart(KeyOrder order, @Nullable KeyPath after) {
		this.order = order;
		this.after = after;
	}

	/**
	 * Where a result stands.
	 */
	public Place place(KeyPath key) {
		if (this.after == null) {
			return Place.BEHIND;
		}
		int order = this.order.compare(key, this.after);
		this.met |= order == 0;
		if (order <= 0) {
			return Place.BEFORE;
		}
		return this.order.isSame(key, this.after) ? Place.UNSURE : Place.BEHIND;
	}

	/**
	 * Whether the results whose place is unsure stand behind the start, now that all are
	 * known.
	 */
	public boolean isBeforeUnsure() {
		return this.met;
	}

	/**
	 * Where a result stands to the start of a page.
	 */
	public enum Place {

		/**
		 * It belongs to an earlier page.
		 */
		BEFORE,

		/**
		 * It is spelled in another way than the key that the page begins after: the same
		 * entry, unless there is one with the very spelling too.
		 */
		UNSURE,

		/**
		 * It may be on the page.
		 */
		BEHIND

	}

}
