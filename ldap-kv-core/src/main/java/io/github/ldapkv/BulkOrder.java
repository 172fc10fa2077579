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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Lets tasks wait for others by where their entries are in the tree. Entries of which
 * neither is above the other are independent.
 */
final class BulkOrder {

	private BulkOrder() {
	}

	/**
	 * Each task waits for that of the nearest entry above.
	 * @throws IllegalArgumentException if two tasks are for the same entry
	 */
	static void parentsFirst(List<BulkTask> tasks) {
		link(tasks, (upper, lower) -> lower.after(upper));
	}

	/**
	 * Each task waits for those of the nearest entries below.
	 * @throws IllegalArgumentException if two tasks are for the same entry
	 */
	static void childrenFirst(List<BulkTask> tasks) {
		link(tasks, (upper, lower) -> upper.after(lower));
	}

	private static void link(List<BulkTask> tasks, BiConsumer<BulkTask, BulkTask> dependency) {
		List<BulkTask> fromTheTop = new ArrayList<>(tasks);
		fromTheTop.sort(Comparator.comparing(BulkTask::absolute));
		Deque<BulkTask> above = new ArrayDeque<>();
		for (BulkTask task : fromTheTop) {
			while (!above.isEmpty() && !task.absolute().startsWith(above.peek().absolute())) {
				above.pop();
			}
			if (!above.isEmpty()) {
				refuseSame(above.peek(), task);
				dependency.accept(above.peek(), task);
			}
			above.push(task);
		}
	}

	private static void refuseSame(BulkTask one, BulkTask other) {
		if (one.absolute().equals(other.absolute())) {
			throw new IllegalArgumentException("Keys '" + Excerpt.of(one.key().toString()) + "' and '"
					+ Excerpt.of(other.key().toString()) + "' name the same entry. Give it once.");
		}
	}

}
