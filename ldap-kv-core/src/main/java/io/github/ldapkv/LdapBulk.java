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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.ldapkv.internal.bulk.BulkOrder;
import io.github.ldapkv.internal.bulk.BulkRunner;
import io.github.ldapkv.internal.bulk.BulkTask;
import io.github.ldapkv.internal.bulk.BulkTask.Kind;
import io.github.ldapkv.internal.bulk.DirectStore;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.text.SpelledMap;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Writes many entries: parents before their children, or after them to delete, and
 * entries that are independent of each other at the same time.
 * <p>
 * Every entry is written for itself, as by the store's own {@code put} and
 * {@code delete}. One that fails holds up only those that need it; all the others are
 * written, and then all failures come in one {@link BulkWriteException}. Where an entry
 * cannot be put and is not there, those below it are not tried, and their failures name
 * it; likewise those above an entry that cannot be deleted.
 * <p>
 * All input is checked before anything is written. An interrupt of the caller ends the
 * call soon, with the thread's interrupt flag set and an exception that says of each
 * entry whether it was not begun or was under way. The writes are made on threads that
 * the call starts and that end before it does, so thread-bound state of the caller does
 * not reach them. Inside a Spring transaction of the store they are made in the caller's
 * thread, in order, and belong to the transaction.
 * <p>
 * Instances are immutable and safe for use by several threads.
 * <p>
 * No argument may be {@code null}: it is refused by an {@link IllegalArgumentException}.
 */
public final class LdapBulk {

	private final LdapKeyValueOperations store;

	/**
	 * The bound that was given, if one was.
	 */
	private final @Nullable Integer parallelism;

	private final Consumer<Progress> listener;

	private LdapBulk(LdapKeyValueOperations store, @Nullable Integer parallelism, Consumer<Progress> listener) {
		this.store = store;
		this.parallelism = parallelism;
		this.listener = listener;
	}

	/**
	 * Bulk writes on a store: as many at a time as its pool has connections, and four on
	 * a store without a pool.
	 * @param store the store
	 * @return the bulk writes
	 */
	public static LdapBulk on(LdapKeyValueOperations store) {
		Assert.notNull(store, "The store is null");
		return new LdapBulk(store, null, (progress) -> {
		});
	}

	/**
	 * Bounds the number of writes at a time.
	 * @param parallelism the most writes at a time; 1 makes them one by one in the
	 * caller's thread
	 * @return bulk writes with that bound
	 * @throws IllegalArgumentException if it is less than 1
	 */
	public LdapBulk parallelism(int parallelism) {
		return new LdapBulk(this.store, BulkRunner.checked(parallelism), this.listener);
	}

	/**
	 * Tells a listener of each entry that is done or has failed.
	 * @param listener the listener, which is called in the caller's thread; if it throws,
	 * no more entry is begun, and the exception goes to the caller once those under way
	 * are over
	 * @return bulk writes with that listener
	 */
	public LdapBulk onProgress(Consumer<Progress> listener) {
		Assert.notNull(listener, "The listener is null");
		return new LdapBulk(this.store, this.parallelism, listener);
	}

	/**
	 * Puts many entries, parents before children, in whatever order they are given.
	 * @param values the attributes by key
	 * @throws IllegalArgumentException if a key or a value is {@code null} or malformed,
	 * a value contradicts its key, or two keys name the same entry
	 * @throws BulkWriteException if entries could not be put; the others are
	 * @see LdapKeyValueOperations#put(CharSequence, LdapValue)
	 */
	public void putAll(Map<? extends CharSequence, LdapValue> values) {
		if (values == null) {
			throw new IllegalArgumentException("The values are null");
		}
		DirectStore direct = direct();
		Targets targets = targets(direct);
		Supplier<DirectorySchema> schema = SingletonSupplier.of(() -> schema(direct));
		List<BulkTask> tasks = new ArrayList<>(values.size());
		List<Runnable> checks = new ArrayList<>(values.size());
		values.forEach((given, value) -> {
			LdapKey key = LdapKey.of(given);
			Target target = targets.of(Verb.PUT, key, value);
			checks.add(() -> NamingAttributes.check(target, value, schema.get()));
			tasks.add(new BulkTask(Kind.PUT, key.path(), target, () -> {
				this.store.put(key, value);
				return true;
			}, () -> !isThere(direct, key, target.absolute())));
		});
		checks.forEach(Runnable::run);
		BulkOrder.parentsFirst(tasks, schema);
		run(Verb.PUT, tasks, direct);
	}

