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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that is killed between what its listener has done and its checkpoint is
 * told again, and misses nothing.
 */
@Timeout(300)
class KilledApplicationTests {

	private static final int ROUNDS = 3;

	private static final int KILLS = 2;

	private static final String AREA = "/" + TestDirectory.SUFFIX + "/ou=killed";

	private final long seed = Long.getLong("ldapkv.watch.chaos.seed", new Random().nextLong());

	private final Random random = new Random(this.seed);

	private int number;

	@TempDir
	private Path directory;

	@Test
	void whatWasNotWrittenDownIsToldAgain() throws Exception {
		System.out.println("| -Dldapkv.watch.chaos.seed=" + this.seed);
		OpenLdapContainer server = OpenLdapContainer.shared();
		try (LdapKeyValueTemplate store = server.store()) {
			store.put(AREA, Map.of("objectClass", "organizationalUnit"));
			for (int round = 0; round < ROUNDS; round++) {
				// Written down by an application that was closed.
				List<String> old = new ArrayList<>();
				store.keys(KeyQuery.of(AREA + "/*")).forEach((key) -> old.add(key.toString()));
				for (int i = 0; i < KILLS; i++) {
					kill(server, store, old);
				}
				catchUp(server);
				assertThat(replayed()).as("seed %d, round %d", this.seed, round).isEqualTo(titles(store));
			}
			int told = Files.readAllLines(told()).size();
			System.out.printf("| %d kills, %d lines told, %d entries%n", ROUNDS * KILLS, told, replayed().size());
			store.deleteTree(AREA);
		}
	}

	/**
	 * Kills an application while changes go on, which they do for a while after that.
	 */
	private void kill(OpenLdapContainer server, LdapKeyValueTemplate store, List<String> old) throws Exception {
		Process application = start(server);
		try (BufferedReader output = application.inputReader()) {
			awaitStarted(output);
			change(store, old, 100 + this.random.nextInt(900));
		}
		finally {
			application.destroyForcibly();
		}
		change(store, old, 100);
		assertThat(application.waitFor(10, TimeUnit.SECONDS)).isTrue();
	}

	private static void awaitStarted(BufferedReader output) throws IOException {
		String line = output.readLine();
		while (!"started".equals(line)) {
			assertThat(line).as("the application has ended").isNotNull();
			line = output.readLine();
		}
	}

	/**
	 * Lets an application be told everything, and end in peace.
	 */
	private void catchUp(OpenLdapContainer server) throws Exception {
		Process application = start(server);
		try (BufferedReader output = application.inputReader(); OutputStream input = application.getOutputStream()) {
			input.write('\n');
			input.flush();
			assertThat(output.lines().toList()).contains("caught up");
			assertThat(application.waitFor(10, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			application.destroyForcibly();
		}
	}

	private Process start(OpenLdapContainer server) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				Application.class.getName(), server.url(), server.userDn(), server.password(),
				this.directory.resolve("checkpoint").toString(), told().toString())
			.redirectErrorStream(true)
			.start();
	}

	private Path told() {
		return this.directory.resolve("told");
	}

	/**
	 * Changes all there is at random. What was not written down yet when the application
	 * was killed is neither moved again nor deleted: no watch can know then that it was
	 * told.
	 * @param old what was written down, and not moved since
	 */
	private void change(LdapKeyValueTemplate store, List<String> old, int millis) {
		long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
		while (System.nanoTime() < end) {
			int next = this.number++;
			Map<String, String> changed = Map.of("title", "w" + next);
			switch (old.isEmpty() ? 0 : this.random.nextInt(5)) {
				case 0, 1 -> store.put(AREA + "/uid=p" + next,
						Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "title", "w" + next));
				case 2 -> store.put(old.get(this.random.nextInt(old.size())), changed);
				case 3 -> {
					String moved = old.remove(this.random.nextInt(old.size()));
					store.move(moved, AREA + "/uid=m" + next);
					store.put(AREA + "/uid=m" + next, changed);
				}
				default -> store.delete(old.remove(this.random.nextInt(old.size())));
			}
			LockSupport.parkNanos(1_000_000);
		}
	}

	/**
	 * What somebody has who does what is told in the file. What is told again may be done
	 * already.
	 */
	private Map<String, String> replayed() throws IOException {
		Map<String, String> map = new HashMap<>();
		for (String line : Files.readAllLines(told())) {
			String[] parts = line.split("\t", -1);
			switch (LdapChange.Kind.valueOf(parts[0])) {
				case CREATED, CHANGED -> map.put(parts[1], parts[3]);
				case MOVED -> {
					map.remove(parts[2]);
					map.put(parts[1], parts[3]);
				}
				case DELETED -> map.remove(parts[1]);
				default -> {
				}
			}
		}
		return map;
	}

	private static Map<String, String> titles(LdapKeyValueTemplate store) {
		Map<String, String> titles = new HashMap<>();
		for (LdapEntry entry : store.query(AREA + "/*")) {
			titles.put(entry.key().toString(), entry.value().text("title").orElseThrow());
		}
		return titles;
	}

	/**
	 * What runs in the other JVM: writes what it is told to a file, until it is killed,
	 * or told to end when it has caught up.
	 */
	static final class Application {

		private Application() {
		}

		public static void main(String[] arguments) throws IOException {
			try (FileChannel told = FileChannel.open(Path.of(arguments[4]), StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
					LdapKeyValueTemplate store = new LdapKeyValueTemplate(
							LdapConnectionPool.builder(List.of(arguments[0])).user(arguments[1], arguments[2]).build());
					LdapWatch watch = LdapWatch.on(store)
						.checkpoint(Path.of(arguments[3]))
						.checkpointInterval(Duration.ofMillis(100))
						.start(KeyQuery.of(AREA + "/*"), (change) -> write(told, change))) {
				System.out.println("started");
				if (System.in.read() >= 0 && watch.awaitCaughtUp(Duration.ofSeconds(60))) {
					System.out.println("caught up");
				}
			}
		}

		private static void write(FileChannel told, LdapChange change) throws IOException {
			LdapKey from = change.from();
			String line = String.join("\t", change.kind().toString(), change.key().toString(),
					(from != null) ? from.toString() : "",
					change.entry().flatMap((entry) -> entry.value().text("title")).orElse("")) + "\n";
			told.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
		}

	}

}
