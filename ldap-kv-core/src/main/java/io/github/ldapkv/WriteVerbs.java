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
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.unboundid.ldap.sdk.DeleteRequest;
import io.github.ldapkv.internal.directory.Directory;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.operation.FailureTranslator;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.reading.MissingAncestor;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.EntryIdentity;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.text.Arguments;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.writing.FailedAssertions;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.Assert;

/**
 * The verbs of the store that write: each checks what it is given, and takes it to the
 * directory, or keeps it for the end of the Spring transaction that its caller is in.
 */
final class WriteVerbs {

	private final Directory directory;

	private final EntryReader reader;

	private final EntryCreator creator;

	private final Targets targets;

	private final EntryChanger changer;

	private final Counter counter;

	private final TreeWriter trees;

	private final ConditionalChanger conditional;

	private final TransactionExecutor transactions;

	/**
	 * Creates the verbs.
	 * @param objectClasses the object classes of a new entry by the lower-case attribute
	 * type of its RDN
	 */
	WriteVerbs(Directory directory, KeyResolver resolver, EntryReader reader, Map<String, List<String>> objectClasses,
			MissingAncestor missingAncestor, FailureTranslator failures) {
		this.directory = directory;
		this.reader = reader;
		this.targets = new Targets(resolver, directory::knownSchema);
		VersionedReader entries = new VersionedReader(reader);
		PutPlanner puts = new PutPlanner(reader);
		ChangePlanner planner = new ChangePlanner(entries);
		RefusedWrites refusals = new RefusedWrites(reader, failures);
		FailedAssertions assertions = new FailedAssertions(reader, failures);
		this.creator = new EntryCreator(objectClasses, reader, missingAncestor, refusals);
		this.changer = new EntryChanger(puts, planner, entries, this.creator, refusals, assertions);
		this.conditional = new ConditionalChanger(puts, planner, entries, refusals, assertions);
		this.counter = new Counter(reader, refusals, assertions);
		this.trees = new TreeWriter(reader, this.creator, resolver, missingAncestor);
		this.transactions = new TransactionExecutor(directory,
				new TransactionPlanner(puts, planner, entries, this.creator),
				new TransactionFailures(reader, entries, missingAncestor, assertions, failures));
	}

	void put(CharSequence key, LdapValue value) {
		WriteBuffer buffer = buffer();
		if (buffer != null) {
			buffer.put(key, value);
			return;
		}
		Target target = this.targets.of(Verb.PUT, key, value);
		this.directory.writeContended(target.operation(), (session) -> done(this.changer.put(session, target, value)));
	}

	/**
	 * What the gate asks a contended write for.
	 */
	private static Optional<Boolean> done(boolean done) {
		return done ? Optional.of(Boolean.TRUE) : Optional.empty();
	}

	boolean putIfAbsent(CharSequence key, LdapValue value) {
		Target target = this.targets.of(Verb.PUT_IF_ABSENT, key, value);
		WriteBuffer buffer = buffer();
		if (buffer != null) {
			boolean absent = !isThere(buffer, key, target);
			if (absent) {
				buffer.create(key, value);
			}
			return absent;
		}
		return this.directory.write(target.operation(),
				(session) -> this.creator.createIfAbsent(session, target, value));
	}

	boolean delete(CharSequence key) {
		Target target = this.targets.of(Verb.DELETE, key, LdapValue.empty());
		WriteBuffer buffer = buffer();
		if (buffer != null) {
			boolean there = isThere(buffer, key, target);
			if (there) {
				buffer.delete(key);
			}
			return there;
		}
		return this.directory.write(target.operation(),
				(session) -> session.deleteIfThere(new DeleteRequest(target.dn())));
	}

	void replace(CharSequence key, LdapValue value) {
		WriteBuffer buffer = buffer();
		if (buffer != null) {
			buffer.replace(key, value);
			return;
		}
		Target target = this.targets.of(Verb.REPLACE, key, value);
		this.directory.writeContended(target.operation(),
				(session) -> done(this.changer.replace(session, target, value)));
	}

	void patch(CharSequence key, Consumer<LdapPatch> changes) {
		WriteBuffer buffer = buffer();
		if (buffer != null) {
			buffer.patch(key, changes);
			return;
		}
		LdapPatch patch = Targets.patch(key, changes);
		LdapValue set = Targets.set(patch);
		Target target = this.targets.of(Verb.PATCH, key, set);
		this.directory.writeContended(target.operation(),
				(session) -> done(this.changer.patch(session, target, patch, set)));
	}