	/**
	 * Deletes many entries, children before parents, in whatever order they are given.
	 * What is below them and not named is not deleted.
	 * @param keys the keys
	 * @return how many of the entries were there
	 * @throws IllegalArgumentException if a key is {@code null} or malformed, or two name
	 * the same entry
	 * @throws BulkWriteException if entries could not be deleted; the others are
	 * @see LdapKeyValueOperations#delete(CharSequence)
	 */
	public long deleteAll(Collection<? extends CharSequence> keys) {
		if (keys == null) {
			throw new IllegalArgumentException("The keys are null");
		}
		DirectStore direct = direct();
		Targets targets = targets(direct);
		List<BulkTask> tasks = new ArrayList<>(keys.size());
		for (CharSequence given : keys) {
			LdapKey key = LdapKey.of(given);
			Target target = targets.of(Verb.DELETE, key, LdapValue.empty());
			tasks.add(new BulkTask(Kind.DELETE, key.path(), target, () -> this.store.delete(key),
					() -> isThere(direct, key, target.absolute())));
		}
		BulkOrder.childrenFirst(tasks, () -> schema(direct));
		run(Verb.DELETE, tasks, direct);
		return tasks.stream().filter(BulkTask::isEffective).count();
	}

	/**
	 * What is behind a store that has the base of that: any other has keys of its own. It
	 * is asked in each call, since a store may stand for one that is replaced.
	 */
	private @Nullable DirectStore direct() {
		// Null of a stub that answers nothing.
		Optional<DirectStore> found = Objects.requireNonNullElse(this.store.unwrap(DirectStore.class),
				Optional.empty());
		return found.filter((direct) -> direct.resolver().base().asKey().equals(this.store.base().path())).orElse(null);
	}

	/**
	 * Whether an entry is there, asked where writes go if the store can.
	 * @param absolute the absolute key
	 */
	private boolean isThere(@Nullable DirectStore direct, LdapKey key, DistinguishedName absolute) {
		return (direct != null) ? direct.contains(absolute) : this.store.contains(key);
	}

	/**
	 * What says which names are the same entry's, and which values are equal. A server
	 * that does not answer is the failure of each write.
	 */
	private static DirectorySchema schema(@Nullable DirectStore direct) {
		try {
			return (direct != null) ? direct.schema() : DirectorySchema.hidden();
		}
		catch (DataAccessException ex) {
			return DirectorySchema.hidden();
		}
	}

	/**
	 * What finds out the absolute names of entries.
	 */
	private Targets targets(@Nullable DirectStore direct) {
		return new Targets((direct != null) ? direct.resolver()
				: new KeyResolver(DistinguishedName.ROOT, this.store.base().path()));
	}

	private void run(Verb verb, List<BulkTask> tasks, @Nullable DirectStore direct) {
		int most = (this.parallelism != null) ? this.parallelism : BulkRunner.parallelism(direct);
		SpelledMap<LdapKey, RuntimeException> failures = new SpelledMap<>();
		long[] done = new long[1];
		new BulkRunner(most, direct).run(tasks, (task) -> {
			if (task.failure() != null) {
				failures.put(new LdapKey(task.key()), task.failure());
			}
			else {
				done[0]++;
			}
			this.listener.accept(new Progress(done[0], failures.size(), tasks.size()));
		});
		if (!failures.isEmpty()) {
			throw new BulkWriteException(verb, failures, done[0],
					Thread.currentThread().isInterrupted() ? "The call was interrupted. " : "");
		}
	}

	/**
	 * How far a bulk write has come.
	 *
	 * @param done how many entries are written
	 * @param failed how many could not be
	 * @param total how many there are
	 */
	public record Progress(long done, long failed, long total) {

	}

}
