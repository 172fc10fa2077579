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

import java.io.IOException;
import java.io.Reader;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldif.DuplicateValueBehavior;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import com.unboundid.ldif.TrailingSpaceBehavior;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of an LDIF file (RFC 2849), one by one.
 */
final class LdifRecords {

	private final LdifLines lines;

	private final LDIFReader reader;

	private final LdapKey base;

	private final Targets targets;

	/**
	 * Begins to read.
	 * @param reader the file; it is not closed
	 * @param base the absolute key that all entries have to be under
	 */
	LdifRecords(Reader reader, LdapKey base) {
		this.lines = new LdifLines(reader);
		this.reader = new LDIFReader(this.lines);
		this.reader.setTrailingSpaceBehavior(TrailingSpaceBehavior.RETAIN);
		this.reader.setDuplicateValueBehavior(DuplicateValueBehavior.RETAIN);
		this.base = base;
		this.targets = new Targets(new KeyResolver(LdapKey.of("/"), base));
	}

	/**
	 * Reads the next entry.
	 * @return the entry, or {@code null} at the end of the file
	 * @throws IllegalArgumentException if there is something else; the message names the
	 * line
	 */
	@Nullable Record next() throws IOException {
		Entry entry = nextEntry();
		if (entry == null) {
			return null;
		}
		try {
			LdapKey key = LdapKey.ofServerDn(entry.getDN());
			if (!key.startsWith(this.base)) {
				throw new IllegalArgumentException("the DN '" + Excerpt.of(entry.getDN())
						+ "' does not lie under the base of the store, '" + this.base.dn() + "'");
			}
			LdapValue value = value(entry);
			return new Record(this.targets.of("load", key, value), value, size(entry));
		}
		catch (IllegalArgumentException ex) {
			throw LdifLines.refused(this.lines.recordStart(), String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * The reader's own exception holds the lines, and so perhaps a password: only what it
	 * says is passed on.
	 */
	private @Nullable Entry nextEntry() throws IOException {
		try {
			return this.reader.readEntry();
		}
		catch (LDIFException ex) {
			throw LdifLines.refused(ex.getLineNumber(), String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Bytes that are text are made text, which is the same on the wire.
	 */
	private static LdapValue value(Entry entry) {
		LdapValue.Builder value = LdapValue.builder();
		for (Attribute attribute : entry.getAttributes()) {
			byte[][] all = attribute.getValueByteArrays();
			Object[] values = new Object[all.length];
			for (int i = 0; i < all.length; i++) {
				String text = Octets.decode(all[i]);
				values[i] = (text != null) ? text : all[i];
			}
			value.set(attribute.getName(), values);
		}
		return value.build();
	}

	private static long size(Entry entry) {
		long size = entry.getDN().length();
		for (Attribute attribute : entry.getAttributes()) {
			for (byte[] value : attribute.getValueByteArrays()) {
				size += value.length;
			}
		}
		return size;
	}

	/**
	 * An entry of the file.
	 *
	 * @param target where it goes, by its absolute key
	 * @param value its attributes
	 * @param size about how many bytes these take
	 */
	record Record(EntryWriter.Target target, LdapValue value, long size) {

		LdapKey key() {
			return this.target.absolute();
		}

	}

}
