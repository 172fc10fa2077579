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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.WriteBuffer.Kind;
import io.github.ldapkv.WriteBuffer.Write;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.EntryIdentity;
import io.github.ldapkv.internal.text.NamedValues;
import io.github.ldapkv.internal.wire.RequestControls;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.writing.EntryFailures;
import io.github.ldapkv.internal.writing.WriteRequest;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataRetrievalFailureException;

/**
 * Makes requests of the writes of a transaction: those that the same writes, one after
 * another, would be without one.
 */
final class TransactionPlanner {

	private final VersionedReader entries;

	private final EntryCreator creator;

	private final ChangePlanner planner;

	private final PutPlanner puts;

	TransactionPlanner(PutPlanner puts, ChangePlanner planner, VersionedReader entries, EntryCreator creator) {
		this.entries = entries;
		this.creator = creator;
		this.planner = planner;
		this.puts = puts;
	}

	/**
	 * Plans the writes; one that makes no difference is left out.
	 * @param conditions the versions that entries have to have
	 */
	List<Planned> plan(Session session, List<Write> writes, Map<EntryIdentity, Version> conditions, Sending sending)
			throws LDAPException {
		List<Planned> plan = new ArrayList<>();
		DirectorySchema schema = session.schema();
		Map<EntryIdentity, PendingEntry> entries = new HashMap<>();
		for (int i = 0; i < writes.size(); i++) {
			Write write = writes.get(i);
			Target target = write.target();
			PendingEntry entry = entries.computeIfAbsent(EntryIdentity.of(target.absolute(), schema),
					(key) -> new PendingEntry(this.entries, target, conditions.get(key)));
			if (entry.expected() != null) {
				entry.expected().requireKeptBy(session.capabilities(), target.operation());
			}
			Planned planned = plan(session, new Step(write, i + 1, writes.size(), sending), entry);
			if (planned != null) {
				plan.add(planned);
			}
		}
		return plan;
	}

	private @Nullable Planned plan(Session session, Step step, PendingEntry entry) throws LDAPException {
		Target target = step.write().target();
		LdapValue value = step.write().value();
		Kind kind = step.write().kind();
		if (entry.isDeleted() && (kind == Kind.PATCH || kind == Kind.DELETE)) {
			throw missing(step);
		}
		return switch (kind) {
			case PUT -> {
				EntryChange change = merge(session, target, value, entry);
				yield (change != null) ? change(session, step, entry, change) : addition(session, step, entry);
			}
			case CREATE -> addition(session, step, entry);
			case REPLACE -> {
				LdapValue current = entry.value(session);
				yield (current != null) ? change(session, step, entry, replacement(session, step, entry, current))
						: addition(session, step, entry);
			}
			case PATCH -> change(session, step, entry, patch(session, step, entry));
			case DELETE -> deletion(step, entry.delete());
		};
	}

	private @Nullable EntryChange merge(Session session, Target target, LdapValue value, PendingEntry entry)
			throws LDAPException {
		if (session.capabilities().has(Feature.PERMISSIVE_MODIFY)) {
			return entry.exists(session) ? this.puts.mergeBlindly(session, target, value) : null;
		}
		LdapValue current = entry.value(session);
		return (current != null) ? PutPlanner.merge(target, value, current, session.schema()).basedOn(entry.basis())
				: null;
	}

	private EntryChange replacement(Session session, Step step, PendingEntry entry, LdapValue current)
			throws LDAPException {
		EntryChange change = this.planner
			.replacement(step.write().target(), step.write().value(), current, session.schema())
			.basedOn(entry.basis());
		if (entry.expected() == null) {
			entry.dependOnWhatWasRead(session, change);
		}
		return change;
	}

