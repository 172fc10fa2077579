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

package io.github.ldapkv.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import io.github.ldapkv.watch.LdapWatch;
import io.github.ldapkv.watch.LdapWatchBuilder;
import io.github.ldapkv.watch.WatchState.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a watch tells, in whatever way it learns of it.
 */
public interface WatchLaws extends Laws {

	/**
	 * How long to wait for a watch, on a busy machine.
	 */
	Duration LONG = Duration.ofSeconds(60);

	/**
	 * Runs a test on the store as it is, and on one that knows of changes by listing
	 * only.
	 * @param law the test, which writes below another entry each time
	 */
	default void inEachWay(Law law) throws Exception {
		law.run(store(), putUnit("ou=told"));
		try (LdapKeyValueTemplate listing = LdapKeyValueTemplate
			.builder(directory().pool().base(store().base().dn()).build())
			.serverCapabilities((server) -> server.without(Feature.CONTENT_SYNC)
				.without(Feature.PERSISTENT_SEARCH)
				.without(Feature.CHANGE_NOTIFICATION))
			.build()) {
			law.run(listing, putUnit("ou=listed"));
		}
	}

	/**
	 * A watch that lists often, if it lists.
	 * @param store the store
	 * @return its builder
	 */
	default LdapWatchBuilder watch(LdapKeyValueOperations store) {
		return LdapWatch.on(store).pollInterval(Duration.ofMillis(200));
	}

	/**
	 * Waits until all is told, and compares what was with the directory.
	 * @param watch the watch
	 * @param map what is kept by it
	 * @param query what it watches
	 */
	default void assertCaughtUp(LdapWatch watch, FollowedMap map, KeyQuery query) {
		assertThat(watch.awaitCaughtUp(LONG)).as("caught up: %s", watch.state()).isTrue();
		assertThat(map.map()).as("kept by %s", map.told()).isEqualTo(FollowedMap.query(store(), query));
	}

	@Test
	default void whatIsThereIsToldFirst() throws Exception {
		inEachWay((store, top) -> {
			LdapKey john = LdapKey.of(top + named("/uid=jdoe"));
			store.put(john, person());
			FollowedMap map = new FollowedMap();
			KeyQuery query = KeyQuery.of(top + "/*");
			try (LdapWatch watch = watch(store).start(query, map)) {
				assertCaughtUp(watch, map, query);
				assertThat(map.told()).containsExactly("CREATED " + spelled(john.toString()), "CAUGHT_UP");
				assertThat(watch.state().phase()).isEqualTo(Phase.LIVE);
				assertThat(watch.state().entries()).isOne();
			}
		});
	}

	@Test
	default void onlyWhatIsNewIsToldIfThatIsAskedFor() throws Exception {
		inEachWay((store, top) -> {
			LdapKey john = LdapKey.of(top + named("/uid=jdoe"));
			store.put(john, person());
			FollowedMap map = new FollowedMap();
			try (LdapWatch watch = watch(store).existing(false).start(KeyQuery.of(top + "/*"), (change) -> {
				if (change.kind() != io.github.ldapkv.watch.LdapChange.Kind.DELETED) {
					map.changed(change);
				}
			})) {
				assertThat(watch.awaitCaughtUp(LONG)).isTrue();
				store.put(top + named("/uid=new"), person());
				assertThat(watch.awaitCaughtUp(LONG)).isTrue();
				assertThat(map.map()).containsOnlyKeys(LdapKey.of(spelled(top + named("/uid=new"))));
			}
		});
	}

	@Test
	default void eachKindOfChangeIsTold() throws Exception {
		inEachWay((store, top) -> {
			FollowedMap map = new FollowedMap();
			KeyQuery query = KeyQuery.of(top + "/*");
			try (LdapWatch watch = watch(store).start(query, map)) {
				assertCaughtUp(watch, map, query);
				LdapKey john = LdapKey.of(top + named("/uid=jdoe"));
				store.put(john, person());
				assertCaughtUp(watch, map, query);
				tick();
				store.put(john, Map.of("displayName", "Boss"));
				assertCaughtUp(watch, map, query);
				store.move(john, top + named("/uid=jroe"));
				assertCaughtUp(watch, map, query);
				store.delete(top + named("/uid=jroe"));
				assertCaughtUp(watch, map, query);
				assertThat(map.told().stream().filter((told) -> !told.equals("CAUGHT_UP"))).containsExactly(
						"CREATED " + spelled(john.toString()), "CHANGED " + spelled(john.toString()),
						"MOVED " + spelled(john.toString()) + " to " + spelled(top + named("/uid=jroe")),
						"DELETED " + spelled(top + named("/uid=jroe")));
			}
		});
	}

