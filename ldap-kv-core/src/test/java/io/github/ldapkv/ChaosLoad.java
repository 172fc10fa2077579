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

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Threads that do everything at once, keep account of what they were told of each write,
 * and check each answer to be one to their own question, while they are interrupted now
 * and then.
 */
final class ChaosLoad {

	private static final int FIXED = 120;

	private final LdapKeyValueOperations store;

	private final LdapKeyValueOperations direct;

	private final LdapKey area;

	private final boolean transactions;

	private final long seed;

	private final List<Worker> workers = new ArrayList<>();

	private final Map<String, AtomicLong> outcomes = new ConcurrentHashMap<>();

	private final Map<String, AtomicLong> slowest = new ConcurrentHashMap<>();

	private final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();

	private final Set<Long> counted = ConcurrentHashMap.newKeySet();

	private final AtomicInteger uncounted = new AtomicInteger();

	private volatile boolean stopped;

	/**
	 * Prepares a load.
	 * @param direct a store that nothing disturbs
	 */
	ChaosLoad(LdapKeyValueOperations store, LdapKeyValueOperations direct, LdapKey area, boolean transactions,
			long seed) {
		this.store = store;
		this.direct = direct;
		this.area = area;
		this.transactions = transactions;
		this.seed = seed;
		direct.put(area, Map.of("objectClass", "organizationalUnit"));
		direct.putAll(IntStream.range(0, FIXED)
			.boxed()
			.collect(Collectors.toMap((i) -> fixed(i), (i) -> person("fixed-" + i))));
		direct.put(area.child("uid", "counter"), person("0"));
		direct.put(area.child("uid", "group"), person("0"));
	}

	private LdapKey fixed(int number) {
		return this.area.child("uid", "fixed-" + number);
	}

