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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import io.github.ldapkv.internal.text.NamedValues;
import io.github.ldapkv.internal.text.ServerValues;

/**
 * Digests of what entries contain, by which a change is told from a mere touch. The order
 * of attributes and values does not count.
 */
public final class Digests {

	private static final Comparator<NamedValues> BY_NAME = Comparator
		.comparing((attribute) -> attribute.description().key());

	private final MessageDigest digest = sha256();

	/**
	 * What is digested next: a digest has more to do for each part than for its octets.
	 */
	private final ByteBuffer parts = ByteBuffer.allocate(8192);

	public static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The digest of an entry's attributes.
	 */
	public ContentDigest of(List<NamedValues> attributes) {
		NamedValues[] sorted = attributes.toArray(NamedValues[]::new);
		Arrays.sort(sorted, BY_NAME);
		for (NamedValues attribute : sorted) {
			add(attribute.description().key().getBytes(StandardCharsets.UTF_8));
			byte[][] values = ServerValues.octets(attribute.values());
			if (values.length > 1) {
				Arrays.sort(values, Arrays::compare);
			}
			addLength(values.length);
			for (byte[] value : values) {
				add(value);
			}
		}
		return digest();
	}

	/**
	 * The digest of a text.
	 */
	public ContentDigest of(String text) {
		put(text.getBytes(StandardCharsets.UTF_8));
		return digest();
	}

	private ContentDigest digest() {
		flush();
		ByteBuffer halves = ByteBuffer.wrap(this.digest.digest());
		return new ContentDigest(halves.getLong(), halves.getLong());
	}

	/**
	 * With its length nothing in a value can be taken for what follows it.
	 */
	private void add(byte[] octets) {
		addLength(octets.length);
		put(octets);
	}

	private void addLength(int number) {
		if (this.parts.remaining() < Integer.BYTES) {
			flush();
		}
		this.parts.putInt(number);
	}

	private void put(byte[] octets) {
		if (this.parts.remaining() < octets.length) {
			flush();
		}
		if (this.parts.remaining() < octets.length) {
			this.digest.update(octets);
		}
		else {
			this.parts.put(octets);
		}
	}

	private void flush() {
		this.digest.update(this.parts.array(), 0, this.parts.position());
		this.parts.clear();
	}

}
