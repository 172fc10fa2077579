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

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.ProcessSockets;
import io.github.ldapkv.watch.WatchState.Phase;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A watch that is tested, with what it has told and written to the log.
 */
final class Watching implements AutoCloseable {

	/**
	 * How long to wait for a watch, on a busy machine.
	 */
	static final Duration LONG = Duration.ofSeconds(60);

	private final LdapKeyValueTemplate store;

	private final KeyQuery query;

	private final Told told = new Told();

	private final WatchLog log = new WatchLog();

	private final LdapWatch watch;

	private Watching(LdapKeyValueTemplate store, KeyQuery query, UnaryOperator<LdapWatchBuilder> settings) {
		this.store = store;
		this.query = query;
		this.watch = settings
			.apply(LdapWatch.on(store)
				.keepAlive(Duration.ofSeconds(2))
				.pollInterval(Duration.ofMillis(200))
				// So that it is not by chance that everything was compared.
				.compareInterval(Duration.ofMinutes(10)))
			.start(query, this.told);
	}

	/**
	 * Starts a watch.
	 * @param store the store, which is closed along with it
	 */
	static Watching of(LdapKeyValueTemplate store, String pattern) {
		return of(store, KeyQuery.of(pattern), UnaryOperator.identity());
	}

	static Watching of(LdapKeyValueTemplate store, KeyQuery query, UnaryOperator<LdapWatchBuilder> settings) {
		return new Watching(store, query, settings);
	}

	LdapWatch watch() {
		return this.watch;
	}

	Told told() {
		return this.told;
	}

	WatchLog log() {
		return this.log;
	}

	WatchState state() {
		return this.watch.state();
	}

	/**
	 * Waits until all is told, and forgets what that was.
	 */
	Watching begun() {
		assertThat(this.watch.awaitCaughtUp(LONG)).as("caught up: %s", this).isTrue();
		await("says how it learns of changes", () -> !this.log.infos().isEmpty());
		this.told.forget();
		return this;
	}

	/**
	 * Waits until all is told, and compares the map with the directory.
	 * @param truth a store that shows what is there
	 */
	void assertRight(LdapKeyValueOperations truth) {
		assertThat(this.watch.awaitCaughtUp(LONG)).as("caught up: %s", this).isTrue();
		assertThat(this.told.map()).as("kept by %s", this).isEqualTo(Told.query(truth, this.query));
		assertThat(state().counts().failures()).as("what does not fit: %s", this).isZero();
		assertThat(state().phase()).isEqualTo(Phase.LIVE);
	}

	/**
	 * Waits until a change is told, without having anything compared.
	 */
	void awaitTold(String change) {
		await("told " + change, () -> this.told.changes().contains(change));
	}

	void awaitPhase(Phase phase) {
		await("is " + phase, () -> state().phase() == phase);
	}

	/**
	 * Waits until the log has so many lines that say how it learns of changes: the last
	 * one is written right after it is live.
	 */
	void assertSourcesLogged(int lines) {
		await("says how it learns of changes", () -> this.log.infos().size() >= lines);
		assertThat(this.log.infos()).hasSize(lines);
	}

	/**
	 * Waits for something.
	 * @param what what it is, for the message
	 */
	void await(String what, BooleanSupplier condition) {
		await(() -> what + ": " + this, LONG, condition);
	}

	static void await(Supplier<String> what, Duration longest, BooleanSupplier condition) {
		long end = System.nanoTime() + longest.toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime() - end).as(what).isNegative();
			LockSupport.parkNanos(5_000_000);
		}
	}

	/**
	 * The threads of watches that there are.
	 */
	static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.endsWith("-watch") || name.endsWith("-watch-reader"))
			.toList();
	}

	/**
	 * Makes sure that nothing is left of watches.
	 * @param port what they were connected to; {@code null} for nothing
	 */
	static void assertNothingStays(@Nullable Integer port) {
		Duration soon = Duration.ofSeconds(10);
		await(() -> "threads that stay: " + threads(), soon, () -> threads().isEmpty());
		if (port != null) {
			await(() -> "sockets that stay: " + ProcessSockets.to(port), soon, () -> ProcessSockets.to(port) == 0);
		}
	}

	@Override
	public String toString() {
		return state() + " told " + this.told.changes() + " logged " + this.log.warnings() + this.log.infos()
				+ this.log.errors();
	}

	String failure() {
		return Objects.requireNonNullElse(state().failure(), "");
	}

	@Override
	public void close() {
		this.watch.close();
		this.store.close();
		this.log.close();
	}

}
