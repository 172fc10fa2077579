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

import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapContext;

import io.github.ldapkv.EntryWriter.Target;
import io.github.ldapkv.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Changes entries that are there, each by one Modify.
 */
final class EntryChanger {

	private static final int NO_SUCH_ATTRIBUTE = 16;

	private static final int VALUE_EXISTS = 20;

	static final int ASSERTION_FAILED = 122;

	private static final String OBJECT_CLASS = "objectClass";

	private final Directory directory;

	private final EntryReader reader;

	private final EntryWriter writer;

	EntryChanger(Directory directory, EntryReader reader, EntryWriter writer) {
		this.directory = directory;
		this.reader = reader;
		this.writer = writer;
	}

	/**
	 * Reads an entry with its version.
	 */
	@Nullable LdapEntry read(LdapContext context, Target target, LdapKey key) throws NamingException {
		String versionAttribute = this.directory.capabilities(context).versionAttribute();
		SearchResult found = this.reader.read(context, target.name(), VersionAttribute.all(versionAttribute));
		return (found != null) ? VersionAttribute.entry(key, found,
				EntryReader.value(context, target.name(), found, this.directory.schema(context)), versionAttribute)
				: null;
	}

	/**
	 * The change that makes an entry exactly a value. Its own version is its condition
	 * where the server can tell, so that nothing that somebody else adds meanwhile stays.
	 * @param expected the version that the caller wants to see; may be {@code null}
	 * @return the change, or {@code null} if the entry is not there
	 */
	@Nullable ModifyRequest replacement(LdapContext context, Target target, LdapValue value, @Nullable Version expected)
			throws NamingException {
		LdapEntry current = read(context, target, target.absolute());
		if (current == null) {
			return null;
		}
		DirectorySchema schema = this.directory.schema(context);
		LdapValue wanted = EntryWriter.withSuperiors(EntryWriter.withoutMaintained(value, schema), schema);
		ModifyRequest request = new ModifyRequest(target.name());
		LdapValue before = EntryWriter.withoutMaintained(current.value(), schema);
		for (LdapValue.Attribute attribute : before.attributes()) {
			String name = attribute.name();
			if (wanted.names(name)) {
				continue;
			}
			if (target.rdn().names(name)) {
				wanted = wanted.toBuilder().set(name, target.rdn().valuesOf(name)).build();
			}
			else if (!name.equalsIgnoreCase(OBJECT_CLASS)) {
				request.replace(new LdapValue.Attribute(name, List.of()));
			}
		}
		for (LdapValue.Attribute attribute : wanted.attributes()) {
			if (!Octets.sameValues(before.values(attribute.name()), attribute.values())) {
				request.replace(attribute);
			}
		}
		if (expected == null && this.directory.capabilities(context).has(Feature.ASSERTION) && current.hasVersion()) {
			request.onlyIf(current.version());
		}
		return request;
	}

	/**
	 * The change that a patch means.
	 */
	ModifyRequest patch(LdapContext context, Target target, LdapPatch patch, boolean versioned) throws NamingException {
		ServerCapabilities capabilities = this.directory.capabilities(context);
		Set<String> withoutEquality = withoutEquality(patch, this.directory.schema(context));
		boolean permissive = capabilities.has(Feature.PERMISSIVE_MODIFY);
		if (patch.changes().isEmpty() && !this.reader.exists(context, target.name())) {
			throw missing(target);
		}
		if (withoutEquality.isEmpty() && permissive) {
			return request(target, patch, withoutEquality, LdapValue.empty(), false).permissive();
		}
		LdapEntry current = read(context, target, target.absolute());
		if (current == null) {
			throw missing(target);
		}
		ModifyRequest request = request(target, patch, withoutEquality, current.value(), !permissive);
		if (permissive) {
			request.permissive();
		}
		if (!withoutEquality.isEmpty() && !versioned) {
			capabilities.require(Feature.ASSERTION, target.operation(), "to change single values of " + withoutEquality
					+ ", whose type has no equality rule, without losing those of others");
			request.onlyIf(current.version());
		}
		return request;
	}

	/**
	 * Adds and removes the values named, or what of them makes a difference to the values
	 * that were read; an attribute without an equality rule can only be replaced.
	 */
	private static ModifyRequest request(Target target, LdapPatch patch, Set<String> toReplace, LdapValue current,
			boolean onlyDifferences) {
		ModifyRequest request = new ModifyRequest(target.name());
		LdapValue.Builder after = current.toBuilder();
		for (LdapPatch.Change change : patch.changes()) {
			LdapValue.Attribute attribute = change.attribute();
			String name = AttributeNames.lower(attribute.name());
			List<Object> before = after.build().values(name);
			List<Object> values = switch (change.kind()) {
				case SET -> attribute.values();
				case ADD -> Octets.union(before, attribute.values());
				case REMOVE -> Octets.difference(before, attribute.values());
			};
			after.set(attribute.name(), values.toArray());
			if (change.kind() == LdapPatch.Kind.SET || toReplace.contains(name)) {
				request.replace(new LdapValue.Attribute(attribute.name(), values));
			}
			else if (!onlyDifferences) {
				addOrRemove(request, change.kind(), attribute);
			}
			else {
				boolean adds = change.kind() == LdapPatch.Kind.ADD;
				List<Object> difference = adds ? Octets.difference(values, before) : Octets.difference(before, values);
				if (!difference.isEmpty()) {
					addOrRemove(request, change.kind(), new LdapValue.Attribute(attribute.name(), difference));
				}
			}
		}
		return request;
	}

	private static void addOrRemove(ModifyRequest request, LdapPatch.Kind kind, LdapValue.Attribute attribute) {
		if (kind == LdapPatch.Kind.ADD) {
			request.add(attribute);
		}
		else {
			request.remove(attribute);
		}
	}

