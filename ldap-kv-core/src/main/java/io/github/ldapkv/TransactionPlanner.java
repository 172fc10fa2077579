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

import javax.naming.NamingException;
import javax.naming.directory.Attributes;
import javax.naming.ldap.Control;
import javax.naming.ldap.LdapContext;

import io.github.ldapkv.EntryWriter.Target;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Makes requests of the writes of a transaction. What an earlier write of the same
 * transaction does to an entry cannot be read yet, and is taken into account.
 */
final class TransactionPlanner {

	private final Directory directory;

	private final EntryReader reader;

	private final EntryWriter writer;

	private final ChangePlanner planner;

	TransactionPlanner(Directory directory, EntryReader reader, EntryWriter writer, ChangePlanner planner) {
		this.directory = directory;
		this.reader = reader;
		this.writer = writer;
		this.planner = planner;
	}

	/**
	 * Plans the writes; one that makes no difference is left out.
	 * @param conditions the versions that entries have to have, by absolute key
	 */
	List<Planned> plan(LdapContext context, List<WriteBuffer.Write> writes, Map<LdapKey, Version> conditions)
			throws NamingException {
		List<Planned> plan = new ArrayList<>();
		Map<LdapKey, Boolean> there = new HashMap<>();
		Map<LdapKey, Version> open = new HashMap<>(conditions);
		for (WriteBuffer.Write write : writes) {
			LdapKey absolute = write.target().absolute();
			Version expected = open.remove(absolute);
			if (expected != null) {
				this.directory.capabilities(context).require(expected, write.target().operation());
			}
			Planned planned = plan(context, write, there.get(absolute), expected);
			there.put(absolute, write.kind() != WriteBuffer.Kind.DELETE);
			if (planned != null) {
				plan.add((expected != null) ? planned.onlyIf(expected) : planned);
			}
		}
		return plan;
	}

	/**
	 * Plans a write.
	 * @param there whether an earlier write has left the entry there; {@code null} if
	 * there was none
	 */
	private @Nullable Planned plan(LdapContext context, WriteBuffer.Write write, @Nullable Boolean there,
			@Nullable Version expected) throws NamingException {
		Target target = write.target();
		return switch (write.kind()) {
			case PUT -> {
				boolean exists = (there != null) ? there : this.reader.exists(context, target.name());
				yield exists ? change(context, write, this.planner.merge(context, target, write.value()), expected)
						: addition(context, write);
			}
			case CREATE -> addition(context, write);
			case REPLACE -> {
				ModifyRequest request = Boolean.FALSE.equals(there) ? null
						: this.planner.replacement(context, target, write.value(), expected != null);
				yield (request != null) ? change(context, write, request, expected) : addition(context, write);
			}
			case PATCH -> change(context, write,
					patch(context, target, Objects.requireNonNull(write.patch()), there, expected), expected);
			case DELETE -> new Planned(write, LdapValue.empty(), false,
					(sent, controls) -> Directory.withControls(sent, controls, (controlled) -> {
						controlled.destroySubcontext(target.name());
						return Boolean.TRUE;
					}));
		};
	}

	private ModifyRequest patch(LdapContext context, Target target, LdapPatch patch, @Nullable Boolean there,
			@Nullable Version expected) throws NamingException {
		if (there != null && !this.planner.patchesBlindly(context, patch)) {
			throw new InvalidDataAccessApiUsageException(target.operation().failed() + "the transaction writes the "
					+ "entry before, and what it makes of it cannot be read yet, which a patch of these attributes "
					+ "takes. Give the attributes as a whole.");
		}
		// A refusal would come too late.
		return this.planner.patch(context, target, patch, expected != null).addingBeforeRemoving();
	}

	private @Nullable Planned change(LdapContext context, WriteBuffer.Write write, ModifyRequest request,
			@Nullable Version expected) throws NamingException {
		ModifyRequest sent = request;
		if (request.isEmpty()) {
			if (expected == null) {
				return null;
			}
			sent = this.planner.touch(context, write.target(), expected);
		}
		// A server that asks for more object classes would say so too late.
		sent.completeObjectClasses(this.directory.schema(context));
		return new Planned(write, write.value(), false, sent::send);
	}

	private Planned addition(LdapContext context, WriteBuffer.Write write) throws NamingException {
		Target target = write.target();
		DirectorySchema schema = this.directory.schema(context);
		LdapValue entry = this.writer.entry(target, EntryWriter.withoutMaintained(write.value(), schema), schema);
		Attributes attributes = EntryMapper.toAttributes(entry);
		return new Planned(write, entry, true,
				(sent, controls) -> Directory.withControls(sent, controls, (controlled) -> {
					controlled.createSubcontext(target.name(), attributes).close();
					return Boolean.TRUE;
				}));
	}

	/**
	 * Sends a write.
	 */
	@FunctionalInterface
	interface Request {

		@Nullable Object send(LdapContext context, Control... controls) throws NamingException;

	}

	/**
	 * A write and its request.
	 *
	 * @param write what was asked for
	 * @param value the attributes that are sent
	 * @param creates whether they are a whole new entry
	 * @param conditional whether it depends on a version
	 * @param request how it is sent
	 */
	record Planned(WriteBuffer.Write write, LdapValue value, boolean creates, boolean conditional, Request request) {

		Planned(WriteBuffer.Write write, LdapValue value, boolean creates, Request request) {
			this(write, value, creates, false, request);
		}

		Planned onlyIf(Version version) {
			return new Planned(this.write, this.value, this.creates, true, (context, controls) -> {
				List<Control> all = new ArrayList<>(List.of(controls));
				all.add(JndiControls.assertion(version));
				return this.request.send(context, all.toArray(Control[]::new));
			});
		}

	}

}
