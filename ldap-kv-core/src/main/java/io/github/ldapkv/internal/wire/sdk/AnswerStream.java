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

/**
 * What comes from a server, read from the socket in large parts. One thread at a time
 * uses it, so that it does not lock for each octet, as the JDK's buffered stream does:
 * that is most of what it costs to read an entry.
 */
final class AnswerStream extends InputStream {

	private static final int SIZE = 8 * 1024;

	private final InputStream source;

	private final byte[] buffer = new byte[SIZE];

	private int position;

	private int end;

	private int mark;

	AnswerStream(InputStream source) {
		this.source = source;
	}

	@Override
	public int read() throws IOException {
		return (this.position < this.end || fill()) ? this.buffer[this.position++] & 0xff : -1;
	}

	@Override
	public int read(byte[] octets, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (this.position == this.end) {
			if (length >= SIZE) {
				return this.source.read(octets, offset, length);
			}
			if (!fill()) {
				return -1;
			}
		}
		int count = Math.min(length, this.end - this.position);
		System.arraycopy(this.buffer, this.position, octets, offset, count);
		this.position += count;
		return count;
	}

	private boolean fill() throws IOException {
		this.position = 0;
		this.end = 0;
		this.end = Math.max(0, this.source.read(this.buffer));
		return this.end > 0;
	}

	/**
	 * Waits for the source to have something to read.
	 * @return whether it had not ended by then
	 */
	boolean await() throws IOException {
		return this.position < this.end || fill();
	}

	@Override
	public int available() {
		return this.end - this.position;
	}

	/**
	 * There is a mark, for the one octet that the reader of the SDK may look ahead. It
	 * would buffer what has none.
	 */
	@Override
	public boolean markSupported() {
		return true;
	}

	@Override
	public void mark(int limit) {
		if (this.position == this.end) {
			this.position = 0;
			this.end = 0;
		}
		this.mark = this.position;
	}

	@Override
	public void reset() {
		this.position = this.mark;
	}

	@Override
	public void close() throws IOException {
		this.source.close();
	}

}
