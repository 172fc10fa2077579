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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.LDAPResponse;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import org.jspecify.annotations.Nullable;

/**
 * Reads many entries over one connection, without waiting for one answer before the next
 * request.
 */
final class SdkPipeline {

	/**
	 * How many requests are under way at most. A server stops to read where more wait
	 * than it likes (OpenLDAP: 100), and what both sides have to say must find room in
	 * the buffers between them.
	 */
	private static final int WIDTH = 50;

	private final List<SearchRequest> requests;

	private final MessageExchange exchange;

	private final int firstId;

	private final List<@Nullable SearchResultEntry> entries;

	private int sent;

	private int answered;

	private @Nullable LDAPException failure;

	private SdkPipeline(SdkConnection connection, List<SearchRequest> requests) throws LDAPException {
		this.requests = requests;
		this.entries = new ArrayList<>(Collections.nCopies(requests.size(), null));
		this.exchange = connection.exchange();
		this.firstId = connection.messageIds(requests.size());
	}

	/**
	 * Reads each entry.
	 * @return the entries in the order of the requests, {@code null} for each that is not
	 * there
	 */
	static List<@Nullable SearchResultEntry> readAll(SdkConnection connection, List<SearchRequest> requests)
			throws LDAPException {
		if (requests.isEmpty()) {
			return List.of();
		}
		return new SdkPipeline(connection, requests).run();
	}

	/**
	 * All that was sent is answered, also where one read fails: the connection is to be
	 * used again.
	 */
	private List<@Nullable SearchResultEntry> run() throws LDAPException {
		while (this.answered < this.requests.size() && (this.failure == null || this.answered < this.sent)) {
			// Half of them at a time, which is one packet and not many.
			if (this.sent - this.answered <= WIDTH / 2 && this.failure == null) {
				sendMore();
			}
			take(this.exchange.receive());
		}
		if (this.failure != null) {
			throw this.failure;
		}
		return this.entries;
	}

	private void sendMore() throws LDAPException {
		List<LDAPMessage> messages = new ArrayList<>();
		for (; this.sent < this.requests.size() && this.sent - this.answered < WIDTH; this.sent++) {
			SearchRequest request = this.requests.get(this.sent);
			messages.add(new LDAPMessage(this.firstId + this.sent, request, request.getControls()));
		}
		if (!messages.isEmpty()) {
			this.exchange.send(messages);
		}
	}

	private void take(LDAPResponse response) throws LDAPException {
		int index = response.getMessageID() - this.firstId;
		if (index < 0 || index >= this.sent) {
			throw this.exchange.failures().ended();
		}
		if (response instanceof SearchResultEntry entry) {
			this.entries.set(index, entry);
		}
		else if (response instanceof LDAPResult result) {
			this.answered++;
			boolean good = result.getResultCode().equals(ResultCode.SUCCESS)
					|| result.getResultCode().equals(ResultCode.NO_SUCH_OBJECT);
			if (!good && this.failure == null) {
				this.failure = new LDAPException(result);
			}
		}
	}

}
