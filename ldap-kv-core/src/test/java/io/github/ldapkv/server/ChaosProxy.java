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

package io.github.ldapkv.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between clients and a server, and does to what goes through it at random what
 * networks do: it delays, sends byte by byte, closes in the middle of a request or an
 * answer, resets, and goes silent. What it has kept back once never arrives later, so
 * that what a client has given up is either done by then or will never be.
 */
public final class ChaosProxy implements AutoCloseable {

	private static final int SILENCE_MILLIS = 2500;

	private final InetSocketAddress target;

	private final ServerSocket listener;

	private final Random random;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile int oneIn;

	private volatile boolean down;

	/**
	 * Starts a proxy, which does nothing yet but pass on.
	 * @param host the host of the server
	 * @param port the port of the server
	 * @param seed what decides
	 */
	public ChaosProxy(String host, int port, long seed) {
		this.target = new InetSocketAddress(host, port);
		this.random = new Random(seed);
		try {
			this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
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
	 * Sets how often something happens.
	 * @param packets among how many packets it happens to one; 0 for none
	 */
	public void disturb(int packets) {
		this.oneIn = packets;
	}

	/**
	 * Takes no connections, and closes those that there are, or does so no longer.
	 * @param down whether to
	 */
	public void down(boolean down) {
		this.down = down;
		if (down) {
			this.sockets.forEach(ChaosProxy::close);
		}
	}

	/**
	 * How many connections clients have open.
	 * @return their number
	 */
	public int connections() {
		return this.sockets.size() / 2;
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				if (this.down) {
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

	/**
	 * Passes a packet on, or does something to it.
	 * @return whether the connection goes on
	 */
	private boolean pass(byte[] packet, int length, Socket from, Socket to) throws IOException {
		OutputStream out = to.getOutputStream();
		int often = this.oneIn;
		int event = (often > 0 && chance(often) == 0) ? chance(8) : -1;
		switch (event) {
			case 0, 1, 2 -> {
				LockSupport.parkNanos(1_000_000L * chance(60));
				out.write(packet, 0, length);
			}
			case 3 -> {
				for (int i = 0; i < length; i++) {
					out.write(packet, i, 1);
				}
			}
			case 4 -> {
				return false;
			}
			case 5 -> {
				out.write(packet, 0, chance(length));
				return false;
			}
			case 6 -> {
				from.setSoLinger(true, 0);
				to.setSoLinger(true, 0);
				return false;
			}
			case 7 -> {
				LockSupport.parkNanos(1_000_000L * SILENCE_MILLIS);
				return false;
			}
			default -> out.write(packet, 0, length);
		}
		return true;
	}

	private synchronized int chance(int bound) {
		return this.random.nextInt(bound);
	}

	private void end(Socket one, Socket other) {
		close(one);
		close(other);
		this.sockets.remove(one);
		this.sockets.remove(other);
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.sockets.forEach(ChaosProxy::close);
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
