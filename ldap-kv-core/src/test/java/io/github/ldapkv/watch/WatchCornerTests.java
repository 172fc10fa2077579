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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapBulk;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.testserver.TestDirectory;
import io.github.ldapkv.watch.LdapChange.Kind;
import io.github.ldapkv.watch.WatchState.Phase;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is easily forgotten: odd entries, odd queries and odd listeners.
 */
@Timeout(300)
class WatchCornerTests extends WatchTest {

	/**
	 * The server changes them, and gives the entry no new version.
	 */
	@Test
	void anAttributeThatTheServerMaintains() {
		String person = this.area.top() + "/uid=jdoe";
		this.admin.put(person, person("1"));
		KeyQuery query = KeyQuery.of(this.area.top() + "/*").filter("(uid=*)").attributes("memberOf");
		try (Watching watching = watch(query)) {
			this.admin.put(this.area.top() + "/cn=group",
					Map.of("objectClass", "groupOfNames", "member", List.of("uid=jdoe," + dn())));
			watching.assertRight(this.admin);
			assertThat(watching.told().changes()).containsExactly("CHANGED " + person);
			assertThat(watching.told().map().get(person).text("memberOf")).contains("cn=group," + dn());
		}
	}

	@Test
	void operationalAttributes() {
		this.area.put("a", "1");
		KeyQuery query = KeyQuery.of(this.area.top() + "/*").attributes("*", "+");
		try (Watching watching = watch(query)) {
			this.area.put("a", "2");
			watching.awaitTold("CHANGED " + this.area.key("a"));
			watching.assertRight(this.admin);
			assertThat(watching.told().map().get(this.area.key("a")).has("entryCSN")).isTrue();
			assertThat(watching.told().map().get(this.area.key("a")).has("hasSubordinates")).isTrue();
		}
	}

	@Test
	void oneEntry() {
		String key = this.area.key("a");
		try (Watching watching = watch(KeyQuery.entry(key))) {
			assertThat(watching.told().map()).isEmpty();
			assertThat(watching.state().phase()).isEqualTo(Phase.LIVE);
			this.admin.put(key, WatchedArea.unit("1"));
			watching.awaitTold("CREATED " + key);
			this.admin.put(key, WatchedArea.unit("2"));
			watching.awaitTold("CHANGED " + key);
			this.admin.move(key, key + "-moved");
			watching.awaitTold("DELETED " + key);
			this.admin.move(key + "-moved", key);
			watching.await("is told twice", () -> watching.told().changes().size() == 4);
			watching.assertRight(this.admin);
		}
	}

	/**
	 * What is not there has no children: a query for them fails.
	 */
	@Test
	void theChildrenOfAnEntryThatIsNotThereYet() {
		String parent = this.area.key("parent");
		try (Watching watching = Watching.of(this.area.store(), KeyQuery.childrenOf(parent),
				UnaryOperator.identity())) {
			watching.awaitPhase(Phase.WAITING);
			assertThat(watching.failure()).contains("'/" + parent.substring(1) + "'").contains("missing");
			this.area.put("parent", "1");
			this.admin.put(parent + "/ou=x", WatchedArea.unit("1"));
			watching.awaitTold("CREATED " + parent + "/ou=x");
			watching.assertRight(this.admin);
			this.admin.put(parent + "/ou=y", WatchedArea.unit("1"));
			watching.awaitTold("CREATED " + parent + "/ou=y");
			assertThat(watching.log().warnings()).hasSize(1);
		}
	}

	@Test
	void theBaseItselfAndEverythingOfTheServer() {
		LdapKeyValueTemplate whole = SERVER.store();
		for (LdapKeyValueTemplate store : List.of(whole,
				new LdapKeyValueTemplate(SERVER.pool().base(TestDirectory.SUFFIX).build()))) {
			String base = (store == whole) ? "/dc=org/dc=test" : "/";
			try (LdapKeyValueTemplate truth = new LdapKeyValueTemplate(
					SERVER.pool().base((store == whole) ? "" : TestDirectory.SUFFIX).build());
					Watching watching = Watching.of(store, KeyQuery.of("/**"), UnaryOperator.identity())) {
				watching.begun();
				assertThat(watching.told().map()).containsKey(base);
				this.admin.put("/", Map.of("description", base));
				watching.awaitTold("CHANGED " + base);
				this.area.put("of-" + base.length(), "1");
				watching.assertRight(truth);
				assertThat(watching.told().changes()).hasSize(2);
			}
		}
	}

