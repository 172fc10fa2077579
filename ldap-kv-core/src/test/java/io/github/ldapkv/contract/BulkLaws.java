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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ldapkv.BulkWriteException;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapBulk;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapKeyValueTransactionManager;
import io.github.ldapkv.LdapValue;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Writes of many entries.
 */
public interface BulkLaws extends Laws {

	@Test
	default void aDeepTreeMayBeGivenInAnyOrder() {
		List<LdapKey> keys = deepTree();
		Map<LdapKey, LdapValue> backwards = new LinkedHashMap<>();
		for (int i = keys.size() - 1; i >= 0; i--) {
			backwards.put(keys.get(i), unit());
		}
		store().putAll(backwards);
		assertThat(store().keys(KeyQuery.of(area() + "/*/**"))).containsExactlyInAnyOrderElementsOf(keys);
		assertThat(store().deleteAll(keys)).isEqualTo(keys.size());
		assertThat(store().count(KeyQuery.of(area() + "/*/**"))).isZero();
		assertThat(store().deleteAll(keys)).isZero();
	}

	@Test
	default void putAllMergesAsPutDoes() {
		LdapKey existing = putPerson("uid=existing");
		store().putAll(
				Map.of(existing.toString(), LdapValue.of(Map.of("title", "x")), dn("uid=new"), LdapValue.of(person())));
		assertThat(store().getRequired(existing).text("title")).contains("x");
		assertThat(store().getRequired(existing).text("sn")).contains("Doe");
		assertThat(store().contains(at("uid=new"))).isTrue();
	}

	@Test
	default void nothingToWriteIsNotSent() {
		assertThat(directory().requestsDuring(() -> {
			store().putAll(Map.of());
			assertThat(store().deleteAll(List.of())).isZero();
		})).isEmpty();
	}

	@Test
	default void allFailuresComeTogetherAndTheRestIsDone() {
		Map<LdapKey, LdapValue> values = new LinkedHashMap<>();
		values.put(at("ou=bad/ou=child/ou=grandchild"), unit());
		values.put(at("ou=bad/ou=child"), unit());
		values.put(at("ou=bad"), LdapValue.of(Map.of("objectClass", "noSuchClass")));
		values.put(at("ou=good"), unit());
		values.put(at("ou=good/uid=jdoe"), LdapValue.of(person()));
		values.put(at("ou=none/uid=jdoe"), LdapValue.of(person()));
		assertThatExceptionOfType(BulkWriteException.class).isThrownBy(() -> store().putAll(values)).satisfies((ex) -> {
			assertThat(ex).hasMessageContaining("4 of 6");
			assertThat(ex.done()).isEqualTo(2);
			assertThat(ex.failures()).containsOnlyKeys(at("ou=bad"), at("ou=bad/ou=child"),
					at("ou=bad/ou=child/ou=grandchild"), at("ou=none/uid=jdoe"));
			assertThat(ex.failures().values()).allMatch(DataIntegrityViolationException.class::isInstance);
			assertThat(ex.failures().get(at("ou=bad"))).hasMessageContaining("noSuchClass");
			for (String below : List.of("ou=bad/ou=child", "ou=bad/ou=child/ou=grandchild")) {
				assertThat(ex.failures().get(at(below))).hasMessageContaining("'" + at(below) + "'")
					.hasMessageContaining("the entry '" + at("ou=bad") + "' above it is missing")
					.hasMessageContaining("noSuchClass")
					.hasCause(ex.failures().get(at("ou=bad")));
			}
			assertThat(ex.failures().get(at("ou=none/uid=jdoe"))).hasMessageContaining("'" + at("ou=none") + "'");
		});
		assertThat(store().contains(at("ou=good/uid=jdoe"))).isTrue();
		assertThat(store().contains(at("ou=bad"))).isFalse();
	}

