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

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPExtendedOperationException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.TransactionSpecificationRequestControl;
import com.unboundid.ldap.sdk.extensions.EndTransactionExtendedRequest;
import com.unboundid.ldap.sdk.extensions.EndTransactionExtendedResult;
import com.unboundid.ldap.sdk.extensions.StartTransactionExtendedRequest;

/**
 * A transaction on a connection (RFC 5805). The server keeps the writes that carry its
 * control, and does them when it ends.
 */
public final class ServerTransaction {

	private static final int ROUND_TRIPS_BEFORE_THE_END = 2;

	public static final Duration PAUSE_BEFORE_THE_END = Duration.ofMillis(10);

	private final Session session;

	private final ASN1OctetString identifier;

	/**
	 * The number of the message that has started it, from which the wire counts on; -1 if
	 * it does not tell.
	 */
	private final int startId;

	private final boolean endsWithCare;

	private ServerTransaction(Session session, ExtendedResult start) {
		this.session = session;
		this.identifier = (start.getValue() != null) ? start.getValue() : new ASN1OctetString();
		this.startId = start.getMessageID();
		this.endsWithCare = session.has(Quirk.CRASHES_AT_THE_END_OF_A_TRANSACTION);
	}

	public static ServerTransaction start(Session session) throws LDAPException {
		return new ServerTransaction(session,
				send(session, new ExtendedRequest(StartTransactionExtendedRequest.START_TRANSACTION_REQUEST_OID)));
	}

	/**
	 * The connection, for the writes that belong to the transaction.
	 */
	public Session session() {
		return this.session.withControls(new TransactionSpecificationRequestControl(this.identifier));
	}

	/**
	 * Does all writes. If one fails, this fails as that one would have, and none is done.
	 * @throws NothingDoneException if the end was not sent
	 */
	public void commit() throws LDAPException {
		end(new EndTransactionExtendedRequest(this.identifier, true));
	}

	/**
	 * Which of the writes has failed, if the server names it, and the wire tells.
	 * @param failure the failure of the end
	 * @param writes how many writes there are, each of one request
	 * @return its index, or -1 if it is not known
	 */
	public int failedWrite(LDAPException failure, int writes) {
		if (this.startId < 0 || !(failure instanceof LDAPExtendedOperationException refused)) {
			return -1;
		}
		int between = writes + (this.endsWithCare ? ROUND_TRIPS_BEFORE_THE_END : 0);
		int index = failedId(refused) - this.startId - 1;
		boolean counted = refused.getExtendedResult().getMessageID() == this.startId + between + 1;
		return (counted && index >= 0 && index < writes) ? index : -1;
	}

	private static int failedId(LDAPExtendedOperationException refused) {
		try {
			return new EndTransactionExtendedResult(refused.getExtendedResult()).getFailedOpMessageID();
		}
		catch (LDAPException ex) {
			return -1;
		}
	}

	/**
	 * Does none of the writes.
	 * @throws NothingDoneException if the server does not let go: the connection must not
	 * be used any more
	 */
	public void abort() throws NothingDoneException {
		try {
			end(new EndTransactionExtendedRequest(this.identifier, false));
		}
		catch (NothingDoneException ex) {
			throw ex;
		}
		catch (LDAPException ex) {
			throw new NothingDoneException(unusable("The transaction cannot be ended", ex));
		}
	}

	/**
	 * Does none of the writes, after a failure that is none of the server's.
	 */
	public void abandon(Throwable failure) {
		try {
			abort();
		}
		catch (NothingDoneException ex) {
			failure.addSuppressed(ex.failure());
			this.session.breakOff();
		}
	}

	private void end(EndTransactionExtendedRequest request) throws LDAPException {
		if (this.endsWithCare) {
			letTheLastWriteFinish();
		}
		// As it is: what is in the answer of a server that has done it may be nonsense.
		send(this.session, new ExtendedRequest(request.getOID(), request.getValue()));
	}

	/**
	 * Whatever fails on the way, nobody knows what the server has made of such a request,
	 * and the connection must not be used any more.
	 */
	private static ExtendedResult send(Session session, ExtendedRequest request) throws LDAPException {
		try {
			return session.extended(request);
		}
		catch (RuntimeException ex) {
			throw unusable("The answer to the start or the end of a transaction cannot be read", ex);
		}
	}

	private static LDAPException unusable(String message, Exception cause) {
		return new LDAPException(ResultCode.DECODING_ERROR, message, cause);
	}

	/**
	 * OpenLDAP answers a write of a transaction before it has let go of it, and frees it
	 * when the transaction ends; a thread that is late then takes the server down. Two
	 * round trips and a pause give it the time; only a server that works on one request
	 * of a connection at a time is safe, which is for its administrator to set.
	 */
	private void letTheLastWriteFinish() throws NothingDoneException {
		for (int i = 0; i < ROUND_TRIPS_BEFORE_THE_END; i++) {
			try {
				this.session.roundTrip();
			}
			catch (LDAPException ex) {
				if (ConnectionFailures.isBroken(ex)) {
					throw new NothingDoneException(ex);
				}
				// An answer, too, whatever it says.
			}
			catch (RuntimeException ex) {
				throw new NothingDoneException(unusable("An answer cannot be read", ex));
			}
		}
		LockSupport.parkNanos(PAUSE_BEFORE_THE_END.toNanos());
	}

}