	@Test
	default void whatEntersTheFilterIsCreatedAndWhatLeavesItIsDeleted() throws Exception {
		inEachWay((store, top) -> {
			LdapKey john = LdapKey.of(top + named("/uid=jdoe"));
			store.put(john, person());
			FollowedMap map = new FollowedMap();
			KeyQuery query = KeyQuery.of(top + "/**").filter("(displayName=Boss)");
			try (LdapWatch watch = watch(store).start(query, map)) {
				assertCaughtUp(watch, map, query);
				tick();
				store.put(john, Map.of("displayName", "Boss"));
				assertCaughtUp(watch, map, query);
				assertThat(map.map()).hasSize(1);
				tick();
				store.put(john, Map.of("displayName", "Clerk"));
				assertCaughtUp(watch, map, query);
				assertThat(map.map()).isEmpty();
			}
		});
	}

	@Test
	default void whatHasNotChangedIsNotTold() throws Exception {
		inEachWay((store, top) -> {
			LdapKey john = LdapKey.of(top + named("/uid=jdoe"));
			store.put(john, personWith(Map.of("displayName", "Boss")));
			FollowedMap map = new FollowedMap();
			try (LdapWatch watch = watch(store).start(KeyQuery.of(top + "/*").attributes("displayName"), map)) {
				assertThat(watch.awaitCaughtUp(LONG)).isTrue();
				map.forget();
				tick();
				store.put(john, Map.of("displayName", "Boss"));
				store.put(john, Map.of(several(), "not asked for"));
				assertThat(watch.awaitCaughtUp(LONG)).isTrue();
				assertThat(map.told()).isEmpty();
			}
		});
	}

	@Test
	default void theChildrenOfATreeThatMovesAreTold() throws Exception {
		inEachWay((store, top) -> {
			FollowedMap map = new FollowedMap();
			KeyQuery query = KeyQuery.of(top + "/ou=Sales/**");
			store.put(top + "/ou=Sales", Map.of("objectClass", "organizationalUnit"));
			store.put(top + "/ou=Sales/ou=a", Map.of("objectClass", "organizationalUnit"));
			store.put(top + named("/ou=Sales/ou=a/uid=jdoe"), person());
			try (LdapWatch watch = watch(store).start(query, map)) {
				assertCaughtUp(watch, map, query);
				assertThat(map.map()).hasSize(3);
				store.move(top + "/ou=Sales/ou=a", top + "/ou=Sales/ou=b");
				assertCaughtUp(watch, map, query);
				assertThat(map.told())
					.contains("MOVED " + spelled(top + "/ou=Sales/ou=a") + " to " + spelled(top + "/ou=Sales/ou=b"));
				store.move(top + "/ou=Sales/ou=b", top + "/ou=b");
				assertCaughtUp(watch, map, query);
				assertThat(map.map()).hasSize(1);
				store.move(top + "/ou=b", top + "/ou=Sales/ou=b");
				assertCaughtUp(watch, map, query);
				assertThat(map.map()).hasSize(3);
			}
		});
	}

	@Test
	default void anEntryThatTakesTheKeyOfAnotherIsNotMixedUpWithIt() throws Exception {
		inEachWay((store, top) -> {
			LdapKey one = LdapKey.of(top + named("/uid=one"));
			LdapKey two = LdapKey.of(top + named("/uid=two"));
			store.put(one, personWith(Map.of("displayName", "One")));
			store.put(two, personWith(Map.of("displayName", "Two")));
			FollowedMap map = new FollowedMap();
			KeyQuery query = KeyQuery.of(top + "/*");
			try (LdapWatch watch = watch(store).start(query, map)) {
				assertCaughtUp(watch, map, query);
				store.delete(one);
				store.put(one, personWith(Map.of("displayName", "Another one")));
				assertCaughtUp(watch, map, query);
				store.move(one, top + named("/uid=three"));
				store.move(two, one);
				store.move(top + named("/uid=three"), two);
				assertCaughtUp(watch, map, query);
			}
		});
	}

	@Test
	default void randomChangesAreToldUntilTheMapIsWhatAQueryFinds() throws Exception {
		long seed = System.nanoTime();
		inEachWay((store, top) -> {
			Random random = new Random(seed);
			FollowedMap map = new FollowedMap();
			KeyQuery query = KeyQuery.of(top + "/**");
			try (LdapWatch watch = watch(store).start(query, map)) {
				for (int i = 0; i < 3; i++) {
					for (int j = 0; j < 30; j++) {
						changeAtRandom(store, top, random);
					}
					assertThat(watch.awaitCaughtUp(LONG)).as("seed %d", seed).isTrue();
					assertThat(map.map()).as("seed %d, kept by %s", seed, map.told())
						.isEqualTo(FollowedMap.query(store(), query));
				}
			}
		});
	}

