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

import java.util.Objects;

import io.github.ldapkv.internal.text.Excerpt;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessResourceUsageException;

/**
 * An entry as it was read: its key, its attributes, and its version. Two entries are
 * equal if their keys and attributes are, whatever their versions.
 */
public final class LdapEntry {

	private final LdapKey key;

	private final String dn;

	private final LdapValue value;

	private final @Nullable Version version;

	LdapEntry(LdapKey key, String dn, LdapValue value, @Nullable Version version) {
		this.key = key;
		this.dn = dn;
		this.value = value;
		this.version = version;
	}

	LdapEntry withKey(LdapKey other) {
		return new LdapEntry(other, this.dn, this.value, this.version);
	}

	LdapEntry withValue(LdapValue other) {
		return (other != this.value) ? new LdapEntry(this.key, this.dn, other, this.version) : this;
	}

	/**
	 * The key of the entry, relative to the store's base, in the server's spelling. It is
	 * absolute where it would read back as that of another entry otherwise, since a name
	 * below the base begins as the base does.
	 * @return the key
	 */
	public LdapKey key() {
		return this.key;
	}

	/**
	 * The attributes that were asked for and are there.
	 * @return the attributes
	 */
	public LdapValue value() {
		return this.value;
	}

	/**
	 * The entry's absolute distinguished name, as the server sent it.
	 * @return the DN
	 */
	public String dn() {
		return this.dn;
	}

	/**
	 * The state of the entry when it was read, to write on condition that it is still so.
	 * @return the version
	 * @throws InvalidDataAccessResourceUsageException if the server keeps none, or does
	 * not let the account see it
	 * @see LdapKeyValueOperations#ifUnchanged(Version)
	 */
	public Version version() {
		if (this.version == null) {
			throw new InvalidDataAccessResourceUsageException("The entry '" + Excerpt.of(this.key)
					+ "' has no version: the server keeps none, or the account may not read the attribute that holds it");
		}
		return this.version;
	}

	boolean hasVersion() {
		return this.version != null;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other
				|| other instanceof LdapEntry entry && this.key.equals(entry.key) && this.value.equals(entry.value);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.key, this.value);
	}

	@Override
	public String toString() {
		return this.key + " " + this.value;
	}

}
