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

import javax.naming.Context;
import javax.naming.InvalidNameException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.text.Excerpt;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.ldap.core.DirContextProxy;

/**
 * Makes sessions on contexts of JNDI: sets each context up for a call, and leaves it as
 * it was.
 */
final class JndiServer {

	static final String BINARY_ATTRIBUTES = "java.naming.ldap.attributes.binary";

	private static final String DEREF_ALIASES = "java.naming.ldap.derefAliases";

	private final int baseDepth;

	private final BinaryAttributes binary = new BinaryAttributes();

	/**
	 * Creates it.
	 * @param base the base of the contexts, which JNDI adds to each name
	 */
	JndiServer(DistinguishedName base) {
		this.baseDepth = base.depth();
	}

	/**
	 * Sets a context up for a call. JNDI ignores referrals by asking for the entries that
	 * hold them (RFC 3296): good for a read, which leaves them out, but a write would
	 * change such an entry. Referrals are never followed.
	 * @return the session, whose end leaves the context as it was
	 */
	JndiSession open(DirContext borrowed, boolean readOnly) throws LDAPException {
		DirContext dirContext = (borrowed instanceof DirContextProxy proxy
				&& proxy.getTargetContext() instanceof PooledContext pooled) ? pooled : borrowed;
		if (!(dirContext instanceof LdapContext context)) {
			throw new InvalidDataAccessApiUsageException("The context source gives a " + dirContext.getClass().getName()
					+ ", which is no LdapContext: LDAP controls cannot be sent with it");
		}
		JndiSession session = new JndiSession(context, this, ServerReader.Found.NOTHING);
		boolean open = false;
		try {
			session.set(Context.REFERRAL, readOnly ? "ignore" : "throw");
			if (!(context instanceof PooledContext)) {
				session.set(DEREF_ALIASES, "never");
			}
			open = true;
			return session;
		}
		finally {
			if (!open) {
				session.close();
			}
		}
	}

	/**
	 * A session on a context without a base, to learn of the server by.
	 */
	static Session withoutBase(LdapContext root) {
		return new JndiSession(root, new JndiServer(DistinguishedName.ROOT), ServerReader.Found.NOTHING);
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
	LdapName name(String dn) {
		try {
			if (this.baseDepth == 0) {
				return new SchemelessName(dn);
			}
			return new SchemelessName(new LdapName(dn).getSuffix(this.baseDepth).toString());
		}
		catch (InvalidNameException ex) {
			throw new IllegalArgumentException("Key '" + Excerpt.of(dn) + "' is malformed: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Makes JNDI return attributes as bytes from now on.
	 * @return all such attributes, for the rest of a call
	 */
	String addBinary(DirectorySchema schema, Collection<String> descriptions) {
		return this.binary.add(schema, descriptions);
	}

}
