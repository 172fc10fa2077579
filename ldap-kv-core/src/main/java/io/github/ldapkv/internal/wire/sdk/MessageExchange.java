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
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;

import com.unboundid.asn1.ASN1Buffer;
import com.unboundid.asn1.ASN1StreamReader;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.LDAPResponse;
import com.unboundid.ldap.sdk.LDAPException;

/**
 * Requests and answers on a socket. Nobody else uses the socket between a request and the
 * last answer to it.
 */
public final class MessageExchange {

	private final Socket socket;

	private final SdkFailures failures;

	private final OutputStream output;

	private final AnswerStream answers;

	private final ASN1StreamReader reader;

	private final ASN1Buffer requests = new ASN1Buffer();

	/**
	 * Prepares for requests.
	 * @param failures says what fails, and how long to wait for each answer
	 */
	public MessageExchange(Socket socket, SdkFailures failures) throws LDAPException {
		this.socket = socket;
		this.failures = failures;
		try {
			this.output = socket.getOutputStream();
			this.answers = new AnswerStream(socket.getInputStream());
			// No message is too long: an entry may be of any size.
			this.reader = new ASN1StreamReader(this.answers, 0);
		}
		catch (IOException ex) {
			throw failures.of(ex);
		}
	}

	public void send(List<LDAPMessage> messages) throws LDAPException {
		this.requests.clear();
		for (LDAPMessage message : messages) {
			message.writeTo(this.requests);
		}
		try {
			this.socket.setSoTimeout(this.failures.timeout());
			this.requests.writeTo(this.output);
		}
		catch (IOException ex) {
			throw this.failures.of(ex);
		}
	}

	/**
	 * Waits for the next answer.
	 */
	public LDAPResponse receive() throws LDAPException {
		LDAPResponse response;
		try {
			response = LDAPMessage.readLDAPResponseFrom(this.reader, false);
		}
		catch (LDAPException ex) {
			throw this.failures.of(ex);
		}
		if (response == null) {
			throw this.failures.closed();
		}
		return response;
	}

	/**
	 * Waits for an answer to begin.
	 * @param millis for how long
	 * @return whether one has begun, or the connection has ended
	 */
	boolean await(int millis) throws LDAPException {
		try {
			this.socket.setSoTimeout(millis);
			try {
				this.answers.await();
				return true;
			}
			catch (SocketTimeoutException ex) {
				return false;
			}
			finally {
				this.socket.setSoTimeout(this.failures.timeout());
			}
		}
		catch (IOException ex) {
			throw this.failures.of(ex);
		}
	}

	/**
	 * What is said of failures.
	 */
	SdkFailures failures() {
		return this.failures;
	}

	/**
	 * Whether the server has said something behind its last answer.
	 */
	boolean hasMore() {
		return this.answers.available() > 0;
	}

}
