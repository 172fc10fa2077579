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

import com.unboundid.ldap.sdk.Filter;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.server.ServerCapabilities;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * The state of an entry at the time it was read: an entry that has changed since has
 * another version. Versions compare for equality only, and belong to one entry of one
 * server.
 * <p>
 * The text of a version may be stored or sent elsewhere, as in an HTTP {@code ETag}, and
 * made a version again. Whatever comes back, only the attribute in which the server keeps
 * versions is compared with it.
 * <p>
 * No argument may be {@code null}: it is refused by an {@link IllegalArgumentException}.
 *
 * @see LdapKeyValueOperations#ifUnchanged(Version)
 */
public final class Version {

	private final String attribute;

	private final String value;

	Version(String attribute, String value) {
		this.attribute = attribute;
		this.value = value;
	}

	/**
	 * Makes a version of its text.
	 * @param text what {@link #toString()} gave
	 * @return the version
	 * @throws IllegalArgumentException if the text is no version
	 */
	public static Version of(String text) {
		if (text == null) {
			throw new IllegalArgumentException("The text of the version is null");
		}
		int equals = text.indexOf('=');
		if (equals < 1 || equals == text.length() - 1 || !AttributeNames.isType(text.substring(0, equals))) {
			throw new IllegalArgumentException("'" + Excerpt.of(text)
					+ "' is not the text of a version, which is what its toString() gives: an attribute, =, and its value. "
					+ "An ETag comes in quotes, and a weak one after W/: take these off.");
		}
		return new Version(text.substring(0, equals), text.substring(equals + 1));
	}

	/**
	 * The attribute that the server keeps the version in.
	 */
	String attribute() {
		return this.attribute;
	}

	String value() {
		return this.value;
	}

	/**
	 * What an entry matches that has this version.
	 */
	Filter filter() {
		return Filter.createEqualityFilter(this.attribute, this.value);
	}

	/**
	 * Refuses a version that no entry of the server has. Its text may come from anybody,
	 * who must not choose what attribute is compared.
	 */
	void requireKeptBy(ServerCapabilities capabilities, Operation operation) {
		String kept = capabilities.versionAttribute();
		if (kept == null) {
			throw new InvalidDataAccessResourceUsageException(operation.failed() + "it takes versions. This server ("
					+ capabilities.server() + ") does not have them.");
		}
		if (!this.attribute.equalsIgnoreCase(kept)) {
			throw new OptimisticLockingFailureException(operation.failed() + "the version is one in '"
					+ Excerpt.of(this.attribute) + "', and this server (" + capabilities.server()
					+ ") keeps versions in '" + kept + "'. Read it again, and decide anew.");
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || other instanceof Version version && this.attribute.equalsIgnoreCase(version.attribute)
				&& this.value.equals(version.value);
	}

	@Override
	public int hashCode() {
		return Objects.hash(AttributeNames.lower(this.attribute), this.value);
	}

	@Override
	public String toString() {
		return this.attribute + "=" + this.value;
	}

}
