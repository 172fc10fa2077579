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

package io.github.ldapkv.testserver;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

import com.unboundid.asn1.ASN1StreamReader;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.LDAPException;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server, passes every byte on as it is, unless told
 * otherwise, and reads the requests.
 */
final class RequestTap implements AutoCloseable {

	private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

	private final ServerSocket listener;

	private final UnaryOperator<LDAPMessage> rewriting;

	private final String host;

	private final int port;

	private @Nullable List<String> requests;

	RequestTap(String host, int port) {
		this(host, port, UnaryOperator.identity());
	}

	/**
	 * Starts to listen.
	 * @param rewriting gives what to send for a request, which is mostly the same
	 */
	RequestTap(String host, int port, UnaryOperator<LDAPMessage> rewriting) {
		this.host = host;
		this.port = port;
		this.rewriting = rewriting;
		try {
			this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		start(this::accept);
	}

	String url() {
		return "ldap://localhost:" + this.listener.getLocalPort();
	}

	/**
	 * The requests that went through while code ran. One without an answer (an Abandon)
	 * may still be on its way when a call has ended, one before the code as well as one
	 * of it, so every connection is read empty before and after.
	 */
	List<String> requestsDuring(Runnable code) {
		List<String> requests = new ArrayList<>();
		this.connections.forEach(Connection::awaitIdle);
		record(requests);
		try {
			code.run();
			this.connections.forEach(Connection::awaitIdle);
			synchronized (this) {
				return List.copyOf(requests);
			}
		}
		finally {
			record(null);
		}
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private synchronized void record(@Nullable List<String> requests) {
		this.requests = requests;
	}

	private synchronized void note(LDAPMessage message) {
		String name = name(message);
		if (this.requests != null && name != null) {
			this.requests.add(name);
		}
	}

	private static @Nullable String name(LDAPMessage message) {
		return switch (message.getProtocolOpType()) {
			case LDAPMessage.PROTOCOL_OP_TYPE_SEARCH_REQUEST -> search(message.getSearchRequestProtocolOp());
			case LDAPMessage.PROTOCOL_OP_TYPE_ADD_REQUEST -> "ADD";
			case LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_REQUEST -> "MODIFY";
			case LDAPMessage.PROTOCOL_OP_TYPE_DELETE_REQUEST -> "DELETE";
			case LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_DN_REQUEST -> "MODDN";
			case LDAPMessage.PROTOCOL_OP_TYPE_EXTENDED_REQUEST -> "EXTENDED";
			case LDAPMessage.PROTOCOL_OP_TYPE_ABANDON_REQUEST -> "ABANDON";
			default -> null;
		};
	}

	private static String search(SearchRequestProtocolOp search) {
		return ("SEARCH " + String.join(" ", search.getAttributes())).strip();
	}

	private void accept() {
		while (true) {
			try {
				Socket client = this.listener.accept();
				start(() -> connect(client));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void connect(Socket client) {
		try (client; Socket server = new Socket(this.host, this.port)) {
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			start(() -> answer(server, client));
			Connection connection = new Connection(client, server);
			this.connections.add(connection);
			try {
				connection.passOn();
			}
			finally {
				this.connections.remove(connection);
			}
		}
		catch (IOException | LDAPException ex) {
			// The end of this connection.
		}
	}

	private static void answer(Socket server, Socket client) {
		try (server; client) {
			server.getInputStream().transferTo(client.getOutputStream());
		}
		catch (IOException ex) {
			// The end of this connection.
		}
	}

	private static void start(Runnable code) {
		Thread thread = new Thread(code, "tap");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * The requests of one client.
	 */
	private final class Connection {

		private final DataInputStream in;

		private final OutputStream out;

		private volatile boolean idle = true;

		Connection(Socket client, Socket server) throws IOException {
			this.in = new DataInputStream(client.getInputStream());
			this.out = server.getOutputStream();
		}

		void passOn() throws IOException, LDAPException {
			for (int type = this.in.read(); type >= 0; type = this.in.read()) {
				this.idle = false;
				byte[] bytes = message(type);
				LDAPMessage message = LDAPMessage.readFrom(new ASN1StreamReader(new ByteArrayInputStream(bytes)),
						false);
				note(message);
				LDAPMessage rewritten = RequestTap.this.rewriting.apply(message);
				this.out.write((rewritten == message) ? bytes : rewritten.encode().encode());
				this.idle = true;
			}
		}

		/**
		 * The bytes of one message: its type, its length in one of two forms, and as many
		 * bytes (X.690, section 8.1.3).
		 */
		private byte[] message(int type) throws IOException {
			int first = this.in.readUnsignedByte();
			byte[] longLength = this.in.readNBytes((first > 127) ? first - 128 : 0);
			int length = first;
			if (first > 127) {
				length = 0;
				for (byte part : longLength) {
					length = length << 8 | Byte.toUnsignedInt(part);
				}
			}
			int header = 2 + longLength.length;
			byte[] message = new byte[header + length];
			message[0] = (byte) type;
			message[1] = (byte) first;
			System.arraycopy(longLength, 0, message, 2, longLength.length);
			this.in.readFully(message, header, length);
			return message;
		}

		/**
		 * Waits until nothing is under way, seen twice: between the first octet of a
		 * request and the note that it is being read, neither shows it.
		 */
		void awaitIdle() {
			try {
				for (int quiet = 0; quiet < 2; quiet++) {
					while (this.in.available() > 0 || !this.idle) {
						quiet = 0;
						LockSupport.parkNanos(100_000);
					}
					LockSupport.parkNanos(1_000_000);
				}
			}
			catch (IOException ex) {
				// Closed, and so read to its end.
			}
		}

	}

}
