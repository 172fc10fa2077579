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

package io.github.ldapkv.internal.schema;

import java.util.Comparator;

import io.github.ldapkv.internal.key.KeyPath;

/**
 * The order of the results of a query, in which no two entries are the same: those whose
 * keys are equal, and which the server takes apart, are ordered by its rules, and then by
 * their spelling.
 */
public final class KeyOrder implements Comparator<KeyPath> {

	private final DirectorySchema schema;

	public KeyOrder(DirectorySchema schema) {
		this.schema = schema;
	}

	@Override
	public int compare(KeyPath one, KeyPath other) {
		int order = one.compareTo(other);
		if (order == 0 && !one.toString().equals(other.toString())) {
			order = identity(one).compareTo(identity(other));
			return (order != 0) ? order : one.toString().compareTo(other.toString());
		}
		return order;
	}

	/**
	 * Whether two keys name the same entry by all that is known.
	 */
	public boolean isSame(KeyPath one, KeyPath other) {
		return one.compareTo(other) == 0
				&& (one.toString().equals(other.toString()) || identity(one).equals(identity(other)));
	}

	private EntryIdentity identity(KeyPath key) {
		return EntryIdentity.of(key, this.schema);
	}

}