	@Test
	default void belowAnEntryThatIsThereAllAreTried() {
		putUnit("ou=there");
		assertThatExceptionOfType(BulkWriteException.class)
			.isThrownBy(() -> store().putAll(Map.of(at("ou=there"), LdapValue.of(Map.of("noSuchAttribute", "x")),
					at("ou=there/uid=jdoe"), LdapValue.of(person()))))
			.satisfies((ex) -> assertThat(ex.failures()).containsOnlyKeys(at("ou=there")));
		assertThat(store().contains(at("ou=there/uid=jdoe"))).isTrue();
	}

	@Test
	default void whatIsAboveAnEntryThatStaysIsNotDeleted() {
		for (String path : List.of("ou=a", "ou=a/ou=b", "ou=a/ou=b/ou=c", "ou=a/ou=b/ou=c/ou=forgotten", "ou=d",
				"ou=d/ou=e")) {
			putUnit(path);
		}
		List<LdapKey> keys = List.of(at("ou=a"), at("ou=a/ou=b"), at("ou=a/ou=b/ou=c"), at("ou=d"), at("ou=d/ou=e"),
				at("ou=none"));
		assertThatExceptionOfType(BulkWriteException.class).isThrownBy(() -> store().deleteAll(keys))
			.satisfies((ex) -> {
				assertThat(ex.done()).isEqualTo(3);
				assertThat(ex.failures()).containsOnlyKeys(at("ou=a"), at("ou=a/ou=b"), at("ou=a/ou=b/ou=c"));
				assertThat(ex.failures().get(at("ou=a/ou=b/ou=c"))).hasMessageContaining("children");
				assertThat(ex.failures().get(at("ou=a")))
					.hasMessageContaining("the entry '" + at("ou=a/ou=b/ou=c") + "' below it is still there");
			});
		assertThat(store().keys(KeyQuery.of(area() + "/*/**"))).hasSize(4);
	}

