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

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.Excerpt;

/**
 * What JNDI has to be told in its own way: names, below the base of its contexts, and
 * which attributes are bytes.
 */
public final class JndiNames {

	static final String BINARY_ATTRIBUTES = "java.naming.ldap.attributes.binary";

	private final int baseDepth;

	/**
	 * What names below the base end in.
	 */
	private final String ending;

	private final BinaryAttributes binary = new BinaryAttributes();

	/**
	 * Creates the names.
	 * @param base the base of the contexts, which JNDI adds to each name
	 */
	public JndiNames(DistinguishedName base) {
		this.baseDepth = base.depth();
		this.ending = base.isRoot() ? "" : "," + base.dn();
	}

	boolean haveNoBase() {
		return this.baseDepth == 0;
	}

	/**
	 * The attributes that JNDI has to return as bytes.
	 */
	String binaryAttributes(DirectorySchema schema) {
		return this.binary.names(schema);
	}

	/**
	 * The name of an entry, relative to the base of the contexts. It is an
	 * {@code LdapName} always: a name given as text is a composite name to JNDI, which
	 * may even be taken for the URL of another server.
	 */
	public LdapName name(String dn) {
		try {
			return new SchemelessName(belowBase(dn));
		}
		catch (InvalidNameException | IllegalArgumentException ex) {
			throw new IllegalArgumentException("Key '" + Excerpt.of(dn) + "' is malformed: " + ex.getMessage(), ex);
		}
	}

	/**
	 * JNDI's own parts of a name have lost the escapes of control characters. Nearly all
	 * names end in the base as it is spelled, and need no reading.
	 */
	private String belowBase(String dn) {
		if (this.baseDepth == 0) {
			return dn;
		}
		int end = dn.length() - this.ending.length();
		if (end > 0 && dn.endsWith(this.ending) && dn.charAt(end - 1) != '\\') {
			return dn.substring(0, end);
		}
		return DistinguishedName.ofServerDn(dn).withoutFirst(this.baseDepth).dn();
	}

	/**
	 * Makes JNDI return attributes as bytes from now on.
	 * @return all such attributes, for the rest of a call
	 */
	String addBinary(DirectorySchema schema, Collection<String> descriptions) {
		return this.binary.add(schema, descriptions);
	}

}
