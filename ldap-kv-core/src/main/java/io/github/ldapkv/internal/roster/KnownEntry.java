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

import io.github.ldapkv.internal.key.KeyPath;

/**
 * An entry as the listener knows it, in as few bytes as will do: a directory may have a
 * million of them.
 */
public final class KnownEntry {

	private final long idHigh;

	private final long idLow;

	private String key;

	private int keyHash;

	private long digestHigh;

	private long digestLow;

	private long version;

	/**
	 * Where it is among all.
	 */
	private int place;

	/**
	 * In which comparison it was seen last.
	 */
	private int seen;

	/**
	 * How many entries right below it are known.
	 */
	private int children;

	KnownEntry(EntryId id, KeyPath key) {
		this.idHigh = id.high();
		this.idLow = id.low();
		this.key = key.toString();
		this.keyHash = key.hashCode();
	}

	public EntryId id() {
		return new EntryId(this.idHigh, this.idLow);
	}

	public boolean has(EntryId id) {
		return this.idHigh == id.high() && this.idLow == id.low();
	}

	static int hash(EntryId id) {
		return hash(id.high(), id.low());
	}

	int idHash() {
		return hash(this.idHigh, this.idLow);
	}

	private static int hash(long high, long low) {
		return Long.hashCode(high * 31 + low);
	}

	/**
	 * Its key as text.
	 */
	public String key() {
		return this.key;
	}

	int keyHash() {
		return this.keyHash;
	}

	void key(KeyPath key) {
		this.key = key.toString();
		this.keyHash = key.hashCode();
	}

	int place() {
		return this.place;
	}

	void place(int number) {
		this.place = number;
	}

	public boolean contains(ContentDigest digest) {
		return this.digestHigh == digest.high() && this.digestLow == digest.low();
	}

	public ContentDigest digest() {
		return new ContentDigest(this.digestHigh, this.digestLow);
	}

	public void content(ContentDigest digest, long newVersion) {
		this.digestHigh = digest.high();
		this.digestLow = digest.low();
		this.version = newVersion;
	}

	/**
	 * The digest of its version.
	 */
	public long version() {
		return this.version;
	}

	int seen() {
		return this.seen;
	}

	void seen(int comparison) {
		this.seen = comparison;
	}

	public boolean hasChildren() {
		return this.children > 0;
	}

	void child(int more) {
		this.children += more;
	}

}
