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

package io.github.ldapkv.ldif;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

import io.github.ldapkv.BulkWriteException;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.internal.bulk.BulkOrder;
import io.github.ldapkv.internal.bulk.BulkTask;
import io.github.ldapkv.internal.bulk.BulkTask.Kind;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.SpelledMap;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * One load of an LDIF file: batch by batch, each of entries that are compared with what
 * is there by one read, and written at the same time. An entry whose parent has not come
 * yet is kept until it comes. One that cannot be read, compared or written fails alone.
 */
final class LdifLoad {

	private static final int BATCH = 500;

	private static final long BATCH_BYTES = 8L << 20;

	/**
	 * A load with so many failures is not worth finishing.
	 */
	private static final int MOST_FAILURES = 1000;

	private final LdifStore store;

	private final int parallelism;

	private final LongConsumer listener;

	private final Deque<LdifRecord> waiting = new ArrayDeque<>();

	private final Map<DistinguishedName, List<LdifRecord>> orphans = new LinkedHashMap<>();

	private final Map<Long, RuntimeException> failedLines = new LinkedHashMap<>();

	private final SpelledMap<LdapKey, RuntimeException> failedKeys = new SpelledMap<>();

	private long waitingBytes;

	private long created;

	private long replaced;

	private long skipped;

	LdifLoad(LdifStore store, int parallelism, LongConsumer listener) {
		this.store = store;
		this.parallelism = parallelism;
		this.listener = listener;
	}

	void load(LdifRecords records) throws IOException {
		while (readInto(records)) {
			if (this.waiting.size() >= BATCH || this.waitingBytes >= BATCH_BYTES) {
				write(Orphans.KEEP);
			}
		}
		write(Orphans.KEEP);
		List<LdifRecord> left = new ArrayList<>();
		this.orphans.values().forEach(left::addAll);
		this.orphans.clear();
		left.sort(Comparator.comparing(LdifRecord::name));
		this.waiting.addAll(left);
		write(Orphans.FAIL);
		if (!this.failedLines.isEmpty()) {
			throw failure("");
		}
	}

	/**
	 * How many entries it has created.
	 */
	long created() {
		return this.created;
	}

	/**
	 * How many were there and differed.
	 */
	long replaced() {
		return this.replaced;
	}

	/**
	 * How many were there and equal.
	 */
	long skipped() {
		return this.skipped;
	}

	/**
	 * Reads the next entry of the file.
	 * @return whether there was one, good or bad
	 */
	private boolean readInto(LdifRecords records) throws IOException {
		try {
			LdifRecord record = records.next();
			if (record != null) {
				add(record);
			}
			return record != null;
		}
		catch (LdifRecordException ex) {
			this.failedLines.put(ex.line(), ex);
			stopIfHopeless();
			return true;
		}
		catch (IllegalArgumentException | IOException ex) {
			if (!this.failedLines.isEmpty()) {
				ex.addSuppressed(failure(""));
			}
			throw ex;
		}
	}

	private void add(LdifRecord record) {
		List<LdifRecord> siblings = this.orphans.get(record.name().parent());
		if (siblings != null) {
			siblings.add(record);
			return;
		}
		this.waiting.add(record);
		this.waitingBytes += record.size();
	}

	/**
	 * Writes all that waits, and what waits for that.
	 */
	private void write(Orphans mode) {
		while (!this.waiting.isEmpty()) {
			Map<DistinguishedName, LdifRecord> batch = nextBatch();
			Map<DistinguishedName, LdapValue> there = read(batch);
			LdifComparison comparison = new LdifComparison(this.store.schema());
			List<BulkTask> tasks = new ArrayList<>();
			for (LdifRecord record : batch.values()) {
				LdapValue before = there.get(record.name());
				if (before != null && comparison.isSame(record, before)) {
					this.skipped++;
					release(record.name());
				}
				else {
					tasks.add(task(record, before));
				}
			}
			// A batch has no two keys that are equal, whatever the server makes of them.
			BulkOrder.parentsFirst(tasks, DirectorySchema::hidden);
			this.store.runner(this.parallelism).run(tasks, (task) -> {
			});
			for (BulkTask task : tasks) {
				LdifRecord record = batch.get(task.absolute());
				if (record != null) {
					over(task, record, mode);
				}
			}
			this.listener.accept(done());
			stopIfHopeless();
		}
		this.waitingBytes = 0;
	}

