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
import java.util.concurrent.atomic.AtomicBoolean;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.reading.TimedVersions;
import io.github.ldapkv.internal.schema.DirectorySchema;
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

	private final ChangePlanner planner;

	private final EntryWriter writer;

	private final FailedAssertions assertions;

	AssertedModify(ChangePlanner planner, EntryWriter writer, FailedAssertions assertions) {
		this.planner = planner;
		this.writer = writer;
		this.assertions = assertions;
	}

	/**
	 * Sends a change.
	 * @param expected the version that the entry has to have
	 * @param value what was given, to explain a refusal by
	 * @param done set once the server has done it, whatever fails after that
	 * @return the new version
	 */
	Version send(Session session, Target target, ModifyRequest request, Version expected, LdapValue value,
			AtomicBoolean done) throws LDAPException {
		target.operation().require(session.capabilities(), Feature.POST_READ, "to write on condition of a version");
		expected.requireKeptBy(session.capabilities(), target.operation());
		boolean timed = session.has(Quirk.VERSIONS_ARE_TIMES);
		request.onlyIf(expected).tellingVersion(expected.attribute(), timed ? ALL_USER_ATTRIBUTES : NOTHING);
		while (!request.isEmpty()) {
			try {
				Version version = send(session, target, request);
				done.set(true);
				return timed ? settled(session, target, request, version, expected) : version;
			}
			catch (LDAPException ex) {
				if (this.assertions.isUnfounded(session, target, expected.filter(), ex)) {
					throw this.assertions.unfounded(target, ex, "");
				}
				int code = ServerResult.of(ex).code();
				if (code == ServerResult.NO_SUCH_OBJECT || code == ServerResult.ASSERTION_FAILED) {
					throw EntryFailures.changed(target, ex);
				}
				if (code == ServerResult.NO_SUCH_ATTRIBUTE && request.isPermissive()) {
					throw ex;
				}
				DirectorySchema schema = session.schema();
				if (!this.writer.changesCourse(session, target, request, schema, ex)) {
					throw this.writer.refused(target, ex, value, schema, false);
				}
			}
		}
		this.planner.readUnchanged(session, target, expected);
		return expected;
	}

	private Version send(Session session, Target target, ModifyRequest request) throws LDAPException {
		return request.send(session)
			.orElseThrow(() -> new DataRetrievalFailureException(
					"The entry '" + target.operation().key() + "' (DN '" + target.operation().dn()
							+ "') is written, but the server does not tell its new version, although it "
							+ "says that it can. Read it."));
	}

	/**
	 * The version, unless somebody else has written in the same millisecond, and so left
	 * the same: then the old one, which no entry has any more.
	 */
	private Version settled(Session session, Target target, ModifyRequest request, Version version, Version expected)
			throws LDAPException {
		TimedVersions.await(version.value());
		LdapEntry current = this.planner.read(session, target);
		boolean other = current != null && current.hasVersion() && current.version().equals(version)
				&& !isAsLeft(current.value(), request.after(), version);
		return other ? expected : version;
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
