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

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.key.KeyTemplate;
import io.github.ldapkv.internal.key.Rdn;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.text.Octets;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The name of an entry: a path of relative distinguished names (RDNs) from the root of
 * the tree down, such as {@code /dc=org/dc=test/ou=People/uid=jdoe}. Reversed it is the
 * entry's distinguished name (DN).
 * <p>
 * Two keys are equal if a directory takes them for the same name: case, insignificant
 * space and the order inside a multi-valued RDN do not count (RFC 4514, RFC 4518). A
 * server may have attributes whose rule counts them; the store keeps such names apart,
 * which are equal here, by their spelling. The spelling given is kept. Keys are ordered
 * component by component, a parent before its children.
 * <p>
 * Keys are immutable. A method that takes a key takes a {@link CharSequence}: a literal
 * or an {@code LdapKey}.
 * <p>
 * No argument may be {@code null}: it is refused by an {@link IllegalArgumentException}.
 */
public final class LdapKey implements CharSequence, Comparable<LdapKey> {

	private final KeyPath path;

	LdapKey(KeyPath path) {
		this.path = path;
	}

	/**
	 * Reads a key. Text that starts with a slash is a path, any other an RFC 4514 DN. In
	 * a path, doubled and trailing slashes are dropped, a component may itself be a DN
	 * ({@code /dc=test,dc=org/ou=People}), and {@code \/} or {@code \2F} is a literal
	 * slash; all other escaping is that of RFC 4514. {@code /} is the base. A DN may also
	 * have the quotes, semicolons and {@code OID.} prefixes of LDAPv2 (RFC 1779), which
	 * some servers still send.
	 * @param key a path or a DN
	 * @return the key
	 * @throws IllegalArgumentException if the key is {@code null}, empty or malformed;
	 * the message shows the key and the place
	 */
	public static LdapKey of(String key) {
		Assert.notNull(key, "The key is null");
		return new LdapKey(KeyPath.of(key));
	}

	/**
	 * Reads the DN of an entry as servers send it, also with the names of attributes that
	 * some have and RFC 4512 does not allow.
	 * @param dn the DN; empty for the root of the tree
	 * @return the key
	 * @throws IllegalArgumentException if it is {@code null} or no DN
	 */
	public static LdapKey ofServerDn(String dn) {
		Assert.notNull(dn, "The DN is null");
		return new LdapKey(DistinguishedName.ofServerDn(dn).asKey());
	}

	/**
	 * Reads a key from a template: each {@code {name}} in it stands for the next of the
	 * values, which is escaped. No value can change the shape of the key.
	 * <pre class="code">
	 * LdapKey.of("/ou=People/uid={id}", id)
	 * </pre> In a template <code>\{</code> and <code>\}</code> are literal braces.
	 * @param template a path or a DN, with placeholders inside its values
	 * @param values a value for each placeholder, in their order: what
	 * {@link LdapValue#of(java.util.Map)} makes text of becomes the same text here, and
	 * anything else what its {@code toString} says, but for bytes and keys, which are
	 * refused
	 * @return the key
	 * @throws IllegalArgumentException if the template is malformed, a placeholder stands
	 * outside a value, a value is {@code null} or empty, or their number differs from
	 * that of the placeholders
	 */
	public static LdapKey of(String template, Object... values) {
		Assert.notNull(template, "The key is null");
		Assert.notNull(values, "The values are null");
		Object[] given = new Object[values.length];
		for (int i = 0; i < given.length; i++) {
			// Not one of the texts that stand for themselves.
			given[i] = (values[i] instanceof LdapKey key) ? key.path : values[i];
		}
		return new LdapKey(KeyPath.of(KeyTemplate.expand(template, given)));
	}

	/**
	 * Reads a key that is a literal or a key already.
	 */
	static LdapKey of(@Nullable CharSequence key) {
		if (key instanceof LdapKey ldapKey) {
			return ldapKey;
		}
		if (key == null) {
			throw new IllegalArgumentException("The key is null");
		}
		return of(key.toString());
	}

	/**
	 * What is behind a literal or a key.
	 */
	static KeyPath pathOf(@Nullable CharSequence key) {
		return (key instanceof String text) ? KeyPath.of(text) : of(key).path;
	}

	/**
	 * The key of an entry right below this one.
	 * @param attribute the attribute type of the new component
	 * @param value its value, as it is: nothing in it is taken as an escape
	 * @return the longer key
	 * @throws IllegalArgumentException if the attribute is no attribute type, or the
	 * value is {@code null} or empty
	 */
	public LdapKey child(String attribute, String value) {
		if (attribute == null || !AttributeNames.isType(attribute)) {
			throw new IllegalArgumentException("'" + Excerpt.of(attribute) + "' is not an attribute type. "
					+ "A type is a letter, then letters, digits and hyphens, or a dotted number.");
		}
		if (value == null || value.isEmpty()) {
			throw new IllegalArgumentException("The value of '" + Excerpt.of(attribute) + "' below '" + Excerpt.of(this)
					+ "' is " + ((value == null) ? "null" : "empty"));
		}
		if (Octets.halfOfPair(value) >= 0) {
			throw new IllegalArgumentException("The value '" + Excerpt.of(value) + "' of '" + Excerpt.of(attribute)
					+ "' below '" + Excerpt.of(this) + "' is malformed at position " + Octets.halfOfPair(value) + ": "
					+ Octets.HALF_OF_PAIR);
		}
		return new LdapKey(this.path.child(Rdn.of(attribute, value)));
	}

	/**
	 * The key of the entry right above this one; that of a key of one component is the
	 * root, {@code /}.
	 * @return the shorter key
	 * @throws IllegalStateException if this is the root already
	 */
	public LdapKey parent() {
		return new LdapKey(this.path.parent());
	}

	/**
	 * Whether this is the key without components, {@code /}: the base of a store.
	 * @return whether it is
	 */
	public boolean isRoot() {
		return this.path.isEmpty();
	}

	/**
	 * This key as a distinguished name (RFC 4514), the leaf first. It is relative to the
	 * same base as the key.
	 * @return the DN; empty for the root
	 */
	public String dn() {
		return this.path.dn();
	}

	KeyPath path() {
		return this.path;
	}

	@Override
	public int length() {
		return toString().length();
	}

	@Override
	public char charAt(int index) {
		return toString().charAt(index);
	}

	@Override
	public CharSequence subSequence(int start, int end) {
		return toString().subSequence(start, end);
	}

	@Override
	public int compareTo(LdapKey other) {
		return this.path.compareTo(other.path);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || other instanceof LdapKey key && this.path.equals(key.path);
	}

	@Override
	public int hashCode() {
		return this.path.hashCode();
	}

	/**
	 * This key as a path. It reads back as an equal key.
	 */
	@Override
	public String toString() {
		return this.path.toString();
	}

}
