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

package io.github.ldapkv.watch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Where a watch keeps what it has told, so that after a restart of the application it
 * goes on from there. What it writes has keys of entries and no attributes.
 */
public interface WatchCheckpoint {

	/**
	 * Reads what was written last, whole.
	 * @return what was written, which the watch closes; empty if nothing ever was
	 * @throws IOException if it cannot be read: the watch begins anew then, and says so
	 */
	Optional<InputStream> read() throws IOException;

	/**
	 * Writes in the place of what was written before, all of it or nothing: whoever reads
	 * must never find a part. It is called by one thread at a time, after the listener
	 * has returned.
	 * @param content writes the content to a stream, once
	 * @throws IOException if it cannot be written: what was written before stays, and the
	 * watch tries again later, and says so
	 */
	void write(Content content) throws IOException;

	/**
	 * What is written.
	 */
	@FunctionalInterface
	interface Content {

		/**
		 * Writes it.
		 * @param stream the stream, which stays open
		 * @throws IOException if the stream throws it
		 */
		void writeTo(OutputStream stream) throws IOException;

	}

}
