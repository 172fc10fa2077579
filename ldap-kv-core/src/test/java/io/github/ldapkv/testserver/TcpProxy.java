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
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and a server, at an address that stays, and breaks what goes
 * through it.
 */
public class TcpProxy implements AutoCloseable {

	private final ServerSocket listener;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile InetSocketAddress target;

	private final AtomicInteger accepted = new AtomicInteger();

	private volatile boolean swallowing;

	/**
	 * Starts a proxy.
	 * @param host the host of the server
	 * @param port the port of the server
	 */
	public TcpProxy(String host, int port) {
		this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), host, port);
	}

	/**
	 * Starts a proxy.
	 * @param address where it listens
	 * @param host the host of the server
	 * @param port the port of the server
	 */
	public TcpProxy(InetSocketAddress address, String host, int port) {
		this.target = new InetSocketAddress(host, port);
		try {
			this.listener = new ServerSocket(address.getPort(), 100, address.getAddress());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		start(this::accept);
	}

	/**
	 * Where clients connect to.
	 * @return an LDAP URL
	 */
	public String url() {
		return "ldap://localhost:" + this.listener.getLocalPort();
	}

	/**
	 * Where it listens, also when it is closed.
	 * @return the port
	 */
	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Sends new connections somewhere else.
	 * @param host the host of the server
	 * @param port the port of the server
	 */
	public void target(String host, int port) {
		this.target = new InetSocketAddress(host, port);
	}

	/**
	 * Takes everything and passes nothing on, or does so no longer.
	 * @param swallowing whether to
	 */
	public void swallow(boolean swallowing) {
		this.swallowing = swallowing;
	}

	/**
	 * Cuts all connections.
	 */
	public void cut() {
		this.sockets.forEach(TcpProxy::close);
	}

	/**
	 * How many connections clients have open.
	 * @return their number
	 */
	public int connections() {
		return this.sockets.size() / 2;
	}

	/**
	 * How many connections there were.
	 * @return their number
	 */
	public int accepted() {
		return this.accepted.get();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				this.accepted.incrementAndGet();
				// The JDK may hand over one more when it was told to close.
				if (this.listener.isClosed() || !takesConnections()) {
					close(client);
					continue;
				}
				Socket server = new Socket();
				this.sockets.add(client);
				this.sockets.add(server);
				start(() -> connect(client, server));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void connect(Socket client, Socket server) {
		try {
			await();
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			server.connect(this.target);
			start(() -> copy(server, client));
			copy(client, server);
		}
		catch (IOException ex) {
			end(client, server);
		}
	}

	private void copy(Socket from, Socket to) {
		byte[] buffer = new byte[8192];
		try {
			InputStream in = from.getInputStream();
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				await();
				if (!pass(buffer, length, from, to)) {
					break;
				}
			}
		}
		catch (IOException ex) {
			// The end of this connection.
		}
		end(from, to);
	}

	boolean takesConnections() {
		return true;
	}

	/**
	 * Passes on what has come.
	 * @return whether the connection goes on
	 */
	boolean pass(byte[] packet, int length, Socket from, Socket to) throws IOException {
		to.getOutputStream().write(packet, 0, length);
		return true;
	}

	private void await() {
		while (this.swallowing) {
			LockSupport.parkNanos(5_000_000);
		}
	}

	private void end(Socket one, Socket other) {
		close(one);
		close(other);
		this.sockets.remove(one);
		this.sockets.remove(other);
	}

	@Override
	public void close() {
		this.swallowing = false;
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		cut();
	}

	private static void start(Runnable code) {
		Thread thread = new Thread(code, "proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is of no use any more.
		}
	}

}
