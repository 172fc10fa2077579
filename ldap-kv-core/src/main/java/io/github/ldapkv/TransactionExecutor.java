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
import java.util.concurrent.atomic.AtomicBoolean;

import javax.naming.NamingException;
import javax.naming.directory.Attributes;
import javax.naming.ldap.Control;
import javax.naming.ldap.LdapContext;

import io.github.ldapkv.EntryWriter.Target;
import io.github.ldapkv.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Sends the writes of a transaction, and finds out which one is at fault if the server
 * does none of them.
 */
final class TransactionExecutor {

	private static final Logger logger = LoggerFactory.getLogger(LdapKeyValueTemplate.class);

	private static final int OTHER = 80;

	private static final int NO_SUCH_OBJECT = 32;

	private final Directory directory;

	private final EntryReader reader;

	private final EntryWriter writer;

	private final ChangePlanner planner;

	private final KeyResolver resolver;

	private final MissingAncestor missingAncestor;

	private final FailureTranslator failures;

	private final TransactionAutopsy autopsy;

	private final AtomicBoolean warned = new AtomicBoolean();

	TransactionExecutor(Directory directory, EntryReader reader, EntryWriter writer, ChangePlanner planner,
			KeyResolver resolver, MissingAncestor missingAncestor, FailureTranslator failures) {
		this.directory = directory;
		this.reader = reader;
		this.writer = writer;
		this.planner = planner;
		this.resolver = resolver;
		this.missingAncestor = missingAncestor;
		this.failures = failures;
		this.autopsy = new TransactionAutopsy(directory, reader, resolver);
	}

	/**
	 * Does all writes of a buffer, or none.
	 */
	void execute(Operation operation, WriteBuffer buffer) {
		Map<LdapKey, Version> conditions = buffer.conditions();
		if (buffer.writes().isEmpty()) {
			return;
		}
		this.directory.write(operation, (context) -> {
			ServerCapabilities capabilities = this.directory.capabilities(context);
			capabilities.require(Feature.TRANSACTIONS, operation, "to do several writes together");
			warn(capabilities);
			List<Planned> plan;
			try {
				plan = plan(context, buffer.writes(), conditions);
			}
			catch (NamingException ex) {
				throw new UncommittedException(ex);
			}
			run(context, plan);
			return Boolean.TRUE;
		});
	}

	private void warn(ServerCapabilities capabilities) {
		if (capabilities.has(Quirk.CRASHES_AT_THE_END_OF_A_TRANSACTION) && this.warned.compareAndSet(false, true)) {
			logger.warn("{} may crash at the end of a transaction, unless it works on one request of a connection "
					+ "at a time: set its olcThreads to 3 or less. The store waits {} before each end, which makes it "
					+ "rare, not impossible.", capabilities.server(), ServerTransaction.PAUSE_BEFORE_THE_END);
		}
	}

	private void run(LdapContext context, List<Planned> plan) throws NamingException {
		ServerTransaction transaction = null;
		Planned current = null;
		try {
			transaction = ServerTransaction.start(context, this.directory.capabilities(context));
			for (Planned planned : plan) {
				current = planned;
				planned.request().send(context, transaction.control());
			}
		}
		catch (NamingException ex) {
			if (transaction == null || current == null || ConnectionFailures.isBroken(ex)) {
				throw new UncommittedException(ex);
			}
			transaction.abort();
			throw failure(context, plan, plan.indexOf(current), ex);
		}
		try {
			transaction.commit();
		}
		catch (NamingException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			int culprit = (plan.size() == 1) ? 0 : this.autopsy.culprit(context, plan, ServerResult.of(ex).code());
			throw failure(context, plan, culprit, ex);
		}
	}

	/**
	 * Makes requests of the writes. What an earlier write of the same transaction does to
	 * an entry cannot be read yet, and is taken into account.
	 */
	private List<Planned> plan(LdapContext context, List<WriteBuffer.Write> writes, Map<LdapKey, Version> conditions)
			throws NamingException {
		List<Planned> plan = new ArrayList<>();
		Map<LdapKey, Boolean> there = new HashMap<>();
		Map<LdapKey, Version> open = new HashMap<>(conditions);
		for (WriteBuffer.Write write : writes) {
			Target target = write.target();
			Version expected = open.remove(target.absolute());
			Request request = request(context, write, there.get(target.absolute()), expected);
			there.put(target.absolute(), write.kind() != WriteBuffer.Kind.DELETE);
			if (request != null) {
				plan.add(new Planned(write, (sent, controls) -> request.send(sent, with(controls, expected))));
			}
		}
		return plan;
	}

