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

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.roster.ContentDigest;
import io.github.ldapkv.internal.roster.EntryId;
import io.github.ldapkv.internal.roster.Roster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a watch keeps of a million entries.
 */
@Timeout(300)
class RosterMemoryTests {

	private static final int ENTRIES = 1_000_000;

	private static final int MOST_BYTES = 250;

	/**
	 * In a JVM of its own: others would count here.
	 */
	@Test
	void anEntryTakesFewBytes() throws Exception {
		Process filler = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx400m", "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				Filler.class.getName())
			.redirectErrorStream(true)
			.start();
		try {
			String output = new String(filler.getInputStream().readAllBytes());
			assertThat(filler.waitFor(10, TimeUnit.SECONDS)).isTrue();
			assertThat(filler.exitValue()).as(output).isZero();
			System.out.println("| " + ENTRIES + " entries in a roster: " + output.strip() + " bytes each");
			assertThat(Integer.parseInt(output.strip())).as("bytes an entry").isBetween(50, MOST_BYTES);
		}
		finally {
			filler.destroyForcibly();
		}
	}

	/**
	 * What runs in the other JVM: fills a roster, and prints how many bytes of heap an
	 * entry of it takes.
	 */
	static final class Filler {

		private Filler() {
		}

		public static void main(String[] arguments) {
			Roster roster = new Roster();
			KeyPath people = KeyPath.of("/ou=People");
			roster.add(new EntryId(0, 0), people, new ContentDigest(0, 0), 0);
			long before = used();
			for (int i = 1; i <= ENTRIES; i++) {
				roster.add(new EntryId(i * 0x9E3779B97F4A7C15L, i), KeyPath.of("/ou=People/uid=user" + i),
						new ContentDigest(i, ~i), i);
			}
			long taken = used() - before;
			if (roster.size() != ENTRIES + 1) {
				throw new IllegalStateException("The roster has " + roster.size() + " entries");
			}
			System.out.println(taken / ENTRIES);
		}

		private static long used() {
			long least = Long.MAX_VALUE;
			for (int i = 0; i < 3; i++) {
				System.gc();
				// The collector may go on in the background.
				LockSupport.parkNanos(100_000_000);
				least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
			}
			return least;
		}

	}

}
