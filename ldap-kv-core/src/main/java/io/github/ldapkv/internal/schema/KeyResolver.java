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

package io.github.ldapkv.internal.schema;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.key.LooseName;
import org.jspecify.annotations.Nullable;

/**
 * Knows where in the tree the store's keys begin: turns the key that a caller gives into
 * the name that goes to the directory, and the DN that comes back into a key.
 * <p>
 * The server may spell the base in another way than its configuration does, such as
 * {@code dc} for {@code domainComponent}. It is asked where a key may begin so, once.
 */
public final class KeyResolver {

	private final DistinguishedName contextBase;

	private final DistinguishedName base;

	private final LooseName looseBase;

	private final UnaryOperator<DistinguishedName> server;

	private final Supplier<DirectorySchema> rules;

	/**
	 * The base as the server spells it, once that is known.
	 */
	private volatile @Nullable DistinguishedName served;

	/**
	 * Creates a resolver.
	 * @param contextBase the base of the context source, which JNDI adds to each name
	 * @param base the base of the store, relative to that of the context source
	 * @param server asks for an entry's absolute name as the server spells it; it gives
	 * the root if there is no such entry
	 * @param rules gives what is known of the server's schema, without asking for it
	 */
	public KeyResolver(DistinguishedName contextBase, KeyPath base, UnaryOperator<DistinguishedName> server,
			Supplier<DirectorySchema> rules) {
		this.contextBase = contextBase;
		this.base = contextBase.append(below(contextBase, base));
		this.looseBase = new LooseName(this.base);
		this.server = server;
		this.rules = rules;
	}

	/**
	 * Creates a resolver that knows one spelling of the base only.
	 */
	public KeyResolver(DistinguishedName contextBase, KeyPath base) {
		this(contextBase, base, UnaryOperator.identity(), DirectorySchema::hidden);
	}

	/**
	 * The base of the store, absolute.
	 */
	public DistinguishedName base() {
		return this.base;
	}

	public DistinguishedName contextBase() {
		return this.contextBase;
	}

	/**
	 * A caller's key from the root of the tree down. One that begins with the base is
	 * absolute already, any other is relative to it. In either case the base is sent in
	 * its own spelling: what the caller took for an equal one, as {@code dc=ORG} or with
	 * blanks around the value, leads nowhere else.
	 */
	public DistinguishedName absolute(KeyPath key) {
		return this.base.append(isAbsolute(key) ? key.withoutFirst(this.base.depth()) : key);
	}

	/**
	 * Whether a key begins with the base, and so is absolute.
	 */
	boolean isAbsolute(KeyPath key) {
		// Hardly any other key is worth more than a look, or a question to the server.
		if (!this.looseBase.mayBeAt(0, key)) {
			return false;
		}
		if (key.startsWith(this.base)) {
			return true;
		}
		KeyPath first = key.first(this.base.depth());
		// In this order: once the server was asked, its schema is known too.
		return first.equals(spelling().asKey()) || EntryIdentity.same(first, this.base, this.rules.get());
	}

	/**
	 * A caller's pattern from the base of the store down.
	 */
	public KeyPattern relative(KeyPattern pattern) {
		return isAbsolute(pattern.literalPrefix(pattern.literalDepth())) ? pattern.withoutFirst(this.base.depth())
				: pattern;
	}

	/**
	 * A caller's key in the form that results have.
	 */
	public KeyPath asResult(KeyPath key) {
		DistinguishedName absolute = absolute(key);
		KeyPath relative = absolute.withoutFirst(this.base.depth());
		return readsAsAbsolute(relative) ? absolute.asKey() : relative;
	}

	/**
	 * The key of a result: relative to the base of the store, unless that would read back
	 * as the key of another entry, since a name below the base begins as the base does.
	 * @param absolute the name of an entry that is known to lie under the base, as the
	 * server sent it
	 */
	public KeyPath result(DistinguishedName absolute) {
		KeyPath relative = absolute.withoutFirst(this.base.depth());
		if (!readsAsAbsolute(relative)) {
			return relative;
		}
		return (absolute.startsWith(this.base) ? absolute : this.base.append(relative)).asKey();
	}

	/**
	 * Whether the key of a result depends on how the server spells the base, which is not
	 * known.
	 */
	public boolean isUnsure(DistinguishedName absolute) {
		return this.served == null && !this.base.isRoot() && this.looseBase.mayBeAt(this.base.depth(), absolute);
	}

	/**
	 * Takes note of how the server spells the base, under which it has entries.
	 * @param spelling what it says; of another depth if it does not show the base
	 */
	public void learn(DistinguishedName spelling) {
		this.served = (spelling.depth() == this.base.depth()) ? spelling : this.base;
	}

	/**
	 * The key of an entry under the base, for a message.
	 * @param absolute its absolute key, with the base in its own spelling
	 */
	public KeyPath relative(DistinguishedName absolute) {
		KeyPath relative = below(this.base, absolute.asKey());
		return (!this.base.isRoot() && relative.startsWith(this.base)) ? absolute.asKey() : relative;
	}

	private static KeyPath below(DistinguishedName base, KeyPath key) {
		return key.startsWith(base) ? key.withoutFirst(base.depth()) : key;
	}

	private boolean readsAsAbsolute(KeyPath relative) {
		return !this.base.isRoot() && isAbsolute(relative);
	}

	private DistinguishedName spelling() {
		DistinguishedName spelling = this.served;
		if (spelling == null) {
			spelling = this.server.apply(this.base);
			this.served = (spelling.depth() == this.base.depth()) ? spelling : null;
		}
		return spelling;
	}

}
