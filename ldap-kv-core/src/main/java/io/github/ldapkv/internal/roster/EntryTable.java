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

import java.util.function.Predicate;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;

/**
 * A hash table of known entries, with open addressing: a map of the JDK takes 40 bytes
 * more for each.
 */
final class EntryTable {

	private static final int LEAST = 64;

	private final KnownEntries entries;

	private final ToIntFunction<KnownEntry> hash;

	/**
	 * The places of the entries, each counted from one; zero for a slot that is free.
	 */
	private int[] slots = new int[LEAST];

	/**
	 * Their hashes, so that not each entry that is passed is fetched from memory.
	 */
	private int[] hashes = new int[LEAST];

	private int size;

	/**
	 * Creates a table.
	 * @param entries where the entries are
	 * @param hash the hash of an entry, which does not change while it is in the table
	 */
	EntryTable(KnownEntries entries, ToIntFunction<KnownEntry> hash) {
		this.entries = entries;
		this.hash = hash;
	}

	@Nullable KnownEntry find(int entryHash, Predicate<KnownEntry> wanted) {
		for (int i = first(entryHash); this.slots[i] != 0; i = next(i)) {
			if (this.hashes[i] == entryHash) {
				KnownEntry entry = this.entries.at(this.slots[i] - 1);
				if (wanted.test(entry)) {
					return entry;
				}
			}
		}
		return null;
	}

	void add(KnownEntry entry) {
		if (this.size >= this.slots.length / 4 * 3) {
			grow();
		}
		put(entry.place() + 1, this.hash.applyAsInt(entry));
		this.size++;
	}

	private void put(int slot, int entryHash) {
		int i = first(entryHash);
		while (this.slots[i] != 0) {
			i = next(i);
		}
		this.slots[i] = slot;
		this.hashes[i] = entryHash;
	}

	private void grow() {
		int[] old = this.slots;
		int[] oldHashes = this.hashes;
		this.slots = new int[old.length * 2];
		this.hashes = new int[old.length * 2];
		for (int i = 0; i < old.length; i++) {
			if (old[i] != 0) {
				put(old[i], oldHashes[i]);
			}
		}
	}

	/**
	 * Removes an entry, and moves those up that stand behind it since its slot was taken.
	 */
	void remove(KnownEntry entry) {
		int i = first(this.hash.applyAsInt(entry));
		while (this.slots[i] != entry.place() + 1) {
			if (this.slots[i] == 0) {
				return;
			}
			i = next(i);
		}
		this.slots[i] = 0;
		this.size--;
		for (int j = next(i); this.slots[j] != 0; j = next(j)) {
			int moved = this.slots[j];
			this.slots[j] = 0;
			put(moved, this.hashes[j]);
		}
	}

	private int first(int entryHash) {
		int mixed = entryHash * 0x9E3779B9;
		return (mixed ^ mixed >>> 16) & this.slots.length - 1;
	}

	private int next(int slot) {
		return slot + 1 & this.slots.length - 1;
	}

}
