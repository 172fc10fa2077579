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

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.LDAPResponse;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPExtendedOperationException;
import com.unboundid.ldap.sdk.LDAPRequest;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that the SDK has opened and bound. What is sent from then on is put into
 * octets and read from them by the SDK, and is sent and received here, by the thread that
 * calls, and one thread at a time. The SDK's own way takes longer, does not have several
 * requests under way, and has all results of a search or none.
 */
public final class SdkConnection implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SdkConnection.class);

	/**
	 * Message identifiers from here on are ours: the SDK counts from 1.
	 */
	private static final int FIRST_ID = 1 << 30;

	/**
	 * What ends an operation well. An operation that was not to be done (the control of
	 * draft-zeilenga-ldap-noop) is no failure.
	 */
	private static final Set<ResultCode> SUCCESSES = Set.of(ResultCode.SUCCESS, ResultCode.NO_OPERATION);

	/**
	 * What an entry is answered by that is not there, or may not be seen.
	 */
	private static final Set<ResultCode> HIDDEN = Set.of(ResultCode.NO_SUCH_OBJECT,
			ResultCode.INSUFFICIENT_ACCESS_RIGHTS, ResultCode.REFERRAL);

	private final LDAPConnection connection;

	private final ChannelSocket channel;

	private final Socket socket;

	private final SdkFailures failures;

	private final MessageExchange exchange;

	private int nextId = FIRST_ID;

	private @Nullable UnderWay underWay;

	private Consumer<LDAPRequest> listener = (request) -> {
	};

	private LongConsumer answers = (nanos) -> {
	};

	/**
	 * When the last request was sent; 0 when its first answer has come.
	 */
	private long sent;

	private volatile boolean broken;

	/**
	 * Whether the server may have been sent a write since the connection was lent.
	 */
	private volatile boolean writing;

	/**
	 * Wraps a connection.
	 * @param connection the connection, in synchronous mode
	 * @param channel what it sends and receives through
	 * @param socket what it writes to: the same, or one that encrypts
	 * @param server the server, for the messages of failures
	 */
	public SdkConnection(LDAPConnection connection, ChannelSocket channel, Socket socket, String server)
			throws LDAPException {
		this.connection = connection;
		this.channel = channel;
		this.socket = socket;
		this.failures = new SdkFailures(server,
				Math.toIntExact(connection.getConnectionOptions().getResponseTimeoutMillis()));
		this.exchange = new MessageExchange(socket, this.failures);
	}

	/**
	 * The connection starts a new life with another caller.
	 */
	public void begin() {
		this.writing = false;
	}

	/**
	 * Takes note of a search whose results are read one by one.
	 * @param search the search; {@code null} when it has ended
	 */
	void underWay(@Nullable UnderWay search) {
		this.underWay = search;
	}

	/**
	 * Requests and answers on the connection, on which nothing is under way any more.
	 */
	MessageExchange exchange() throws LDAPException {
		UnderWay current = this.underWay;
		if (current != null) {
			current.readToTheEnd();
		}
		return this.exchange;
	}

	/**
	 * Has somebody hear of each request before it is sent.
	 */
	void listen(Consumer<LDAPRequest> listener) {
		this.listener = listener;
	}

	/**
	 * Has somebody hear how many nanoseconds each first answer to a request has taken.
	 */
	public void onAnswer(LongConsumer answers) {
		this.answers = answers;
	}

	/**
	 * Sends a request.
	 * @return what its answers have for an identifier
	 */
	<R extends LDAPRequest & ProtocolOp> int send(R request) throws LDAPException {
		MessageExchange free = exchange();
		this.listener.accept(request);
		int id = messageIds(1);
		this.sent = System.nanoTime();
		free.send(List.of(new LDAPMessage(id, request, request.getControls())));
		return id;
	}

	/**
	 * Waits for the next answer to the only request under way.
	 */
	LDAPResponse receive(int id) throws LDAPException {
		LDAPResponse response = this.exchange.receive();
		if (this.sent != 0) {
			this.answers.accept(System.nanoTime() - this.sent);
			this.sent = 0;
		}
		if (response.getMessageID() != id) {
			throw this.failures.ended();
		}
		return response;
	}

	/**
	 * Sends a request and waits for its result.
	 * @throws LDAPException also if the result is no success
	 */
	<R extends LDAPRequest & ProtocolOp> LDAPResult ask(R request) throws LDAPException {
		int id = send(request);
		LDAPResponse response = receive(id);
		while (!(response instanceof LDAPResult)) {
			response = receive(id);
		}
		LDAPResult result = (LDAPResult) response;
		if (!SUCCESSES.contains(result.getResultCode())) {
			throw (result instanceof ExtendedResult extended) ? new LDAPExtendedOperationException(extended)
					: new LDAPException(result);
		}
		return result;
	}

	/**
	 * Whether an entry is there and may be seen.
	 * @throws LDAPException if the server does not say so
	 */
	public boolean finds(String dn) throws LDAPException {
		boolean found = false;
		int id = send(new SearchRequest(dn, SearchScope.BASE, Session.ANY_ENTRY, SearchRequest.NO_ATTRIBUTES));
		LDAPResponse response = receive(id);
		while (!(response instanceof LDAPResult)) {
			found |= response instanceof SearchResultEntry;
			response = receive(id);
		}
		LDAPResult result = (LDAPResult) response;
		if (!result.getResultCode().equals(ResultCode.SUCCESS) && !HIDDEN.contains(result.getResultCode())) {
			throw new LDAPException(result);
		}
		return found;
	}

	/**
	 * Takes message identifiers, one after another. A server may not be quite done with
	 * the last ones when it has answered, and OpenDJ says nothing to one that it takes
	 * for used.
	 * @return the first
	 */
	int messageIds(int count) {
		if (this.nextId > Integer.MAX_VALUE - count) {
			this.nextId = FIRST_ID;
		}
		int first = this.nextId;
		this.nextId += count;
		return first;
	}

	boolean mayHaveWritten() {
		return this.writing;
	}

	void writing(boolean mayHaveWritten) {
		this.writing = mayHaveWritten;
	}

	public boolean isBroken() {
		return this.broken;
	}

	/**
	 * Marks the connection as one that must not be used again.
	 */
	public void breakOff() {
		this.broken = true;
	}

	/**
	 * Asks the server for an answer, whatever it is.
	 * @throws LDAPException if the server has none
	 */
	public void check() throws LDAPException {
		try {
			ask(new SearchRequest("", SearchScope.BASE, Session.ANY_ENTRY, SearchRequest.NO_ATTRIBUTES));
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
		}
	}

	/**
	 * Makes sure that the server has not ended the connection, so far as that can be
	 * known before something is sent: nobody listens while there is no call. That it has
	 * is all that a server says unasked (RFC 4511, section 4.4.1), once it has said what
	 * a search under way asked for.
	 */
	public void expectNothing() throws LDAPException {
		MessageExchange free = exchange();
		try {
			if (free.hasMore() || this.channel.isReadable()) {
				if (this.socket == this.channel) {
					throw this.failures.closed();
				}
				// It may be of TLS itself.
				check();
			}
		}
		catch (IOException ex) {
			throw this.failures.of(ex);
		}
	}

	/**
	 * Takes leave of the server, unless nothing gets through to it any more, which would
	 * be waited for.
	 */
	@Override
	public void close() {
		try {
			if (this.broken) {
				this.channel.close();
			}
		}
		catch (IOException ex) {
			logger.debug("A connection could not be closed", ex);
		}
		this.connection.close();
	}

	/**
	 * A search whose answers are still to come.
	 */
	interface UnderWay {

		/**
		 * Reads them all, so that something else can be asked.
		 */
		void readToTheEnd() throws LDAPException;

	}

}