	@Test
	default void allInputIsCheckedBeforeAnythingIsSent() {
		Map<String, LdapValue> withNull = new LinkedHashMap<>();
		withNull.put(at("uid=a").toString(), LdapValue.of(person()));
		withNull.put(at("uid=b").toString(), null);
		assertThat(directory().requestsDuring(() -> {
			assertThatIllegalArgumentException().isThrownBy(() -> store().putAll(withNull));
			assertThatIllegalArgumentException().isThrownBy(() -> store()
				.putAll(Map.of(at("uid=a").toString(), LdapValue.of(person()), "/ou", LdapValue.of(person()))));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> store().putAll(Map.of(at("uid=a"), LdapValue.of(person()), at("uid=b"),
						LdapValue.of(person()).toBuilder().set(id(), "c").build())))
				.withMessageContaining("contradicts");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> store().deleteAll(Arrays.asList(at("uid=a").toString(), null)));
		})).isEmpty();
	}

	@Test
	default void twoSpellingsOfOneEntryAreRefused() {
		String other = dn("uid=jdoe").replace(named("uid=jdoe"), named("UID=") + " JDoe");
		assertThat(directory().requestsDuring(() -> {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> store().putAll(Map.of(at("uid=jdoe").toString(), LdapValue.of(person()), other,
						LdapValue.of(person()), dn("uid=other"), LdapValue.of(person()))))
				.withMessageContaining("same entry")
				.withMessageContaining(named("uid=jdoe"))
				.withMessageContaining(named("UID=JDoe"));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> store().deleteAll(List.of(other, at("uid=other"), at("uid=jdoe"))));
		})).isEmpty();
	}

	@Test
	default void progressIsToldOfEachEntry() {
		Map<LdapKey, LdapValue> values = new LinkedHashMap<>();
		for (int i = 0; i < 20; i++) {
			values.put(at("uid=u" + i), LdapValue.of(person()));
		}
		values.put(at("ou=none/uid=x"), LdapValue.of(person()));
		List<LdapBulk.Progress> progress = new ArrayList<>();
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		assertThatExceptionOfType(BulkWriteException.class).isThrownBy(() -> LdapBulk.on(store()).onProgress((step) -> {
			progress.add(step);
			threads.add(Thread.currentThread());
		}).putAll(values));
		assertThat(progress).hasSize(21)
			.allMatch((step) -> step.total() == 21)
			.endsWith(new LdapBulk.Progress(20, 1, 21));
		for (int i = 0; i < 21; i++) {
			assertThat(progress.get(i).done() + progress.get(i).failed()).isEqualTo(i + 1);
		}
		assertThat(threads).containsExactly(Thread.currentThread());
	}

	@Test
	default void aListenerThatThrowsEndsTheCall() {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		LdapKeyValueOperations watched = before(() -> threads.add(Thread.currentThread()));
		Map<LdapKey, LdapValue> values = new LinkedHashMap<>();
		for (int i = 0; i < 50; i++) {
			values.put(at(below("ou=x", i)), unit());
		}
		assertThatIllegalStateException().isThrownBy(() -> LdapBulk.on(watched).parallelism(2).onProgress((step) -> {
			throw new IllegalStateException("stop");
		}).putAll(values)).withMessage("stop");
		assertThat(store().count(KeyQuery.of(area() + "/*/**"))).isLessThanOrEqualTo(2);
		assertThat(threads).isNotEmpty().noneMatch(Thread::isAlive);
	}

	@Test
	default void independentEntriesAreWrittenAtATimeWithinTheBound() {
		int bound = 3;
		AtomicInteger now = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch together = new CountDownLatch(bound);
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		LdapKeyValueOperations counted = around(() -> {
			most.accumulateAndGet(now.incrementAndGet(), Math::max);
			threads.add(Thread.currentThread());
			together.countDown();
			await(together);
		}, now::decrementAndGet);
		Map<LdapKey, LdapValue> values = new LinkedHashMap<>();
		for (int i = 0; i < 40; i++) {
			values.put(at("ou=" + i % 10 + ((i < 10) ? "" : "/uid=" + i)), (i < 10) ? unit() : LdapValue.of(person()));
		}
		LdapBulk.on(counted).parallelism(bound).putAll(values);
		assertThat(LdapBulk.on(counted).parallelism(bound).deleteAll(values.keySet())).isEqualTo(40);
		assertThat(most).hasValue(bound);
		assertThat(threads).doesNotContain(Thread.currentThread()).noneMatch(Thread::isAlive);
	}

	@Test
	default void oneAtATimeIsTheCallersOwnThread() {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		LdapKeyValueOperations watched = before(() -> threads.add(Thread.currentThread()));
		LdapBulk.on(watched).parallelism(1).putAll(Map.of(at("ou=a"), unit(), at("ou=b"), unit()));
		assertThat(threads).containsExactly(Thread.currentThread());
		assertThatIllegalArgumentException().isThrownBy(() -> LdapBulk.on(store()).parallelism(0));
	}

	@Test
	default void anInterruptEndsTheCall() throws Exception {
		CountDownLatch underWay = new CountDownLatch(2);
		CountDownLatch never = new CountDownLatch(1);
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		LdapKeyValueOperations stuck = before(() -> {
			threads.add(Thread.currentThread());
			underWay.countDown();
			await(never);
		});
		Map<LdapKey, LdapValue> values = new LinkedHashMap<>();
		for (int i = 0; i < 10; i++) {
			values.put(at("uid=u" + i), LdapValue.of(person()));
		}
		List<Object> outcome = Collections.synchronizedList(new ArrayList<>());
		Thread caller = new Thread(() -> {
			try {
				LdapBulk.on(stuck).parallelism(2).putAll(values);
			}
			catch (BulkWriteException ex) {
				outcome.add(ex);
				outcome.add(Thread.currentThread().isInterrupted());
			}
		});
		caller.start();
		await(underWay);
		caller.interrupt();
		caller.join(TimeUnit.SECONDS.toMillis(60));
		assertThat(caller.isAlive()).isFalse();
		assertThat(outcome).hasSize(2).last().isEqualTo(true);
		assertThat((BulkWriteException) outcome.get(0)).hasMessageContaining("interrupted");
		Map<LdapKey, RuntimeException> failures = ((BulkWriteException) outcome.get(0)).failures();
		assertThat(failures).containsOnlyKeys(values.keySet());
		assertThat(failures.values()).filteredOn((ex) -> ex.getMessage().contains("before this entry's turn"))
			.hasSize(8);
		assertThat(threads).hasSize(2).noneMatch(Thread::isAlive);
		assertThat(store().count(KeyQuery.of(area() + "/*"))).isZero();
	}

	@Test
	default void inASpringTransactionTheWritesBelongToIt() {
		TransactionTemplate transaction = new TransactionTemplate(
				new LdapKeyValueTransactionManager((LdapKeyValueTemplate) store()));
		LdapKey old = putUnit("ou=old");
		LdapKey older = putUnit("ou=older");
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		LdapKeyValueOperations watched = before(() -> threads.add(Thread.currentThread()));
		Map<LdapKey, LdapValue> values = new LinkedHashMap<>();
		values.put(at("ou=new/ou=b/ou=c"), unit());
		values.put(at("ou=new"), unit());
		values.put(at("ou=new/ou=b"), unit());
		transaction.executeWithoutResult((status) -> {
			store().putAll(values);
			assertThat(store().deleteAll(List.of(old, older))).isEqualTo(2);
			LdapBulk.on(watched).putAll(Map.of(at("ou=new/ou=d"), unit(), at("ou=new/ou=e"), unit()));
			assertThat(store().contains(at("ou=new"))).isFalse();
			assertThat(store().contains(older)).isTrue();
		});
		assertThat(store().contains(old)).isFalse();
		assertThat(store().count(KeyQuery.of(area() + "/*/**"))).isEqualTo(5);
		assertThat(threads).containsExactly(Thread.currentThread());
		transaction.executeWithoutResult((status) -> {
			store().putAll(Map.of(at("ou=x"), unit(), at("ou=y"), unit()));
			status.setRollbackOnly();
		});
		assertThat(store().count(KeyQuery.of(area() + "/*/**"))).isEqualTo(5);
	}

	private List<LdapKey> deepTree() {
		List<LdapKey> keys = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			for (int depth = 0; depth <= 12; depth++) {
				keys.add(at(below("ou=" + i, depth)));
			}
			for (int leaf = 0; leaf < 15; leaf++) {
				keys.add(at("ou=" + i + "/ou=leaf" + leaf));
			}
		}
		return keys;
	}

	private static String below(String first, int depth) {
		StringBuilder path = new StringBuilder(first);
		for (int i = 0; i < depth; i++) {
			path.append("/ou=").append(i);
		}
		return path.toString();
	}

	private static LdapValue unit() {
		return LdapValue.of(Map.of("objectClass", "organizationalUnit"));
	}

	private LdapKeyValueOperations before(Runnable before) {
		return around(before, () -> {
		});
	}

	/**
	 * The store, with something before and after each write.
	 */
	private LdapKeyValueOperations around(Runnable before, Runnable after) {
		LdapKeyValueOperations store = store();
		return (LdapKeyValueOperations) Proxy.newProxyInstance(LdapKeyValueOperations.class.getClassLoader(),
				new Class<?>[] { LdapKeyValueOperations.class }, (proxy, method, arguments) -> {
					boolean write = Set.of("put", "delete").contains(method.getName());
					try {
						if (write) {
							before.run();
						}
						return method.invoke(store, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
					finally {
						if (write) {
							after.run();
						}
					}
				});
	}

	private static void await(CountDownLatch latch) {
		try {
			if (!latch.await(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Nothing came");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
