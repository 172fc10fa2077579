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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attributes;
import javax.naming.directory.BasicAttribute;
import javax.naming.directory.BasicAttributes;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.schema.DirectorySchema;

/**
 * Attributes as JNDI has them, and as they are: octets; and how it is asked for them.
 */
final class JndiEntries {

	private static final char REPLACEMENT = '\uFFFD';

	private JndiEntries() {
	}

	/**
	 * The entry that was found.
	 * @param mangled gets the attributes of which JNDI may have made text of bytes
	 */
	static SearchResultEntry entry(SearchResult found, DirectorySchema schema, Set<String> mangled)
			throws NamingException {
		List<Attribute> attributes = new ArrayList<>();
		NamingEnumeration<? extends javax.naming.directory.Attribute> all = found.getAttributes().getAll();
		while (all.hasMore()) {
			javax.naming.directory.Attribute attribute = all.next();
			attributes.add(attribute(attribute, schema, mangled));
		}
		return new SearchResultEntry(found.getNameInNamespace(), attributes);
	}

	private static Attribute attribute(javax.naming.directory.Attribute attribute, DirectorySchema schema,
			Set<String> mangled) throws NamingException {
		byte[][] values = new byte[attribute.size()][];
		for (int i = 0; i < values.length; i++) {
			Object value = attribute.get(i);
			if (value instanceof String text) {
				if (isMangled(attribute.getID(), text, schema)) {
					mangled.add(attribute.getID());
				}
				values[i] = text.getBytes(StandardCharsets.UTF_8);
			}
			else {
				values[i] = (byte[]) value;
			}
		}
		return new Attribute(attribute.getID(), values);
	}

	/**
	 * JNDI puts a replacement character for what is no UTF-8. It also compares whole
	 * descriptions with the names of the binary attributes, so it takes
	 * {@code jpegPhoto;lang-en} for text.
	 */
	private static boolean isMangled(String description, String text, DirectorySchema schema) {
		return text.indexOf(REPLACEMENT) >= 0 || description.indexOf(';') >= 0 && schema.isBinary(description);
	}

	static Attributes attributes(Collection<Attribute> attributes) {
		Attributes result = new BasicAttributes(true);
		attributes.forEach((attribute) -> result.put(attribute(attribute)));
		return result;
	}

	static javax.naming.directory.Attribute attribute(Attribute attribute) {
		// Ordered: an unordered one compares each value with all before it.
		BasicAttribute result = new BasicAttribute(attribute.getName(), true);
		for (byte[] value : attribute.getValueByteArrays()) {
			result.add(value);
		}
		return result;
	}

	/**
	 * The settings of a search.
	 */
	static SearchControls settings(SearchRequest request, SearchScope scope) {
		String[] attributes = request.getAttributes();
		return new SearchControls(scope.intValue(), request.getSizeLimit(), 0,
				(attributes.length > 0) ? attributes : null, false, false);
	}

}
