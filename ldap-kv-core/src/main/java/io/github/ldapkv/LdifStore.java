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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.schema.DirectorySchema;
import org.jspecify.annotations.Nullable;

/**
 * A store as LDIF sees it: of a template it knows the schema, and asks what the verbs do
 * not give. A store in front of another one has only these.
 */
final class LdifStore {

	private final LdapKeyValueOperations store;

	private final @Nullable LdifVerbs verbs;

	private final DirectorySchema schema;

	LdifStore(LdapKeyValueOperations store) {
		this.store = store;
		LdapKeyValueTemplate template = (store instanceof LdapKeyValueTemplate known) ? known : null;
		this.verbs = (template != null) ? template.ldif() : null;
		this.schema = (template != null && this.verbs != null) ? template.schema() : DirectorySchema.hidden();
	}

	LdapKeyValueOperations verbs() {
		return this.store;
	}

	DistinguishedName base() {
		return this.store.base().name();
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
		return (this.verbs != null) ? LdifAttributes.of(value, this.schema) : value;
	}

	/**
	 * Reads what there is where the entries of a file are to go.
	 */
	Map<DistinguishedName, LdapValue> read(List<LdifRecord> records) {
		List<LdifRecord> ordinary = new ArrayList<>(records);
		Map<DistinguishedName, LdapValue> there = new HashMap<>();
		if (this.verbs == null) {
			this.store.getAll(ordinary.stream().map(LdifRecord::key).toList())
				.forEach((key, value) -> there.put(key.name(), value));
			return there;
		}
		for (LdifRecord record : records) {
			if (record.isReferral()) {
				ordinary.remove(record);
				this.verbs.readReferral(record.target()).ifPresent((value) -> there.put(record.name(), value));
			}
		}
		there.putAll(this.verbs.read(names(ordinary), LdifAttributes.toCompare(ordinary, this.schema)));
		return there;
	}

	private static List<DistinguishedName> names(List<LdifRecord> records) {
		return records.stream().map(LdifRecord::name).toList();
	}

	boolean contains(DistinguishedName key) {
		return (this.verbs != null) ? this.verbs.contains(key) : this.store.contains(new LdapKey(key));
	}

	/**
	 * Makes an entry what a file says.
	 * @param before what it was; {@code null} if it was not there
	 * @return whether this has created it
	 */
	boolean write(LdifRecord record, @Nullable LdapValue before) {
		LdapValue value = backup(record.value());
		if (before == null && this.store.putIfAbsent(record.key(), value)) {
			return true;
		}
		if (before != null && this.verbs != null && record.isReferral()) {
			this.verbs.replaceReferral(record.target(), before, value);
		}
		else {
			this.store.replace(record.key(), value);
		}
		return false;
	}

}
