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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Known entries in the order in which they came, each at a place with a number. Tables
 * have those numbers: a garbage collector has to look after each reference that is
 * written to old memory, and at random places that takes it as long as all the rest.
 */
final class KnownEntries implements Iterable<KnownEntry> {

	private static final int BITS = 10;

	private final List<@Nullable KnownEntry[]> blocks = new ArrayList<>();

	/**
	 * The place after the last.
	 */
	private int end;

	/**
	 * The places of those that were removed.
	 */
	private int[] free = {};

	private int freed;

	int size() {
		return this.end - this.freed;
	}

	void add(KnownEntry entry) {
		int place = (this.freed > 0) ? this.free[--this.freed] : this.end++;
		if (place >> BITS == this.blocks.size()) {
			this.blocks.add(new KnownEntry[1 << BITS]);
		}
		entry.place(place);
		block(place)[place & (1 << BITS) - 1] = entry;
	}

	KnownEntry at(int place) {
		return Objects.requireNonNull(block(place)[place & (1 << BITS) - 1]);
	}

	void remove(KnownEntry entry) {
		if (this.freed == this.free.length) {
			this.free = Arrays.copyOf(this.free, Math.max(16, this.freed * 2));
		}
		this.free[this.freed++] = entry.place();
		block(entry.place())[entry.place() & (1 << BITS) - 1] = null;
	}

	private @Nullable KnownEntry[] block(int place) {
		return this.blocks.get(place >> BITS);
	}

	/**
	 * All of them, while none is added or removed.
	 */
	@Override
	public Iterator<KnownEntry> iterator() {
		return this.blocks.stream()
			.flatMap(Arrays::stream)
			.filter(Objects::nonNull)
			.map(KnownEntry.class::cast)
			.iterator();
	}

}
