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

package io.github.ldapkv.internal.text;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.CollectionUtils;

/**
 * A map in the order in which it was filled that keeps keys apart by their spelling: a
 * server may have an entry for each of two names that are equal as keys. So its keys are
 * not compared by {@code equals}.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class SpelledMap<K extends CharSequence, V> extends AbstractMap<K, V> {

	private final Map<String, Entry<K, V>> entries;

	public SpelledMap() {
		this.entries = new LinkedHashMap<>();
	}

	/**
	 * Creates a map for so many keys.
	 */
	public SpelledMap(int size) {
		this.entries = CollectionUtils.newLinkedHashMap(size);
	}

	@Override
	public @Nullable V put(K key, V value) {
		Entry<K, V> before = this.entries.put(key.toString(), new SimpleImmutableEntry<>(key, value));
		return (before != null) ? before.getValue() : null;
	}

	@Override
	public @Nullable V get(@Nullable Object key) {
		Entry<K, V> entry = this.entries.get(String.valueOf(key));
		return (entry != null) ? entry.getValue() : null;
	}

	@Override
	public boolean containsKey(@Nullable Object key) {
		return this.entries.containsKey(String.valueOf(key));
	}

	@Override
	public Set<Entry<K, V>> entrySet() {
		return new AbstractSet<>() {

			@Override
			public Iterator<Entry<K, V>> iterator() {
				return SpelledMap.this.entries.values().iterator();
			}

			@Override
			public int size() {
				return SpelledMap.this.entries.size();
			}

		};
	}

	/**
	 * Makes a usual map of this one, unless that would take one of the keys for another.
	 */
	public Map<K, V> simplified() {
		return simplified(this);
	}

	/**
	 * Makes a usual map of this one, unless that would take one of the keys for another
	 * of those that were asked for. Spellings of one entry have the same value, and are
	 * no two keys.
	 * @param asked the keys that were asked for, of which some may not be in this map
	 */
	public Map<K, V> simplified(SpelledMap<K, ?> asked) {
		Map<K, V> usual = CollectionUtils.newLinkedHashMap(size());
		forEach(usual::putIfAbsent);
		if (usual.size() == asked.size()) {
			// Each of the keys has its own.
			return usual;
		}
		for (K key : asked.keySet()) {
			if (!Objects.equals(usual.get(key), get(key))) {
				return this;
			}
		}
		return usual;
	}

}
