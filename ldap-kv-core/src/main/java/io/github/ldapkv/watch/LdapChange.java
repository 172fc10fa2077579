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

package io.github.ldapkv.watch;

import java.util.Optional;

import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import org.jspecify.annotations.Nullable;

/**
 * What a watch tells: what has become of an entry, or that everything has been told.
 */
public final class LdapChange {

	private static final LdapKey NO_KEY = LdapKey.of("/");

	private final Kind kind;

	private final LdapKey key;

	private final @Nullable LdapKey from;

	private final @Nullable LdapEntry entry;

	private LdapChange(Kind kind, LdapKey key, @Nullable LdapKey from, @Nullable LdapEntry entry) {
		this.kind = kind;
		this.key = key;
		this.from = from;
		this.entry = entry;
	}

	static LdapChange created(LdapEntry entry) {
		return new LdapChange(Kind.CREATED, entry.key(), null, entry);
	}

	static LdapChange changed(LdapEntry entry) {
		return new LdapChange(Kind.CHANGED, entry.key(), null, entry);
	}

	static LdapChange moved(LdapKey from, LdapEntry entry) {
		return new LdapChange(Kind.MOVED, entry.key(), from, entry);
	}

	static LdapChange deleted(LdapKey key) {
		return new LdapChange(Kind.DELETED, key, null, null);
	}

	static LdapChange caughtUp() {
		return new LdapChange(Kind.CAUGHT_UP, NO_KEY, null, null);
	}

	/**
	 * What has happened.
	 * @return the kind of the change
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * The key of the entry, as {@link LdapEntry#key()} is: of one that has moved the new
	 * one, of one that is gone the one that it had.
	 * @return the key; {@code /} with {@link Kind#CAUGHT_UP}, which is about no entry
	 */
	public LdapKey key() {
		return this.key;
	}

	/**
	 * The key that an entry had before it was moved.
	 * @return the key that the listener knows it by; {@code null} unless the kind is
	 * {@link Kind#MOVED}
	 */
	public @Nullable LdapKey from() {
		return this.from;
	}

	/**
	 * The entry as it is now, with the attributes that the query asks for.
	 * @return the entry; empty with {@link Kind#DELETED} and {@link Kind#CAUGHT_UP}
	 */
	public Optional<LdapEntry> entry() {
		return Optional.ofNullable(this.entry);
	}

	@Override
	public String toString() {
		return switch (this.kind) {
			case CAUGHT_UP -> this.kind.toString();
			case MOVED -> this.kind + " " + this.from + " to " + this.key;
			default -> this.kind + " " + this.key;
		};
	}

	/**
	 * What can happen to an entry, as far as the query reaches.
	 */
	public enum Kind {

		/**
		 * It is there, and was not: it was created, or has come into the query's reach,
		 * or was there when the watch began.
		 */
		CREATED,

		/**
		 * Attributes that the query asks for are others.
		 */
		CHANGED,

		/**
		 * It has another key. Its attributes may have changed as well.
		 */
		MOVED,

		/**
		 * It is gone: it was deleted, or does not match the query any more.
		 */
		DELETED,

		/**
		 * Everything has been told: whoever has done all changes so far to a map has in
		 * it what a query finds.
		 */
		CAUGHT_UP

	}

}
