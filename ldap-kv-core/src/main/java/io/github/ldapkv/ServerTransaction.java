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

package io.github.ldapkv;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

import javax.naming.CommunicationException;
import javax.naming.NamingException;
import javax.naming.ldap.BasicControl;
import javax.naming.ldap.Control;
import javax.naming.ldap.ExtendedRequest;
import javax.naming.ldap.ExtendedResponse;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;

import com.unboundid.asn1.ASN1Boolean;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import org.jspecify.annotations.Nullable;

/**
 * A transaction on a connection (RFC 5805). The server keeps the writes that carry its
 * control, and does them when it ends.
 */
final class ServerTransaction {

	private static final String START = "1.3.6.1.1.21.1";

	private static final String SPECIFICATION = "1.3.6.1.1.21.2";

	private static final String END = "1.3.6.1.1.21.3";

	private static final int ROUND_TRIPS_BEFORE_THE_END = 2;

	static final Duration PAUSE_BEFORE_THE_END = Duration.ofMillis(10);

	private final LdapContext context;

	private final byte[] identifier;

	private final boolean endsWithCare;

	private ServerTransaction(LdapContext context, byte[] identifier, boolean endsWithCare) {
		this.context = context;
		this.identifier = identifier;
		this.endsWithCare = endsWithCare;
	}

	static ServerTransaction start(LdapContext context, ServerCapabilities capabilities) throws NamingException {
		ExtendedResponse response = send(context, new Request(START, null));
		byte[] identifier = response.getEncodedValue();
		return new ServerTransaction(context, (identifier != null) ? identifier : new byte[0],
				capabilities.has(Quirk.CRASHES_AT_THE_END_OF_A_TRANSACTION));
	}

	/**
	 * The control of the writes that belong to the transaction.
	 */
	Control control() {
		return new BasicControl(SPECIFICATION, Control.CRITICAL, this.identifier);
	}

	/**
	 * Does all writes. If one fails, this fails as that one would have, and none is done.
	 * @throws UncommittedException if the end was not sent
	 */
	void commit() throws NamingException {
		end(true);
	}

	/**
	 * Does none of the writes.
	 * @throws UncommittedException if the server does not let go: the connection must not
	 * be used any more
	 */
	void abort() throws UncommittedException {
		try {
			end(false);
		}
		catch (UncommittedException ex) {
			throw ex;
		}
		catch (NamingException ex) {
			throw new UncommittedException(unusable("The transaction cannot be ended", ex));
		}
	}

	/**
	 * Does none of the writes, after a failure that is none of the server's.
	 */
	void abandon(Throwable failure) {
		try {
			abort();
		}
		catch (UncommittedException ex) {
			failure.addSuppressed(ex.failure());
			Directory.breakOff(this.context);
		}
	}

	private void end(boolean commit) throws NamingException {
		if (this.endsWithCare) {
			letTheLastWriteFinish();
		}
		ASN1OctetString id = new ASN1OctetString(this.identifier);
		// RFC 5805, section 3.3: commit is the default, which is not encoded.
		ASN1Sequence value = commit ? new ASN1Sequence(id) : new ASN1Sequence(new ASN1Boolean(false), id);
		send(this.context, new Request(END, value.encode()));
	}

	/**
	 * Whatever fails on the way, nobody knows what the server has made of such a request,
	 * and the connection must not be used any more.
	 */
	private static ExtendedResponse send(LdapContext context, Request request) throws NamingException {
		try {
			return context.extendedOperation(request);
		}
		catch (RuntimeException ex) {
			throw unusable("The answer to the start or the end of a transaction cannot be read", ex);
		}
	}

	private static CommunicationException unusable(String message, Exception cause) {
		CommunicationException unusable = new CommunicationException(message);
		unusable.initCause(cause);
		return unusable;
	}

	/**
	 * OpenLDAP answers a write of a transaction before it has let go of it, and frees it
	 * when the transaction ends; a thread that is late then takes the server down. Two
	 * round trips and a pause give it the time; only a server that works on one request
	 * of a connection at a time is safe, which is for its administrator to set.
	 */
	private void letTheLastWriteFinish() throws UncommittedException {
		for (int i = 0; i < ROUND_TRIPS_BEFORE_THE_END; i++) {
			try {
				this.context.getAttributes(new LdapName(""), EntryReader.NO_ATTRIBUTES);
			}
			catch (NamingException ex) {
				if (ConnectionFailures.isBroken(ex)) {
					throw new UncommittedException(ex);
				}
				// An answer, too, whatever it says.
			}
			catch (RuntimeException ex) {
				throw new UncommittedException(unusable("An answer cannot be read", ex));
			}
		}
		LockSupport.parkNanos(PAUSE_BEFORE_THE_END.toNanos());
	}

	/**
	 * An extended request.
	 */
	private static final class Request implements ExtendedRequest {

		private static final long serialVersionUID = 1;

		private final String id;

		private final byte @Nullable [] value;

		Request(String id, byte @Nullable [] value) {
			this.id = id;
			this.value = value;
		}

		@Override
		public String getID() {
			return this.id;
		}

		@Override
		public byte @Nullable [] getEncodedValue() {
			return this.value;
		}

		@Override
		public ExtendedResponse createExtendedResponse(@Nullable String responseId, byte @Nullable [] bytes, int offset,
				int length) {
			return new Response(responseId,
					(bytes != null) ? Arrays.copyOfRange(bytes, offset, offset + length) : null);
		}

	}

	/**
	 * The answer to it.
	 */
	private static final class Response implements ExtendedResponse {

		private static final long serialVersionUID = 1;

		private final @Nullable String id;

		private final byte @Nullable [] value;

		Response(@Nullable String id, byte @Nullable [] value) {
			this.id = id;
			this.value = value;
		}

		@Override
		public @Nullable String getID() {
			return this.id;
		}

		@Override
		public byte @Nullable [] getEncodedValue() {
			return this.value;
		}

	}

}
