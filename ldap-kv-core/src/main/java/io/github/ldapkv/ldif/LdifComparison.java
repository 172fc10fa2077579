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

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ldapkv.LdapValue;
import io.github.ldapkv.internal.key.Rdn;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.EqualityRule;
import io.github.ldapkv.internal.schema.SchemaCheck;
import io.github.ldapkv.internal.text.AttributeNames;

/**
 * Tells whether an entry is what a file says, by the rules of its attributes. For the use
 * of one thread.
 */
final class LdifComparison {

	private static final String OBJECT_CLASS = "objectclass";

	/**
	 * It says how a value is sent, and makes no other attribute (RFC 4522).
	 */
	private static final String TRANSFER_OPTION = "binary";

	private final DirectorySchema schema;

	private final SchemaCheck classes;

	private final Map<String, EqualityRule> rules = new HashMap<>();

	LdifComparison(DirectorySchema schema) {
		this.schema = schema;
		this.classes = schema.check();
	}

	/**
	 * Whether there is nothing to write. Operational attributes that the file does not
	 * name stay as they are.
	 */
	boolean isSame(LdifRecord record, LdapValue there) {
		Map<String, Set<Object>> wanted = comparable(record, record.value());
		Map<String, Set<Object>> found = comparable(record, there);
		if (!wanted.containsKey(OBJECT_CLASS)) {
			found.remove(OBJECT_CLASS);
		}
		found.keySet().removeIf((key) -> !wanted.containsKey(key) && isLeftAlone(AttributeNames.typeOf(key)));
		return wanted.equals(found);
	}

	private boolean isLeftAlone(String type) {
		return this.schema.isAddedByServer(type) || this.schema.isOperational(type);
	}

	private Map<String, Set<Object>> comparable(LdifRecord record, LdapValue value) {
		Map<String, Set<Object>> comparable = new HashMap<>();
		LdifAttributes.of(value, this.schema).asMap().forEach((name, values) -> {
			String key = key(name);
			if (OBJECT_CLASS.equals(key)) {
				comparable.put(key, Set.copyOf(this.classes.allClasses(value.texts(OBJECT_CLASS))));
			}
			else {
				values.forEach((one) -> add(comparable, key, one));
			}
		});
		for (Rdn.Ava ava : record.target().rdn().avas()) {
			add(comparable, key(ava.type()), ava.decoded());
		}
		return comparable;
	}

	private void add(Map<String, Set<Object>> comparable, String key, Object value) {
		EqualityRule rule = this.rules.computeIfAbsent(AttributeNames.typeOf(key), this.schema::equality);
		comparable.computeIfAbsent(key, (name) -> new HashSet<>()).add(rule.normalized(value));
	}

	/**
	 * What all descriptions of an attribute share.
	 */
	private String key(String description) {
		String key = this.schema.keyOf(description);
		Set<String> options = AttributeNames.options(key);
		return !options.contains(TRANSFER_OPTION) ? key
				: Stream
					.concat(Stream.of(AttributeNames.typeOf(key)),
							options.stream().filter((option) -> !option.equals(TRANSFER_OPTION)))
					.collect(Collectors.joining(";"));
	}

}
