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

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.unboundid.asn1.ASN1StreamReader;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.LDAPException;

/**
 * A directory that says yes: whatever is written succeeds, whatever is read is there. On
 * top of that it lies as it is told to. It speaks to the socket itself, so that what it
 * sends need not be LDAP.
 */
public final class LyingDirectory implements AutoCloseable {

	private final ServerSocket listener;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connections = new AtomicInteger();

	private volatile Lie lie = Lie.NONE;

	/**
	 * Starts a directory that does not lie yet.
	 */
	public LyingDirectory() {
		try {
			this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		start(this::accept);
	}

	/**
	 * Where the directory listens.
	 * @return an LDAP URL
	 */
	public String url() {
		return "ldap://localhost:" + this.listener.getLocalPort();
	}

	/**
	 * Lies from now on.
	 * @param lie what to do with a request
	 */
	public void lie(Lie lie) {
		this.lie = lie;
	}

	/**
	 * Lies no more.
	 */
	public void tellTheTruth() {
		this.lie = Lie.NONE;
	}

	/**
	 * How many connections were opened so far.
	 * @return their number
	 */
	public int connections() {
		return this.connections.get();
	}

	/**
	 * How many connections are open. The end of one is noticed some time after it.
	 * @param time how long to wait at most
	 * @param expected the number to wait for
	 * @return their number
	 */
	public int openWithin(Duration time, int expected) {
		long end = System.nanoTime() + time.toNanos();
		while (this.sockets.size() != expected && System.nanoTime() < end) {
			LockSupport.parkNanos(1_000_000);
		}
		return this.sockets.size();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				this.connections.incrementAndGet();
				this.sockets.add(client);
				start(() -> serve(client));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket client) {
		try (client) {
			client.setTcpNoDelay(true);
			OutputStream out = client.getOutputStream();
			ASN1StreamReader reader = new ASN1StreamReader(client.getInputStream());
			for (LDAPMessage request = LDAPMessage.readFrom(reader, true); request != null; request = LDAPMessage
				.readFrom(reader, true)) {
				Answer answer = new Answer(request, out, client);
				if (!this.lie.tell(request, answer)) {
					answer.truth();
				}
			}
		}
		catch (IOException | LDAPException ex) {
			// The end of this connection.
		}
		finally {
			this.sockets.remove(client);
		}
	}

	@Override
	public void close() {
		try {
			this.listener.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void start(Runnable code) {
		Thread thread = new Thread(code, "liar");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * What the directory does instead of the truth.
	 */
	@FunctionalInterface
	public interface Lie {

		/**
		 * Tells the truth.
		 */
		Lie NONE = (request, answer) -> false;

		/**
		 * Deals with a request, or leaves it to the truth.
		 * @param request the request
		 * @param answer where the answer goes
		 * @return whether the request is dealt with
		 * @throws IOException if the connection breaks
		 */
		boolean tell(LDAPMessage request, Answer answer) throws IOException;

		/**
		 * Lies about searches of one scope below the root only.
		 * @param request the request
		 * @param scope the scope
		 * @return whether it is such a search
		 */
		static boolean isSearch(LDAPMessage request, int scope) {
			return request.getProtocolOp() instanceof SearchRequestProtocolOp search && !search.getBaseDN().isEmpty()
					&& search.getScope().intValue() == scope;
		}

		/**
		 * Lies about searches for an attribute only.
		 * @param request the request
		 * @param attribute its name
		 * @return whether it is such a search
		 */
		static boolean asksFor(LDAPMessage request, String attribute) {
			return request.getProtocolOp() instanceof SearchRequestProtocolOp search
					&& search.getAttributes().contains(attribute);
		}

	}

}
