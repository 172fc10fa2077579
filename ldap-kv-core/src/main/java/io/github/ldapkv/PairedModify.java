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
import java.util.concurrent.atomic.AtomicBoolean;

import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.ldap.LdapContext;

import io.github.ldapkv.EntryWriter.Target;
import io.github.ldapkv.LdapPatch.Kind;
import io.github.ldapkv.ServerCapabilities.Feature;
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

	private final Directory directory;

	private final ChangePlanner planner;

	private final EntryWriter writer;

	PairedModify(Directory directory, ChangePlanner planner, EntryWriter writer) {
		this.directory = directory;
		this.planner = planner;
		this.writer = writer;
	}

	/**
	 * Sends a change.
	 * @param expected the version that the entry has to have
	 * @param value what was given, to explain a refusal by
	 * @param done set once the server has done it, whatever fails after that
	 * @return the new version
	 */
	Version send(LdapContext context, Target target, ModifyRequest request, Version expected, LdapValue value,
			AtomicBoolean done) throws NamingException {
		LdapValue before = this.planner.readUnchanged(context, target, expected).value();
		LdapValue after = request.appliedTo(before, this.directory.schema(context));
		ModifyRequest pairs = pairs(context, target, before, after);
		ServerCapabilities capabilities = this.directory.capabilities(context);
		boolean told = capabilities.has(Feature.POST_READ) && !capabilities.has(Quirk.VERSIONS_ARE_TIMES);
		if (told) {
			pairs.tellingVersion(expected.attribute());
		}
		Version version = send(context, target, pairs, expected, value);
		done.set(true);
		return (version != null) ? version : versionOf(context, target, after, expected);
	}

	private @Nullable Version send(LdapContext context, Target target, ModifyRequest pairs, Version expected,
			LdapValue value) throws NamingException {
		try {
			return pairs.send(context).orElse(null);
		}
		catch (NameNotFoundException ex) {
			this.writer.refuseMissingValue(target, ex);
			throw ConditionalWriter.changed(target, ex);
		}
		catch (NamingException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			if (ServerResult.of(ex).code() != ServerResult.NO_ANSWER) {
				// Fails in turn if the change was refused because somebody was faster.
				this.planner.readUnchanged(context, target, expected);
			}
			throw this.writer.refused(target, ex, value, this.directory.schema(context), false);
		}
	}

	private ModifyRequest pairs(LdapContext context, Target target, LdapValue before, LdapValue after)
			throws NamingException {
		ModifyRequest pairs = new ModifyRequest(target.name());
		for (LdapValue.Attribute attribute : after.attributes()) {
			String name = attribute.name();
			List<Object> old = before.values(name);
			if (before.names(name) && Octets.sameValues(old, attribute.values())) {
				continue;
			}
			String type = AttributeNames.typeOf(name);
			DirectorySchema schema = this.directory.schema(context);
			if (!schema.isSingleValued(type) || !schema.hasEquality(type)) {
				throw new InvalidDataAccessResourceUsageException(target.operation().failed() + "this server ("
						+ this.directory.capabilities(context).server() + ") lacks " + Feature.ASSERTION.description()
						+ ". Without it only attributes that may have one value "
						+ "can be written on condition of a version, and '" + name + "' may have several.");
			}
			if (!old.isEmpty()) {
				pairs.add(Kind.REMOVE, new LdapValue.Attribute(name, old));
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
	private Version versionOf(LdapContext context, Target target, LdapValue expected, Version before)
			throws NamingException {
		LdapEntry current = this.planner.read(context, target);
		boolean known = current != null && current.hasVersion()
				&& comparable(context, current.value()).equals(comparable(context, expected));
		return (current != null && known) ? current.version() : before;
	}

	/**
	 * What users write, without the differences that a server makes of it.
	 */
	private Map<String, Object> comparable(LdapContext context, LdapValue value) throws NamingException {
		Map<String, Object> comparable = new LinkedHashMap<>();
		for (LdapValue.Attribute attribute : EntryWriter.withoutMaintained(value, this.directory.schema(context))
			.attributes()) {
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