	@Test
	void anEntryOfTenMegabytes() {
		byte[] photo = new byte[10_000_000];
		Arrays.fill(photo, (byte) 7);
		this.admin.put(this.area.top() + "/uid=jdoe", person("1"));
		try (Watching watching = watch(KeyQuery.of(this.area.top() + "/*"))) {
			this.admin.put(this.area.top() + "/uid=jdoe", Map.of("jpegPhoto", photo));
			watching.awaitTold("CHANGED " + this.area.top() + "/uid=jdoe");
			photo[9_999_999] = 8;
			this.admin.put(this.area.top() + "/uid=jdoe", Map.of("jpegPhoto", photo));
			watching.await("is told twice", () -> watching.told().changes().size() == 2);
			watching.assertRight(this.admin);
		}
	}

	@Test
	void aListenerThatUsesTheStore() throws InterruptedException {
		LdapKeyValueTemplate store = this.area.store();
		CountDownLatch answered = new CountDownLatch(2);
		try (store; LdapWatch watch = LdapWatch.on(store).start(KeyQuery.of(this.area.top() + "/ou=*"), (change) -> {
			if (change.kind() != Kind.CAUGHT_UP) {
				LdapValue value = store.getRequired(change.key());
				if (value.texts("description").contains("question")) {
					store.put(change.key(), Map.of("description", "answer"));
				}
				else if (value.texts("description").contains("answer")) {
					answered.countDown();
				}
			}
		})) {
			this.area.put("a", "question");
			assertThat(watch.awaitCaughtUp(Watching.LONG)).isTrue();
			this.area.put("b", "question");
			assertThat(answered.await(60, TimeUnit.SECONDS)).as("answered: %s", watch.state()).isTrue();
			assertThat(watch.state().counts().failures()).isZero();
		}
	}

	@Test
	void aListenerThatClosesItsWatch() throws InterruptedException {
		this.area.put("a", "1");
		this.area.put("b", "1");
		AtomicReference<LdapWatch> watch = new AtomicReference<>();
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		Told told = new Told();
		try (LdapKeyValueTemplate store = this.area.store()) {
			watch.set(LdapWatch.on(store).start(KeyQuery.of(this.area.top() + "/*"), (change) -> {
				told.changed(change);
				started.await();
				watch.get().close();
				closed.countDown();
			}));
			started.countDown();
			assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
			watch.get().close();
			assertThat(watch.get().state().phase()).isEqualTo(Phase.CLOSED);
			assertThat(told.changes()).hasSize(1);
			assertThat(watch.get().awaitCaughtUp(Watching.LONG)).isFalse();
		}
	}

	@Test
	void aListenerThatThrowsAnErrorIsToldAgain() {
		List<Exception> failures = new ArrayList<>();
		Told told = new Told();
		try (LdapKeyValueTemplate store = this.area.store();
				LdapWatch watch = LdapWatch.on(store).errorHandler((change, failure, attempts) -> {
					failures.add(failure);
					return Optional.of(Duration.ofMillis(1));
				}).start(KeyQuery.of(this.area.top() + "/*"), (change) -> {
					if (failures.isEmpty()) {
						throw new StackOverflowError("for the test");
					}
					told.changed(change);
				})) {
			this.area.put("a", "1");
			assertThat(watch.awaitCaughtUp(Watching.LONG)).isTrue();
			assertThat(told.map()).hasSize(1);
			assertThat(failures).singleElement()
				.asInstanceOf(InstanceOfAssertFactories.THROWABLE)
				.hasCauseInstanceOf(StackOverflowError.class);
			assertThat(watch.state().phase()).isEqualTo(Phase.LIVE);
		}
	}

