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

import com.unboundid.asn1.ASN1Buffer;
import com.unboundid.asn1.ASN1StreamReader;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.LDAPResponse;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;

/**
 * Requests and answers on a socket, of which the SDK in its synchronous mode does not
 * have several under way. Nobody else uses the socket meanwhile.
 */
public final class MessageExchange {

	private final Socket socket;

	private final ASN1StreamReader answers;

	private final int timeout;

	/**
	 * Begins an exchange, which ends with the answer to its last request.
	 * @param timeout how many milliseconds to wait for each answer
	 */
	public MessageExchange(Socket socket, int timeout) throws LDAPException {
		this.socket = socket;
		this.timeout = timeout;
		try {
			socket.setSoTimeout(timeout);
			// No message is too long: an entry may be of any size.
			this.answers = new ASN1StreamReader(socket.getInputStream(), 0);
		}
		catch (IOException ex) {
			throw SdkFailures.of(ex, this.timeout);
		}
	}

	public void send(List<LDAPMessage> messages) throws LDAPException {
		ASN1Buffer buffer = new ASN1Buffer();
		for (LDAPMessage message : messages) {
			message.writeTo(buffer);
		}
		try {
			buffer.writeTo(this.socket.getOutputStream());
		}
		catch (IOException ex) {
			throw SdkFailures.of(ex, this.timeout);
		}
	}

	/**
	 * Waits for the next answer.
	 */
	public LDAPResponse receive() throws LDAPException {
		LDAPResponse response;
		try {
			response = LDAPMessage.readLDAPResponseFrom(this.answers, false);
		}
		catch (LDAPException ex) {
			throw SdkFailures.of(ex, this.timeout);
		}
		if (response == null) {
			throw new LDAPException(ResultCode.SERVER_DOWN, "The server has closed the connection");
		}
		return response;
	}

}
