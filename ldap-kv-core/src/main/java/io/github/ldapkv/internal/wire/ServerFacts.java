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

package io.github.ldapkv.internal.wire;

import java.util.Set;

import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.server.ServerCapabilities;

/**
 * What is known of a server.
 *
 * @param schema what it says of attributes and object classes
 * @param capabilities what it can do
 * @param quirks what it does that no standard foresees
 */
public record ServerFacts(DirectorySchema schema, ServerCapabilities capabilities, Set<Quirk> quirks) {

	/**
	 * What is known before the server was asked.
	 */
	public static final ServerFacts NOTHING = new ServerFacts(DirectorySchema.hidden(), ServerCapabilities.unknown(),
			Set.of());

}
