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

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.roster.ContentDigest;
import io.github.ldapkv.internal.roster.EntryId;
import io.github.ldapkv.internal.roster.KnownEntry;
import io.github.ldapkv.internal.roster.Roster;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint has in it: what it is of, the cookie of a server, and the roster;
 * then a check sum.
 */
final class CheckpointFormat {

	/**
	 * "LDAPKVW" and a version.
	 */
	private static final long MAGIC = 0x4C4441504B565701L;

	/**
	 * No key and no cookie is longer.
	 */
	private static final int LONGEST = 1 << 20;

	private CheckpointFormat() {
	}

	/**
	 * Writes a checkpoint.
	 * @param origin what tells the query and the directory from others
	 */
	static void write(OutputStream stream, byte[] origin, Cookie cookie, Roster roster) throws IOException {
		CheckedOutputStream checked = new CheckedOutputStream(stream, new CRC32C());
		DataOutputStream data = new DataOutputStream(checked);
		data.writeLong(MAGIC);
		write(data, origin);
		write(data, cookie.server().getBytes(StandardCharsets.UTF_8));
		write(data, cookie.octets());
		data.writeInt(roster.size());
		for (KnownEntry known : roster.entries()) {
			data.writeLong(known.id().high());
			data.writeLong(known.id().low());
			data.writeLong(known.digest().high());
			data.writeLong(known.digest().low());
			data.writeLong(known.version());
			write(data, known.key().getBytes(StandardCharsets.UTF_8));
		}
		data.writeLong(checked.getChecksum().getValue());
	}

	private static void write(DataOutputStream data, byte[] octets) throws IOException {
		data.writeInt(octets.length);
		data.write(octets);
	}

	/**
	 * Reads a checkpoint into an empty roster.
	 * @return the cookie; {@code null} if the checkpoint is of something else
	 * @throws IOException if it is none, or a part of one
	 */
	static @Nullable Cookie read(InputStream stream, byte[] origin, Roster roster) throws IOException {
		CheckedInputStream checked = new CheckedInputStream(new BufferedInputStream(stream), new CRC32C());
		DataInputStream data = new DataInputStream(checked);
		if (data.readLong() != MAGIC) {
			throw new IOException("It is no checkpoint of a watch");
		}
		if (!Arrays.equals(readOctets(data), origin)) {
			return null;
		}
		Cookie cookie = new Cookie(readText(data), readOctets(data));
		for (int left = data.readInt(); left > 0; left--) {
			EntryId id = new EntryId(data.readLong(), data.readLong());
			ContentDigest digest = new ContentDigest(data.readLong(), data.readLong());
			long version = data.readLong();
			roster.add(id, KeyPath.of(readText(data)), digest, version);
		}
		long sum = checked.getChecksum().getValue();
		if (data.readLong() != sum) {
			throw new IOException("It is not what was written: its check sum is another one");
		}
		return cookie;
	}

	private static String readText(DataInputStream data) throws IOException {
		return new String(readOctets(data), StandardCharsets.UTF_8);
	}

	private static byte[] readOctets(DataInputStream data) throws IOException {
		int length = data.readInt();
		if (length < 0 || length > LONGEST) {
			throw new IOException("It has a part of " + length + " bytes");
		}
		byte[] octets = new byte[length];
		data.readFully(octets);
		return octets;
	}

}
