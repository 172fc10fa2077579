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
import java.util.Map;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SubtreeDeleteRequestControl;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.reading.MissingAncestor;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.text.KeyEscaping.Notation;
import io.github.ldapkv.internal.wire.PagedSearch;
import io.github.ldapkv.internal.wire.Quirk;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.writing.EntryFailures;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Writes that concern more than one entry of the tree: moves, deletions of subtrees, and
 * the entries above a key.
 */
final class TreeWriter {

	private static final Logger logger = LoggerFactory.getLogger(TreeWriter.class);

	/**
	 * An entry to which somebody else keeps adding is given up after this many rounds.
	 */
	private static final int MOST_ROUNDS = 10;

	/**
	 * The usual object class of an entry that others are put under, by the attribute type
	 * of its RDN (RFC 4519, RFC 4524).
	 */
	private static final Map<String, String> CONTAINERS = Map.of("ou", "organizationalUnit", "o", "organization", "c",
			"country", "l", "locality", "st", "locality", "dc", "domain");

	private static final Filter ANY_ENTRY_OR_SUBENTRY = Filter.createORFilter(Session.ANY_ENTRY,
			Filter.createEqualityFilter("objectClass", "ldapSubentry"));

	private final EntryReader reader;

	private final EntryCreator creator;

	private final KeyResolver resolver;

	private final MissingAncestor missingAncestor;

	TreeWriter(EntryReader reader, EntryCreator creator, KeyResolver resolver, MissingAncestor missingAncestor) {
		this.reader = reader;
		this.creator = creator;
		this.resolver = resolver;
		this.missingAncestor = missingAncestor;
	}

	/**
	 * Gives an entry, with everything below it, another name (RFC 4511, section 4.9).
	 */
	void move(Session session, Target from, Target to) throws LDAPException {
		try {
			session.modifyDn(request(from, to));
		}
		catch (LDAPException ex) {
			int code = ServerResult.of(ex).code();
			if (code == ServerResult.NO_SUCH_OBJECT) {
				if (!this.reader.exists(session, from.dn())) {
					throw EntryFailures.missing(from);
				}
				throw withoutParent(session, from, to, ex);
			}
			// Not every server says it with a code of its own.
			if ((code == ServerResult.OPERATIONS_ERROR || code == ServerResult.NAMING_VIOLATION
					|| code == ServerResult.OTHER) && !this.reader.exists(session, to.absolute().parent().dn())) {
				throw withoutParent(session, from, to, ex);
			}
			// Nor does every server say what is in the way if that is above the entry.
			if (code == ServerResult.UNWILLING_TO_PERFORM && from.absolute().depth() > to.absolute().depth()
					&& from.absolute().startsWith(to.absolute())) {
				if (!this.reader.exists(session, from.dn())) {
					throw EntryFailures.missing(from);
				}
				throw new DuplicateKeyException(
						from.operation().failed() + "there is an entry at '" + to.operation().key() + "', above it.",
						ServerResult.presentable(ex));
			}
			throw ex;
		}
	}

	private static ModifyDNRequest request(Target from, Target to) {
		StringBuilder rdn = new StringBuilder();
		to.rdn().appendTo(rdn, Notation.DN);
		String superior = to.absolute().parent().dn();
		return new ModifyDNRequest(from.dn(), rdn.toString(), true,
				superior.equals(from.absolute().parent().dn()) ? null : superior);
	}

	private DataIntegrityViolationException withoutParent(Session session, Target from, Target to, LDAPException ex)
			throws LDAPException {
		return new DataIntegrityViolationException(
				from.operation().failed() + this.missingAncestor.explain(session, to.absolute().parent()),
				ServerResult.presentable(ex));
	}

	/**
	 * Deletes an entry and everything below it.
	 * @return how many entries there were
	 */
	long deleteTree(Session session, Target target) throws LDAPException {
		if (!session.capabilities().has(Feature.TREE_DELETE)) {
			return deleteBottomUp(session, target, target.absolute());
		}
		long count = count(session, target.dn());
		Control treeDelete = new SubtreeDeleteRequestControl(true);
		return (count > 0 && session.deleteIfThere(new DeleteRequest(target.dn(), new Control[] { treeDelete })))
				? count : 0;
	}

	private long count(Session session, String dn) throws LDAPException {
		long[] count = new long[1];
		try {
			this.reader.search(session, dn, SearchScope.SUB, Session.ANY_ENTRY, List.of(), (found) -> count[0]++);
		}
		catch (LDAPException ex) {
			if (!ex.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
				throw ex;
			}
			return 0;
		}
		return count[0];
	}

