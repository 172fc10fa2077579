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
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * The way from the peers to the server.
 */
enum Route {

	DIRECT("reached by the address of the container"),

	/**
	 * As slow as this way is, every client is nearly as fast as any other.
	 */
	THROUGH_PROXY(
			"REACHED THROUGH DOCKER'S PORT PROXY, behind which a slow client hides: every ratio is too near to 1");

	private static final int WITHIN = 500;

	private final String description;

	Route(String description) {
		this.description = description;
	}

	/**
	 * Which one leads to a container.
	 * @param host the address of the container
	 * @param port the port on which the server listens in it
	 */
	static Route to(String host, int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(host, port), WITHIN);
			return DIRECT;
		}
		catch (IOException ex) {
			return THROUGH_PROXY;
		}
	}

	@Override
	public String toString() {
		return this.description;
	}

}
