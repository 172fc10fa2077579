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

import javax.naming.Context;
import javax.naming.directory.DirContext;
import javax.naming.ldap.LdapContext;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.wire.OpenSession;
import io.github.ldapkv.internal.wire.ServerFacts;
import io.github.ldapkv.internal.wire.Session;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Makes sessions on contexts of JNDI.
 */
public final class JndiSessions {

	private static final String DEREF_ALIASES = "java.naming.ldap.derefAliases";

	private JndiSessions() {
	}

	/**
	 * Sets a context up for a call. JNDI ignores referrals by asking for the entries that
	 * hold them (RFC 3296): good for a read, which leaves them out, but a write would
	 * change such an entry. Referrals are never followed.
	 * @return the session, whose end leaves the context as it was
	 */
	public static OpenSession open(DirContext dirContext, boolean readOnly, JndiNames names) throws LDAPException {
		if (!(dirContext instanceof LdapContext context)) {
			throw new InvalidDataAccessApiUsageException("The context source gives a " + dirContext.getClass().getName()
					+ ", which is no LdapContext: LDAP controls cannot be sent with it");
		}
		JndiSession session = new JndiSession(context, names, ServerFacts.NOTHING);
		boolean open = false;
		try {
			session.set(Context.REFERRAL, readOnly ? "ignore" : "throw");
			session.set(DEREF_ALIASES, "never");
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
	public static Session withoutBase(LdapContext root) {
		return new JndiSession(root, new JndiNames(DistinguishedName.ROOT), ServerFacts.NOTHING);
	}

}
