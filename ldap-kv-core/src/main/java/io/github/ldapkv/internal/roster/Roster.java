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

import java.util.List;
import java.util.function.Consumer;

import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.key.Rdn;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.EntryIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The entries that the listener knows of, and as what: what is in the directory is
 * compared with it, and what differs is told. It is used by one thread.
 */
public final class Roster {

	private KnownEntries all = new KnownEntries();

	private EntryTable byId = new EntryTable(this.all, KnownEntry::idHash);

	private EntryTable byKey = new EntryTable(this.all, KnownEntry::keyHash);

	private int comparison;

	/**
	 * Read by others.
	 */
	private volatile int size;

	public int size() {
		return this.size;
	}

	public @Nullable KnownEntry withId(EntryId id) {
		return this.byId.find(KnownEntry.hash(id), (entry) -> entry.has(id));
	}

	/**
	 * The entry with a key.
	 * @param schema knows when two keys are one entry's
	 */
	public @Nullable KnownEntry at(KeyPath key, DirectorySchema schema) {
		return this.byKey.find(key.hashCode(), (entry) -> isAt(entry, key, schema));
	}

	private static boolean isAt(KnownEntry entry, KeyPath key, DirectorySchema schema) {
		return entry.key().equals(key.toString()) || EntryIdentity.same(KeyPath.of(entry.key()), key, schema);
	}

	/**
	 * Adds an entry that it does not have.
	 */
	public KnownEntry add(EntryId id, KeyPath key, ContentDigest digest, long version) {
		KnownEntry entry = new KnownEntry(id, key);
		entry.content(digest, version);
		entry.seen(this.comparison);
		this.all.add(entry);
		this.byId.add(entry);
		this.byKey.add(entry);
		countAtParent(key, entry.key(), 1);
		this.size = this.all.size();
		return entry;
	}

	public void rename(KnownEntry entry, KeyPath key) {
		this.byKey.remove(entry);
		countAtParent(KeyPath.of(entry.key()), entry.key(), -1);
		entry.key(key);
		this.byKey.add(entry);
		countAtParent(key, entry.key(), 1);
	}

	public void remove(KnownEntry entry) {
		this.byId.remove(entry);
		this.byKey.remove(entry);
		this.all.remove(entry);
		countAtParent(KeyPath.of(entry.key()), entry.key(), -1);
		this.size = this.all.size();
	}

	private void countAtParent(KeyPath key, String text, int more) {
		if (key.isEmpty()) {
			return;
		}
		KnownEntry parent = this.byKey.find(parentHash(key.rdns()),
				(other) -> text.startsWith(other.key()) && text.length() > other.key().length());
		if (parent != null) {
			parent.child(more);
		}
	}

	/**
	 * The hash of the key without its last component, as that of a list is.
	 */
	private static int parentHash(List<Rdn> rdns) {
		int hash = 1;
		for (int i = 0; i < rdns.size() - 1; i++) {
			hash = 31 * hash + rdns.get(i).hashCode();
		}
		return hash;
	}

	/**
	 * A comparison with all that is in the directory begins.
	 */
	public void beginComparison() {
		this.comparison++;
	}

	public void saw(KnownEntry entry) {
		entry.seen(this.comparison);
	}

	/**
	 * Hands over the entries that the comparison has not seen.
	 */
	public void forEachUnseen(Consumer<KnownEntry> consumer) {
		for (KnownEntry entry : this.all) {
			if (entry.seen() != this.comparison) {
				consumer.accept(entry);
			}
		}
	}

	/**
	 * Becomes what another one is.
	 */
	public void takeOver(Roster other) {
		this.all = other.all;
		this.byId = other.byId;
		this.byKey = other.byKey;
		this.size = other.size;
	}

	/**
	 * All entries, while none is added or removed.
	 */
	public Iterable<KnownEntry> entries() {
		return this.all;
	}

}
