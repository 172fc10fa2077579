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

package io.github.ldapkv.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Locale;

/**
 * Reads a directory through the store, in a process with little memory, and prints what
 * it took.
 */
public final class StreamMain {

	private StreamMain() {
	}

	/**
	 * Streams a directory.
	 * @param arguments host, port, user DN, password, and how many people there are
	 */
	public static void main(String[] arguments) {
		ServerAddress server = new ServerAddress(arguments[0], Integer.parseInt(arguments[1]), arguments[2],
				arguments[3]);
		long[] count = new long[1];
		long start = System.nanoTime();
		try (StorePeer store = new StorePeer(server)) {
			store.stream((entry) -> count[0]++);
		}
		double seconds = (System.nanoTime() - start) / 1e9;
		if (count[0] != Long.parseLong(arguments[4])) {
			throw new IllegalStateException(count[0] + " of " + arguments[4] + " people were read");
		}
		System.out.printf(Locale.ROOT, "%,d entries in %.1f s under -Xmx%dm; the heap was never larger than %d MiB%n",
				count[0], seconds, Runtime.getRuntime().maxMemory() >> 20, peak() >> 20);
	}

	private static long peak() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.map(MemoryPoolMXBean::getPeakUsage)
			.mapToLong((usage) -> usage.getUsed())
			.sum();
	}

}