	private static LdapValue person(String description) {
		return LdapValue.of(Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "description", description,
				"employeeNumber", 0));
	}

	void start(int threads) {
		for (int i = 0; i < threads; i++) {
			Worker worker = new Worker(i);
			this.direct.put(worker.cell, person("0"));
			this.direct.put(worker.left, person("0"));
			this.direct.put(worker.right, person("0"));
			this.workers.add(worker);
			worker.thread.start();
		}
	}

	/**
	 * Lets threads work, and interrupts one at odd times, to meet any stage of a call.
	 */
	void run(Duration time) throws InterruptedException {
		Random random = new Random(this.seed);
		long end = System.nanoTime() + time.toNanos();
		while (System.nanoTime() < end && this.wrong.isEmpty()) {
			Thread.sleep(20 + random.nextInt(80));
			this.workers.get(random.nextInt(this.workers.size())).interrupt();
		}
	}

	/**
	 * Ends the load.
	 * @param patience how long a call may take
	 */
	void stop(Duration patience) throws InterruptedException {
		this.stopped = true;
		for (Worker worker : this.workers) {
			worker.thread.join(patience.toMillis());
			if (worker.thread.isAlive()) {
				AssertionError stuck = new AssertionError("A thread is stuck in " + worker.verb);
				stuck.setStackTrace(worker.thread.getStackTrace());
				throw stuck;
			}
		}
		if (!this.wrong.isEmpty()) {
			throw new AssertionError(this.wrong.size() + " wrong answers", this.wrong.peek());
		}
	}

	/**
	 * Compares what is there with what the threads were told.
	 */
	void check() {
		assertThat(number(this.area.child("uid", "counter"))).as("the counter")
			.isBetween((long) this.counted.size(), (long) this.counted.size() + this.uncounted.get());
		List<String> members = this.direct.getRequired(this.area.child("uid", "group")).texts("description");
		for (Worker worker : this.workers) {
			worker.check(members);
		}
	}

	private long number(LdapKey key) {
		return Long.parseLong(this.direct.getRequired(key).text("employeeNumber").orElseThrow());
	}

	Map<String, AtomicLong> slowest() {
		return new TreeMap<>(this.slowest);
	}

	long successes() {
		return this.outcomes.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().contains(" "))
			.mapToLong((entry) -> entry.getValue().get())
			.sum();
	}

	@Override
	public String toString() {
		return new TreeMap<>(this.outcomes) + ", slowest in ms " + slowest();
	}

	private final class Worker {

		private final int number;

		private final Random random;

		private final LdapKey cell;

		private final LdapKey left;

		private final LdapKey right;

		private final Thread thread;

		private final Set<String> cellMayBe = new HashSet<>(Set.of("0"));

		private final List<LdapKey> created = new ArrayList<>();

		private final List<LdapKey> notCreated = new ArrayList<>();

		private final List<String> joined = new ArrayList<>();

		private final List<String> notJoined = new ArrayList<>();

		private final Set<Long> leftMayBe = new HashSet<>(Set.of(0L));

		private volatile boolean interrupted;

		private volatile String verb = "";

		private long step;

		Worker(int number) {
			this.number = number;
			this.random = new Random(ChaosLoad.this.seed + number);
			this.cell = ChaosLoad.this.area.child("uid", "cell-" + number);
			this.left = ChaosLoad.this.area.child("uid", "left-" + number);
			this.right = ChaosLoad.this.area.child("uid", "right-" + number);
			this.thread = new Thread(this::work, "chaos-" + number);
		}

		void interrupt() {
			this.interrupted = true;
			this.thread.interrupt();
		}

		private void work() {
			while (!ChaosLoad.this.stopped && ChaosLoad.this.wrong.isEmpty()) {
				try {
					step();
					awaitInterrupt();
				}
				catch (RuntimeException | Error ex) {
					ChaosLoad.this.wrong.add(new AssertionError(this.verb, ex));
				}
			}
		}

		/**
		 * The flag of whoever was interrupted is set, whatever became of the call.
		 */
		private void awaitInterrupt() {
			if (this.interrupted) {
				long end = System.nanoTime() + 2_000_000_000L;
				while (!Thread.interrupted()) {
					assertThat(System.nanoTime()).as("the interrupt flag is lost").isLessThan(end);
					Thread.onSpinWait();
				}
				this.interrupted = false;
			}
		}

		private void step() {
			LdapKeyValueOperations store = ChaosLoad.this.store;
			String value = this.number + "-" + ++this.step;
			switch (this.random.nextInt(ChaosLoad.this.transactions ? 14 : 12)) {
				case 0, 1 -> {
					note(this.cellMayBe, value,
							attempt("put", () -> store.put(this.cell, Map.of("description", value))));
				}
				case 2 -> attempt("get", () -> {
					String read = store.getRequired(this.cell).text("description").orElseThrow();
					assertThat(this.cellMayBe).contains(read);
				});
				case 3 -> {
					LdapKey key = ChaosLoad.this.area.child("uid", "new-" + value);
					boolean[] created = new boolean[1];
					Outcome outcome = attempt("putIfAbsent", () -> created[0] = store.putIfAbsent(key, person(value)));
					if (outcome == Outcome.DONE) {
						assertThat(created[0]).as("the entry was there: it was created twice").isTrue();
						this.created.add(key);
					}
					else if (outcome == Outcome.NOT_DONE) {
						this.notCreated.add(key);
					}
				}
				case 4 -> {
					long[] sum = new long[1];
					Outcome outcome = attempt("increment", () -> sum[0] = store
						.increment(ChaosLoad.this.area.child("uid", "counter"), "employeeNumber", 1));
					if (outcome == Outcome.DONE) {
						assertThat(ChaosLoad.this.counted.add(sum[0])).as("the number %d is new", sum[0]).isTrue();
					}
					else if (outcome == Outcome.UNKNOWN) {
						ChaosLoad.this.uncounted.incrementAndGet();
					}
				}
				case 5 -> {
					Outcome outcome = attempt("patch", () -> store.patch(ChaosLoad.this.area.child("uid", "group"),
							(p) -> p.add("description", value)));
					if (outcome != Outcome.UNKNOWN) {
						((outcome == Outcome.DONE) ? this.joined : this.notJoined).add(value);
					}
				}
				case 6 -> {
					if (!this.created.isEmpty()) {
						LdapKey key = this.created.remove(this.created.size() - 1);
						boolean[] deleted = new boolean[1];
						Outcome outcome = attempt("delete", () -> deleted[0] = store.delete(key));
						if (outcome == Outcome.DONE) {
							assertThat(deleted[0]).as("the entry was there: it was deleted twice").isTrue();
							this.notCreated.add(key);
						}
						else if (outcome == Outcome.NOT_DONE) {
							this.created.add(key);
						}
					}
				}
				case 7, 8 -> attempt("getAll", () -> {
					List<LdapKey> keys = IntStream.generate(() -> this.random.nextInt(FIXED))
						.limit(1 + this.random.nextInt(60))
						.distinct()
						.mapToObj(ChaosLoad.this::fixed)
						.toList();
					Map<LdapKey, LdapValue> found = store.getAll(keys);
					assertThat(found.keySet()).containsExactlyElementsOf(keys);
					found.forEach(this::assertOwn);
				});
				case 9 -> attempt("stream", () -> {
					try (Stream<LdapEntry> entries = store.stream(KeyQuery.of(ChaosLoad.this.area + "/uid=fixed-*"))) {
						int most = this.random.nextInt(FIXED * 2);
						long count = entries.limit(most).peek((entry) -> assertOwn(entry.key(), entry.value())).count();
						assertThat(count).isEqualTo(Math.min(most, FIXED));
					}
				});
				case 10 -> attempt("query", () -> {
					KeyQuery query = KeyQuery.of(ChaosLoad.this.area + "/uid=fixed-1*").limit(5);
					assertThat(store.query(query)).hasSize(5)
						.allSatisfy((entry) -> assertOwn(entry.key(), entry.value()));
				});
				case 11 -> attempt("get", () -> {
					LdapKey key = fixed(this.random.nextInt(FIXED));
					assertOwn(key, store.getRequired(key));
				});
				default -> transfer(store);
			}
		}

		private void transfer(LdapKeyValueOperations store) {
			long amount = this.step;
			note(this.leftMayBe, amount, attempt("atomically", () -> store.atomically((tx) -> {
				tx.put(this.left, Map.of("employeeNumber", amount));
				tx.put(this.right, Map.of("employeeNumber", -amount));
			})));
		}

		private void assertOwn(LdapKey key, LdapValue value) {
			assertThat(value.text("description").map((text) -> ChaosLoad.this.area.child("uid", text))).contains(key);
		}

		private static <T> void note(Set<T> mayBe, T value, Outcome outcome) {
			if (outcome == Outcome.DONE) {
				mayBe.clear();
			}
			if (outcome != Outcome.NOT_DONE) {
				mayBe.add(value);
			}
		}

		private Outcome attempt(String verb, Runnable call) {
			this.verb = verb;
			long start = System.nanoTime();
			String result = verb;
			try {
				call.run();
				return Outcome.DONE;
			}
			catch (UnknownOutcomeException ex) {
				result += " unknown";
				return Outcome.UNKNOWN;
			}
			catch (DataAccessException ex) {
				result += " " + ex.getClass().getSimpleName();
				return Outcome.NOT_DONE;
			}
			finally {
				ChaosLoad.this.outcomes.computeIfAbsent(result, (name) -> new AtomicLong()).incrementAndGet();
				ChaosLoad.this.slowest.computeIfAbsent(verb, (name) -> new AtomicLong())
					.accumulateAndGet((System.nanoTime() - start) / 1_000_000, Math::max);
			}
		}

		void check(List<String> members) {
			LdapKeyValueOperations direct = ChaosLoad.this.direct;
			assertThat(this.cellMayBe).contains(direct.getRequired(this.cell).text("description").orElseThrow());
			assertThat(direct.getAll(this.created)).as("acknowledged").hasSize(this.created.size());
			assertThat(direct.getAll(this.notCreated)).as("not done, or deleted").isEmpty();
			assertThat(members).as("acknowledged").containsAll(this.joined);
			assertThat(this.notJoined).as("not done").noneMatch(members::contains);
			assertThat(number(this.left) + number(this.right)).as("the sum of two accounts").isZero();
			assertThat(this.leftMayBe).contains(number(this.left));
		}

	}

	/**
	 * What a caller was told.
	 */
	private enum Outcome {

		DONE, NOT_DONE, UNKNOWN

	}

}
