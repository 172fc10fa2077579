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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.ldapkv.internal.bulk.ThreadBound;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.schema.EntryIdentity;
import io.github.ldapkv.internal.text.Excerpt;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.util.Assert;

/**
 * The writes of a transaction until they are sent, which is when it ends: nothing of it
 * can be seen before, and no connection is held meanwhile.
 */
final class WriteBuffer implements LdapTransaction, ThreadBound {

	private final Targets targets;

	private final List<Write> writes = new ArrayList<>();

	private final Function<DistinguishedName, EntryIdentity> identity;

	private final Map<EntryIdentity, Condition> conditions = new LinkedHashMap<>();

	/**
	 * Whether an entry will be there, for those that are written to.
	 */
	private final Map<EntryIdentity, Presence> left = new HashMap<>();

	/**
	 * How many of the writes that takes account of.
	 */
	private int counted;

	private boolean readOnly;

	private boolean rollbackOnly;

	private boolean ended;

	/**
	 * Creates a buffer.
	 * @param identity tells which entry an absolute key means
	 */
	WriteBuffer(Targets targets, Function<DistinguishedName, EntryIdentity> identity) {
		this.targets = targets;
		this.identity = identity;
	}

	@Override
	public void put(CharSequence key, LdapValue value) {
		add(Kind.PUT, this.targets.of(Verb.PUT, key, value), value, null);
	}

	/**
	 * Creates an entry, which must not be there.
	 */
	void create(CharSequence key, LdapValue value) {
		add(Kind.CREATE, this.targets.of(Verb.PUT, key, value), value, null);
	}

	@Override
	public void replace(CharSequence key, LdapValue value) {
		add(Kind.REPLACE, this.targets.of(Verb.REPLACE, key, value), value, null);
	}

	@Override
	public void patch(CharSequence key, Consumer<LdapPatch> changes) {
		LdapPatch patch = Targets.patch(key, changes);
		add(Kind.PATCH, this.targets.of(Verb.PATCH, key, Targets.set(patch)), LdapValue.empty(), patch);
	}

	@Override
	public void delete(CharSequence key) {
		add(Kind.DELETE, this.targets.of(Verb.DELETE, key, LdapValue.empty()), LdapValue.empty(), null);
	}

	@Override
	public void ifUnchanged(CharSequence key, Version version) {
		Assert.notNull(version, "The version is null. To write without a condition, leave it out.");
		refuseAfterTheEnd();
		DistinguishedName absolute = this.targets.of(Verb.COMPARE, key, LdapValue.empty()).absolute();
		EntryIdentity entry = this.identity.apply(absolute);
		Condition condition = new Condition(absolute, version);
		check(entry, condition);
		this.conditions.put(entry, condition);
	}

	/**
	 * Refuses a second version of an entry, which has changed between the two.
	 */
	private void check(EntryIdentity entry, Condition condition) {
		Condition other = this.conditions.get(entry);
		if (other != null && !other.version().equals(condition.version())) {
			throw new OptimisticLockingFailureException(
					"The transaction depends on two versions of '" + Excerpt.of(condition.key())
							+ "': the entry has changed between the reads. Read it again, and decide anew.");
		}
	}

	private void add(Kind kind, Target target, LdapValue value, @Nullable LdapPatch patch) {
		refuseAfterTheEnd();
		add(new Write(kind, target, value, patch));
	}

	private void add(Write write) {
		if (this.readOnly) {
			throw new InvalidDataAccessApiUsageException(write.target().operation().failed()
					+ "the transaction is read-only. Leave out 'readOnly = true', or write outside the transaction.");
		}
		this.writes.add(write);
	}

	/**
	 * Takes over the writes of another buffer, after its own.
	 * @throws OptimisticLockingFailureException if the two depend on different versions
	 * of an entry; then nothing is taken over
	 */
	void addAll(WriteBuffer other) {
		other.conditions.forEach(this::check);
		other.writes.forEach(this::add);
		this.conditions.putAll(other.conditions);
	}

	/**
	 * Refuses all writes from now on.
	 */
	void setReadOnly() {
		this.readOnly = true;
	}

	/**
	 * Takes no more writes from the caller: nobody would send them.
	 */
	void end() {
		this.ended = true;
	}

	private void refuseAfterTheEnd() {
		if (this.ended) {
			throw new IllegalStateException("The transaction has ended: write to it before its function returns");
		}
	}

	void setRollbackOnly() {
		this.rollbackOnly = true;
	}

	/**
	 * Whether one of several participants has said that nothing is to be done.
	 */
	boolean isRollbackOnly() {
		return this.rollbackOnly;
	}

	List<Write> writes() {
		return this.writes;
	}

	/**
	 * The versions that entries must have.
	 * @throws IllegalArgumentException if one is not written to
	 */
	Map<EntryIdentity, Version> conditions() {
		Map<EntryIdentity, Version> versions = new HashMap<>();
		this.conditions.forEach((entry, condition) -> {
			if (leaves(condition.key()) == Presence.UNKNOWN) {
				throw new IllegalArgumentException(
						"The transaction depends on the version of '" + Excerpt.of(condition.key())
								+ "', but does not write to it: a server compares only what it writes");
			}
			versions.put(entry, condition.version());
		});
		return versions;
	}

	/**
	 * Whether an entry will be there after the writes so far.
	 */
	Presence leaves(DistinguishedName absolute) {
		while (this.counted < this.writes.size()) {
			Write write = this.writes.get(this.counted);
			this.left.put(this.identity.apply(write.target().absolute()),
					(write.kind() == Kind.DELETE) ? Presence.ABSENT : Presence.THERE);
			this.counted++;
		}
		return this.left.isEmpty() ? Presence.UNKNOWN
				: this.left.getOrDefault(this.identity.apply(absolute), Presence.UNKNOWN);
	}

	/**
	 * A version that an entry must have.
	 *
	 * @param key the absolute key by which the caller names it
	 * @param version the version
	 */
	private record Condition(DistinguishedName key, Version version) {

	}

	/**
	 * Whether the writes of a transaction leave an entry there.
	 */
	enum Presence {

		THERE, ABSENT,

		/**
		 * They say nothing of it.
		 */
		UNKNOWN

	}

	/**
	 * What a write does.
	 */
	enum Kind {

		PUT, CREATE, REPLACE, PATCH, DELETE

	}

	/**
	 * One write.
	 *
	 * @param kind what it does
	 * @param target the entry
	 * @param value the attributes, if it has some
	 * @param patch the changes of a patch
	 */
	record Write(Kind kind, Target target, LdapValue value, @Nullable LdapPatch patch) {

	}

}
