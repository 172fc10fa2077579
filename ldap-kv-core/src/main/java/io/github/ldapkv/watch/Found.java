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

import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.roster.ContentDigest;
import io.github.ldapkv.internal.roster.EntryId;
import org.jspecify.annotations.Nullable;

/**
 * An entry that a query finds, as it is in the directory.
 *
 * @param key its key, relative to the base of the store
 * @param dn its DN, as the server sent it
 * @param id what it keeps when it is moved
 * @param version the digest of its version
 * @param content what it contains; {@code null} if only what identifies it was asked for
 * @param parent whether the server says that there are entries below it
 */
record Found(KeyPath key, String dn, EntryId id, long version, @Nullable Content content, boolean parent) {

	LdapEntry whole() {
		return read().entry();
	}

	ContentDigest digest() {
		return read().digest();
	}

	private Content read() {
		if (this.content == null) {
			throw new IllegalStateException("The attributes of '" + this.key + "' were not read");
		}
		return this.content;
	}

	/**
	 * What an entry contains.
	 *
	 * @param entry the whole of it
	 * @param digest the digest of its attributes
	 */
	record Content(LdapEntry entry, ContentDigest digest) {

	}

}
