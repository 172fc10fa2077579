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

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

import io.github.ldapkv.BulkTask.Kind;
import io.github.ldapkv.LdifRecords.Record;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * One load of an LDIF file: batch by batch, each of entries that are compared with what
 * is there by one read, and written at the same time. An entry whose parent has not come
 * yet is kept until it comes.
 */
final class LdifLoad {

	private static final int BATCH = 500;

	private static final long BATCH_BYTES = 8L << 20;

	/**
	 * A load with so many failures is not worth finishing.
	 */
	private static final int MOST_FAILURES = 1000;

	private final LdapKeyValueOperations store;

	private final @Nullable DirectorySchema schema;

	private final int parallelism;

	private final LongConsumer listener;

	private final Map<LdapKey, Record> waiting = new LinkedHashMap<>();

	private final Map<LdapKey, List<Record>> orphans = new LinkedHashMap<>();

	private final Map<LdapKey, RuntimeException> failures = new LinkedHashMap<>();

	private long waitingBytes;

	private long created;

	private long replaced;

	private long skipped;

	/**
	 * Prepares a load.
	 * @param schema says which attributes the server maintains, if it is known
	 */
	LdifLoad(LdapKeyValueOperations store, @Nullable DirectorySchema schema, int parallelism, LongConsumer listener) {
		this.store = store;
		this.schema = schema;
		this.parallelism = parallelism;
		this.listener = listener;
	}

	LdapLdif.Loaded load(LdifRecords records) throws IOException {
		for (Record entry = records.next(); entry != null; entry = records.next()) {
			if (this.waiting.containsKey(entry.key())) {
				write(true);
			}
			add(entry);
			if (this.waiting.size() >= BATCH || this.waitingBytes >= BATCH_BYTES) {
				write(true);
			}
		}
		write(true);
		Map<LdapKey, Record> left = new TreeMap<>();
		this.orphans.values().forEach((entries) -> entries.forEach((entry) -> left.put(entry.key(), entry)));
		this.orphans.clear();
		this.waiting.putAll(left);
		write(false);
		if (!this.failures.isEmpty()) {
			throw failure("");
		}
		return new LdapLdif.Loaded(this.created, this.replaced, this.skipped);
	}

	private void add(Record entry) {
		List<Record> siblings = this.orphans.get(entry.key().parent());
		if (siblings != null) {
			siblings.add(entry);
			return;
		}
		this.waiting.put(entry.key(), entry);
		this.waitingBytes += entry.size();
	}

	/**
	 * Writes all that waits, and what waits for that.
	 * @param parentsMayCome whether entries without a parent are kept
	 */
	private void write(boolean parentsMayCome) {
		while (!this.waiting.isEmpty()) {
			Map<LdapKey, Record> batch = nextBatch();
			Map<LdapKey, LdapValue> there = this.store.getAll(batch.keySet());
			List<BulkTask> tasks = new ArrayList<>();
			for (Record entry : batch.values()) {
				LdapValue before = there.get(entry.key());
				if (before != null && comparable(before).equals(comparable(entry.value()))) {
					this.skipped++;
					release(entry.key());
				}
				else {
					tasks.add(task(entry, before != null));
				}
			}
			BulkOrder.parentsFirst(tasks);
			new BulkRunner(this.parallelism).run(tasks, (task) -> {
			});
			for (BulkTask task : tasks) {
				over(task, batch, parentsMayCome);
			}
			this.listener.accept(done());
			stopIfHopeless();
		}
		this.waitingBytes = 0;
	}

	private Map<LdapKey, Record> nextBatch() {
		Map<LdapKey, Record> batch = new LinkedHashMap<>();
		Iterator<Record> entries = this.waiting.values().iterator();
		while (entries.hasNext() && batch.size() < BATCH) {
			Record entry = entries.next();
			batch.put(entry.key(), entry);
			entries.remove();
		}
		return batch;
	}

	/**
	 * The task says of an entry whether it created it.
	 */
	private BulkTask task(Record entry, boolean there) {
		return new BulkTask(Kind.PUT, entry.key(), entry.target(), () -> {
			if (!there && this.store.putIfAbsent(entry.key(), entry.value())) {
				return true;
			}
			this.store.replace(entry.key(), entry.value());
			return false;
		}, () -> !this.store.contains(entry.key()));
	}

	private void over(BulkTask task, Map<LdapKey, Record> batch, boolean parentsMayCome) {
		RuntimeException failure = task.failure();
		if (failure == null) {
			this.created += task.isEffective() ? 1 : 0;
			this.replaced += task.isEffective() ? 0 : 1;
			release(task.key());
		}
		else if (parentsMayCome && !Thread.currentThread().isInterrupted() && isOrphan(task)) {
			Record entry = batch.get(task.key());
			if (entry != null) {
				this.orphans.computeIfAbsent(task.key().parent(), (parent) -> new ArrayList<>()).add(entry);
			}
		}
		else {
			this.failures.put(task.key(), failure);
		}
	}

	private boolean isOrphan(BulkTask task) {
		LdapKey parent = task.key().parent();
		if (parent.isRoot() || !parent.startsWith(this.store.base())) {
			return false;
		}
		try {
			return task.isBlocked() || this.orphans.containsKey(parent) || !this.store.contains(parent);
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	/**
	 * Lets the entries go on that have waited for one.
	 */
	private void release(LdapKey parent) {
		List<Record> children = this.orphans.remove(parent);
		if (children != null) {
			children.forEach((child) -> this.waiting.put(child.key(), child));
		}
	}

	private void stopIfHopeless() {
		if (Thread.currentThread().isInterrupted()) {
			if (this.failures.isEmpty()) {
				throw new TransientDataAccessResourceException("The load was interrupted after " + done()
						+ " entries, and the rest of the file was not read. Load the file again: it goes on where it was.");
			}
			throw failure("The load was interrupted, and the rest of the file was not read. ");
		}
		if (this.failures.size() >= MOST_FAILURES) {
			throw failure("So many failures ended the load, and the rest of the file was not read. ");
		}
	}

	private RuntimeException failure(String ending) {
		return new BulkWriteException("load", this.failures, done(), ending);
	}

	/**
	 * How many entries of the file are as it says.
	 */
	private long done() {
		return this.created + this.replaced + this.skipped;
	}

	/**
	 * Some servers add the superiors of an object class themselves.
	 */
	private LdapValue comparable(LdapValue value) {
		return (this.schema != null)
				? EntryWriter.withSuperiors(EntryWriter.withoutMaintained(value, this.schema), this.schema) : value;
	}

}
