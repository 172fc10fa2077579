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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.internal.bulk.BulkRunner;
import io.github.ldapkv.internal.bulk.DirectStore;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.AttributeNames;
import org.jspecify.annotations.Nullable;

/**
 * A store as LDIF sees it: of a template, also behind others, it knows the schema, and
 * asks what the verbs do not give. Any other store has only these.
 */
final class LdifStore {

	private final LdapKeyValueOperations store;

	private final @Nullable DirectStore direct;

	private final DirectorySchema schema;

	LdifStore(LdapKeyValueOperations store) {
		this.store = store;
		this.direct = direct(store);
		this.schema = (this.direct != null) ? this.direct.schema() : DirectorySchema.hidden();
	}

	/**
	 * What is behind a store that has the base of that: any other has keys of its own.
	 */
	static @Nullable DirectStore direct(LdapKeyValueOperations store) {
		// Null of a stub that answers nothing.
		Optional<DirectStore> found = Objects.requireNonNullElse(store.unwrap(DirectStore.class), Optional.empty());
		return found.filter((direct) -> direct.resolver().base().equals(LdifRecord.name(store.base()))).orElse(null);
	}

	LdapKeyValueOperations verbs() {
		return this.store;
	}

	DistinguishedName base() {
		return LdifRecord.name(this.store.base());
	}

	/**
	 * The schema; what stands in for it if it is not known.
	 */
	DirectorySchema schema() {
		return this.schema;
	}

	/**
	 * What of an entry belongs into a file, and of a file into the directory. A store in
	 * front of another one leaves it to that.
	 */
	LdapValue backup(LdapValue value) {
		return (this.direct != null) ? LdifAttributes.of(value, this.schema) : value;
	}

	/**
	 * Reads what there is where the entries of a file are to go.
	 */
	Map<DistinguishedName, LdapValue> read(List<LdifRecord> records) {
		List<LdifRecord> ordinary = new ArrayList<>(records);
		Map<DistinguishedName, LdapValue> there = new HashMap<>();
		if (this.direct == null) {
			this.store.getAll(ordinary.stream().map(LdifRecord::key).toList())
				.forEach((key, value) -> there.put(LdifRecord.name(key), value));
			return there;
		}
		for (LdifRecord record : records) {
			if (record.isReferral()) {
				ordinary.remove(record);
				this.direct.readReferral(record.target()).ifPresent((value) -> there.put(record.name(), value(value)));
			}
		}
		this.direct.read(names(ordinary), LdifAttributes.toCompare(ordinary, this.schema))
			.forEach((name, value) -> there.put(name, value(value)));
		return there;
	}

	/**
	 * The attributes that a file can have: no line begins with any other name.
	 */
	private static LdapValue value(Map<String, List<Object>> attributes) {
		Map<String, List<Object>> named = new LinkedHashMap<>(attributes);
		named.keySet().removeIf((name) -> !AttributeNames.isDescriptionOfServer(name));
		return LdapValue.ofServer(named);
	}

	private static List<DistinguishedName> names(List<LdifRecord> records) {
		return records.stream().map(LdifRecord::name).toList();
	}

	boolean contains(DistinguishedName key) {
		return (this.direct != null) ? this.direct.contains(key) : this.store.contains(LdapKey.ofServerDn(key.dn()));
	}

	/**
	 * Runs writes.
	 * @param parallelism the most at a time
	 */
	BulkRunner runner(int parallelism) {
		return new BulkRunner(parallelism, this.direct);
	}

	/**
	 * How many writes may be under way at a time.
	 */
	int parallelism() {
		return BulkRunner.parallelism(this.direct);
	}

	/**
	 * Makes an entry what a file says.
	 * @param before what it was; {@code null} if it was not there
	 * @return whether this has created it
	 */
	boolean write(LdifRecord record, @Nullable LdapValue before) {
		LdapValue value = backup(record.value());
		try {
			if (before == null && this.store.putIfAbsent(record.key(), value)) {
				return true;
			}
			// Of what only stands in front nobody knows what it does with a write.
			if (before != null && this.direct != null && record.isReferral()
					&& this.store instanceof LdapKeyValueTemplate) {
				this.direct.replaceReferral(record.target(), before.asMap(), value.asMap());
			}
			else {
				this.store.replace(record.key(), value);
			}
			return false;
		}
		catch (IllegalArgumentException ex) {
			throw new LdifRecordException(record.line(), ex);
		}
	}

}
