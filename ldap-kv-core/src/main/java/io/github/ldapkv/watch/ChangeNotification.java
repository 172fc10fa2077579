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

import com.unboundid.ldap.protocol.LDAPResponse;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.roster.EntryId;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

/**
 * Change notification of Active Directory (MS-ADTS, section 3.1.1.3.4.1.9). It is for all
 * entries of a domain. Of those that are deleted an administrator is told, since they
 * move to a container of the domain (section 3.1.1.3.4.1.14).
 */
final class ChangeNotification implements ChangeSource {

	private static final String NOTIFICATION = "1.2.840.113556.1.4.528";

	private static final String SHOW_DELETED = "1.2.840.113556.1.4.417";

	private final WatchedQuery query;

	ChangeNotification(WatchedQuery query) {
		this.query = query;
	}

	@Override
	public SearchRequest request(QueryReads reads, byte @Nullable [] cookie) throws LDAPException {
		SearchRequest request = new SearchRequest(NamingContext.of(this.query, reads), SearchScope.SUB,
				Session.ANY_ENTRY, WatchedQuery.ACTIVE_DIRECTORY_ID);
		request.addControl(new Control(NOTIFICATION, true));
		request.addControl(new Control(SHOW_DELETED));
		return request;
	}

	@Override
	public void begun(Hints hints) {
		hints.ready();
	}

	@Override
	public void take(LDAPResponse response, Hints hints) throws LDAPException {
		if (response instanceof SearchResultEntry entry) {
			hints.add(Hint.at(entry.getDN(), EntryId.of(entry, List.of(WatchedQuery.ACTIVE_DIRECTORY_ID))));
		}
		else if (response instanceof LDAPResult end) {
			throw new LDAPException(end);
		}
	}

}
