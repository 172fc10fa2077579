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

package io.github.ldapkv.internal.wire;

import java.util.Locale;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many entries a store asks for at a time (RFC 2696), as long as the server lets it.
 */
public final class Paging {

	/**
	 * All at once, since they are few.
	 */
	public static final Paging FEW = new Paging(0);

	/**
	 * One after another, on a server that has no pages.
	 */
	public static final Paging NONE = new Paging(0);

	private static final Logger logger = LoggerFactory.getLogger(Paging.class);

	/**
	 * What servers refuse by what they allow an account.
	 */
	private static final Set<Integer> REFUSALS = Set.of(ServerResult.ADMIN_LIMIT_EXCEEDED,
			ServerResult.INSUFFICIENT_ACCESS_RIGHTS, ServerResult.UNWILLING_TO_PERFORM);

	private final int size;

	private volatile boolean refused;

	public Paging(int size) {
		this.size = size;
	}

	/**
	 * The size of a page; 0 for all at once.
	 */
	public int size() {
		return this.refused ? 0 : this.size;
	}

	/**
	 * Whether the answer to the first page says that there are none for this account. A
	 * page that is too large is another matter.
	 */
	static boolean isRefusal(ServerResult result) {
		String words = result.diagnostic().toLowerCase(Locale.ROOT);
		return result.code() == ServerResult.UNAVAILABLE_CRITICAL_EXTENSION
				|| REFUSALS.contains(result.code()) && words.contains("paged") && !words.contains("size");
	}

	/**
	 * Called when a search was refused with pages, and not without.
	 */
	void goOnWithout() {
		if (!this.refused) {
			this.refused = true;
			logger.warn("The server does not let the account of the store read in pages: from now on each query is "
					+ "one search, whose results the server may limit. ldapkv.page-size=0 does so from the start.");
		}
	}

}
