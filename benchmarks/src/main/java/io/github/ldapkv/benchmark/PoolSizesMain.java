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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.PoolListener;
import io.github.ldapkv.pool.PoolRole;

/**
 * How many calls a pool makes, and how long they wait for a connection, by its size and
 * the number of threads: the table of {@code docs/operations.md}.
 */
public final class PoolSizesMain {

	private static final int PEOPLE = 1000;

	private static final List<Integer> SIZES = List.of(1, 2, 4, 8, 16);

	private static final List<Integer> THREADS = List.of(8, 64, 200);

	/**
	 * What a server and a network may take for a call.
	 */
	private static final Duration DISTANCE = Duration.ofMillis(5);

	private static final Duration WARM_UP = Duration.ofMillis(500);

	private static final Duration MEASURED = Duration.ofSeconds(2);

	private static final int ROUNDS = 3;

	private PoolSizesMain() {
	}

	/**
	 * Measures, and prints the table.
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		try (Server server = Server.start(PEOPLE);
				DistantServer distant = new DistantServer(server.address(), DISTANCE)) {
			print("On the same machine\n");
			printTable(server.address());
			print("\n" + DISTANCE.toMillis() + " ms away\n");
			printTable(distant.address());
			print("\n" + Machine.description(server.description()));
		}
	}

	private static void printTable(ServerAddress server) {
		print("| `max-size` |" + columns(" %d threads |"));
		print("|---|" + columns("---|"));
		for (int size : SIZES) {
			print("| %d |".formatted(size) + THREADS.stream()
				.map((threads) -> " " + bestOf(server, size, threads) + " |")
				.collect(Collectors.joining()));
		}
	}

	private static String columns(String format) {
		return THREADS.stream().map((threads) -> format.formatted(threads)).collect(Collectors.joining());
	}

	/**
	 * Other load on the machine makes a round slower, and none faster.
	 */
	private static Round bestOf(ServerAddress server, int size, int threads) {
		return IntStream.range(0, ROUNDS)
			.mapToObj((round) -> measure(server, size, threads))
			.max((one, other) -> Double.compare(one.speed(), other.speed()))
			.orElseThrow();
	}

	private static Round measure(ServerAddress server, int size, int threads) {
		try (LdapConnectionPool pool = LdapConnectionPool.builder(List.of(server.url()))
			.base(People.SUFFIX)
			.user(server.userDn(), server.password())
			.maxSize(size)
			.build()) {
			Waits waits = new Waits();
			pool.addListener(waits);
			AtomicLong calls = new AtomicLong();
			List<Thread> callers = start(new LdapKeyValueTemplate(pool), threads, calls);
			Thread.sleep(WARM_UP.toMillis());
			long before = calls.get();
			long began = System.nanoTime();
			waits.begin();
			Thread.sleep(MEASURED.toMillis());
			double speed = (calls.get() - before) / ((System.nanoTime() - began) / 1e9);
			double waited = waits.p99();
			for (Thread caller : callers) {
				caller.interrupt();
			}
			for (Thread caller : callers) {
				caller.join();
			}
			return new Round(speed, waited);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static List<Thread> start(LdapKeyValueTemplate store, int threads, AtomicLong calls) {
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			int first = i;
			Thread caller = new Thread(() -> call(store, first, calls));
			caller.setDaemon(true);
			caller.start();
			callers.add(caller);
		}
		return callers;
	}

	private static void call(LdapKeyValueTemplate store, int first, AtomicLong calls) {
		try {
			for (int i = first; !Thread.currentThread().isInterrupted(); i++) {
				store.getRequired(LdapKey.of("/ou={area}/uid={uid}", People.AREA, People.uid(i % PEOPLE)));
				calls.incrementAndGet();
			}
		}
		catch (RuntimeException ex) {
			if (!Thread.currentThread().isInterrupted()) {
				throw ex;
			}
		}
	}

	private static void print(String line) {
		System.out.println(line);
	}

	/**
	 * How long calls wait for a connection.
	 */
	private static final class Waits implements PoolListener {

		private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

		private volatile boolean begun;

		@Override
		public void acquired(PoolRole role, Duration waited, boolean given) {
			if (this.begun) {
				this.nanos.add(waited.toNanos());
			}
		}

		void begin() {
			this.begun = true;
		}

		/**
		 * What 99 of 100 calls wait at most, in milliseconds.
		 */
		double p99() {
			this.begun = false;
			long[] sorted = this.nanos.stream().mapToLong(Long::longValue).toArray();
			Arrays.sort(sorted);
			return (sorted.length > 0) ? sorted[(int) (sorted.length * 0.99)] / 1e6 : 0;
		}

	}

	private record Round(double speed, double waited) {

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%,.0f / s, %.1f ms", this.speed, this.waited);
		}

	}

}
