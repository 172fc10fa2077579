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
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * A server as it looks from farther away: what is sent to it arrives later.
 */
final class DistantServer implements AutoCloseable {

	private static final int BUFFER = 8192;

	private final ServerAddress target;

	private final Duration distance;

	private final ServerSocket listener;

	DistantServer(ServerAddress target, Duration distance) {
		this.target = target;
		this.distance = distance;
		try {
			this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	ServerAddress address() {
		return new ServerAddress(this.listener.getInetAddress().getHostAddress(), this.listener.getLocalPort(),
				this.target.userDn(), this.target.password());
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.listener.accept();
			Socket server = new Socket(this.target.host(), this.target.port());
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			start(() -> pass(client, server, this.distance));
			start(() -> pass(server, client, Duration.ZERO));
		}
	}

	private static void pass(Socket from, Socket to, Duration delay) throws IOException, InterruptedException {
		byte[] buffer = new byte[BUFFER];
		try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				Thread.sleep(delay.toMillis());
				out.write(buffer, 0, length);
			}
		}
	}

	private static void start(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException | InterruptedException ex) {
				// The connection has ended.
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@FunctionalInterface
	private interface Task {

		void run() throws IOException, InterruptedException;

	}

}
