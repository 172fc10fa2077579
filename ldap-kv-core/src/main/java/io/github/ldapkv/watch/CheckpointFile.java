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

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import io.github.ldapkv.internal.text.Arguments;

/**
 * A checkpoint in a file.
 */
final class CheckpointFile implements WatchCheckpoint {

	private final Path file;

	CheckpointFile(Path file) {
		this.file = Arguments.notNull("file", file);
	}

	@Override
	public Optional<InputStream> read() throws IOException {
		try {
			return Optional.of(Files.newInputStream(this.file));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	@Override
	public void write(Content content) throws IOException {
		Path beside = this.file.resolveSibling(this.file.getFileName() + ".tmp");
		try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.TRUNCATE_EXISTING)) {
			OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel));
			content.writeTo(stream);
			stream.flush();
			channel.force(true);
		}
		Files.move(beside, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

}
