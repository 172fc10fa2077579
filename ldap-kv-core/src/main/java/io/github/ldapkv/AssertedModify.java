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

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.reading.TimedVersions;
import io.github.ldapkv.internal.text.Octets;
import io.github.ldapkv.internal.wire.Quirk;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.writing.EntryFailures;
import io.github.ldapkv.internal.writing.FailedAssertions;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataRetrievalFailureException;

/**
 * A Modify that the server does only if the entry has a version, by the assertion control
 * (RFC 4528). It tells the new version in the same round trip (RFC 4527).
 */
final class AssertedModify {

	private static final String[] ALL_USER_ATTRIBUTES = { "*" };

	private static final String[] NOTHING = {};

	private final VersionedReader entries;

	private final RefusedWrites refusals;

	private final FailedAssertions assertions;

	AssertedModify(VersionedReader entries, RefusedWrites refusals, FailedAssertions assertions) {
		this.entries = entries;
		this.refusals = refusals;
		this.assertions = assertions;
	}

	/**
	 * Sends a change.
	 * @return the new version
	 */
	Version send(Session session, ConditionalWrite write, EntryChange change) throws LDAPException {
		Target target = write.target();
		Version expected = write.expected();
		target.operation().require(session.capabilities(), Feature.POST_READ, "to write on condition of a version");
		expected.requireKeptBy(session.capabilities(), target.operation());
		boolean timed = session.has(Quirk.VERSIONS_ARE_TIMES);
		change.onlyIf(expected).tellingVersion(expected.attribute(), timed ? ALL_USER_ATTRIBUTES : NOTHING);
		while (!change.isEmpty()) {
			try {
				Version version = send(session, target, change);
				write.acknowledge();
				return timed ? settled(session, write, change, version) : version;
			}
			catch (LDAPException ex) {
				if (this.assertions.isUnfounded(session, target, expected.filter(), ex)) {
					throw this.assertions.unfounded(target, ex, "");
				}
				int code = ServerResult.of(ex).code();
				if (code == ServerResult.NO_SUCH_OBJECT || code == ServerResult.ASSERTION_FAILED) {
					throw EntryFailures.changed(target, ex);
				}
				if (code == ServerResult.NO_SUCH_ATTRIBUTE && change.isPermissive()) {
					throw ex;
				}
				if (!this.refusals.changesCourse(session, target, change, ex)) {
					throw this.refusals.refusedChange(session, target, write.value(), ex);
				}
			}
		}
		this.entries.readUnchanged(session, target, expected);
		return expected;
	}

	private static Version send(Session session, Target target, EntryChange change) throws LDAPException {
		return change.send(session)
			.orElseThrow(() -> new DataRetrievalFailureException(
					"The entry '" + target.operation().key() + "' (DN '" + target.operation().dn()
							+ "') is written, but the server does not tell its new version, although it "
							+ "says that it can. Read it."));
	}

	/**
	 * The version, unless somebody else has written in the same millisecond, and so left
	 * the same: then the old one, which no entry has any more.
	 */
	private Version settled(Session session, ConditionalWrite write, EntryChange change, Version version)
			throws LDAPException {
		TimedVersions.await(version.value());
		LdapEntry current = this.entries.read(session, write.target());
		boolean other = current != null && current.hasVersion() && current.version().equals(version)
				&& !isAsLeft(current.value(), change.after(), version);
		return other ? write.expected() : version;
	}

	private static boolean isAsLeft(LdapValue value, @Nullable ReadOnlyEntry after, Version version) {
		if (after == null) {
			return false;
		}
		int attributes = 0;
		for (Attribute attribute : after.getAttributes()) {
			if (!attribute.getName().equalsIgnoreCase(version.attribute())) {
				attributes++;
				List<Object> left = List.of((Object[]) attribute.getValueByteArrays());
				List<Object> there = value.values(attribute.getName()).stream().map(AssertedModify::bytes).toList();
				if (!Octets.sameValues(left, there)) {
					return false;
				}
			}
		}
		return attributes == value.names().size();
	}

	private static Object bytes(Object value) {
		return (value instanceof String text) ? text.getBytes(StandardCharsets.UTF_8) : value;
	}

}
