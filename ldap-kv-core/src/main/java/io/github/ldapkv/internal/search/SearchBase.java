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

package io.github.ldapkv.internal.search;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.EntryIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The base of a search, which the server may spell in another way: the names of the
 * results begin with it in the server's spelling, which counts.
 */
public final class SearchBase {

	private final DistinguishedName name;

	private final DirectorySchema schema;

	private @Nullable DistinguishedName served;

	/**
	 * Creates a base.
	 * @param name the absolute name that is searched below
	 */
	public SearchBase(DistinguishedName name, DirectorySchema schema) {
		this.name = name;
		this.schema = schema;
	}

	public DistinguishedName name() {
		return this.name;
	}

	/**
	 * Whether a name that the server sent is known to lie under the base.
	 */
	public boolean isAbove(DistinguishedName absolute) {
		if (absolute.startsWith(this.name)) {
			return true;
		}
		int depth = this.name.depth();
		return absolute.depth() >= depth && (absolute.first(depth).equals(this.served)
				|| EntryIdentity.same(absolute.first(depth), this.name, this.schema));
	}

	/**
	 * Whether it is not known how the server spells the base.
	 */
	public boolean isUnsure() {
		return this.served == null;
	}

	/**
	 * Takes note of how the server spells the base.
	 */
	public void learn(DistinguishedName spelling) {
		this.served = spelling;
	}

}
