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

package io.github.ldapkv.internal.writing;

import java.util.List;
import java.util.Objects;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.operation.FailureTranslator;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;

/**
 * Finds out what a server means that says that an assertion (RFC 4528) has failed: mostly
 * that somebody else has changed the entry, but not always.
 */
public final class FailedAssertions {

	private static final String NOBODY_WAS_FASTER = "But the entry is as it was read: nobody else has changed it. "
			+ "OpenLDAP answers so if an overlay, such as unique, makes a search of its own for the request, and servers do if "
			+ "the account may read what is compared, but not compare it. See the server's log, or have the store do "
			+ "without such conditions: ldapkv.server.features.assertion=false.";

	private final EntryReader reader;

	private final FailureTranslator failures;

	public FailedAssertions(EntryReader reader, FailureTranslator failures) {
		this.reader = reader;
		this.failures = failures;
	}

	/**
	 * Whether a failure is one of an assertion, and not because of the version.
	 * @param expected what the entry matches that has the version that it has to have;
	 * {@code null} if none was asked for
	 */
	public boolean isUnfounded(Session session, Target target, @Nullable Filter expected, LDAPException ex)
			throws LDAPException {
		return ServerResult.of(ex).code() == ServerResult.ASSERTION_FAILED
				&& (expected == null || has(session, target, expected));
	}

	/**
	 * Whether an entry has a version, where the request was sent.
	 */
	private boolean has(Session session, Target target, Filter expected) throws LDAPException {
		String attribute = Objects.requireNonNull(expected.getAttributeName());
		SearchResultEntry found = this.reader.read(session, target.dn(), List.of(attribute));
		String version = (found != null) ? found.getAttributeValue(attribute) : null;
		return version != null && version.equals(expected.getAssertionValue());
	}

	/**
	 * The exception for a failure that nobody else is to blame for, and that another try
	 * would not mend.
	 * @param position says which one of several writes it is; may be empty
	 */
	public DataAccessException unfounded(Target target, LDAPException ex, String position) {
		String message = this.failures.translate(target.operation(), ex, NOBODY_WAS_FASTER).getMessage();
		return new InvalidDataAccessResourceUsageException(message + position, ServerResult.presentable(ex));
	}

}
