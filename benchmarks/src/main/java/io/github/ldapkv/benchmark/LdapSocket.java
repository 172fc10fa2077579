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

package io.github.ldapkv.benchmark;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import com.unboundid.asn1.ASN1Buffer;
import com.unboundid.asn1.ASN1StreamReader;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.GenericResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;

/**
 * One connection that speaks LDAP without a library's machinery: requests are written
 * together, and answers read until there is one for each.
 */
final class LdapSocket implements AutoCloseable {

	private static final int NO_SUCH_OBJECT = 32;

	private static final String CLOSED = "the server closed the connection";

	private final Socket socket;

	private final ASN1StreamReader in;

	private final ASN1Buffer out = new ASN1Buffer();

	private int lastId;

	LdapSocket(ServerAddress server) {
		try {
			this.socket = new Socket(server.host(), server.port());
			this.socket.setTcpNoDelay(true);
			this.in = new ASN1StreamReader(this.socket.getInputStream());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		exchange(List.of(new BindRequestProtocolOp(server.userDn(), server.password())), (entry) -> {
		});
	}

	/**
	 * Sends requests, and reads their answers.
	 * @param consumer takes the entries, in the order in which they come
	 */
	void exchange(List<? extends ProtocolOp> requests, Consumer<? super SearchResultEntryProtocolOp> consumer) {
		try {
			this.out.clear();
			for (ProtocolOp request : requests) {
				new LDAPMessage(++this.lastId, request, new Control[0]).writeTo(this.out);
			}
			this.out.writeTo(this.socket.getOutputStream());
			int missing = requests.size();
			while (missing > 0) {
				ProtocolOp answer = Objects.requireNonNull(LDAPMessage.readFrom(this.in, false), CLOSED)
					.getProtocolOp();
				if (answer instanceof SearchResultEntryProtocolOp entry) {
					consumer.accept(entry);
				}
				else {
					check(answer);
					missing--;
				}
			}
		}
		catch (IOException | LDAPException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void check(ProtocolOp answer) {
		int code = (answer instanceof BindResponseProtocolOp bound) ? bound.getResultCode()
				: ((GenericResponseProtocolOp) answer).getResultCode();
		if (code != 0 && code != NO_SUCH_OBJECT) {
			throw new IllegalStateException(answer.toString());
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