	/**
	 * The entries that wait, up to one that has the name of another: of two the last
	 * counts.
	 */
	private Map<DistinguishedName, LdifRecord> nextBatch() {
		Map<DistinguishedName, LdifRecord> batch = new LinkedHashMap<>();
		while (!this.waiting.isEmpty() && batch.size() < BATCH && !batch.containsKey(this.waiting.peek().name())) {
			LdifRecord record = this.waiting.remove();
			batch.put(record.name(), record);
		}
		return batch;
	}

	/**
	 * Reads what is there of a batch, from which it takes those that cannot be read.
	 */
	private Map<DistinguishedName, LdapValue> read(Map<DistinguishedName, LdifRecord> batch) {
		Map<DistinguishedName, LdapValue> there = new HashMap<>();
		read(List.copyOf(batch.values()), there).forEach((record) -> batch.remove(record.name()));
		return there;
	}

	/**
	 * One name that the server does not take lets a read of many fail: the halves are
	 * read until it is alone.
	 * @return those that cannot be read
	 */
	private List<LdifRecord> read(List<LdifRecord> records, Map<DistinguishedName, LdapValue> there) {
		try {
			there.putAll(this.store.read(records));
			return List.of();
		}
		catch (DataAccessResourceFailureException | TransientDataAccessException ex) {
			if (!this.failedLines.isEmpty()) {
				ex.addSuppressed(failure(""));
			}
			throw ex;
		}
		catch (DataAccessException | IllegalArgumentException ex) {
			if (records.size() == 1) {
				failed(records.get(0), ex);
				return records;
			}
			int half = records.size() / 2;
			List<LdifRecord> unreadable = new ArrayList<>(read(records.subList(0, half), there));
			unreadable.addAll(read(records.subList(half, records.size()), there));
			return unreadable;
		}
	}

	/**
	 * The task says of an entry whether it created it.
	 */
	private BulkTask task(LdifRecord record, @Nullable LdapValue before) {
		return new BulkTask(Kind.PUT, record.name().asKey(), record.target(), () -> this.store.write(record, before),
				() -> !this.store.contains(record.name()));
	}

	private void over(BulkTask task, LdifRecord record, Orphans mode) {
		RuntimeException failure = task.failure();
		if (failure == null) {
			this.created += task.isEffective() ? 1 : 0;
			this.replaced += task.isEffective() ? 0 : 1;
			release(record.name());
		}
		else if (mode == Orphans.KEEP && !Thread.currentThread().isInterrupted() && isOrphan(task, record)) {
			this.orphans.computeIfAbsent(record.name().parent(), (parent) -> new ArrayList<>()).add(record);
		}
		else {
			failed(record, failure);
		}
	}

	private boolean isOrphan(BulkTask task, LdifRecord record) {
		DistinguishedName parent = record.name().parent();
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
	private void release(DistinguishedName parent) {
		List<LdifRecord> children = this.orphans.remove(parent);
		if (children != null) {
			this.waiting.addAll(children);
		}
	}

	private void failed(LdifRecord record, RuntimeException cause) {
		this.failedLines.put(record.line(), cause);
		this.failedKeys.put(record.key(), cause);
	}

	private void stopIfHopeless() {
		if (Thread.currentThread().isInterrupted()) {
			if (this.failedLines.isEmpty()) {
				throw new TransientDataAccessResourceException("The load was interrupted after " + done()
						+ " entries, and the rest of the file was not read. Load the file again: it goes on where it was.");
			}
			throw failure("The load was interrupted, and the rest of the file was not read. ");
		}
		if (this.failedLines.size() >= MOST_FAILURES) {
			throw failure("So many failures ended the load, and the rest of the file was not read. ");
		}
	}

	private BulkWriteException failure(String ending) {
		return new BulkWriteException(this.failedLines, this.failedKeys.simplified(), done(), ending);
	}

	/**
	 * How many entries of the file are as it says.
	 */
	private long done() {
		return this.created + this.replaced + this.skipped;
	}

	/**
	 * What becomes of entries whose parent is not there.
	 */
	private enum Orphans {

		/**
		 * They are kept: the parent may come later in the file.
		 */
		KEEP,

		/**
		 * They fail: the file has no more entries.
		 */
		FAIL

	}

}
