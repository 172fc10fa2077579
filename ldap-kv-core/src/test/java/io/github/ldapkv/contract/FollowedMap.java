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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.watch.LdapChange;
import io.github.ldapkv.watch.LdapChangeListener;

/**
 * A map that is kept by the events of a watch alone.
 */
final class FollowedMap implements LdapChangeListener {

	private final Map<LdapKey, LdapValue> map = new ConcurrentHashMap<>();

	private final List<String> told = new CopyOnWriteArrayList<>();

	@Override
	public void changed(LdapChange change) {
		this.told.add(change.toString());
		switch (change.kind()) {
			case CREATED -> {
				if (this.map.put(change.key(), change.entry().orElseThrow().value()) != null) {
					throw new IllegalStateException("Was there: " + change);
				}
			}
			case CHANGED -> {
				if (this.map.put(change.key(), change.entry().orElseThrow().value()) == null) {
					throw new IllegalStateException("Was not there: " + change);
				}
			}
			case MOVED -> {
				if (this.map.remove(change.from()) == null
						|| this.map.put(change.key(), change.entry().orElseThrow().value()) != null) {
					throw new IllegalStateException("Not there, or there already: " + change);
				}
			}
			case DELETED -> {
				if (this.map.remove(change.key()) == null) {
					throw new IllegalStateException("Was not there: " + change);
				}
			}
			default -> {
			}
		}
	}

	Map<LdapKey, LdapValue> map() {
		return this.map;
	}

	List<String> told() {
		return this.told;
	}

	void forget() {
		this.told.clear();
	}

	static Map<LdapKey, LdapValue> query(LdapKeyValueOperations store, KeyQuery query) {
		Map<LdapKey, LdapValue> found = new LinkedHashMap<>();
		for (LdapEntry entry : new ArrayList<>(store.query(query))) {
			found.put(entry.key(), entry.value());
		}
		return found;
	}

}
