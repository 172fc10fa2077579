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

import java.nio.charset.StandardCharsets;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.protocol.LDAPResponse;
import com.unboundid.ldap.sdk.IntermediateResponse;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestMode;
import com.unboundid.ldap.sdk.controls.ContentSyncState;
import com.unboundid.ldap.sdk.controls.ContentSyncStateControl;
import io.github.ldapkv.internal.roster.EntryId;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

/**
 * Content synchronization (RFC 4533), refresh and persist. What it tells of the content
 * at its start is left out: that is listed, page by page.
 */
final class ContentSync implements ChangeSource {

	private static final String CONTEXT_CSN = "contextCSN";

	private final WatchedQuery query;

	private boolean refreshing = true;

	/**
	 * Whether what is told at the start is what has changed.
	 */
	private boolean changesOnly;

	ContentSync(WatchedQuery query) {
		this.query = query;
	}

	@Override
	public SearchRequest request(QueryReads reads, byte @Nullable [] cookie) throws LDAPException {
		byte[] start = (cookie != null) ? cookie : now(reads);
		this.changesOnly = start != null;
		boolean tree = this.query.reachesBelow();
		SearchRequest request = new SearchRequest(reads.reach().start().dn(),
				tree ? SearchScope.SUB : reads.reach().plan().scope(),
				tree ? Session.ANY_ENTRY : reads.reach().plan().filter(), SearchRequest.NO_ATTRIBUTES);
		request.addControl(new ContentSyncRequestControl(ContentSyncRequestMode.REFRESH_AND_PERSIST,
				(start != null) ? new ASN1OctetString(start) : null, false));
		return request;
	}

	/**
	 * A cookie for this moment, as slapd(8) says what it looks like: without one a server
	 * sends all there is.
	 */
	private byte @Nullable [] now(QueryReads reads) throws LDAPException {
		SearchResultEntry top = NamingContext.read(this.query, reads, List.of(CONTEXT_CSN));
		String[] numbers = (top != null) ? top.getAttributeValues(CONTEXT_CSN) : null;
		return (numbers != null) ? ("rid=000,csn=" + String.join(";", numbers)).getBytes(StandardCharsets.UTF_8) : null;
	}

	@Override
	public void begun(Hints hints) {
		// Changes are told once the server says that its refresh is done.
	}

	@Override
	public void take(LDAPResponse response, Hints hints) throws LDAPException {
		if (response instanceof SearchResultEntry entry) {
			ContentSyncStateControl state = ContentSyncStateControl.get(entry);
			if (state != null) {
				take(entry, state, hints);
			}
		}
		else if (response instanceof IntermediateResponse information) {
			take(ContentSyncInfoIntermediateResponse.decode(information), hints);
		}
		else if (response instanceof LDAPResult end) {
			throw new LDAPException(end);
		}
	}

	private void take(SearchResultEntry entry, ContentSyncStateControl state, Hints hints) {
		if ((!this.refreshing || this.changesOnly) && state.getState() != ContentSyncState.PRESENT) {
			EntryId id = id(state.getEntryUUID());
			hints.add((state.getState() == ContentSyncState.DELETE) ? Hint.gone(id) : Hint.at(entry.getDN(), id));
		}
		takeCookie(state.getCookie(), hints);
	}

	private void take(ContentSyncInfoIntermediateResponse information, Hints hints) {
		switch (information.getType()) {
			case SYNC_ID_SET -> {
				if (information.refreshDeletes() && information.getEntryUUIDs() != null) {
					information.getEntryUUIDs().forEach((uuid) -> hints.add(Hint.gone(id(uuid))));
				}
			}
			case REFRESH_DELETE, REFRESH_PRESENT -> this.refreshing &= !information.refreshDone();
			default -> {
				// A cookie alone.
			}
		}
		takeCookie(information.getCookie(), hints);
		if (!this.refreshing) {
			hints.ready();
		}
	}

	/**
	 * One without a number says nothing: OpenLDAP sends it for what is not replicated.
	 */
	private static void takeCookie(@Nullable ASN1OctetString cookie, Hints hints) {
		if (cookie != null && cookie.getValueLength() > 0 && !isWithoutNumber(cookie.stringValue())) {
			hints.cookie(cookie.getValue());
		}
	}

	private static boolean isWithoutNumber(String cookie) {
		return cookie.startsWith("rid=") && !cookie.contains("csn=");
	}

	private static EntryId id(UUID uuid) {
		return EntryId.of(ByteBuffer.allocate(2 * Long.BYTES)
			.putLong(uuid.getMostSignificantBits())
			.putLong(uuid.getLeastSignificantBits())
			.array());
	}

}
