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

import javax.naming.Context;
import javax.naming.NameClassPair;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.DirContext;
import javax.naming.ldap.LdapContext;
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

	private static final String[] DEFINITIONS = { "attributeTypes", "objectClasses", "ldapSyntaxes",
			"dITContentRules" };

	private final boolean contextHasBase;

	/**
	 * Creates a reader.
	 * @param contextHasBase whether names are relative to a base, so that the subschema
	 * entry, which lies outside, can be read through JNDI's own means only
	 */
	SchemaReader(boolean contextHasBase) {
		this.contextHasBase = contextHasBase;
	}

	/**
	 * Reads the schema.
	 * @return the schema; an empty one if the server hides its own, and {@code null} if
	 * the base is not there yet through which it has to be read
	 * @throws NamingException if the connection fails, or the server is busy
	 */
	@Nullable DirectorySchema read(LdapContext context) throws NamingException {
		Entry entry;
		try {
			entry = this.contextHasBase ? readThroughJndi(context) : readSubschemaEntry(context);
		}
		catch (NamingException ex) {
			if (ConnectionFailures.isPassing(ex)) {
				throw ex;
			}
			logger.debug("The server's schema cannot be read", ex);
			if (this.contextHasBase && ex instanceof NameNotFoundException) {
				return null;
			}
			entry = null;
		}
		if (entry == null || !entry.hasAttribute("attributeTypes")) {
			logger
				.info("The directory hides its schema: which attributes are binary is taken from a list of known ones "
						+ "and the configured binary attributes");
			return DirectorySchema.hidden();
		}
		return DirectorySchema.of(entry);
	}

	private static @Nullable Entry readSubschemaEntry(LdapContext context) throws NamingException {
		Attribute subschema = context.getAttributes(new LdapName(""), new String[] { "subschemaSubentry" })
			.get("subschemaSubentry");
		if (subschema == null || subschema.size() == 0) {
			return null;
		}
		String dn = subschema.get(0).toString();
		return toEntry(dn, context.getAttributes(new LdapName(dn), DEFINITIONS));
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

	/**
	 * JNDI reads the schema itself, and gives each definition as attributes. The object
	 * factories of Spring LDAP would replace the context that it works with.
	 */
	private static Entry readThroughJndi(LdapContext context) throws NamingException {
		Object factories = context.removeFromEnvironment(Context.OBJECT_FACTORIES);
		try {
			DirContext schema = context.getSchema(new LdapName(""));
			Entry entry = new Entry("cn=schema");
			entry.addAttribute("attributeTypes", definitions(schema, "AttributeDefinition"));
			entry.addAttribute("objectClasses", definitions(schema, "ClassDefinition"));
			return entry;
		}
		finally {
			if (factories != null) {
				context.addToEnvironment(Context.OBJECT_FACTORIES, factories);
			}
		}
	}

	private static List<String> definitions(DirContext schema, String kind) throws NamingException {
		DirContext parent = (DirContext) schema.lookup(kind);
		List<String> definitions = new ArrayList<>();
		NamingEnumeration<NameClassPair> names = parent.list("");
		while (names.hasMore()) {
			definitions.add(definition(parent.getAttributes(names.next().getName())));
		}
		return definitions;
	}

	/**
	 * Writes a definition as RFC 4512, section 4.1, has it. JNDI shows a flag as an
	 * attribute with the value {@code true}.
	 */
	private static String definition(Attributes parts) throws NamingException {
		StringBuilder text = new StringBuilder("( ").append(value(parts, "NUMERICOID"));
		for (String keyword : new String[] { "NAME", "SUP", "EQUALITY", "ORDERING", "SUBSTR", "SYNTAX", "MUST",
				"MAY" }) {
			Attribute part = parts.get(keyword);
			if (part != null && part.size() > 0) {
				boolean quoted = "NAME".equals(keyword);
				boolean list = "MUST".equals(keyword) || "MAY".equals(keyword) || "SUP".equals(keyword);
				text.append(' ').append(keyword).append((part.size() > 1) ? " ( " : " ");
				for (int i = 0; i < part.size(); i++) {
					text.append((list && i > 0) ? " $ " : (i > 0) ? " " : "");
					text.append(quoted ? "'" + part.get(i) + "'" : part.get(i));
				}
				text.append((part.size() > 1) ? " )" : "");
			}
		}
		text.append((parts.get("NO-USER-MODIFICATION") != null) ? " NO-USER-MODIFICATION" : "");
		if (parts.get("USAGE") != null) {
			text.append(" USAGE ").append(value(parts, "USAGE"));
		}
		return text.append(" )").toString();
	}

	private static Object value(Attributes parts, String keyword) throws NamingException {
		return parts.get(keyword).get();
	}

}
