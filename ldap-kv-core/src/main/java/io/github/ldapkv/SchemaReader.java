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

import java.util.ArrayList;
import java.util.List;

import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.DirContext;
import javax.naming.ldap.LdapName;

import com.unboundid.ldap.sdk.Entry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the server's schema (RFC 4512, section 4.4).
 */
final class SchemaReader {

	private static final Logger logger = LoggerFactory.getLogger(SchemaReader.class);

	private static final String SUBSCHEMA = "subschemaSubentry";

	private static final String[] DEFINITIONS = { "attributeTypes", "objectClasses", "ldapSyntaxes",
			"dITContentRules" };

	private SchemaReader() {
	}

	/**
	 * Reads the schema.
	 * @param root a connection without a base
	 * @param base an entry that the schema holds for
	 * @return the schema; an empty one if the server hides its own
	 * @throws NamingException if the connection fails, or the server is busy
	 */
	static DirectorySchema read(DirContext root, LdapKey base) throws NamingException {
		String name = name(root, new LdapName(""));
		if (name == null && !base.isRoot()) {
			name = name(root, new LdapName(base.dn()));
		}
		Attributes found = (name != null) ? attributes(root, name) : null;
		if (name == null || found == null || found.get(DEFINITIONS[0]) == null) {
			logger
				.info("The directory hides its schema: which attributes are binary is taken from a list of known ones "
						+ "and the configured binary attributes");
			return DirectorySchema.hidden();
		}
		return DirectorySchema.of(toEntry(name, found));
	}

	/**
	 * The name of the entry that has the schema of another one.
	 */
	private static @Nullable String name(DirContext root, LdapName entry) throws NamingException {
		Attributes found = attributes(root, entry, SUBSCHEMA);
		Attribute name = (found != null) ? found.get(SUBSCHEMA) : null;
		return (name != null && name.size() > 0) ? name.get(0).toString() : null;
	}

	private static @Nullable Attributes attributes(DirContext root, String name) throws NamingException {
		try {
			return attributes(root, new LdapName(name), DEFINITIONS);
		}
		catch (InvalidNameException ex) {
			logger.debug("The name of the schema's entry, '{}', is malformed", Excerpt.of(name));
			return null;
		}
	}

	private static @Nullable Attributes attributes(DirContext root, LdapName name, String... attributes)
			throws NamingException {
		try {
			return root.getAttributes(name, attributes);
		}
		catch (NamingException ex) {
			if (ConnectionFailures.isPassing(ex)) {
				throw ex;
			}
			logger.debug("The attributes {} of '{}' cannot be read", attributes, Excerpt.of(name.toString()),
					ServerResult.presentable(ex));
			return null;
		}
	}

	private static Entry toEntry(String dn, Attributes attributes) throws NamingException {
		Entry entry = new Entry(dn);
		for (String name : DEFINITIONS) {
			Attribute attribute = attributes.get(name);
			if (attribute != null) {
				List<String> definitions = new ArrayList<>();
				for (int i = 0; i < attribute.size(); i++) {
					definitions.add(attribute.get(i).toString());
				}
				entry.addAttribute(name, definitions);
			}
		}
		return entry;
	}

}
