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

import java.util.List;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.schema.ObjectClasses;

/**
 * An entry of an LDIF file.
 *
 * @param line the number of the line on which it begins
 * @param target where it goes, by its absolute key
 * @param value its attributes
 * @param size about how many bytes these take
 */
record LdifRecord(long line, Target target, LdapValue value, long size) {

	DistinguishedName name() {
		return this.target.absolute();
	}

	LdapKey key() {
		return LdapKey.ofServerDn(name().dn());
	}

	/**
	 * The name of an absolute key.
	 */
	static DistinguishedName name(LdapKey key) {
		return DistinguishedName.ofServerDn(key.dn());
	}

	/**
	 * What is behind a key, be it absolute or not.
	 */
	static KeyPath path(LdapKey key) {
		return name(key).asKey();
	}

	/**
	 * Whether it refers to another server (RFC 3296).
	 */
	boolean isReferral() {
		return values(this.value, ObjectClasses.ATTRIBUTE).stream()
			.anyMatch((name) -> ObjectClasses.isReferral(name.toString()));
	}

	/**
	 * The values of an attribute, as text or bytes.
	 */
	static List<Object> values(LdapValue value, String name) {
		return value.asMap()
			.entrySet()
			.stream()
			.filter((attribute) -> attribute.getKey().equalsIgnoreCase(name))
			.flatMap((attribute) -> attribute.getValue().stream())
			.toList();
	}

}
