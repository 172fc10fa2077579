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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.LdapPatch.Kind;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.NameFolding;
import io.github.ldapkv.internal.text.NamedValues;
import io.github.ldapkv.internal.text.Octets;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.Quirk;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.writing.EntryFailures;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessResourceUsageException;

/**
 * A Modify that the server does only if what it changes is as it was read, on a server
 * without the assertion control: it removes each old value, which fails if that is not
 * there any more, and adds the new one, which fails if there is another.
 * <p>
 * This holds for attributes that may have one value only. What somebody else does to
 * other attributes, after the version was compared and before the Modify arrives, goes
 * unnoticed, and stays.
 */
final class PairedModify {

	private final VersionedReader entries;

	private final RefusedWrites refusals;

	PairedModify(VersionedReader entries, RefusedWrites refusals) {
		this.entries = entries;
		this.refusals = refusals;
	}

	/**
	 * Sends a change.
	 * @return the new version
	 */
	Version send(Session session, ConditionalWrite write, EntryChange change) throws LDAPException {
		LdapValue before = this.entries.readUnchanged(session, write.target(), write.expected()).value();
		LdapValue after = change.appliedTo(before, session.schema());
		EntryChange pairs = pairs(session, write.target(), before, after);
		boolean told = session.capabilities().has(Feature.POST_READ) && !session.has(Quirk.VERSIONS_ARE_TIMES);
		if (told) {
			pairs.tellingVersion(write.expected().attribute());
		}
		Version version = sendPairs(session, write, pairs);
		write.acknowledge();
		return (version != null) ? version : versionOf(session, write, after);
	}

	private @Nullable Version sendPairs(Session session, ConditionalWrite write, EntryChange pairs)
			throws LDAPException {
		Target target = write.target();
		try {
			return pairs.send(session).orElse(null);
		}
		catch (LDAPException ex) {
			if (ex.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
				this.refusals.refuseMissingValue(target, ex);
				throw EntryFailures.changed(target, ex);
			}
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			if (ServerResult.of(ex).code() != ServerResult.NO_ANSWER) {
				// Fails in turn if the change was refused because somebody was faster.
				this.entries.readUnchanged(session, target, write.expected());
			}
			throw this.refusals.refusedChange(session, target, write.value(), ex);
		}
	}

	private static EntryChange pairs(Session session, Target target, LdapValue before, LdapValue after) {
		EntryChange pairs = new EntryChange(target.dn());
		for (NamedValues attribute : after.attributes()) {
			String name = attribute.name();
			List<Object> old = before.values(name);
			if (before.names(name) && Octets.sameValues(old, attribute.values())) {
				continue;
			}
			String type = AttributeNames.typeOf(name);
			DirectorySchema schema = session.schema();
			if (!schema.isSingleValued(type) || !schema.hasEquality(type)) {
				throw new InvalidDataAccessResourceUsageException(target.operation().failed() + "this server ("
						+ session.capabilities().server() + ") lacks " + Feature.ASSERTION.description()
						+ ". Without it only attributes that may have one value "
						+ "can be written on condition of a version, and '" + name + "' may have several.");
			}
			if (!old.isEmpty()) {
				pairs.add(Kind.REMOVE, NamedValues.of(name, old));
			}
			if (!attribute.values().isEmpty()) {
				pairs.add(Kind.ADD, attribute);
			}
		}
		return pairs;
	}

	/**
	 * The version of the entry if it is what this write has made of it. If somebody else
	 * has changed more, the caller knows an older state: its version stays the old one,
	 * which no entry has any more.
	 */
	private Version versionOf(Session session, ConditionalWrite write, LdapValue after) throws LDAPException {
		LdapEntry current = this.entries.read(session, write.target());
		boolean known = current != null && current.hasVersion()
				&& comparable(session, current.value()).equals(comparable(session, after));
		return (current != null && known) ? current.version() : write.expected();
	}

	/**
	 * What users write, without the differences that a server makes of it.
	 */
	private static Map<String, Object> comparable(Session session, LdapValue value) {
		Map<String, Object> comparable = new LinkedHashMap<>();
		for (NamedValues attribute : SentAttributes.withoutMaintained(value, session.schema()).attributes()) {
			if (!attribute.values().isEmpty()) {
				Object first = attribute.values().get(0);
				boolean single = attribute.values().size() == 1 && first instanceof String;
				comparable.put(AttributeNames.key(attribute.name()),
						single ? NameFolding.fold((String) first) : attribute);
			}
		}
		return comparable;
	}

}
