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

package io.github.ldapkv.ldif;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.schema.EntryIdentity;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.text.Octets;

/**
 * One export to an LDIF file. Servers send entries in the order in which they were
 * created, mostly, so an entry that was moved may come before its parent: then the parent
 * is read and written first.
 */
final class LdifExport {

	/**
	 * RFC 2849, note 2: lines may be folded anywhere. This is where other tools do it.
	 */
	private static final int LINE_LENGTH = 76;

	private final LdifStore store;

	private final KeyQuery query;

	private final Writer writer;

	private final LongConsumer listener;

	private final KeyResolver resolver;

	private final KeyPattern pattern;

	/**
	 * Whether the server's order may be another one than that of the keys, and entries
	 * below each other are among the results.
	 */
	private final boolean parentsMayBeLate;

	/**
	 * The entries that are written already, and those that no parent of the results is:
	 * all that need not be waited for.
	 */
	private final NameSet settled = new NameSet();

	/**
	 * The entries that were written before their turn, which is still to come.
	 */
	private final Set<EntryIdentity> early = new HashSet<>();

	/**
	 * The entries that wait for a connection to look for their parents on: the export may
	 * hold the only one.
	 */
	private final List<LdapEntry> waiting = new ArrayList<>();

	private boolean canLookUp;

	private long count;

	LdifExport(LdifStore store, KeyQuery query, Writer writer, LongConsumer listener) {
		this.store = store;
		this.query = LdifAttributes.whole(query, store.schema());
		this.writer = writer;
		this.listener = listener;
		this.resolver = new KeyResolver(DistinguishedName.ROOT, store.base().asKey());
		this.pattern = pattern(query);
		this.parentsMayBeLate = !isOrdered(query) && this.pattern.hasAnyDepth();
		this.canLookUp = store.parallelism() > 1;
	}

	long run() throws IOException {
		try {
			this.store.verbs().forEach(this.query, this::writeOnce);
			this.canLookUp = true;
			this.waiting.sort(Comparator.comparing(LdapEntry::key));
			this.waiting.forEach(this::writeOnce);
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		this.writer.flush();
		return this.count;
	}

	/**
	 * The pattern of a query for several depths, which was read from text. Any other has
	 * no parent among its results.
	 */
	private KeyPattern pattern(KeyQuery query) {
		return this.resolver.relative(KeyPattern.parse(query.pattern().contains("**") ? query.pattern() : "/*"));
	}

	private static boolean isOrdered(KeyQuery query) {
		return query.limit() != null || query.offset() != null || query.after() != null;
	}

	/**
	 * The query for the one entry that has a key, if the query for all means it.
	 */
	private KeyQuery only(DistinguishedName key) {
		KeyQuery only = LdifAttributes.whole(KeyQuery.entry(LdapKey.ofServerDn(key.dn())), this.store.schema());
		String filter = this.query.filter();
		return (filter != null) ? only.filter(filter) : only;
	}

	private void writeOnce(LdapEntry entry) {
		if (this.early.isEmpty() || !this.early.remove(identity(entry))) {
			write(entry);
		}
	}

	private EntryIdentity identity(LdapEntry entry) {
		return EntryIdentity.of(this.resolver.absolute(LdifRecord.path(entry.key())), this.store.schema());
	}

	private void write(LdapEntry entry) {
		if (this.parentsMayBeLate) {
			DistinguishedName key = this.resolver.absolute(LdifRecord.path(entry.key()));
			if (key.depth() > this.resolver.base().depth() && !writeFirst(key.parent())) {
				this.waiting.add(entry);
				return;
			}
			this.settled.add(key);
		}
		Entry record = new Entry(entry.dn());
		this.store.backup(entry.value())
			.asMap()
			.forEach((name, values) -> record
				.addAttribute(new Attribute(name, values.stream().map(Octets::of).toArray(byte[][]::new))));
		StringBuilder text = new StringBuilder();
		record.toLDIFString(text, LINE_LENGTH);
		try {
			this.writer.append(text).append('\n');
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.count++;
		this.listener.accept(this.count);
	}

	/**
	 * Writes an entry that is a parent of another one, if it is among the results and has
	 * not come yet.
	 * @return whether that can be told now
	 */
	private boolean writeFirst(DistinguishedName key) {
		if (!this.pattern.matches(this.resolver.relative(key)) || this.settled.contains(key)) {
			return true;
		}
		if (!this.canLookUp) {
			return false;
		}
		this.settled.add(key);
		for (LdapEntry entry : this.store.verbs().query(only(key))) {
			// It may have come by another spelling of its name.
			DistinguishedName found = this.resolver.absolute(LdifRecord.path(entry.key()));
			if (found.equals(key) || !this.settled.contains(found)) {
				write(entry);
				this.early.add(identity(entry));
			}
		}
		return true;
	}

}
