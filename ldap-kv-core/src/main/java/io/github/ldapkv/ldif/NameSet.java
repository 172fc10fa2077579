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

package io.github.ldapkv.ldif;

import java.util.Arrays;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.Rdn;

/**
 * Remembers which keys it was given, of millions of them: of each a number of 64 bits,
 * which takes 16 to 32 bytes. That two keys of ten million have the same number happens
 * once in 300,000 times, so nothing but an order may depend on it.
 */
final class NameSet {

	private static final long FIRST = 0xcbf29ce484222325L;

	private static final long FACTOR = 0x100000001b3L;

	private long[] table = new long[1024];

	private int size;

	/**
	 * Adds a key.
	 * @return whether it was not there
	 */
	boolean add(DistinguishedName key) {
		if (!insert(this.table, number(key))) {
			return false;
		}
		this.size++;
		if (this.size > this.table.length / 2) {
			long[] larger = new long[this.table.length * 2];
			Arrays.stream(this.table).filter((number) -> number != 0).forEach((number) -> insert(larger, number));
			this.table = larger;
		}
		return true;
	}

	boolean contains(DistinguishedName key) {
		long number = number(key);
		return this.table[place(this.table, number)] == number;
	}

	private static boolean insert(long[] table, long number) {
		int place = place(table, number);
		if (table[place] == number) {
			return false;
		}
		table[place] = number;
		return true;
	}

	/**
	 * Where the number is, or would be.
	 */
	private static int place(long[] table, long number) {
		int place = (int) (number ^ number >>> 32) & table.length - 1;
		while (table[place] != 0 && table[place] != number) {
			place = place + 1 & table.length - 1;
		}
		return place;
	}

	/**
	 * The hash of Fowler, Noll and Vo, with the last step of MurmurHash.
	 */
	private static long number(DistinguishedName key) {
		long hash = FIRST;
		for (Rdn rdn : key.rdns()) {
			String name = rdn.canonical();
			for (int i = 0; i < name.length(); i++) {
				hash = (hash ^ name.charAt(i)) * FACTOR;
			}
			hash = (hash ^ '/') * FACTOR;
		}
		hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
		hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
		hash ^= hash >>> 33;
		return (hash != 0) ? hash : 1;
	}

}
