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

package io.github.ldapkv.pool;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.internal.text.KeyEscaping;
import io.github.ldapkv.testserver.LyingDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;
import org.springframework.ldap.core.support.LdapContextSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing that a caller sends stays in the memory after the call, in a JVM in which there
 * is nothing else.
 */
@Timeout(600)
class NothingStaysTests {

	@Test
	void ofKeysPatternsFiltersAttributesAndValues() throws Exception {
		try (LyingDirectory directory = new LyingDirectory()) {
			directory.lie((request, answer) -> {
				boolean schema = request.getProtocolOp() instanceof SearchRequestProtocolOp search
						&& search.getAttributes().contains("subschemasubentry");
				if (schema) {
					answer.result(32, "");
				}
				return schema;
			});
			Process caller = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xmx128m", "-cp",
					System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
					Caller.class.getName(), directory.url())
				.redirectErrorStream(true)
				.start();
			String output = new String(caller.getInputStream().readAllBytes());
			assertThat(caller.waitFor(10, TimeUnit.SECONDS)).isTrue();
			assertThat(caller.exitValue()).as(output).isZero();
			List<String> kept = output.lines().filter((line) -> line.startsWith("kept ")).toList();
			assertThat(kept).as(output).hasSize(2);
			for (String line : kept) {
				assertThat(Long.parseLong(line.substring("kept ".length()))).as(output).isLessThan(Caller.ONE_COPY);
			}
		}
	}

	/**
	 * What runs in the other JVM.
	 */
	static final class Caller {

		private static final int CALLS = 150;

		private static final int LENGTH = 40_000;

		/**
		 * What one copy of a text of each call would take.
		 */
		static final long ONE_COPY = (long) CALLS * LENGTH;

		private static final List<String> HOSTILE = List.of(":x", "ldap://evil:389/", "rmi:x", "java:comp/", "\\3A",
				"\u202E", "\u0000:", "*", "#", "%3A", "dns:");

		private Caller() {
		}

		public static void main(String[] arguments) {
			try (LdapConnectionPool pool = LdapConnectionPool.builder(List.of(arguments[0])).base("dc=org").build()) {
				System.out.println("kept " + kept(new LdapKeyValueTemplate(pool), 0));
			}
			LdapContextSource source = new LdapContextSource();
			source.setUrl(arguments[0]);
			source.setBase("dc=org");
			source.afterPropertiesSet();
			System.out.println("kept " + kept(new LdapKeyValueTemplate(source), 1000));
		}

		/**
		 * How much more memory is in use after the calls than before.
		 * @param first the number of the first call, which makes its texts its own
		 */
		private static long kept(LdapKeyValueTemplate store, int first) {
			// Caches of the JVM, and buffers, come to their size.
			call(store, first, first + 30);
			long before = used();
			call(store, first + 30, first + 30 + CALLS);
			return used() - before;
		}

		/**
		 * The least of some looks: what was closed waits for its finalizer.
		 */
		private static long used() {
			long least = Long.MAX_VALUE;
			for (int i = 0; i < 5; i++) {
				System.gc();
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
				least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
			}
			return least;
		}

		private static void call(LdapKeyValueTemplate store, int from, int to) {
			for (int i = from; i < to; i++) {
				String piece = HOSTILE.get(i % HOSTILE.size());
				String text = "u" + i + "x".repeat(LENGTH) + piece + "y";
				String attribute = "description;x-" + i + "-" + "x".repeat(200);
				LdapKey key = LdapKey.of("/").child("uid", text);
				LdapKey child = key.child("cn", text);
				Map<String, Object> value = Map.of("objectClass", "person", "sn", text, attribute, text);
				StringBuilder path = new StringBuilder("/uid=");
				KeyEscaping.appendPart(path, text);
				for (Runnable call : List.<Runnable>of(() -> store.get(key), () -> store.get(child),
						() -> store.get(text), () -> store.contains(key), () -> store.put(key, value),
						() -> store.putIfAbsent(child, value), () -> store.replace(key, value),
						() -> store.patch(key, (patch) -> patch.add(attribute, text).remove("sn", text)),
						() -> store.delete(key), () -> store.deleteTree(key), () -> store.move(key, child.parent()),
						() -> store.move(key, LdapKey.of("/").child("uid", text + "2")), () -> store.children(key),
						() -> store.createParents(child), () -> store.increment(key, attribute, 1),
						() -> store.getAll(List.of(key, child)), () -> store.query(key + "/*"),
						() -> store.query(path + "*"), () -> store.query(text),
						() -> store.keys(KeyQuery.of("/**").filter(text)),
						() -> store.query(KeyQuery.of("/**").filter("(uid=" + text + ")").attributes(attribute)),
						() -> store.atomically((tx) -> {
							tx.put(key, value);
							tx.delete(child);
						}))) {
					try {
						call.run();
					}
					catch (DataAccessException | IllegalArgumentException | IllegalStateException ex) {
						// What is refused must not stay either.
					}
				}
			}
		}

	}

}
