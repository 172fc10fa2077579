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
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import javax.naming.ContextNotEmptyException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.SearchControls;
import javax.naming.ldap.Control;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;

import com.unboundid.ldap.sdk.controls.SubtreeDeleteRequestControl;
import io.github.ldapkv.EntryWriter.Target;
import io.github.ldapkv.ServerCapabilities.Feature;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Writes that concern more than one entry of the tree: moves, deletions of subtrees, and
 * the entries above a key.
 */
final class TreeWriter {

	/**
	 * A subtree to which somebody else keeps adding is given up after this many rounds.
	 */
	private static final int MOST_ROUNDS = 10;

	/**
	 * The usual object class of an entry that others are put under, by the attribute type
	 * of its RDN (RFC 4519, RFC 4524).
	 */
	private static final Map<String, String> CONTAINERS = Map.of("ou", "organizationalUnit", "o", "organization", "c",
			"country", "l", "locality", "st", "locality", "dc", "domain");

	private final Directory directory;

	private final EntryReader reader;

	private final EntryWriter writer;

	private final KeyResolver resolver;

	private final MissingAncestor missingAncestor;

	TreeWriter(Directory directory, EntryReader reader, EntryWriter writer, KeyResolver resolver,
			MissingAncestor missingAncestor) {
		this.directory = directory;
		this.reader = reader;
		this.writer = writer;
		this.resolver = resolver;
		this.missingAncestor = missingAncestor;
	}

	/**
	 * Gives an entry, with everything below it, another name (RFC 4511, section 4.9).
	 */
	void move(LdapContext context, Target from, Target to) throws NamingException {
		try {
			context.rename(from.name(), to.name());
		}
		catch (NameNotFoundException ex) {
			if (!this.reader.exists(context, from.name())) {
				throw EntryChanger.missing(from);
			}
			throw new DataIntegrityViolationException(
					from.operation().failed() + this.missingAncestor.explain(context, to.absolute().parent()), ex);
		}
	}

	/**
	 * Deletes an entry and everything below it.
	 * @return how many entries there were
	 */
	long deleteTree(LdapContext context, Target target) throws NamingException {
		List<LdapName> names = names(context, target);
		if (names.isEmpty()) {
			return 0;
		}
		if (names.size() > 1 && this.directory.capabilities(context).has(Feature.TREE_DELETE)) {
			Control[] controls = { JndiControls.of(new SubtreeDeleteRequestControl(true)) };
			Directory.withControls(context, controls, (controlled) -> {
				controlled.destroySubcontext(target.name());
				return Boolean.TRUE;
			});
			return names.size();
		}
		long deleted = 0;
		for (int round = 0; !names.isEmpty(); round++) {
			if (round == MOST_ROUNDS) {
				throw new ConcurrencyFailureException(target.operation().failed() + "somebody else keeps adding "
						+ "entries below it. " + deleted + " entries were deleted. Try again.");
			}
			for (LdapName name : names) {
				deleted += deleteLeaf(context, name) ? 1 : 0;
			}
			names = names(context, target);
		}
		return deleted;
	}

	/**
	 * An entry below which somebody else has just added one is left for the next round.
	 */
	private boolean deleteLeaf(LdapContext context, LdapName name) throws NamingException {
		try {
			return this.writer.delete(context, name);
		}
		catch (ContextNotEmptyException ex) {
			return false;
		}
	}

	/**
	 * The names of a subtree, the lowest first.
	 */
	private List<LdapName> names(LdapContext context, Target target) throws NamingException {
		List<LdapKey> keys = new ArrayList<>();
		try {
			this.reader.search(context, target.name(), SearchControls.SUBTREE_SCOPE, EntryReader.ANY_ENTRY, List.of(),
					(found) -> keys.add(LdapKey.ofServerDn(found.getNameInNamespace())));
		}
		catch (NameNotFoundException ex) {
			return List.of();
		}
		keys.sort(Comparator.comparing(LdapKey::depth).reversed());
		return keys.stream().map(this.resolver::name).toList();
	}

	/**
	 * Creates what is missing above an entry.
	 * @return how many entries were created
	 */
	int createParents(LdapContext context, Target target) throws NamingException {
		LdapKey absolute = target.absolute();
		int top = Math.max(1, this.resolver.contextBase().depth());
		int depth = absolute.depth() - 1;
		while (depth >= top && !this.reader.exists(context, this.resolver.name(absolute.first(depth)))) {
			depth--;
		}
		int created = 0;
		for (int next = Math.max(top, depth + 1); next < absolute.depth(); next++) {
			LdapKey parent = absolute.first(next);
			Target missing = new Target(Operation.of("create", this.resolver.relative(parent), parent), parent,
					this.resolver.name(parent));
			created += this.writer.putIfAbsent(context, missing, container(missing), this.directory.schema(context)) ? 1
					: 0;
		}
		return created;
	}

	/**
	 * What the configuration says of such entries goes before what is usual.
	 */
	private LdapValue container(Target target) {
		if (this.writer.knowsObjectClasses(target)) {
			return LdapValue.empty();
		}
		String objectClass = CONTAINERS.get(target.rdn().avas().get(0).foldedType());
		return (objectClass != null) ? LdapValue.of(Map.of("objectClass", objectClass)) : LdapValue.empty();
	}

}
