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

package io.github.ldapkv.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapValue;

/**
 * What a listener was told, and a map that is kept by that alone. Its keys are texts: two
 * entries whose names differ by case may be different ones.
 */
final class Told implements LdapChangeListener {

	private final Map<String, LdapValue> map = new HashMap<>();

	private final List<String> changes = new ArrayList<>();

	private long caughtUp;

	@Override
	public synchronized void changed(LdapChange change) {
		String key = change.key().toString();
		switch (change.kind()) {
			case CREATED -> expect(change, this.map.put(key, value(change)) == null);
			case CHANGED -> expect(change, this.map.put(key, value(change)) != null);
			case MOVED -> {
				expect(change, this.map.remove(String.valueOf(change.from())) != null);
				expect(change, this.map.put(key, value(change)) == null);
			}
			case DELETED -> expect(change, this.map.remove(key) != null);
			default -> this.caughtUp++;
		}
		if (change.kind() != LdapChange.Kind.CAUGHT_UP) {
			this.changes.add(change.toString());
		}
	}

	private static LdapValue value(LdapChange change) {
		return change.entry().orElseThrow().value();
	}

	private static void expect(LdapChange change, boolean fits) {
		if (!fits) {
			throw new IllegalStateException("It does not fit what was told before: " + change);
		}
	}

	synchronized Map<String, LdapValue> map() {
		return Map.copyOf(this.map);
	}

	/**
	 * The changes that were told, but for those that say that all is told.
	 */
	synchronized List<String> changes() {
		return List.copyOf(this.changes);
	}

	synchronized long caughtUp() {
		return this.caughtUp;
	}

	synchronized void forget() {
		this.changes.clear();
	}

	/**
	 * What a query finds.
	 */
	static Map<String, LdapValue> query(LdapKeyValueOperations store, KeyQuery query) {
		Map<String, LdapValue> found = new LinkedHashMap<>();
		store.query(query).forEach((entry) -> found.put(entry.key().toString(), entry.value()));
		return found;
	}

}
