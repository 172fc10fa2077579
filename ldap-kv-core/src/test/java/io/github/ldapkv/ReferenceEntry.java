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

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.ldapkv.internal.key.Rdn;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * An entry of a {@link ReferenceStore}.
 *
 * @param key its key, as spelled by who created it
 * @param attributes the values by lower-case name
 */
record ReferenceEntry(LdapKey key, Map<String, List<Object>> attributes) {

	private static final List<String> REQUIRED = List.of("cn", "sn");

	Rdn rdn() {
		return this.key.path().rdns().get(this.key.path().depth() - 1);
	}

	ReferenceEntry copy() {
		return new ReferenceEntry(this.key, new TreeMap<>(this.attributes));
	}

	List<Object> values(String name) {
		return this.attributes.getOrDefault(ReferenceNames.type(name), List.of());
	}

	void set(String name, List<Object> values) {
		if (values.isEmpty()) {
			this.attributes.remove(ReferenceNames.type(name));
		}
		else {
			this.attributes.put(ReferenceNames.type(name), List.copyOf(values));
		}
	}

	/**
	 * Refuses what the schema does.
	 */
	void check() {
		boolean named = rdn().avas()
			.stream()
			.allMatch((ava) -> values(ava.type()).stream()
				.anyMatch((value) -> ReferenceNames.normal(ava.type(), value)
					.equals(ReferenceNames.normal(ava.type(), ava.value()))));
		if (!named || !isSingle() || REQUIRED.stream().anyMatch((name) -> values(name).isEmpty())) {
			throw new DataIntegrityViolationException("schema");
		}
	}

	boolean isSingle() {
		return values("employeeNumber").size() < 2;
	}

	LdapValue value() {
		return LdapValue.of(this.attributes);
	}

}
