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

import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.springframework.dao.DataRetrievalFailureException;

/**
 * Attributes of an entry arrived as text although they are bytes, or may be: their bytes
 * are lost, and they have to be read again.
 */
final class MangledAttributeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<String> descriptions;

	MangledAttributeException(Collection<String> descriptions) {
		super("Attributes " + descriptions + " were read as text, but are bytes", null, false, false);
		this.descriptions = List.copyOf(descriptions);
	}

	/**
	 * Adds these attributes to those that a call has to read again, as bytes.
	 * @param before those that were read again before
	 * @throws DataRetrievalFailureException if that did not help
	 */
	void addTo(Set<String> before) {
		for (String description : this.descriptions) {
			if (!before.add(description)) {
				throw new DataRetrievalFailureException("Attribute '" + Excerpt.of(description)
						+ "' arrives as text although it is asked for as bytes: the context source ignores the setting "
						+ "java.naming.ldap.attributes.binary");
			}
		}
	}

}
