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
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the writes of a transaction leave it. The server shows nothing of them yet,
 * so what a later write makes of them is worked out from what it holds now.
 */
final class PendingEntry {

	private final EntryReader reader;

	private final ChangePlanner planner;

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
	 * Whether it is there; {@code null} if the writes so far say nothing of it.
	 */
	private @Nullable Boolean there;

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
	private final List<ModifyRequest> changes = new ArrayList<>();

	private @Nullable ModifyRequest first;

	/**
	 * Describes an entry of which nothing is written yet.
	 * @param expected the version that the caller asks for
	 */
	PendingEntry(EntryReader reader, ChangePlanner planner, Target target, @Nullable Version expected) {
		this.reader = reader;
		this.planner = planner;
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
		return (this.there != null) ? this.there : this.reader.exists(session, this.target.dn());
	}

	/**
	 * Whether the transaction deletes it.
	 */
	boolean isDeleted() {
		return Boolean.FALSE.equals(this.there);
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
			this.read = this.planner.read(session, this.target);
			if (this.read != null) {
				this.value = this.read.value();
				for (ModifyRequest change : this.changes) {
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
	 * @param next the request that was worked out from what was read
	 */
	void dependOnWhatWasRead(Session session, ModifyRequest next) {
		ModifyRequest request = (this.first != null) ? this.first : next;
		if (this.held && this.read != null && this.read.hasVersion() && !request.isEmpty()
				&& request.condition() == null && session.capabilities().has(Feature.ASSERTION)) {
			request.onlyIf(this.read.version());
		}
	}

	/**
	 * A request changes the entry. If the caller asks for a version, the request does so
	 * from now on.
	 */
	void change(Session session, ModifyRequest request) {
		if (this.expected != null) {
			request.onlyIf(this.expected);
			this.expected = null;
		}
		if (this.first == null && this.held) {
			this.first = request;
		}
		this.there = Boolean.TRUE;
		if (this.value != null) {
			this.value = request.appliedTo(this.value, session.schema());
		}
		else {
			this.changes.add(request);
		}
	}

	/**
	 * A request creates the entry.
	 */
	void create(LdapValue value) {
		this.held = false;
		this.there = Boolean.TRUE;
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
		this.there = Boolean.FALSE;
		this.value = null;
		this.changes.clear();
		return version;
	}

}
