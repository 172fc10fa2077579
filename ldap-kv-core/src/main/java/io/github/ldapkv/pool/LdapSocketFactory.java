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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Supplier;

import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * Makes the connections of a {@link LdapConnectionPool}: with a limit on the time to
 * connect, without Nagle's delay, and with the pool's own TLS. JNDI finds it by its name,
 * which is why it is public; it is not for other use.
 */
public final class LdapSocketFactory extends SocketFactory {

	private static final ThreadLocal<LdapSocketFactory> CURRENT = new ThreadLocal<>();

	private final Duration connectTimeout;

	private final @Nullable SSLContext sslContext;

	private @Nullable CountingSocket socket;

	LdapSocketFactory(Duration connectTimeout, @Nullable SSLContext sslContext) {
		this.connectTimeout = connectTimeout;
		this.sslContext = sslContext;
	}

	/**
	 * The factory of the connection that the calling thread is opening. JNDI calls it.
	 * @return the factory
	 * @throws IllegalStateException if the thread is opening none: JNDI opens a
	 * connection anew when it is used after its end, and would then neither know the
	 * pool's TLS nor tell that a request may have been sent twice
	 */
	public static SocketFactory getDefault() {
		LdapSocketFactory current = CURRENT.get();
		if (current == null) {
			throw new IllegalStateException("The connection has ended");
		}
		return current;
	}

	/**
	 * Opens a connection, of which the socket is known then. JNDI looks for this class in
	 * the context class loader of the thread, and that of a common pool's thread does not
	 * see into an executable jar.
	 */
	<T> T open(Supplier<T> opening) {
		Thread thread = Thread.currentThread();
		ClassLoader callers = thread.getContextClassLoader();
		thread.setContextClassLoader(LdapSocketFactory.class.getClassLoader());
		CURRENT.set(this);
		try {
			return opening.get();
		}
		finally {
			CURRENT.remove();
			thread.setContextClassLoader(callers);
		}
	}

	/**
	 * Limits the time to read from the connection that the calling thread is opening.
	 */
	static ReadLimit limitReads() throws IOException {
		LdapSocketFactory current = CURRENT.get();
		if (current == null || current.socket == null) {
			return () -> {
			};
		}
		CountingSocket socket = current.socket;
		socket.setSoTimeout(Math.toIntExact(current.connectTimeout.toMillis()));
		return () -> socket.setSoTimeout(0);
	}

	@Nullable CountingSocket socket() {
		return this.socket;
	}

	/**
	 * JNDI falls back to {@link #createSocket(String, int)}, which connects.
	 */
	@Override
	public Socket createSocket() throws IOException {
		throw new IOException("Only connected sockets are made here");
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return connect(host, new InetSocketAddress(host, port));
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
		return createSocket(host, port);
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return connect(host.getHostName(), new InetSocketAddress(host, port));
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
			throws IOException {
		return createSocket(address, port);
	}

	private Socket connect(String host, SocketAddress address) throws IOException {
		CountingSocket plain = new CountingSocket();
		this.socket = plain;
		try {
			plain.setTcpNoDelay(true);
			plain.setKeepAlive(true);
			plain.connect(address, Math.toIntExact(this.connectTimeout.toMillis()));
			return (this.sslContext != null) ? this.sslContext.getSocketFactory()
				.createSocket(plain, host, ((InetSocketAddress) address).getPort(), true) : plain;
		}
		catch (IOException | RuntimeException ex) {
			plain.close();
			throw ex;
		}
	}

	/**
	 * A limit that holds until it is closed.
	 */
	@FunctionalInterface
	interface ReadLimit extends AutoCloseable {

		@Override
		void close() throws IOException;

	}

}
