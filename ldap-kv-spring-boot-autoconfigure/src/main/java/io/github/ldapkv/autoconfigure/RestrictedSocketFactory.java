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

package io.github.ldapkv.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import org.springframework.boot.ssl.SslOptions;
import org.springframework.util.ObjectUtils;

/**
 * Makes sockets that have the protocols and ciphers of a bundle, and no others.
 */
final class RestrictedSocketFactory extends SSLSocketFactory {

	private final SSLSocketFactory factory;

	private final SslOptions options;

	RestrictedSocketFactory(SSLSocketFactory factory, SslOptions options) {
		this.factory = factory;
		this.options = options;
	}

	private Socket restricted(Socket socket) {
		SSLSocket tls = (SSLSocket) socket;
		if (!ObjectUtils.isEmpty(this.options.getEnabledProtocols())) {
			tls.setEnabledProtocols(this.options.getEnabledProtocols());
		}
		if (!ObjectUtils.isEmpty(this.options.getCiphers())) {
			tls.setEnabledCipherSuites(this.options.getCiphers());
		}
		return tls;
	}

	@Override
	public String[] getDefaultCipherSuites() {
		return this.factory.getDefaultCipherSuites();
	}

	@Override
	public String[] getSupportedCipherSuites() {
		return this.factory.getSupportedCipherSuites();
	}

	@Override
	public Socket createSocket() throws IOException {
		return restricted(this.factory.createSocket());
	}

	@Override
	public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
		return restricted(this.factory.createSocket(socket, host, port, autoClose));
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return restricted(this.factory.createSocket(host, port));
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
		return restricted(this.factory.createSocket(host, port, localHost, localPort));
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return restricted(this.factory.createSocket(host, port));
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
			throws IOException {
		return restricted(this.factory.createSocket(address, port, localAddress, localPort));
	}

}