	private void changeAtRandom(LdapKeyValueOperations store, LdapKey top, Random random) {
		String unit = top + "/ou=u" + random.nextInt(3);
		String other = top + "/ou=u" + random.nextInt(3);
		String person = unit + named("/uid=p" + random.nextInt(5));
		switch (random.nextInt(6)) {
			case 0 -> store.put(unit, Map.of("objectClass", "organizationalUnit"));
			case 1, 2 -> {
				store.put(unit, Map.of("objectClass", "organizationalUnit"));
				store.put(person, personWith(Map.of("displayName", "n" + random.nextInt(10))));
			}
			case 3 -> store.delete(person);
			case 4 -> store.deleteTree(unit);
			default -> {
				if (store.contains(unit) && !store.contains(other)) {
					store.move(unit, other);
				}
			}
		}
	}

	@Test
	default void aListenerThatThrowsIsToldAgain() throws Exception {
		inEachWay((store, top) -> {
			store.put(top + named("/uid=jdoe"), person());
			FollowedMap map = new FollowedMap();
			AtomicInteger calls = new AtomicInteger();
			KeyQuery query = KeyQuery.of(top + "/*");
			try (LdapWatch watch = watch(store).start(query, (change) -> {
				if (calls.incrementAndGet() % 2 == 1) {
					throw new IllegalStateException("For the test");
				}
				map.changed(change);
			})) {
				assertCaughtUp(watch, map, query);
				assertThat(watch.state().counts().failures()).isEqualTo(2);
				assertThat(watch.state().counts().untold()).isZero();
			}
		});
	}

	@Test
	default void aCheckpointTellsWhatHasHappenedMeanwhile(@TempDir Path directory) throws Exception {
		inEachWay((store, top) -> {
			Path file = directory.resolve(top.toString().replaceAll("[^a-z]", "-"));
			LdapKey john = LdapKey.of(top + named("/uid=jdoe"));
			LdapKey jane = LdapKey.of(top + named("/uid=jane"));
			store.put(john, person());
			store.put(jane, person());
			FollowedMap map = new FollowedMap();
			KeyQuery query = KeyQuery.of(top + "/*");
			try (LdapWatch watch = watch(store).checkpoint(file).start(query, map)) {
				assertCaughtUp(watch, map, query);
			}
			assertThat(file).isNotEmptyFile();
			assertThat(directory.toFile().list()).doesNotContain(file.getFileName() + ".tmp");
			map.forget();
			store.delete(john);
			store.put(top + named("/uid=new"), person());
			try (LdapWatch watch = watch(store).checkpoint(file).start(query, map)) {
				assertCaughtUp(watch, map, query);
			}
			assertThat(map.told()).containsExactlyInAnyOrder("DELETED " + spelled(john.toString()),
					"CREATED " + spelled(top + named("/uid=new")), "CAUGHT_UP");
			Files.writeString(file, "broken");
			FollowedMap anew = new FollowedMap();
			try (LdapWatch watch = watch(store).checkpoint(file).start(query, anew)) {
				assertCaughtUp(watch, anew, query);
			}
		});
	}

	@Test
	default void aWatchThatIsClosedTellsNothingMore() throws Exception {
		CountDownLatch told = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		AtomicInteger returned = new AtomicInteger();
		putPerson("uid=jdoe");
		putPerson("uid=jane");
		LdapWatch watch = watch(store()).start(KeyQuery.of(area() + "/*"), (change) -> {
			told.countDown();
			goOn.await();
			returned.incrementAndGet();
		});
		assertThat(told.await(LONG.toSeconds(), TimeUnit.SECONDS)).as("told: %s", watch.state()).isTrue();
		Thread closing = new Thread(watch::close);
		closing.start();
		closing.join(100);
		assertThat(closing.isAlive()).as("closing while the listener runs").isTrue();
		goOn.countDown();
		closing.join();
		assertThat(returned).hasValue(1);
		assertThat(watch.state().phase()).isEqualTo(Phase.CLOSED);
	}

	@Test
	default void aQueryForAPartIsRefused() {
		for (KeyQuery query : List.of(KeyQuery.of("/**").limit(1), KeyQuery.of("/**").offset(1),
				KeyQuery.of("/**").after("/ou=a"))) {
			assertThatIllegalArgumentException().isThrownBy(() -> LdapWatch.on(store()).start(query, (change) -> {
			})).withMessageContaining("limit").withMessageContaining("'/**'");
		}
	}

	/**
	 * A law in one way.
	 */
	@FunctionalInterface
	interface Law {

		/**
		 * Tests it.
		 * @param store the store
		 * @param top the entry to write below
		 */
		void run(LdapKeyValueOperations store, LdapKey top) throws Exception;

	}

}
