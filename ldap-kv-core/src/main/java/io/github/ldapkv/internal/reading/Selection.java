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

package io.github.ldapkv.internal.reading;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.schema.KeyOrder;

/**
 * Picks the results that a query wants. With a limit, an offset or a key to begin after
 * they come in the order of their keys, and no more are held than the query could want;
 * otherwise as the server sends them.
 *
 * @param <T> what a result is
 */
public final class Selection<T> {

	private final boolean ordered;

	private final int offset;

	private final long capacity;

	private final KeyOrder order;

	private final PageStart start;

	private final List<T> unordered = new ArrayList<>();

	/**
	 * The results with the least keys, the greatest of them first.
	 */
	private final PriorityQueue<Keyed<T>> least;

	/**
	 * Results of which it is not known yet whether they belong to the page.
	 */
	private final List<Keyed<T>> unsure = new ArrayList<>();

	/**
	 * Begins with nothing picked.
	 * @param range which are wanted, with the key to begin after in the form that results
	 * have
	 */
	public Selection(KeyRange range, KeyOrder order) {
		this.ordered = range.isOrdered();
		this.offset = range.leftOut();
		this.capacity = (long) range.leftOut() + range.most();
		this.order = order;
		this.start = new PageStart(order, range.after());
		this.least = new PriorityQueue<>(Comparator.comparing(Keyed<T>::key, order.reversed()));
	}

	/**
	 * Whether a result with this key is still wanted.
	 */
	public boolean wants(KeyPath key) {
		if (!this.ordered) {
			return true;
		}
		return this.start.place(key) != PageStart.Place.BEFORE && (this.least.size() < this.capacity
				|| !this.least.isEmpty() && this.order.compare(key, this.least.element().key()) < 0);
	}

	public void add(KeyPath key, T result) {
		if (!this.ordered) {
			this.unordered.add(result);
			return;
		}
		Keyed<T> keyed = new Keyed<>(key, result);
		if (this.start.place(key) == PageStart.Place.UNSURE) {
			this.unsure.add(keyed);
		}
		else {
			add(keyed);
		}
	}

	private void add(Keyed<T> keyed) {
		this.least.add(keyed);
		if (this.least.size() > this.capacity) {
			this.least.remove();
		}
	}

	public List<T> results() {
		if (!this.ordered) {
			return Collections.unmodifiableList(this.unordered);
		}
		if (this.start.isBeforeUnsure()) {
			this.unsure.forEach(this::add);
		}
		return this.least.stream()
			.sorted(Comparator.comparing(Keyed::key, this.order))
			.skip(this.offset)
			.map(Keyed::result)
			.toList();
	}

	private record Keyed<T>(KeyPath key, T result) {
	}

}
