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

import java.util.ArrayList;
import java.util.List;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.WriteBuffer.Presence;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the writes of a transaction leave it. The server shows nothing of them yet,
 * so what a later write makes of them is worked out from what it holds now.
 */
final class PendingEntry {

	private final VersionedReader entries;

	private final Target target;

	/**
	 * The version that the caller asks for, until a request does.
	 */
	private @Nullable Version expected;

	/**
	 * Whether the entry is the one that the server holds, if there is any.
	 */
	private boolean held = true;

	/**
	 * Whether the writes so far leave it there.
	 */
	private Presence presence = Presence.UNKNOWN;

	/**
	 * Its attributes, once they had to be known.
	 */
	private @Nullable LdapValue value;

	/**
	 * What was read of it.
	 */
	private @Nullable LdapEntry read;

	/**
	 * What changes it, as long as its attributes are not known.
	 */
	private final List<EntryChange> changes = new ArrayList<>();

	private @Nullable EntryChange first;

	/**
	 * Describes an entry of which nothing is written yet.
	 * @param expected the version that the caller asks for
	 */
	PendingEntry(VersionedReader entries, Target target, @Nullable Version expected) {
		this.entries = entries;
		this.target = target;
		this.expected = expected;
	}

	/**
	 * The version that the caller asks for, if no request does so yet.
	 */
	@Nullable Version expected() {
		return this.expected;
	}

	boolean exists(Session session) throws LDAPException {
		return switch (this.presence) {
			case THERE -> true;
			case ABSENT -> false;
			case UNKNOWN -> this.entries.exists(session, this.target);
		};
	}

	/**
	 * Whether the transaction deletes it.
	 */
	boolean isDeleted() {
		return this.presence == Presence.ABSENT;
	}

	/**
	 * What the entry is.
	 * @return its attributes, or {@code null} if it is not there
	 */
	@Nullable LdapValue value(Session session) throws LDAPException {
		if (isDeleted()) {
			return null;
		}
		if (this.value == null) {
			this.read = this.entries.read(session, this.target);
			if (this.read != null) {
				this.value = this.read.value();
				for (EntryChange change : this.changes) {
					this.value = change.appliedTo(this.value, session.schema());
				}
				this.changes.clear();
			}
		}
		return this.value;
	}

	/**
	 * What the entry is in the directory, if it was read.
	 */
	@Nullable LdapValue basis() {
		return (this.held && this.read != null) ? this.read.value() : null;
	}

	/**
	 * Sees to it that the transaction is not done if somebody else changes the entry
	 * after it was read, where the server can tell.
	 * @param next the change that was worked out from what was read
	 */
	void dependOnWhatWasRead(Session session, EntryChange next) {
		EntryChange asking = (this.first != null) ? this.first : next;
		if (this.held && this.read != null && this.read.hasVersion() && !asking.isEmpty() && asking.condition() == null
				&& session.capabilities().has(Feature.ASSERTION)) {
			asking.onlyIf(this.read.version());
		}
	}

	/**
	 * Takes account of a change of the entry. If the caller asks for a version, the
	 * change does so from now on.
	 */
	void change(Session session, EntryChange change) {
		if (this.expected != null) {
			change.onlyIf(this.expected);
			this.expected = null;
		}
		if (this.first == null && this.held) {
			this.first = change;
		}
		this.presence = Presence.THERE;
		if (this.value != null) {
			this.value = change.appliedTo(this.value, session.schema());
		}
		else {
			this.changes.add(change);
		}
	}

	/**
	 * A request creates the entry.
	 */
	void create(LdapValue value) {
		this.held = false;
		this.presence = Presence.THERE;
		this.value = value;
	}

	/**
	 * A request deletes the entry.
	 * @return the version that the request has to ask for
	 */
	@Nullable Version delete() {
		Version version = this.expected;
		this.expected = null;
		this.held = false;
		this.presence = Presence.ABSENT;
		this.value = null;
		this.changes.clear();
		return version;
	}

}
