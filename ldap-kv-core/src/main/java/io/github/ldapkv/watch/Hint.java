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

package io.github.ldapkv.watch;

import io.github.ldapkv.internal.roster.EntryId;
import org.jspecify.annotations.Nullable;

/**
 * That something may have become of an entry: it is to be looked at.
 *
 * @param dn where to look; {@code null} for where it is known to be
 * @param id which one, if that is known
 */
record Hint(@Nullable String dn, @Nullable EntryId id) {

	static Hint at(String dn, @Nullable EntryId id) {
		return new Hint(dn, id);
	}

	/**
	 * That an entry may be gone.
	 */
	static Hint gone(EntryId id) {
		return new Hint(null, id);
	}

	boolean isGone() {
		return this.dn == null;
	}

	/**
	 * What later hints of the same entry have too.
	 */
	Object subject() {
		return (this.id != null) ? this.id : String.valueOf(this.dn);
	}

}
