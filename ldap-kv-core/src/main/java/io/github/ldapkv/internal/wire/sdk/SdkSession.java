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

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPRequest;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.controls.ManageDsaITRequestControl;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.OpenSession;
import io.github.ldapkv.internal.wire.SearchResults;
import io.github.ldapkv.internal.wire.ServerFacts;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

/**
 * A session on a connection of the SDK.
 */
public final class SdkSession implements OpenSession {

	/**
	 * Asks for the entries that refer to another server, and not to be referred (RFC
	 * 3296). It is not critical: a server without such entries need not know it.
	 */
	private static final Control MANAGE_DSA_IT = new ManageDsaITRequestControl(false);

	private static final Control[] NONE = {};

	private static final Control[] READING = { MANAGE_DSA_IT };

	private final SdkConnection connection;

	private final Control[] controls;

	private ServerFacts found;

	/**
	 * Creates a session.
	 * @param found what is known of the server
	 * @param controls what is sent with each request
	 */
	SdkSession(SdkConnection connection, ServerFacts found, Control... controls) {
		this.connection = connection;
		this.found = found;
		this.controls = controls;
	}

	/**
	 * Opens a session for a call that reads, or one that writes: that one is referred
	 * where an entry is on another server, and does not change the entry that says so.
	 */
	public static SdkSession open(SdkConnection connection, boolean readOnly) {
		return new SdkSession(connection, ServerFacts.NOTHING, readOnly ? READING : NONE);
	}

	@Override
	public void learn(ServerFacts known) {
		this.found = known;
	}

	@Override
	public void close() {
		// Nothing of the connection is changed.
	}

	@Override
	public boolean hasNoBase() {
		return true;
	}

	@Override
	public ServerFacts server() {
		return this.found;
	}

	@Override
	public Session withControls(Control... more) {
		return new SdkSession(this.connection, this.found, with(more));
	}

	private Control[] with(Control... more) {
		if (more.length == 0) {
			return this.controls;
		}
		Control[] all = Arrays.copyOf(this.controls, this.controls.length + more.length);
		System.arraycopy(more, 0, all, this.controls.length, more.length);
		return all;
	}

	/**
	 * The request with the controls of the session.
	 */
	private SearchRequest toSend(SearchRequest request) {
		Control[] own = request.getControls();
		if (this.controls.length == 0 || this.controls == READING && own == READING) {
			return request;
		}
		if (this.controls == READING && own.length == 0) {
			request.setControls(READING);
			return request;
		}
		return request.duplicate((own == READING) ? this.controls : with(own));
	}

	/**
	 * The same of a request that writes. Few sessions have controls for those.
	 * @param copy copies the request
	 */
	private <R extends LDAPRequest> R toSend(R request, Function<Control[], R> copy) {
		return (this.controls.length == 0) ? request : copy.apply(with(request.getControls()));
	}

	@Override
	public SearchResults search(SearchRequest request) throws LDAPException {
		return SdkStream.begin(this.connection, toSend(request));
	}

	@Override
	public @Nullable SearchResultEntry read(SearchRequest request) throws LDAPException {
		SdkStream results = SdkStream.begin(this.connection, toSend(request));
		SearchResultEntry last = null;
		try {
			for (SearchResultEntry next = results.next(); next != null; next = results.next()) {
				last = next;
			}
		}
		catch (LDAPException ex) {
			if (!ex.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
				throw ex;
			}
		}
		return last;
	}

	@Override
	public List<@Nullable SearchResultEntry> readAll(List<SearchRequest> requests) throws LDAPException {
		return SdkPipeline.readAll(this.connection, requests.stream().map(this::toSend).toList());
	}

	@Override
	public LDAPResult add(AddRequest request) throws LDAPException {
		return write(toSend(request, request::duplicate));
	}

	@Override
	public LDAPResult modify(ModifyRequest request) throws LDAPException {
		return write(toSend(request, request::duplicate));
	}

	@Override
	public LDAPResult delete(DeleteRequest request) throws LDAPException {
		return write(toSend(request, request::duplicate));
	}

	@Override
	public boolean deleteIfThere(DeleteRequest request) throws LDAPException {
		try {
			delete(request);
			return true;
		}
		catch (LDAPException ex) {
			if (ex.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
				return false;
			}
			throw ex;
		}
	}

	@Override
	public LDAPResult modifyDn(ModifyDNRequest request) throws LDAPException {
		return write(toSend(request, request::duplicate));
	}

	@Override
	public ExtendedResult extended(ExtendedRequest request) throws LDAPException {
		if (write(request) instanceof ExtendedResult result) {
			return result;
		}
		throw new LDAPException(ResultCode.DECODING_ERROR, "The answer to an extended operation is none");
	}

	private <R extends LDAPRequest & ProtocolOp> LDAPResult write(R request) throws LDAPException {
		boolean first = beginWrite();
		try {
			return this.connection.ask(request);
		}
		catch (LDAPException ex) {
			throw failed(ex, first);
		}
	}

	/**
	 * Prepares for a request that may change something. Nothing was written by the first
	 * one of a call if the server has ended the connection before.
	 * @return whether it is the first
	 */
	private boolean beginWrite() throws LDAPException {
		if (Thread.currentThread().isInterrupted()) {
			throw new LDAPException(ResultCode.USER_CANCELED, "Interrupted before the request was sent");
		}
		boolean first = !this.connection.mayHaveWritten();
		if (first) {
			this.connection.expectNothing();
			this.connection.writing(true);
		}
		return first;
	}

	/**
	 * The failure of such a request, by which nothing was written if the server refuses
	 * it.
	 */
	private LDAPException failed(LDAPException ex, boolean first) {
		if (first && ConnectionFailures.isRefusal(ex)) {
			this.connection.writing(false);
		}
		return ex;
	}

	@Override
	public void roundTrip() throws LDAPException {
		this.connection.check();
	}

	@Override
	public boolean mayHaveWritten() {
		return this.connection.mayHaveWritten();
	}

	@Override
	public void breakOff() {
		this.connection.breakOff();
	}

}
