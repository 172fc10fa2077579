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

package io.github.ldapkv.internal.wire.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The socket of a channel that never blocks: to wait is to select. That takes fewer calls
 * of the system than the socket which the channel brings, and unlike there a write has
 * its timeout too. An interrupt ends either at once, and the connection with it.
 */
public final class ChannelSocket extends LayeredSocket {

	private final SocketChannel channel;

	private final Selector selector;

	private final SelectionKey key;

	private volatile int timeout;

	/**
	 * Whether what was written last may still have to be answered.
	 */
	private boolean answerDue;

	private ChannelSocket(SocketChannel channel) throws IOException {
		super(channel.socket());
		this.channel = channel;
		channel.configureBlocking(false);
		this.selector = channel.provider().openSelector();
		this.key = channel.register(this.selector, SelectionKey.OP_READ);
	}

	/**
	 * Connects.
	 * @param timeout how many milliseconds to wait for that, and then for each answer
	 * unless it is set otherwise
	 */
	public static ChannelSocket connect(InetSocketAddress address, int timeout) throws IOException {
		SocketChannel channel = SocketChannel.open();
		try {
			Socket socket = channel.socket();
			socket.setTcpNoDelay(true);
			socket.setKeepAlive(true);
			socket.connect(address, timeout);
			ChannelSocket connected = new ChannelSocket(channel);
			connected.setSoTimeout(timeout);
			return connected;
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	@Override
	public void setSoTimeout(int timeout) {
		this.timeout = timeout;
	}

	@Override
	public int getSoTimeout() {
		return this.timeout;
	}

	@Override
	public InputStream getInputStream() {
		return new Input();
	}

	@Override
	public OutputStream getOutputStream() {
		return new Output();
	}

	/**
	 * Whether a read would not wait, since there is something to read, or the end.
	 */
	boolean isReadable() throws IOException {
		try {
			this.key.interestOps(SelectionKey.OP_READ);
			return this.selector.selectNow(ChannelSocket::nothing) > 0;
		}
		catch (ClosedSelectorException | CancelledKeyException ex) {
			throw new AsynchronousCloseException();
		}
	}

	@Override
	public void close() throws IOException {
		// The channel is closed in truth once its key is gone.
		try (this.selector) {
			super.close();
		}
	}

	private int read(ByteBuffer octets) throws IOException {
		goOn();
		// Nothing is there yet of what was asked for just now.
		int count = this.answerDue ? 0 : this.channel.read(octets);
		this.answerDue = false;
		if (count == 0) {
			long deadline = deadline();
			do {
				await(SelectionKey.OP_READ, deadline);
				count = this.channel.read(octets);
			}
			while (count == 0);
		}
		return count;
	}

	private void write(ByteBuffer octets) throws IOException {
		goOn();
		this.answerDue = true;
		this.channel.write(octets);
		if (octets.hasRemaining()) {
			long deadline = deadline();
			do {
				await(SelectionKey.OP_WRITE, deadline);
				this.channel.write(octets);
			}
			while (octets.hasRemaining());
		}
	}

	private long deadline() {
		return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(this.timeout);
	}

	/**
	 * Waits until the channel may have got so far.
	 * @param deadline until when, unless there is no timeout
	 */
	private void await(int operation, long deadline) throws IOException {
		long rest = 0;
		if (this.timeout > 0) {
			rest = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime() + 999_999);
			if (rest <= 0) {
				throw new SocketTimeoutException(
						((operation == SelectionKey.OP_WRITE) ? "Write" : "Read") + " timed out");
			}
		}
		try {
			this.key.interestOps(operation);
			this.selector.select(ChannelSocket::nothing, rest);
		}
		catch (ClosedSelectorException | CancelledKeyException ex) {
			throw new AsynchronousCloseException();
		}
		goOn();
	}

	private void goOn() throws IOException {
		if (Thread.currentThread().isInterrupted()) {
			close();
			throw new ClosedByInterruptException();
		}
	}

	private static void nothing(SelectionKey key) {
		// There is one channel only.
	}

	private final class Input extends InputStream {

		@Override
		public int read() throws IOException {
			byte[] octet = new byte[1];
			return (read(octet, 0, 1) < 0) ? -1 : octet[0] & 0xff;
		}

		@Override
		public int read(byte[] octets, int offset, int length) throws IOException {
			return (length == 0) ? 0 : ChannelSocket.this.read(ByteBuffer.wrap(octets, offset, length));
		}

		@Override
		public void close() throws IOException {
			ChannelSocket.this.close();
		}

	}

	private final class Output extends OutputStream {

		@Override
		public void write(int octet) throws IOException {
			write(new byte[] { (byte) octet }, 0, 1);
		}

		@Override
		public void write(byte[] octets, int offset, int length) throws IOException {
			ChannelSocket.this.write(ByteBuffer.wrap(octets, offset, length));
		}

		@Override
		public void close() throws IOException {
			ChannelSocket.this.close();
		}

	}

}
