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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

import io.github.ldapkv.internal.roster.Digests;
import io.github.ldapkv.internal.roster.EntryId;
import io.github.ldapkv.internal.roster.Roster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes the checkpoint of a watch, if it has one.
 */
final class Checkpoints {

	private static final Logger logger = LoggerFactory.getLogger(Checkpoints.class);

	/**
	 * A large one is written less often than asked for: it is to take a fiftieth of the
	 * time at most.
	 */
	private static final int REST = 50;

	private final String name;

	private final @Nullable WatchCheckpoint checkpoint;

	private final long interval;

	private long written = System.nanoTime();

	private long taken;

	private boolean changed;

	private boolean failing;

	/**
	 * Creates what keeps a checkpoint.
	 * @param name what the watch is called in the log
	 * @param checkpoint where it is kept; {@code null} for nowhere
	 * @param interval how much time passes before it is written again
	 */
	Checkpoints(String name, @Nullable WatchCheckpoint checkpoint, Duration interval) {
		this.name = name;
		this.checkpoint = checkpoint;
		this.interval = WatchStatus.nanos(interval);
	}

	/**
	 * What tells a watch from one of another query or another directory.
	 */
	static byte[] origin(WatchedQuery query, @Nullable EntryId directory) {
		MessageDigest digest = Digests.sha256();
		digest.update(query.text().getBytes(StandardCharsets.UTF_8));
		return digest.digest(String.valueOf(directory).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Reads a checkpoint into an empty roster.
	 * @return the cookie; {@code null} if there is no checkpoint of this origin
	 */
	@Nullable Cookie read(byte[] origin, Roster roster) {
		if (this.checkpoint == null) {
			return null;
		}
		Roster read = new Roster();
		try {
			Optional<InputStream> content = this.checkpoint.read();
			if (content.isEmpty()) {
				return null;
			}
			try (InputStream stream = content.get()) {
				Cookie cookie = CheckpointFormat.read(stream, origin, read);
				if (cookie != null) {
					roster.takeOver(read);
				}
				else {
					logger.warn("{}: the checkpoint {} is of another query or another directory. "
							+ "The watch begins anew", this.name, this.checkpoint);
				}
				return cookie;
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("{}: the checkpoint {} cannot be read. The watch begins anew", this.name, this.checkpoint, ex);
			return null;
		}
	}

	/**
	 * Something was told that it does not have yet.
	 */
	void changed() {
		this.changed = true;
	}

	/**
	 * Writes the checkpoint, if it is time to.
	 */
	void writeIfDue(byte[] origin, Cookie cookie, Roster roster) {
		long now = System.nanoTime();
		if (now - this.written >= Math.max(this.interval, REST * this.taken)) {
			write(origin, cookie, roster);
		}
	}

	/**
	 * Writes the checkpoint, unless it has everything.
	 */
	void write(byte[] origin, Cookie cookie, Roster roster) {
		if (this.checkpoint == null || !this.changed) {
			return;
		}
		long began = System.nanoTime();
		try {
			this.checkpoint.write((stream) -> CheckpointFormat.write(stream, origin, cookie, roster));
			this.changed = false;
			this.failing = false;
		}
		catch (IOException | RuntimeException ex) {
			if (!this.failing) {
				logger.warn("{}: the checkpoint {} cannot be written. The watch goes on, and tries again", this.name,
						this.checkpoint, ex);
			}
			this.failing = true;
		}
		this.written = System.nanoTime();
		this.taken = this.written - began;
	}

}
