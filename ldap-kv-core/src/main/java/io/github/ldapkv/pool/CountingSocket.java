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

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A connection that knows whether anything was written to it, and so whether a request
 * was certainly not sent, and whose end is a failure.
 */
final class CountingSocket extends Socket {

	private volatile long written;

	/**
	 * How many bytes were handed to the operating system, or may have been.
	 */
	long written() {
		return this.written;
	}

	/**
	 * JNDI takes what came of a message before the end of the connection for the whole of
	 * it: an entry without its last attributes, a page without a next one. After a
	 * failure it throws the part away.
	 */
	@Override
	public InputStream getInputStream() throws IOException {
		return new FilterInputStream(super.getInputStream()) {

			@Override
			public int read() throws IOException {
				return unlessEnded(this.in.read());
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				return unlessEnded(this.in.read(bytes, offset, length));
			}

		};
	}

	private static int unlessEnded(int read) throws EOFException {
		if (read < 0) {
			throw new EOFException("The server has closed the connection");
		}
		return read;
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		return new FilterOutputStream(super.getOutputStream()) {

			@Override
			public void write(int b) throws IOException {
				count(1);
				this.out.write(b);
			}

			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				count(length);
				this.out.write(bytes, offset, length);
			}

		};
	}

	/**
	 * Only one thread writes at a time: JNDI holds a lock.
	 */
	@SuppressWarnings("NonAtomicOperationOnVolatileField")
	private void count(int bytes) {
		this.written += bytes;
	}

}
