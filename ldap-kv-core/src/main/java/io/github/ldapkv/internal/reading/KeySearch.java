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

import com.unboundid.ldap.sdk.Filter;
import io.github.ldapkv.internal.key.KeyPattern;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a query finds.
 *
 * @param pattern what their keys match
 * @param startRequired whether there has to be an entry where the pattern begins
 * @param filter what they match besides; {@code null} for nothing
 */
public record KeySearch(KeyPattern pattern, boolean startRequired, @Nullable Filter filter) {

	/**
	 * A search for what a pattern finds.
	 */
	public static KeySearch of(KeyPattern pattern) {
		return new KeySearch(pattern, false, null);
	}

	/**
	 * A search that fails if there is no entry where the pattern begins.
	 */
	public static KeySearch belowEntry(KeyPattern pattern) {
		return new KeySearch(pattern, true, null);
	}

	public KeySearch withPattern(KeyPattern other) {
		return new KeySearch(other, this.startRequired, this.filter);
	}

	public KeySearch withFilter(Filter other) {
		return new KeySearch(this.pattern, this.startRequired, other);
	}

}
