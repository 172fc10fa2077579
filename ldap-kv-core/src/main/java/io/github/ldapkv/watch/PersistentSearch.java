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

import java.util.List;
import java.util.Set;

import com.unboundid.ldap.protocol.LDAPResponse;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.EntryChangeNotificationControl;
import com.unboundid.ldap.sdk.controls.PersistentSearchChangeType;
import com.unboundid.ldap.sdk.controls.PersistentSearchRequestControl;
import io.github.ldapkv.internal.roster.EntryId;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

/**
 * Persistent search (draft-ietf-ldapext-psearch-03), for entries whether they match the
 * query's filter or not: nobody is told of those that do not match any more.
 */
final class PersistentSearch implements ChangeSource {

	private final WatchedQuery query;

	private List<String> ids = List.of();

	PersistentSearch(WatchedQuery query) {
		this.query = query;
	}

	@Override
	public SearchRequest request(QueryReads reads, byte @Nullable [] cookie) {
		this.ids = reads.ids();
		SearchRequest request = new SearchRequest(reads.reach().start().dn(),
				this.query.reachesBelow() ? SearchScope.SUB : reads.reach().plan().scope(), Session.ANY_ENTRY,
				this.ids.toArray(String[]::new));
		request
			.addControl(new PersistentSearchRequestControl(
					Set.of(PersistentSearchChangeType.ADD, PersistentSearchChangeType.DELETE,
							PersistentSearchChangeType.MODIFY, PersistentSearchChangeType.MODIFY_DN),
					true, true, true));
		return request;
	}

	@Override
	public void begun(Hints hints) {
		hints.ready();
	}

	@Override
	public void take(LDAPResponse response, Hints hints) throws LDAPException {
		if (response instanceof SearchResultEntry entry) {
			EntryChangeNotificationControl change = EntryChangeNotificationControl.get(entry);
			EntryId id = EntryId.of(entry, this.ids);
			boolean deleted = change != null && change.getChangeType() == PersistentSearchChangeType.DELETE;
			hints.add((deleted && id != null) ? Hint.gone(id) : Hint.at(entry.getDN(), id));
		}
		else if (response instanceof LDAPResult end) {
			throw new LDAPException(end);
		}
	}

}