	private static Control[] with(Control[] controls, @Nullable Version expected) {
		if (expected == null) {
			return controls;
		}
		List<Control> all = new ArrayList<>(List.of(controls));
		all.add(JndiControls.assertion(expected));
		return all.toArray(Control[]::new);
	}

	private @Nullable Request request(LdapContext context, WriteBuffer.Write write, @Nullable Boolean there,
			@Nullable Version expected) throws NamingException {
		Target target = write.target();
		DirectorySchema schema = this.directory.schema(context);
		switch (write.kind()) {
			case PUT -> {
				LdapValue value = EntryWriter.withoutMaintained(write.value(), schema);
				boolean exists = (there != null) ? there : this.reader.exists(context, target.name());
				if (!exists) {
					return addition(target, value);
				}
				return sending(ModifyRequest.replacing(target.name(), value), schema);
			}
			case CREATE -> {
				return addition(target, EntryWriter.withoutMaintained(write.value(), schema));
			}
			case REPLACE -> {
				ModifyRequest request = Boolean.FALSE.equals(there) ? null
						: this.planner.replacement(context, target, write.value(), expected != null);
				if (request == null) {
					return addition(target, EntryWriter.withoutMaintained(write.value(), schema));
				}
				return sending(request, schema);
			}
			case PATCH -> {
				return sending(patch(context, target, Objects.requireNonNull(write.patch()), there, expected), schema);
			}
			default -> {
				return (sent, controls) -> Directory.withControls(sent, controls, (controlled) -> {
					controlled.destroySubcontext(target.name());
					return Boolean.TRUE;
				});
			}
		}
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

	/**
	 * A server that asks for more object classes than the value names would say so too
	 * late.
	 */
	private static @Nullable Request sending(ModifyRequest request, DirectorySchema schema) {
		request.completeObjectClasses(schema);
		return request.isEmpty() ? null : request::send;
	}

	private Request addition(Target target, LdapValue value) {
		Attributes attributes = EntryMapper.toAttributes(this.writer.entry(target, value));
		return (context, controls) -> Directory.withControls(context, controls, (controlled) -> {
			controlled.createSubcontext(target.name(), attributes).close();
			return Boolean.TRUE;
		});
	}

	private DataAccessException failure(LdapContext context, List<Planned> plan, int culprit, NamingException ex)
			throws NamingException {
		ServerResult result = ServerResult.of(ex);
		String rolledBack = " Nothing of the transaction of " + plan.size() + " writes was done.";
		if (culprit < 0) {
			return this.failures.translate(new Operation("do", "one of " + operations(plan), ""), ex,
					(Remedies.of(result) + rolledBack).strip());
		}
		WriteBuffer.Write write = plan.get(culprit).write();
		String finding = Remedies.of(result);
		if (result.code() == NO_SUCH_OBJECT) {
			LdapKey parent = write.target().absolute().parent();
			boolean creates = write.kind() != WriteBuffer.Kind.PATCH && write.kind() != WriteBuffer.Kind.DELETE;
			finding = "There is no such entry.";
			if (creates && !this.reader.exists(context, this.resolver.name(parent))) {
				throw new DataIntegrityViolationException(write.target().operation().failed()
						+ this.missingAncestor.explain(context, parent) + position(culprit) + rolledBack, ex);
			}
		}
		else if (result.code() == OTHER && write.kind() == WriteBuffer.Kind.DELETE) {
			finding = "OpenLDAP cannot delete the last entry below another one in a transaction: delete it by itself.";
		}
		return this.failures.translate(write.target().operation(), ex,
				(finding + position(culprit) + rolledBack).strip());
	}

	private static String position(int culprit) {
		return " It is write " + (culprit + 1) + " of the transaction.";
	}

	private static List<String> operations(List<Planned> plan) {
		return plan.stream()
			.map((planned) -> planned.write().target().operation())
			.map((operation) -> operation.verb() + " " + operation.key())
			.toList();
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
	 * @param request how it is sent
	 */
	record Planned(WriteBuffer.Write write, Request request) {

	}

}
