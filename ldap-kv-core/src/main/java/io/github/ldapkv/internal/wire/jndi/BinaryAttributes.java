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

package io.github.ldapkv.internal.wire.jndi;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.AttributeNames;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that JNDI has to return as bytes: those of the schema, and those that
 * came as mangled text. JNDI does not know that options ({@code jpegPhoto;lang-en}) do
 * not change an attribute's syntax, and compares the whole description; nor does it tell
 * a text that is no UTF-8 from one that is.
 */
final class BinaryAttributes {

	/**
	 * Any writer may make up options, and each connection is told of all.
	 */
	private static final int MOST_FOUND = 200;

	/**
	 * Held to change what was found.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * Attributes that came as mangled text, the one found last at the end.
	 */
	private final Set<String> found = new LinkedHashSet<>();

	private volatile @Nullable Names names;

	/**
	 * The attributes, as JNDI wants them.
	 * @param schema the server's schema, as far as it is known
	 */
	String names(DirectorySchema schema) {
		Names known = this.names;
		return (known != null && known.schema() == schema) ? known.all() : add(schema, Set.of());
	}

	/**
	 * Adds some, as far as they are not too many.
	 * @param descriptions all that came mangled in a call
	 * @return the attributes for the rest of that call, all of these among them
	 */
	String add(DirectorySchema schema, Collection<String> descriptions) {
		this.lock.lock();
		try {
			for (String description : descriptions) {
				String name = AttributeNames.lower(description);
				this.found.remove(name);
				this.found.add(name);
			}
			String all = joined(schema);
			Iterator<String> oldest = this.found.iterator();
			while (this.found.size() > MOST_FOUND) {
				oldest.next();
				oldest.remove();
			}
			this.names = new Names(schema, ofSchema(schema), joined(schema));
			return all;
		}
		finally {
			this.lock.unlock();
		}
	}

	private String joined(DirectorySchema schema) {
		return ofSchema(schema) + " " + String.join(" ", this.found);
	}

	private String ofSchema(DirectorySchema schema) {
		Names known = this.names;
		return (known != null && known.schema() == schema) ? known.ofSchema() : String.join(" ", schema.binaryNames());
	}

	/**
	 * What was worked out last.
	 *
	 * @param schema the schema that it was worked out from
	 * @param ofSchema the attributes of the schema
	 * @param all the same and those that were found
	 */
	private record Names(DirectorySchema schema, String ofSchema, String all) {
	}

}
