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

package io.github.ldapkv.internal.wire.sdk;

import java.util.Iterator;
import java.util.List;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.wire.SearchResults;
import org.jspecify.annotations.Nullable;

/**
 * The results of a search, which are all there.
 */
final class SdkSearch implements SearchResults {

	private final Iterator<SearchResultEntry> entries;

	private final Control[] controls;

	private final @Nullable LDAPException failure;

	/**
	 * Creates results.
	 * @param failure what the server said after the last; {@code null} if the search was
	 * a success
	 */
	SdkSearch(List<SearchResultEntry> entries, Control[] controls, @Nullable LDAPException failure) {
		this.entries = entries.iterator();
		this.controls = controls;
		this.failure = failure;
	}

	@Override
	public @Nullable SearchResultEntry next() throws LDAPException {
		if (this.entries.hasNext()) {
			return this.entries.next();
		}
		if (this.failure != null) {
			throw this.failure;
		}
		return null;
	}

	@Override
	public Control[] responseControls() {
		return this.controls;
	}

	@Override
	public void close() {
		// There is nothing under way.
	}

}