	long increment(CharSequence key, String attribute, long delta) {
		Arguments.attribute(attribute);
		Target target = this.targets.of(Verb.INCREMENT, key, LdapValue.empty());
		refuseBuffered(target.operation());
		return this.directory.writeContended(target.operation(),
				(session) -> this.counter.increment(session, target, attribute, delta));
	}

	void move(CharSequence from, CharSequence to) {
		Target entry = this.targets.belowBase(Verb.MOVE, from);
		Target destination = this.targets.belowBase(Verb.MOVE, to);
		Target source = new Target(entry.operation().to(LdapKey.pathOf(to)), entry.absolute());
		refuseBuffered(source.operation());
		if (destination.absolute().depth() > source.absolute().depth()
				&& destination.absolute().startsWith(source.absolute())) {
			throw new IllegalArgumentException(
					"Key '" + Excerpt.of(to) + "' lies below '" + Excerpt.of(from) + "', which is to be moved there");
		}
		this.directory.write(source.operation(), (session) -> {
			this.trees.move(session, source, destination);
			return Boolean.TRUE;
		});
	}

	int createParents(CharSequence key) {
		Target target = this.targets.of(Verb.CREATE_PARENTS, key, LdapValue.empty());
		refuseBuffered(target.operation());
		return this.directory.write(target.operation(), (session) -> this.trees.createParents(session, target));
	}

	long deleteTree(CharSequence key) {
		Target target = this.targets.belowBase(Verb.DELETE_TREE, key);
		refuseBuffered(target.operation());
		return this.directory.write(target.operation(), (session) -> this.trees.deleteTree(session, target));
	}

	ConditionalOperations ifUnchanged(Version version) {
		Assert.notNull(version, "The version is null. To write without a condition, put.");
		return new ConditionalVerbs(version, this.targets, this.directory, this.conditional, this::refuseBuffered);
	}

	void atomically(Consumer<LdapTransaction> writes) {
		Assert.notNull(writes, "The writes are null");
		WriteBuffer buffer = newBuffer();
		try {
			writes.accept(buffer);
		}
		finally {
			buffer.end();
		}
		WriteBuffer outer = buffer();
		if (outer != null) {
			outer.addAll(buffer);
		}
		else {
			commit(buffer);
		}
	}

	WriteBuffer newBuffer() {
		return new WriteBuffer(this.targets, this::identity);
	}

	/**
	 * Keys that are equal may name two entries, and others the same, of which only the
	 * server's schema knows.
	 */
	private EntryIdentity identity(DistinguishedName absolute) {
		return EntryIdentity.of(absolute, schema());
	}

	/**
	 * The server's schema, which is asked for if it is not known yet.
	 */
	DirectorySchema schema() {
		DirectorySchema known = this.directory.knownSchema();
		return (known != null) ? known : this.directory.read(Operation.of(Verb.SCHEMA, "the schema"), Session::schema);
	}

	void commit(WriteBuffer buffer) {
		int size = buffer.writes().size();
		String writes = (size == 1) ? " write" : " writes";
		this.transactions.execute(Operation.of(Verb.ATOMICALLY, "a transaction of " + size + writes), buffer);
	}

	/**
	 * The writes of the Spring transaction that the caller is in.
	 */
	private @Nullable WriteBuffer buffer() {
		return (WriteBuffer) TransactionSynchronizationManager.getResource(this);
	}

	private boolean isThere(WriteBuffer buffer, CharSequence key, Target target) {
		return switch (buffer.leaves(target.absolute())) {
			case THERE -> true;
			case ABSENT -> false;
			case UNKNOWN -> isThere(key);
		};
	}

	/**
	 * Whether an entry is there, for a write to depend on it.
	 */
	boolean isThere(CharSequence key) {
		Target target = this.targets.of(Verb.CONTAINS, key, LdapValue.empty());
		return this.directory.readForWrite(target.operation(), (session) -> this.reader.exists(session, target.dn()));
	}

	void refuseBuffered(Operation operation) {
		if (buffer() != null) {
			throw new InvalidDataAccessApiUsageException(
					operation.failed() + "it cannot be part of a transaction. Call it outside of one.");
		}
	}

}
