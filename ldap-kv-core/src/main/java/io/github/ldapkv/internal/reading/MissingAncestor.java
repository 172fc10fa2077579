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

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.wire.Session;

/**
 * Finds out which entry above a key is missing, once a server has said that one is. Not
 * every server says which, so the entries are looked up, from the key towards the root.
 */
public final class MissingAncestor {

	private final KeyResolver resolver;

	private final EntryReader reader;

	public MissingAncestor(KeyResolver resolver, EntryReader reader) {
		this.resolver = resolver;
		this.reader = reader;
	}

	/**
	 * Says what is missing.
	 * @param lowest the absolute key of the lowest entry that has to be there
	 */
	public String explain(Session session, DistinguishedName lowest) throws LDAPException {
		int top = Math.max(1, this.resolver.contextBase().depth());
		int depth = lowest.depth();
		while (depth >= top && !this.reader.exists(session, lowest.first(depth).dn())) {
			depth--;
		}
		if (depth == lowest.depth()) {
			return "the entry '" + Excerpt.of(lowest.dn())
					+ "' is there: somebody else has just created it, or a value names an entry that is missing. Try again.";
		}
		StringBuilder text = new StringBuilder("the entry '");
		if (depth >= top) {
			DistinguishedName missing = lowest.first(depth + 1);
			text.append(Excerpt.of(this.resolver.relative(missing))).append("' (DN '").append(Excerpt.of(missing.dn()));
			text.append("') is missing, or the account may not see it. Create it first.");
		}
		else {
			text.append(Excerpt.of(lowest.dn()))
				.append("' is missing, and so is every entry above it, or the account may not see them. ");
			text.append(namingContexts(session));
		}
		if (!this.resolver.base().isRoot()) {
			text.append(" Keys are relative to the base '").append(Excerpt.of(this.resolver.base().dn())).append("'.");
		}
		return text.toString();
	}

	private String namingContexts(Session session) throws LDAPException {
		if (!this.resolver.contextBase().isRoot()) {
			return "Check the base of the context source.";
		}
		return "Check the base: the server's naming contexts are "
				+ this.reader.namingContexts(session).stream().map((name) -> "'" + Excerpt.of(name) + "'").toList()
				+ ".";
	}

}