	private static Set<String> withoutEquality(LdapPatch patch, DirectorySchema schema) {
		Set<String> names = new LinkedHashSet<>();
		for (LdapPatch.Change change : patch.changes()) {
			String name = change.attribute().name();
			if (change.kind() != LdapPatch.Kind.SET && !schema.hasEquality(AttributeNames.typeOf(name))) {
				names.add(AttributeNames.lower(name));
			}
		}
		return names;
	}

	/**
	 * Sends a change.
	 * @param request the change; for an empty one there is nothing to do
	 * @param expected the version that the caller wants to see; may be {@code null}
	 * @param value what was given, to explain a refusal by
	 * @return whether it was done; {@code false} if somebody else has changed the entry
	 * since it was read
	 */
	boolean send(LdapContext context, Target target, ModifyRequest request, LdapValue value) throws NamingException {
		if (request.isEmpty()) {
			return true;
		}
		try {
			request.send(context);
			return true;
		}
		catch (NameNotFoundException ex) {
			throw missing(target);
		}
		catch (NamingException ex) {
			int code = ServerResult.of(ex).code();
			if (code == ASSERTION_FAILED || code == VALUE_EXISTS || code == NO_SUCH_ATTRIBUTE
					&& !this.directory.capabilities(context).has(Feature.PERMISSIVE_MODIFY)) {
				return false;
			}
			throw this.writer.refused(target, ex, value, this.directory.schema(context), false);
		}
	}

	/**
	 * Sends a change that is done only if the entry has a version.
	 * @return the new version
	 */
	Version sendIf(LdapContext context, Target target, @Nullable ModifyRequest request, Version expected,
			LdapValue value) throws NamingException {
		ModifyRequest sent = (request != null) ? request : new ModifyRequest(target.name());
		if (sent.isEmpty()) {
			// RFC 4511 lets a Modify have no changes, and the servers refuse it.
			LdapEntry current = read(context, target, target.absolute());
			if (current == null || !current.hasVersion() || !current.version().equals(expected)) {
				throw changed(target, null);
			}
			return expected;
		}
		try {
			return sent.onlyIf(expected)
				.tellingVersion(expected.attribute())
				.send(context)
				.orElseThrow(() -> new IllegalStateException(target.operation().verb() + " '" + target.operation().key()
						+ "' is done, but the server does not tell the new version"));
		}
		catch (NamingException ex) {
			if (ex instanceof NameNotFoundException || ServerResult.of(ex).code() == ASSERTION_FAILED) {
				throw changed(target, ex);
			}
			throw this.writer.refused(target, ex, value, this.directory.schema(context), false);
		}
	}

	static OptimisticLockingFailureException changed(Target target, @Nullable NamingException ex) {
		return new OptimisticLockingFailureException(target.operation().failed()
				+ "the entry has changed or is gone since this version of it was read. Read it again, and decide anew."
				+ ((ex != null) ? " The server answered " + ServerResult.of(ex).name() + "." : ""), ex);
	}

	/**
	 * Adds to a number, once: by one Modify that removes the old value, and so fails if
	 * it has changed.
	 * @return the new number, or empty if somebody else was faster
	 */
	OptionalLong increment(LdapContext context, Target target, String attribute, long delta) throws NamingException {
		SearchResult found = this.reader.read(context, target.name(), List.of(attribute));
		if (found == null) {
			throw missing(target);
		}
		List<Object> values = EntryMapper.toValue(found.getAttributes(), this.directory.schema(context))
			.values(attribute);
		if (values.size() > 1) {
			throw new DataIntegrityViolationException(target.operation().failed() + "the attribute '" + attribute
					+ "' has " + values.size() + " values, not one number.");
		}
		String before = values.isEmpty() ? "0" : String.valueOf(values.get(0));
		long after = sum(target, attribute, before, delta);
		ModifyRequest request = new ModifyRequest(target.name());
		if (values.isEmpty()) {
			this.directory.capabilities(context)
				.require(Feature.ASSERTION, target.operation(),
						"to begin a number, since the entry has no '" + attribute + "'. Put a first value there");
			request.onlyWithout(attribute);
		}
		else {
			request.remove(new LdapValue.Attribute(attribute, List.of(values.get(0))));
		}
		request.add(new LdapValue.Attribute(attribute, List.of(String.valueOf(after))));
		try {
			request.send(context);
			return OptionalLong.of(after);
		}
		catch (NameNotFoundException ex) {
			throw missing(target);
		}
		catch (NamingException ex) {
			int code = ServerResult.of(ex).code();
			if (code == NO_SUCH_ATTRIBUTE || code == ASSERTION_FAILED) {
				return OptionalLong.empty();
			}
			throw ex;
		}
	}

	private static long sum(Target target, String attribute, String before, long delta) {
		try {
			return Math.addExact(Long.parseLong(before.strip()), delta);
		}
		catch (NumberFormatException ex) {
			throw new DataIntegrityViolationException(target.operation().failed() + "the attribute '" + attribute
					+ "' holds '" + (AttributeNames.isSecret(attribute) ? "***" : Excerpt.of(before))
					+ "', which is no whole number of 64 bits.", ex);
		}
		catch (ArithmeticException ex) {
			throw new DataIntegrityViolationException(target.operation().failed() + "the attribute '" + attribute
					+ "' is " + before + ", and " + delta + " more is beyond 64 bits.", ex);
		}
	}

	static DataRetrievalFailureException missing(Target target) {
		return new DataRetrievalFailureException(
				target.operation().failed() + "there is no such entry. To create it, put it.");
	}

}
