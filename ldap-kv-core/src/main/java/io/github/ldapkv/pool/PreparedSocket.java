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

package io.github.ldapkv.pool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import javax.net.SocketFactory;

/**
 * Gives the SDK a socket that is connected, and encrypted where it has to be. The SDK
 * itself connects in a thread of its own, which an interrupt does not reach.
 */
final class PreparedSocket extends SocketFactory {

	private final Socket socket;

	PreparedSocket(Socket socket) {
		this.socket = socket;
	}

	/**
	 * The SDK falls back to a socket that is connected.
	 */
	@Override
	public Socket createSocket() throws IOException {
		throw new IOException("The socket is connected");
	}

	@Override
	public Socket createSocket(InetAddress address, int port) {
		return this.socket;
	}

	@Override
	public Socket createSocket(String host, int port) {
		return this.socket;
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
		return this.socket;
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
		return this.socket;
	}

}
