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

package io.github.ldapkv.internal.bulk;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.KeyResolver;
import org.jspecify.annotations.Nullable;

/**
 * What bulk writes and LDIF ask of a store besides its verbs, also of one that others
 * stand in front of. It reads where its writes go, whatever a read server has by now.
 * Values are attributes by name, as text or bytes.
 */
public interface DirectStore {

	/**
	 * How many writes may be under way at a time.
	 */
	int parallelism();

	/**
	 * What threads of the store are called, to which their work is added.
	 */
	String threads();

	/**
	 * The server's schema, which is asked for if it is not known yet.
	 */
	DirectorySchema schema();

	/**
	 * Knows which entry a key means.
	 */
	KeyResolver resolver();

	/**
	 * Tells whether there is an entry.
	 * @param key the absolute key
	 */
	boolean contains(DistinguishedName key);

	/**
	 * Reads entries.
	 * @param keys the absolute keys
	 * @param attributes the attributes to read; {@code null} for all user attributes
	 */
	Map<DistinguishedName, Map<String, List<Object>>> read(Collection<DistinguishedName> keys,
			@Nullable List<String> attributes);

	/**
	 * Reads an entry that refers to another server (RFC 3296), as if it did not.
	 * @return its attributes, or empty if it is not there
	 */
	Optional<Map<String, List<Object>>> readReferral(Target target);

	/**
	 * Makes an entry that refers to another server exactly a value.
	 */
	void replaceReferral(Target target, Map<String, List<Object>> before, Map<String, List<Object>> value);

}