	@Test
	void aListenerThatWaitsForItself() {
		this.area.put("a", "1");
		AtomicReference<LdapWatch> watch = new AtomicReference<>();
		CountDownLatch started = new CountDownLatch(1);
		AtomicReference<Exception> failure = new AtomicReference<>();
		try (LdapKeyValueTemplate store = this.area.store()) {
			watch.set(LdapWatch.on(store).start(KeyQuery.of(this.area.top() + "/*"), (change) -> {
				started.await();
				try {
					watch.get().awaitCaughtUp(Watching.LONG);
				}
				catch (IllegalStateException ex) {
					failure.set(ex);
				}
			}));
			started.countDown();
			assertThat(watch.get().awaitCaughtUp(Watching.LONG)).isTrue();
			assertThat(failure.get()).hasMessageContaining("itself");
			watch.get().close();
		}
	}

	@Test
	void aListenerThatLeavesItsThreadInterrupted() {
		AtomicBoolean interrupts = new AtomicBoolean(true);
		Told told = new Told();
		try (LdapKeyValueTemplate store = this.area.store();
				LdapWatch watch = LdapWatch.on(store).start(KeyQuery.of(this.area.top() + "/*"), (change) -> {
					told.changed(change);
					Thread.currentThread().interrupt();
					if (interrupts.getAndSet(false)) {
						throw new InterruptedException("For the test");
					}
				})) {
			for (int i = 0; i < 3; i++) {
				this.area.put("u" + i, "1");
				assertThat(watch.awaitCaughtUp(Watching.LONG)).isTrue();
			}
			assertThat(told.map()).hasSize(3);
			assertThat(watch.state().phase()).isEqualTo(Phase.LIVE);
		}
	}

	@Test
	void aStoreInFrontOfTheOneThatIsWatched() {
		LdapKeyValueTemplate store = this.area.store();
		LdapKeyValueOperations front = (LdapKeyValueOperations) Proxy.newProxyInstance(
				LdapKeyValueOperations.class.getClassLoader(), new Class<?>[] { LdapKeyValueOperations.class },
				(proxy, method, arguments) -> {
					try {
						return method.invoke(store, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
		Told told = new Told();
		try (store; LdapWatch watch = LdapWatch.on(front).start(KeyQuery.of(this.area.top() + "/*"), told)) {
			this.area.put("a", "1");
			assertThat(watch.awaitCaughtUp(Watching.LONG)).isTrue();
			assertThat(told.changes()).containsExactly("CREATED " + this.area.key("a"));
		}
	}

	@Test
	void twoWatchesOfTheSame() {
		LdapKeyValueTemplate store = this.area.store();
		Told first = new Told();
		Told second = new Told();
		KeyQuery query = KeyQuery.of(this.area.top() + "/*");
		try (store;
				LdapWatch one = LdapWatch.on(store).start(query, first);
				LdapWatch other = LdapWatch.on(store).start(query, second)) {
			this.area.put("a", "1");
			assertThat(one.awaitCaughtUp(Watching.LONG)).isTrue();
			assertThat(other.awaitCaughtUp(Watching.LONG)).isTrue();
			one.close();
			this.area.put("b", "1");
			Watching.await(() -> "told " + second.changes(), Watching.LONG, () -> second.changes().size() == 2);
			assertThat(first.changes()).hasSize(1);
		}
	}

	@Test
	void closingWhileALargeListingIsUnderWay() throws InterruptedException {
		Map<LdapKey, LdapValue> units = IntStream.range(0, 3000)
			.boxed()
			.collect(Collectors.toMap((i) -> LdapKey.of(this.area.key("u" + i)),
					(i) -> LdapValue.of(WatchedArea.unit("x".repeat(500)))));
		LdapBulk.on(this.admin).putAll(units);
		for (boolean told : new boolean[] { true, false }) {
			CountDownLatch begun = new CountDownLatch(1);
			Told all = new Told();
			try (LdapKeyValueTemplate store = this.area.store();
					LdapWatch watch = LdapWatch.on(store)
						.existing(told)
						.start(KeyQuery.of(this.area.top() + "/*"), (change) -> {
							all.changed(change);
							begun.countDown();
						})) {
				if (told) {
					assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
				}
				watch.close();
				assertThat(all.changes()).hasSizeLessThan(3000);
			}
		}
	}

}