	private EntryChange patch(Session session, Step step, PendingEntry entry) throws LDAPException {
		Target target = step.write().target();
		LdapPatch patch = Objects.requireNonNull(step.write().patch());
		NamingAttributes.check(target, Targets.set(patch), session.schema());
		// OpenLDAP minds the removal of the last value if that is not there, however
		// permissive it is, and would say so too late.
		boolean removes = patch.changes().stream().anyMatch((change) -> change.kind() == LdapPatch.Kind.REMOVE);
		if (!patch.changes().isEmpty() && !removes && this.planner.patchesBlindly(session, patch)) {
			return ChangePlanner.blindPatch(target, patch, session.schema());
		}
		LdapValue current = entry.value(session);
		if (current == null) {
			throw (entry.expected() != null) ? EntryFailures.changed(target, null) : missing(step);
		}
		EntryChange change = this.planner.patch(target, patch, current, session.schema()).basedOn(entry.basis());
		if (entry.expected() == null && this.planner.dependsOnVersion(session, target, patch)) {
			entry.dependOnWhatWasRead(session, change);
		}
		return change;
	}

	private static DataRetrievalFailureException missing(Step step) {
		return new DataRetrievalFailureException(
				step.write().target().operation().failed() + "there is no such entry." + step.position());
	}

	private @Nullable Planned change(Session session, Step step, PendingEntry entry, EntryChange change)
			throws LDAPException {
		EntryChange sent = change;
		LdapValue there = (step.sending() == Sending.DIFFERENCES) ? entry.value(session) : null;
		if (there != null) {
			change.leaveOut(there, session.schema());
		}
		if (change.isEmpty()) {
			if (entry.expected() == null) {
				return null;
			}
			sent = this.planner.touch(session, step.write().target(), entry.expected());
		}
		entry.change(session, sent);
		return new Planned(step, step.write().value(), sent, null, sent::send);
	}

	private Planned addition(Session session, Step step, PendingEntry entry) throws LDAPException {
		Target target = step.write().target();
		if (entry.expected() != null) {
			throw EntryFailures.changed(target, null);
		}
		DirectorySchema schema = session.schema();
		LdapValue value = this.creator.entry(target, SentAttributes.withoutMaintained(step.write().value(), schema),
				schema);
		entry.create(value);
		return new Planned(step, value, null, null, (sent) -> EntryCreator.add(sent, target, value));
	}

	private static Planned deletion(Step step, @Nullable Version expected) {
		Control[] controls = (expected != null) ? new Control[] { RequestControls.assertion(expected.filter()) }
				: new Control[0];
		return new Planned(step, LdapValue.empty(), null, expected,
				(session) -> session.delete(new DeleteRequest(step.write().target().dn(), controls)));
	}

	/**
	 * What of the writes is sent.
	 */
	enum Sending {

		/**
		 * All that they say.
		 */
		ALL,

		/**
		 * What makes a difference: what is there is read, and left out of each write is
		 * what those before it leave as it is to be.
		 */
		DIFFERENCES

	}

	/**
	 * A write and its place among the others.
	 *
	 * @param write what was asked for
	 * @param number the number of the write, from 1 on
	 * @param count how many writes there are
	 * @param sending what of it is sent
	 */
	record Step(Write write, int number, int count, Sending sending) {

		/**
		 * Says which write it is, after a failure.
		 */
		String position() {
			return " It is write " + this.number + " of the " + this.count
					+ " of a transaction, of which nothing was done.";
		}

	}

	/**
	 * A write and its request.
	 *
	 * @param step what was asked for
	 * @param value the attributes that are sent
	 * @param change how it changes an entry, if it does
	 * @param expected the version that the entry has to have to be deleted
	 * @param request how it is sent
	 */
	record Planned(Step step, LdapValue value, @Nullable EntryChange change, @Nullable Version expected,
			WriteRequest request) {

		Target target() {
			return this.step.write().target();
		}

		Kind kind() {
			return this.step.write().kind();
		}

		/**
		 * Whether it creates an entry, of which the attributes are the whole.
		 */
		boolean creates() {
			return this.change == null && kind() != Kind.DELETE;
		}

		/**
		 * The attributes that are sent, with the values that are sent of them.
		 */
		Iterable<NamedValues> sent() {
			return (this.change != null) ? this.change.sent() : this.value.attributes();
		}

		/**
		 * The version that the entry has to have, if it has to have one.
		 */
		@Nullable Filter condition() {
			return (this.change != null) ? this.change.condition()
					: (this.expected != null) ? this.expected.filter() : null;
		}

	}

}
