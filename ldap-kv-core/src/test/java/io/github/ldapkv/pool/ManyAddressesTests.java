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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A host that has several addresses, in a JVM that is told of them.
 */
@Timeout(120)
class ManyAddressesTests {

	private static final String HOST = "many.test";

	@TempDir
	private Path directory;

	private EmbeddedDirectory server;

	private TcpProxy first;

	@BeforeEach
	void start() {
		this.server = new EmbeddedDirectory();
		this.first = new TcpProxy(this.server.host(), this.server.port());
	}

	@AfterEach
	void stop() {
		this.first.close();
		this.server.close();
	}

	@Test
	void anAddressThatRefusesIsPassedOver() throws Exception {
		List<String> output = call("127.0.0.2", "127.0.0.1");
		assertThat(output).filteredOn((line) -> line.startsWith("got")).hasSize(10);
		assertThat(output).filteredOn((line) -> line.contains("is left aside")).hasSizeLessThanOrEqualTo(1);
	}

	@Test
	void anAddressThatSwallowsWhatItIsSentCostsItsTimeoutOnce() throws Exception {
		try (ServerSocket silent = new ServerSocket(this.first.port(), 50, InetAddress.getByName("127.0.0.2"))) {
			List<String> output = call("127.0.0.2", "127.0.0.1");
			assertThat(output).filteredOn((line) -> line.startsWith("got")).hasSize(10);
			assertThat(output).filteredOn((line) -> line.startsWith("got slowly")).hasSizeLessThanOrEqualTo(1);
			// The first or one of those that are opened beside it goes to the one that is
			// silent.
			assertThat(output).filteredOn((line) -> line.contains("127.0.0.2) does not answer, and is left aside"))
				.hasSize(1);
			assertThat(silent.isBound()).isTrue();
		}
	}

	@Test
	void connectionsAreSpreadOverAddresses() throws Exception {
		try (TcpProxy second = new TcpProxy(new InetSocketAddress("127.0.0.2", this.first.port()), this.server.host(),
				this.server.port())) {
			assertThat(call("127.0.0.2", "127.0.0.1")).filteredOn((line) -> line.startsWith("got")).hasSize(10);
			assertThat(this.first.accepted()).isEqualTo(2);
			assertThat(second.accepted()).isEqualTo(2);
		}
	}

	/**
	 * The JVM keeps addresses for a second here.
	 */
	@Test
	void aNameThatMovesIsFoundAnew() throws Exception {
		try (TcpProxy second = new TcpProxy(new InetSocketAddress("127.0.0.2", this.first.port()), this.server.host(),
				this.server.port())) {
			name("127.0.0.1");
			Process caller = start(Follower.class);
			try (BufferedReader output = caller.inputReader(); OutputStream input = caller.getOutputStream()) {
				assertThat(nextRead(output)).isEqualTo("got");
				assertThat(second.accepted()).isZero();
				name("127.0.0.2");
				this.first.close();
				awaitAccepted(second);
				input.write('\n');
				input.flush();
				assertThat(output.lines().toList()).last().isEqualTo("got");
			}
			assertThat(caller.waitFor(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	/**
	 * As while DNS does not answer: it says nothing of the servers.
	 */
	@Test
	void aNameThatIsGoneKeepsItsAddresses() throws Exception {
		name("127.0.0.1");
		Process caller = start(Follower.class);
		try (BufferedReader output = caller.inputReader(); OutputStream input = caller.getOutputStream()) {
			assertThat(nextRead(output)).isEqualTo("got");
			name();
			for (int i = 0; i < 2; i++) {
				// So that the JVM has forgotten the address.
				LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
				this.first.cut();
			}
			input.write('\n');
			input.flush();
			assertThat(output.lines().toList()).last().isEqualTo("got");
			assertThat(this.first.accepted()).isGreaterThanOrEqualTo(3);
		}
		assertThat(caller.waitFor(10, TimeUnit.SECONDS)).isTrue();
	}

	private static String nextRead(BufferedReader output) throws IOException {
		String line = output.readLine();
		while (line != null && !line.equals("got")) {
			line = output.readLine();
		}
		return line;
	}

	private static void awaitAccepted(TcpProxy proxy) {
		long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
		while (proxy.accepted() == 0 && System.nanoTime() < end) {
			LockSupport.parkNanos(10_000_000);
		}
	}

	private void name(String... addresses) throws IOException {
		List<String> lines = new ArrayList<>(List.of("127.0.0.1 localhost"));
		Stream.of(addresses).map((address) -> address + " " + HOST).forEach(lines::add);
		Files.write(this.directory.resolve("hosts"), lines);
	}

	private Process start(Class<?> main) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Djdk.net.hosts.file=" + this.directory.resolve("hosts"), "-Dsun.net.inetaddr.ttl=1", "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), main.getName(),
				"ldap://" + HOST + ":" + this.first.port())
			.redirectErrorStream(true)
			.start();
	}

	private List<String> call(String... addresses) throws IOException, InterruptedException {
		name(addresses);
		Process caller = start(Caller.class);
		String output = new String(caller.getInputStream().readAllBytes());
		assertThat(caller.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(caller.exitValue()).as(output).isZero();
		return output.lines().toList();
	}

	/**
	 * What runs in the other JVM: has four connections at a time, and reads ten times.
	 */
	static final class Caller {

		private static final Duration TIMEOUT = Duration.ofMillis(500);

		private Caller() {
		}

		public static void main(String[] arguments) {
			LdapKey suffix = LdapKey.of("/" + TestDirectory.SUFFIX);
			try (LdapConnectionPool pool = LdapConnectionPool.builder(List.of(arguments[0]))
				.connectTimeout(TIMEOUT)
				.maxSize(5)
				.build()) {
				LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
				for (int i = 0; i < 10; i++) {
					long begin = System.nanoTime();
					store.contains(suffix);
					boolean slowly = System.nanoTime() - begin > TIMEOUT.toNanos();
					System.out.println(slowly ? "got slowly" : "got");
				}
				hold(store, KeyQuery.of(suffix + "/**"), 4);
			}
		}

		private static void hold(LdapKeyValueTemplate store, KeyQuery query, int connections) {
			if (connections > 0) {
				try (Stream<LdapEntry> stream = store.stream(query)) {
					stream.iterator().hasNext();
					hold(store, query, connections - 1);
				}
			}
		}

	}

	/**
	 * What runs in the other JVM: reads until it is told to stop, and once more.
	 */
	static final class Follower {

		private Follower() {
		}

		public static void main(String[] arguments) throws IOException {
			LdapKey suffix = LdapKey.of("/" + TestDirectory.SUFFIX);
			try (LdapConnectionPool pool = LdapConnectionPool.builder(List.of(arguments[0])).build()) {
				LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
				boolean told = false;
				while (!told) {
					told = System.in.available() > 0;
					try {
						store.contains(suffix);
						System.out.println("got");
					}
					catch (DataAccessException ex) {
						System.out.println("failed");
					}
					LockSupport.parkNanos(20_000_000);
				}
			}
		}

	}

}
