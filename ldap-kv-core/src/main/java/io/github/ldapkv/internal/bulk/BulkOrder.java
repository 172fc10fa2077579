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

package io.github.ldapkv.internal.bulk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.EntryIdentity;
import io.github.ldapkv.internal.text.Excerpt;

/**
 * Lets tasks wait for others by where their entries are in the tree. Entries of which
 * neither is above the other are independent.
 */
public final class BulkOrder {

	private BulkOrder() {
	}

	/**
	 * Each task waits for that of the nearest entry above.
	 * @param schema says which names are the same entry's
	 * @throws IllegalArgumentException if two tasks are for the same entry
	 */
	public static void parentsFirst(List<BulkTask> tasks, Supplier<DirectorySchema> schema) {
		link(tasks, schema, (upper, lower) -> lower.after(upper));
	}

	/**
	 * Each task waits for those of the nearest entries below.
	 * @param schema says which names are the same entry's
	 * @throws IllegalArgumentException if two tasks are for the same entry
	 */
	public static void childrenFirst(List<BulkTask> tasks, Supplier<DirectorySchema> schema) {
		link(tasks, schema, (upper, lower) -> upper.after(lower));
	}

	private static void link(List<BulkTask> tasks, Supplier<DirectorySchema> schema,
			BiConsumer<BulkTask, BulkTask> dependency) {
		if (tasks.size() < 2) {
			return;
		}
		DirectorySchema rules = schema.get();
		List<Place> fromTheTop = new ArrayList<>(tasks.size());
		tasks.forEach((task) -> fromTheTop.add(new Place(EntryIdentity.of(task.absolute(), rules), task)));
		fromTheTop.sort(Comparator.comparing(Place::entry));
		Deque<Place> above = new ArrayDeque<>();
		for (Place place : fromTheTop) {
			while (!above.isEmpty() && !place.entry().startsWith(above.peek().entry())) {
				above.pop();
			}
			if (!above.isEmpty()) {
				refuseSame(above.peek(), place);
				dependency.accept(above.peek().task(), place.task());
			}
			above.push(place);
		}
	}

	private static void refuseSame(Place one, Place other) {
		if (one.entry().equals(other.entry())) {
			throw new IllegalArgumentException("Keys '" + Excerpt.of(one.task().key().toString()) + "' and '"
					+ Excerpt.of(other.task().key().toString()) + "' name the same entry. Give it once.");
		}
	}

	/**
	 * A task, and where its entry is.
	 */
	private record Place(EntryIdentity entry, BulkTask task) {

	}

}
