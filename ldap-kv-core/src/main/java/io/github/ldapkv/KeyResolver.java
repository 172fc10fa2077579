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

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.support.BaseLdapPathSource;

/**
 * Knows where in the tree the store's keys begin: turns the key that a caller gives into
 * the name that goes to the directory, and the DN that comes back into a key.
 */
final class KeyResolver {

	private final LdapKey contextBase;

	private final LdapKey base;

	/**
	 * Creates a resolver.
	 * @param contextBase the base of the context source, which JNDI adds to each name
	 * @param base the base of the store, relative to that of the context source
	 */
	KeyResolver(LdapKey contextBase, LdapKey base) {
		this.contextBase = contextBase;
		this.base = below(contextBase, base);
	}

	/**
	 * The base of a context source, which JNDI adds to each name.
	 */
	static LdapKey baseOf(ContextSource contextSource) {
		if (contextSource instanceof LdapConnectionPool pool) {
			return pool.base();
		}
		return (contextSource instanceof BaseLdapPathSource source)
				? LdapKey.ofServerDn(source.getBaseLdapName().toString()) : LdapKey.of("/");
	}

	/**
	 * The base of the store, absolute.
	 */
	LdapKey base() {
		return this.base;
	}

	LdapKey contextBase() {
		return this.contextBase;
	}

	/**
	 * A caller's key from the root of the tree down.
	 */
	LdapKey absolute(LdapKey key) {
		return below(this.base, key);
	}

	/**
	 * A caller's pattern from the base of the store down.
	 */
	KeyPattern relative(KeyPattern pattern) {
		int depth = this.base.depth();
		boolean absolute = depth > 0 && pattern.literalDepth() >= depth
				&& pattern.literalPrefix(depth).equals(this.base);
		return absolute ? pattern.withoutFirst(depth) : pattern;
	}

	/**
	 * The key, relative to the base of the store, of an absolute name.
	 */
	LdapKey relative(LdapKey absolute) {
		return absolute.startsWith(this.base) ? absolute.withoutFirst(this.base.depth()) : absolute;
	}

	/**
	 * The name, relative to the base of the context source, of an absolute one. It is an
	 * {@code LdapName} always: a name given as text is a composite name to JNDI, which
	 * may even be taken for the URL of another server.
	 */
	LdapName name(LdapKey absolute) {
		try {
			return new SchemelessName(absolute.withoutFirst(this.contextBase.depth()).dn());
		}
		catch (InvalidNameException ex) {
			throw new IllegalArgumentException("Key '" + absolute + "' is malformed: " + ex.getMessage(), ex);
		}
	}

	/**
	 * A key that lies under the base already is absolute, any other is relative to it. In
	 * either case the base is sent in its own spelling: what the caller took for an equal
	 * one, as {@code dc=ORG} or with blanks around the value, leads nowhere else.
	 */
	private static LdapKey below(LdapKey base, LdapKey key) {
		if (base.isRoot()) {
			return key;
		}
		return base.append(key.startsWith(base) ? key.withoutFirst(base.depth()) : key);
	}

}