	/**
	 * Deletes the entries below an entry, page by page, and then the entry.
	 */
	private long deleteBottomUp(Session session, Target target, DistinguishedName key) throws LDAPException {
		long deleted = 0;
		for (int round = 0; round < MOST_ROUNDS; round++) {
			deleted += deleteChildren(session, target, key);
			try {
				return deleted + (session.deleteIfThere(new DeleteRequest(key.dn())) ? 1 : 0);
			}
			catch (LDAPException ex) {
				refuseUnlessFull(ex);
				logger.debug("Somebody else has added an entry below {}", key, ex);
			}
		}
		throw new ConcurrencyFailureException(
				target.operation().failed() + "'" + Excerpt.of(key.dn()) + "' has children after each of " + MOST_ROUNDS
						+ " rounds: somebody else keeps adding some, or they are "
						+ "subentries or references, which are not listed, or the account may not see them. " + deleted
						+ " entries below it were deleted. Try again.");
	}

	private static void refuseUnlessFull(LDAPException ex) throws LDAPException {
		if (!ex.getResultCode().equals(ResultCode.NOT_ALLOWED_ON_NONLEAF)) {
			throw ex;
		}
	}

	private long deleteChildren(Session session, Target target, DistinguishedName key) throws LDAPException {
		long deleted = 0;
		List<DistinguishedName> page = List.of();
		do {
			List<DistinguishedName> before = page;
			page = children(session, target, key);
			if (!page.isEmpty() && spelled(page).equals(spelled(before))) {
				throw new ConcurrencyFailureException(target.operation().failed() + "the server says that '"
						+ Excerpt.of(page.get(0).dn()) + "' is deleted, and shows it again. " + deleted
						+ " entries below '" + Excerpt.of(key.dn()) + "' were deleted. Try again later.");
			}
			for (DistinguishedName child : page) {
				try {
					deleted += session.deleteIfThere(new DeleteRequest(child.dn())) ? 1 : 0;
				}
				catch (LDAPException ex) {
					refuseUnlessFull(ex);
					deleted += deleteBottomUp(session, target, child);
				}
			}
		}
		while (page.size() == this.reader.pageSize());
		return deleted;
	}

	private static List<String> spelled(List<DistinguishedName> keys) {
		return keys.stream().map(DistinguishedName::dn).toList();
	}

	/**
	 * Some children of an entry: one page of them.
	 */
	private List<DistinguishedName> children(Session session, Target target, DistinguishedName key)
			throws LDAPException {
		List<DistinguishedName> children = new ArrayList<>();
		Filter filter = session.has(Quirk.HIDES_SUBENTRIES) ? ANY_ENTRY_OR_SUBENTRY : Session.ANY_ENTRY;
		try (PagedSearch search = this.reader.search(session, key.dn(), SearchScope.ONE, filter, List.of())) {
			for (SearchResultEntry found = search.next(); found != null; found = search.next()) {
				DistinguishedName child = EntryReader.keyOf(found, target.operation());
				// Put below the entry whatever the server says: nothing else may be
				// deleted with it.
				if (child.depth() == key.depth() + 1) {
					children.add(key.append(child.withoutFirst(key.depth())));
				}
				if (children.size() == this.reader.pageSize()) {
					return children;
				}
			}
		}
		catch (LDAPException ex) {
			if (!ex.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
				throw ex;
			}
			logger.debug("Somebody else has deleted {}", key, ex);
		}
		return children;
	}

	/**
	 * Creates what is missing above an entry.
	 * @return how many entries were created
	 */
	int createParents(Session session, Target target) throws LDAPException {
		DistinguishedName absolute = target.absolute();
		int top = Math.max(1, this.resolver.contextBase().depth());
		int depth = absolute.depth() - 1;
		while (depth >= top && !this.reader.exists(session, absolute.first(depth).dn())) {
			depth--;
		}
		int created = 0;
		for (int next = Math.max(top, depth + 1); next < absolute.depth(); next++) {
			DistinguishedName parent = absolute.first(next);
			Target missing = new Target(Operation.of(Verb.PUT_IF_ABSENT, this.resolver.relative(parent), parent),
					parent);
			created += this.creator.createIfAbsent(session, missing, container(missing)) ? 1 : 0;
		}
		return created;
	}

	/**
	 * What the configuration says of such entries goes before what is usual.
	 */
	private LdapValue container(Target target) {
		if (this.creator.knowsObjectClasses(target)) {
			return LdapValue.empty();
		}
		String objectClass = CONTAINERS.get(target.rdn().avas().get(0).foldedType());
		return (objectClass != null) ? LdapValue.of(Map.of("objectClass", objectClass)) : LdapValue.empty();
	}

}
