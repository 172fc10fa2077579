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
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the SDK in synchronous mode, which is the faster one: who calls reads
 * the answer himself. It is used by one thread at a time.
 */
public final class SdkConnection implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SdkConnection.class);

	/**
	 * Message identifiers from here on are ours: the SDK counts from 1.
	 */
	private static final int FIRST_ID = 1 << 30;

	private final LDAPConnection connection;

	private final SocketChannel channel;

	private final Socket socket;

	private final ByteBuffer probe = ByteBuffer.allocate(1);

	private int nextId = FIRST_ID;

	private @Nullable UnderWay underWay;

	private volatile boolean broken;

	/**
	 * Whether the server may have been sent a write since the connection was lent.
	 */
	private volatile boolean writing;

	/**
	 * Wraps a connection.
	 * @param connection the connection, in synchronous mode
	 * @param channel what it sends and receives through
	 * @param socket what it writes to: the channel's, or one that encrypts
	 */
	public SdkConnection(LDAPConnection connection, SocketChannel channel, Socket socket) {
		this.connection = connection;
		this.channel = channel;
		this.socket = socket;
	}

	/**
	 * The connection starts a new life with another caller.
	 */
	public void begin() {
		this.writing = false;
	}

	/**
	 * The connection, on which nothing is under way any more.
	 */
	LDAPConnection connection() throws LDAPException {
		UnderWay current = this.underWay;
		if (current != null) {
			current.readToTheEnd();
		}
		return this.connection;
	}

	/**
	 * Takes note of a search whose results are read one by one.
	 * @param search the search; {@code null} when it has ended
	 */
	void underWay(@Nullable UnderWay search) {
		this.underWay = search;
	}

	/**
	 * What is below the connection, on which nothing is under way any more.
	 */
	Socket socket() throws LDAPException {
		connection();
		return this.socket;
	}

	/**
	 * The failure of a request as others may see it.
	 */
	LDAPException explain(LDAPException ex) {
		return SdkFailures.of(ex, timeout());
	}

	/**
	 * How many milliseconds an answer is waited for.
	 */
	int timeout() {
		return Math.toIntExact(this.connection.getConnectionOptions().getResponseTimeoutMillis());
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
			this.connection
				.search(new SearchRequest("", SearchScope.BASE, Session.ANY_ENTRY, SearchRequest.NO_ATTRIBUTES));
		}
		catch (LDAPException ex) {
			LDAPException failure = explain(ex);
			if (ConnectionFailures.isBroken(failure)) {
				throw failure;
			}
		}
	}

	/**
	 * Makes sure that the server has not ended the connection, so far as that can be
	 * known before something is sent: nobody listens while there is no call.
	 */
	public void expectNothing() throws LDAPException {
		boolean encrypted = this.socket != this.channel.socket();
		try {
			if (encrypted && isReadable()) {
				// It may be of TLS itself.
				check();
			}
			else if (!encrypted && hasSomethingToRead()) {
				throw new LDAPException(ResultCode.SERVER_DOWN, "The server has closed the connection");
			}
		}
		catch (IOException ex) {
			throw SdkFailures.of(ex, timeout());
		}
	}

	/**
	 * All that a server sends unasked is that it ends the connection (RFC 4511, section
	 * 4.4.1).
	 */
	private boolean hasSomethingToRead() throws IOException {
		this.channel.configureBlocking(false);
		try {
			return this.channel.read(this.probe.clear()) != 0;
		}
		finally {
			this.channel.configureBlocking(true);
		}
	}

	/**
	 * Whether there is something to read, which stays.
	 */
	private boolean isReadable() throws IOException {
		try (Selector selector = Selector.open()) {
			this.channel.configureBlocking(false);
			this.channel.register(selector, SelectionKey.OP_READ);
			return selector.selectNow() > 0;
		}
		finally {
			this.channel.configureBlocking(true);
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
