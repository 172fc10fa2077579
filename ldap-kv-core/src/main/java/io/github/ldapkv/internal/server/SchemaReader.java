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

package io.github.ldapkv.internal.server;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
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
	 * @throws LDAPException if the connection fails, or the server is busy
	 */
	static DirectorySchema read(Session root, DistinguishedName base) throws LDAPException {
		String name = name(root, "");
		if (name == null && !base.isRoot()) {
			name = name(root, base.dn());
		}
		Entry found = (name != null && DN.isValidDN(name)) ? entry(root, name, DEFINITIONS) : null;
		if (found == null || !found.hasAttribute(DEFINITIONS[0])) {
			logger
				.info("The directory hides its schema: which attributes are binary is taken from a list of known ones "
						+ "and the configured binary attributes");
			return DirectorySchema.hidden();
		}
		return DirectorySchema.of(found);
	}

	/**
	 * The name of the entry that has the schema of another one.
	 */
	private static @Nullable String name(Session root, String entry) throws LDAPException {
		Entry found = entry(root, entry, SUBSCHEMA);
		return (found != null) ? found.getAttributeValue(SUBSCHEMA) : null;
	}

	private static @Nullable Entry entry(Session root, String dn, String... attributes) throws LDAPException {
		try {
			return root.read(new SearchRequest(dn, SearchScope.BASE, Session.ANY_ENTRY, attributes));
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isPassing(ex)) {
				throw ex;
			}
			logger.debug("The attributes {} of '{}' cannot be read", attributes, Excerpt.of(dn),
					ServerResult.presentable(ex));
			return null;
		}
		catch (IllegalArgumentException ex) {
			logger.debug("The name of the schema's entry, '{}', is malformed", Excerpt.of(dn), ex);
			return null;
		}
	}

}
