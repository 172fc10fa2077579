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

package io.github.ldapkv;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EndlessDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stream, a count and the pages of a query over many entries, in a JVM whose heap is
 * too small to hold them.
 */
@Timeout(900)
class LargeResultTests {

	private static final int ENTRIES = Integer.getInteger("ldapkv.large.entries", 200_000);

	@Test
	void theHeapDoesNotGrowWithTheResult() throws Exception {
		try (EndlessDirectory directory = new EndlessDirectory(ENTRIES)) {
			Process reader = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xmx64m", "-cp",
					System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
					Reader.class.getName(), directory.url())
				.redirectErrorStream(true)
				.start();
			String output = new String(reader.getInputStream().readAllBytes());
			assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
			assertThat(output.lines()).contains("streamed " + ENTRIES, "counted " + ENTRIES, "page of 100",
					"streamed without pages " + ENTRIES, "the first is cn=0,ou=many,dc=org");
			assertThat(reader.exitValue()).isZero();
			System.out.println(output);
		}
	}

	/**
	 * What runs in the other JVM.
	 */
	static final class Reader {

		private Reader() {
		}

		public static void main(String[] arguments) {
			try (LdapConnectionPool pool = LdapConnectionPool.builder(List.of(arguments[0])).build()) {
				LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
				KeyQuery query = KeyQuery.of("/dc=org/ou=many/cn=*");
				long start = System.nanoTime();
				long[] entries = new long[1];
				store.forEach(query, (entry) -> entries[0] += entry.value().has("description") ? 1 : 0);
				System.out.println("streamed " + entries[0]);
				System.out.println("entries per second: " + entries[0] * 1_000_000_000L / (System.nanoTime() - start));
				System.out.println("counted " + store.count(query));
				LdapKeyValueTemplate unpaged = LdapKeyValueTemplate.builder(pool).pageSize(0).build();
				long[] more = new long[1];
				unpaged.forEach(query, (entry) -> more[0]++);
				System.out.println("streamed without pages " + more[0]);
				try (Stream<LdapEntry> stream = unpaged.stream(query)) {
					System.out.println("the first is " + stream.findFirst().orElseThrow().dn());
				}
				System.out.println("page of " + store.query(query.after("/dc=org/ou=many/cn=5").limit(100)).size());
			}
		}

	}

}
