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

package io.github.ldapkv.benchmark;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One way to use a directory of {@link People}, as its own documents advise. What it
 * returns is what its users get, with all user attributes in it. It is used by several
 * threads.
 */
interface Peer extends AutoCloseable {

	/**
	 * Reads a person.
	 */
	Object get(String uid);

	/**
	 * Reads several people; one by one, where nothing better is offered.
	 */
	default Map<String, ?> getAll(Collection<String> uids) {
		Map<String, Object> entries = new LinkedHashMap<>();
		uids.forEach((uid) -> entries.put(uid, get(uid)));
		return entries;
	}

	/**
	 * Tells whether there is a person, without reading attributes.
	 */
	boolean contains(String uid);

	/**
	 * Finds the people whose {@code uid} begins with a text.
	 */
	List<?> query(String prefix);

	/**
	 * Finds the names of the people whose {@code uid} begins with a text, without reading
	 * attributes.
	 */
	List<?> keys(String prefix);

	/**
	 * Reads all people.
	 */
	void stream(Consumer<Object> consumer);

	/**
	 * Changes the description of a person who is there.
	 */
	void put(String uid, String description);

	/**
	 * Changes the descriptions of several people; one by one, where nothing better is
	 * offered.
	 */
	default void putAll(Map<String, String> descriptions) {
		descriptions.forEach(this::put);
	}

	/**
	 * Creates a person in {@link People#NEW_AREA}, who must not be there.
	 */
	void putIfAbsent(String uid, Map<String, List<String>> attributes);

	/**
	 * The attributes of an entry that this peer returned, by their lower-case names.
	 */
	Map<String, Set<String>> attributes(Object entry);

	@Override
	void close();

}
