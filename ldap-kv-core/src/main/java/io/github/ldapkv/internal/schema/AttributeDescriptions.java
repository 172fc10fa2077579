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

package io.github.ldapkv.internal.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import io.github.ldapkv.internal.text.AttributeDescription;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.SecretAttributes;

/**
 * What a schema says of the attributes that have been read, by their names as a server
 * spells them. All entries share it.
 */
final class AttributeDescriptions {

	/**
	 * Whoever may write can make up options. Beyond so many names, what is said of one is
	 * worked out each time.
	 */
	private static final int MOST = 2000;

	private final Map<String, AttributeDescription> known = new ConcurrentHashMap<>();

	private final Predicate<String> binary;

	/**
	 * The names, in lower case, of attributes of which only another name tells that they
	 * hold secrets.
	 */
	private final Set<String> secrets;

	/**
	 * Begins with none.
	 * @param binary whether values of an attribute are bytes
	 */
	AttributeDescriptions(Schema schema, Predicate<String> binary) {
		this.binary = binary;
		this.secrets = secrets(schema);
	}

	AttributeDescription get(String name) {
		AttributeDescription description = this.known.get(name);
		if (description == null) {
			description = new AttributeDescription(name, AttributeNames.key(name), this.binary.test(name),
					this.secrets.contains(AttributeNames.lower(AttributeNames.typeOf(name))));
			if (this.known.size() < MOST) {
				this.known.put(name, description);
			}
		}
		return description;
	}

	private static Set<String> secrets(Schema schema) {
		Set<String> secrets = new HashSet<>();
		for (AttributeTypeDefinition definition : schema.getAttributeTypes()) {
			Set<String> names = new HashSet<>(List.of(definition.getNames()));
			names.add(definition.getOID());
			String superior = definition.getSuperiorType();
			if (names.stream().anyMatch(SecretAttributes::contains)
					|| superior != null && SecretAttributes.contains(superior)) {
				names.stream()
					.filter((name) -> !SecretAttributes.contains(name))
					.map(AttributeNames::lower)
					.forEach(secrets::add);
			}
		}
		return secrets;
	}

}
