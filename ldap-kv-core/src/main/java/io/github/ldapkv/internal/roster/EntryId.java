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

package io.github.ldapkv.internal.roster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.unboundid.ldap.sdk.Entry;
import org.jspecify.annotations.Nullable;

/**
 * What an entry keeps when it is moved, in 128 bits: its UUID (RFC 4530), or what a
 * server has in its place. Any other text is digested to as many bits.
 *
 * @param high the upper half
 * @param low the lower half
 */
public record EntryId(long high, long low) {

	private static final int DIGITS = 32;

	/**
	 * The one of an entry.
	 * @param attributes where the server keeps it
	 * @return {@code null} if the server shows none
	 */
	public static @Nullable EntryId of(Entry found, List<String> attributes) {
		for (String name : attributes) {
			byte[] octets = found.getAttributeValueBytes(name);
			if (octets != null) {
				return of(octets);
			}
		}
		return null;
	}

	/**
	 * The one that a server writes so, as octets or as hexadecimal digits with hyphens.
	 */
	public static EntryId of(byte[] octets) {
		if (octets.length == Long.BYTES * 2) {
			ByteBuffer halves = ByteBuffer.wrap(octets);
			return new EntryId(halves.getLong(), halves.getLong());
		}
		EntryId read = ofDigits(octets);
		return (read != null) ? read : ofDigest(octets);
	}

	private static @Nullable EntryId ofDigits(byte[] octets) {
		long high = 0;
		long low = 0;
		int digits = 0;
		for (byte octet : octets) {
			int digit = Character.digit(octet, 16);
			if (digit >= 0) {
				high = high << 4 | low >>> 60;
				low = low << 4 | digit;
				digits++;
			}
			else if (octet != '-') {
				return null;
			}
		}
		return (digits == DIGITS) ? new EntryId(high, low) : null;
	}

	/**
	 * One that is made of a text.
	 */
	public static EntryId ofText(String text) {
		return ofDigest(text.getBytes(StandardCharsets.UTF_8));
	}

	private static EntryId ofDigest(byte[] octets) {
		ByteBuffer digest = ByteBuffer.wrap(Digests.sha256().digest(octets));
		return new EntryId(digest.getLong(), digest.getLong());
	}

}
