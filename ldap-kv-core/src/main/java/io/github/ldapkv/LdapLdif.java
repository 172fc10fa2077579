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
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.function.LongConsumer;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Writes entries of a store to LDIF (RFC 2849), and loads them again, byte for byte: a
 * backup, and a way from one directory to another.
 * <p>
 * DNs are absolute, and there is no line for the version, which {@code slapadd} does not
 * take: {@code ldapadd}, {@code slapadd} and the like read what is written here, and what
 * {@code ldapsearch -LLL} and {@code slapcat} write is read here. Attributes that the
 * server maintains are not written, and those of a file are not loaded; a store that only
 * stands in front of another one does not know which they are, and leaves that to the
 * server's choice of what is a user attribute.
 * <p>
 * <strong>Passwords are exported</strong>, as the server holds them: a backup without
 * them would be incomplete. Keep the file as you keep the directory.
 * <p>
 * Instances are immutable and safe for use by several threads.
 */
public final class LdapLdif {

	/**
	 * RFC 2849, note 2: lines may be folded anywhere. This is where other tools do it.
	 */
	private static final int LINE_LENGTH = 76;

	private final LdapKeyValueOperations store;

	private final int parallelism;

	private final LongConsumer listener;

	private LdapLdif(LdapKeyValueOperations store, int parallelism, LongConsumer listener) {
		this.store = store;
		this.parallelism = parallelism;
		this.listener = listener;
	}

	/**
	 * The LDIF of a store. It is loaded with as many writes at a time as
	 * {@link LdapBulk#on} makes.
	 * @param store the store
	 * @return the LDIF
	 */
	public static LdapLdif on(LdapKeyValueOperations store) {
		Assert.notNull(store, "The store is null");
		return new LdapLdif(store, LdapBulk.parallelism(store), (entries) -> {
		});
	}

	/**
	 * Bounds the number of writes at a time of a load.
	 * @param parallelism the most writes at a time; 1 makes them one by one in the
	 * caller's thread
	 * @return the LDIF with that bound
	 * @throws IllegalArgumentException if it is less than 1
	 */
	public LdapLdif parallelism(int parallelism) {
		return new LdapLdif(this.store, LdapBulk.checked(parallelism), this.listener);
	}

	/**
	 * Tells a listener the number of entries so far: after each that is written to a
	 * file, and after each batch that is loaded.
	 * @param listener the listener, which is called in the caller's thread; if it throws,
	 * the exception ends the call
	 * @return the LDIF with that listener
	 */
	public LdapLdif onProgress(LongConsumer listener) {
		Assert.notNull(listener, "The listener is null");
		return new LdapLdif(this.store, this.parallelism, listener);
	}

	/**
	 * Writes the entries whose keys match a pattern.
	 * @param pattern the pattern, as for {@link KeyQuery#of(String)}; {@code /**} is
	 * everything
	 * @param writer where to write to; it is flushed and not closed. What is written is
	 * ASCII
	 * @return how many entries were written
	 * @throws IOException if the writer throws it
	 * @see #export(KeyQuery, Writer)
	 */
	public long export(String pattern, Writer writer) throws IOException {
		return export(KeyQuery.of(pattern), writer);
	}

	/**
	 * Writes the entries that a query means, in its order. It is no snapshot: what
	 * changes meanwhile is written as it was or as it is.
	 * @param query the query, for whole entries
	 * @param writer where to write to; it is flushed and not closed. What is written is
	 * ASCII
	 * @return how many entries were written
	 * @throws IllegalArgumentException if the query chooses attributes: an entry that is
	 * loaded from the file would lose the others
	 * @throws IOException if the writer throws it
	 */
	public long export(KeyQuery query, Writer writer) throws IOException {
		if (query.attributes() != null) {
			throw new IllegalArgumentException(
					"The query '" + query + "' chooses attributes, but whole entries are exported. Leave them out.");
		}
		DirectorySchema schema = schema();
		long[] count = new long[1];
		try {
			this.store.forEach(query, (entry) -> {
				write(entry, schema, writer);
				count[0]++;
				this.listener.accept(count[0]);
			});
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		writer.flush();
		return count[0];
	}

	/**
	 * Loads the entries of a file: those that are not there are created, those that are
	 * there and differ are replaced, so that they are exactly what the file says, and
	 * those that are equal are skipped. Other entries of the directory stay. A load that
	 * ended half way, for whatever reason, can so be repeated, and goes on where it was.
	 * <p>
	 * Parents are written before their children, whatever the order of the file, and
	 * independent entries at the same time, batch by batch. An entry that comes before
	 * its parent is kept in memory until the parent comes. One that fails does not keep
	 * the others from being loaded, unless a thousand fail. Threads, interrupts and
	 * transactions are those of {@link LdapBulk}; a transaction keeps all entries in
	 * memory.
	 * <p>
	 * Change records ({@code changetype:}) and values from URLs ({@code <}) are refused.
	 * @param reader the file, which is UTF-8 if it is not ASCII; it is not closed
	 * @return what was done
	 * @throws IllegalArgumentException if the file is malformed, has what is refused, or
	 * an entry that is not under the store's base; the message names the line. Entries
	 * before that line may be loaded by then
	 * @throws BulkWriteException if entries could not be written; the others are
	 * @throws org.springframework.dao.TransientDataAccessResourceException if the caller
	 * was interrupted and all entries so far could be written
	 * @throws IOException if the reader throws it
	 */
	public Loaded load(Reader reader) throws IOException {
		return new LdifLoad(this.store, schema(), this.parallelism, this.listener)
			.load(new LdifRecords(reader, this.store.base()));
	}

	private @Nullable DirectorySchema schema() {
		return (this.store instanceof LdapKeyValueTemplate template) ? template.schema() : null;
	}

	private static void write(LdapEntry entry, @Nullable DirectorySchema schema, Writer writer) {
		LdapValue value = (schema != null) ? EntryWriter.withoutMaintained(entry.value(), schema) : entry.value();
		Entry record = new Entry(entry.dn());
		for (LdapValue.Attribute attribute : value.attributes()) {
			record.addAttribute(new Attribute(attribute.name(),
					attribute.values().stream().map(LdapValue::toBytes).toArray(byte[][]::new)));
		}
		StringBuilder text = new StringBuilder();
		record.toLDIFString(text, LINE_LENGTH);
		try {
			writer.append(text).append('\n');
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What a load has done.
	 *
	 * @param created how many entries it created
	 * @param replaced how many were there and differed
	 * @param skipped how many were there and equal
	 */
	public record Loaded(long created, long replaced, long skipped) {

	}

}
