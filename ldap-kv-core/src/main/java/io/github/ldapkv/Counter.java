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

import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.LdapPatch.Kind;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.reading.VersionAttribute;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.text.NamedValues;
import io.github.ldapkv.internal.text.SecretAttributes;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.writing.EntryFailures;
import io.github.ldapkv.internal.writing.FailedAssertions;
import io.github.ldapkv.server.ServerCapabilities.Feature;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * Adds to numbers, each time by one Modify that removes the old number and so fails if
 * somebody else has changed it.
 */
final class Counter {

	/**
	 * What servers say of a second value of an attribute that may have one only.
	 */
	private static final Set<Integer> TOO_MANY_VALUES = Set.of(19, 20, 21, 65);

	private final EntryReader reader;

	private final RefusedWrites refusals;

	private final FailedAssertions assertions;

	Counter(EntryReader reader, RefusedWrites refusals, FailedAssertions assertions) {
		this.reader = reader;
		this.refusals = refusals;
		this.assertions = assertions;
	}

	/**
	 * Adds to a number, once.
	 * @return the new number, or empty if somebody else was faster
	 */
	Optional<Long> increment(Session session, Target target, String given, long delta) throws LDAPException {
		String attribute = session.schema().named(given);
		LdapEntry entry = read(session, target, attribute);
		List<Object> values = values(session, entry, attribute);
		if (values.size() > 1) {
			throw new DataIntegrityViolationException(target.operation().failed() + "the attribute '"
					+ Excerpt.of(attribute) + "' has " + values.size() + " values, not one number.");
		}
		String before = values.isEmpty() ? "0" : String.valueOf(values.get(0));
		long after = sum(target, attribute, before, delta);
		LdapValue sum = LdapValue.builder().set(attribute, after).build();
		EntryChange change = new EntryChange(target.dn());
		if (values.isEmpty()) {
			refuseToOthers(session, target, attribute, change);
		}
		else {
			change.add(Kind.REMOVE, NamedValues.of(attribute, values));
		}
		sum.attributes().forEach((added) -> change.add(Kind.ADD, added));
		try {
			change.send(session);
			return Optional.of(after);
		}
		catch (LDAPException ex) {
			int code = ServerResult.of(ex).code();
			if (code == ServerResult.NO_SUCH_OBJECT) {
				throw EntryFailures.missing(target);
			}
			boolean begins = TOO_MANY_VALUES.contains(code) || code == ServerResult.ASSERTION_FAILED;
			boolean late = values.isEmpty()
					? begins && !values(session, read(session, target, attribute), attribute).isEmpty()
					: code == ServerResult.NO_SUCH_ATTRIBUTE;
			if (late) {
				return Optional.empty();
			}
			if (entry.hasVersion() && this.assertions.isUnfounded(session, target, entry.version().filter(), ex)) {
				throw this.assertions.unfounded(target, ex, "");
			}
			if (code == ServerResult.ASSERTION_FAILED) {
				return Optional.empty();
			}
			throw this.refusals.refusedChange(session, target, sum, ex);
		}
	}

	/**
	 * Sees to it that of several who begin a number at once one succeeds.
	 */
	private static void refuseToOthers(Session session, Target target, String attribute, EntryChange change) {
		if (!session.schema().isSingleValued(AttributeNames.typeOf(attribute))) {
			target.operation()
				.require(session.capabilities(), Feature.ASSERTION, "to begin a number, since the entry has no '"
						+ attribute + "' yet, and several could. Put a first value there");
			change.onlyWithout(attribute);
		}
	}

	private LdapEntry read(Session session, Target target, String attribute) throws LDAPException {
		String version = session.capabilities().versionAttribute();
		SearchResultEntry found = this.reader.read(session, target.dn(),
				VersionAttribute.with(List.of(attribute), version));
		if (found == null) {
			throw EntryFailures.missing(target);
		}
		return new EntryMapper(session, List.of(attribute)).entry(session, target.absolute().asKey(), found);
	}

	private static List<Object> values(Session session, LdapEntry entry, String attribute) {
		DirectorySchema schema = session.schema();
		LdapValue value = entry.value();
		// Nothing else was asked for: by what name the server knows it, only a schema
		// tells.
		if (schema.isHidden() && value.names().size() == 1) {
			return value.attributes().iterator().next().values();
		}
		return NamingAttributes.values(value, attribute, schema);
	}

	private static long sum(Target target, String attribute, String before, long delta) {
		try {
			return Math.addExact(Long.parseLong(before.strip()), delta);
		}
		catch (NumberFormatException ex) {
			throw new DataIntegrityViolationException(
					target.operation().failed() + "the attribute '" + Excerpt.of(attribute) + "' holds '"
							+ (SecretAttributes.contains(attribute) ? "***" : Excerpt.of(before))
							+ "', which is no whole number of 64 bits.");
		}
		catch (ArithmeticException ex) {
			throw new DataIntegrityViolationException(target.operation().failed() + "the attribute '"
					+ Excerpt.of(attribute) + "' is " + before + ", and " + delta + " more is beyond 64 bits.", ex);
		}
	}

}
