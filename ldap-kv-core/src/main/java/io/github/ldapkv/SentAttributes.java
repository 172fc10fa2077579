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

import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.NamedValues;

/**
 * What of a value is sent: not what the server maintains, nor what the name says.
 */
final class SentAttributes {

	private SentAttributes() {
	}

	/**
	 * What is sent of a value to change the entry.
	 */
	static LdapValue changes(Target target, LdapValue value, DirectorySchema schema) {
		return NamingAttributes.without(target, withoutMaintained(value, schema), schema);
	}

	static LdapValue withoutMaintained(LdapValue given, DirectorySchema schema) {
		LdapValue value = NamingAttributes.withClassesByName(given);
		return value.only((attribute) -> !schema.isServerMaintained(AttributeNames.typeOf(attribute.name()))
				&& schema.isWritable(attribute.name(), attribute.values()));
	}

	/**
	 * The values of those that are secrets.
	 */
	static Stream<Object> secrets(Iterable<NamedValues> attributes) {
		return StreamSupport.stream(attributes.spliterator(), false)
			.filter(NamedValues::isSecret)
			.flatMap((attribute) -> attribute.values().stream());
	}

}
