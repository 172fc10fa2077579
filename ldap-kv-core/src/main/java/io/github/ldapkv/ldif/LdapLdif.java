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
import java.io.Reader;
import java.io.Writer;
import java.util.function.LongConsumer;

import io.github.ldapkv.BulkWriteException;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapBulk;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.internal.bulk.BulkRunner;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Writes entries of a store to LDIF (RFC 2849), and loads them again, byte for byte: a
 * backup, and a way from one directory to another.
 * <p>
 * DNs are absolute, parents come before their children, and there is no line for the
 * version, which {@code slapadd} does not take: {@code ldapadd}, {@code slapadd} and the
 * like read what is written here, and what {@code ldapsearch -LLL} and {@code slapcat}
 * write is read here.
 * <p>
 * What is written is what people have written, be they administrators: of the operational
 * attributes those without NO-USER-MODIFICATION, such as {@code pwdAccountLockedTime},
 * {@code authzTo} or {@code aci}, as far as the account may see them. Attributes that the
 * server maintains are not written, and those of a file are not loaded, also if they are
 * another server's, nor is the state of its replication. Where the server hides its
 * schema, and of a store that does not {@link LdapKeyValueOperations#unwrap unwrap} to a
 * template, nobody knows which are which, and the server's choice of what is a user
 * attribute decides. Entries that refer to another server (RFC 3296) are none of a
 * store's: a file may have them, an export has not, and one that is there already and
 * differs is replaced by a template only, not through what stands in front of it.
 * <p>
 * <strong>Passwords are exported</strong>, as the server holds them: a backup without
 * them would be incomplete. Keep the file as you keep the directory.
 * <p>
 * Instances are immutable and safe for use by several threads.
 * <p>
 * No argument may be {@code null}: it is refused by an {@link IllegalArgumentException}.
 */
public final class LdapLdif {

	private final LdapKeyValueOperations store;

	/**
	 * The bound that was given, if one was.
	 */
	private final @Nullable Integer parallelism;

	private final LongConsumer listener;

	private LdapLdif(LdapKeyValueOperations store, @Nullable Integer parallelism, LongConsumer listener) {
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
		return new LdapLdif(store, null, (entries) -> {
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
		return new LdapLdif(this.store, BulkRunner.checked(parallelism), this.listener);
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
	 * Writes the entries that a query means, in its order, but for an entry that the
	 * server sends before its parent, as it does after a move: then the parent, if the
	 * query means it too, is read and written first. It is no snapshot: what changes
	 * meanwhile is written as it was or as it is.
	 * <p>
	 * A page of entries is in memory at a time, as by
	 * {@link LdapKeyValueOperations#stream stream}, and of a query for several depths up
	 * to 32 bytes for each entry so far, and the name of each parent that was read early.
	 * Through a pool of one connection no parent can be read meanwhile: entries that have
	 * come without theirs are in memory too, and written at the end.
	 * @param query the query, for whole entries
	 * @param writer where to write to; it is flushed and not closed. What is written is
	 * ASCII
	 * @return how many entries were written
	 * @throws IllegalArgumentException if the query chooses attributes: an entry that is
	 * loaded from the file would lose the others
	 * @throws IOException if the writer throws it
	 */
	public long export(KeyQuery query, Writer writer) throws IOException {
		Assert.notNull(query, "The query is null");
		Assert.notNull(writer, "The writer is null");
		if (query.attributeNames() != null) {
			throw new IllegalArgumentException(
					"The query '" + query + "' chooses attributes, but whole entries are exported. Leave them out.");
		}
		return new LdifExport(new LdifStore(this.store), query, writer, this.listener).run();
	}

	/**
	 * Loads the entries of a file: those that are not there are created, those that are
	 * there and differ are replaced, so that they are exactly what the file says, and
	 * those that are equal are skipped. Other entries of the directory stay, and so do
	 * operational attributes that the file does not name. A load that ended half way, for
	 * whatever reason, can so be repeated, and goes on where it was.
	 * <p>
	 * Entries are equal if the server takes them for that by its schema: by the equality
	 * rule of each attribute, whatever names the file has for attributes and object
	 * classes, and without the attributes that the name of the entry implies. Where the
	 * schema is not known values are equal if their bytes are. A password that the server
	 * keeps as a hash differs from one in clear text, and is written each time.
	 * <p>
	 * Parents are written before their children, whatever the order of the file, and
	 * independent entries at the same time, batch by batch. An entry that comes before
	 * its parent is kept in memory until the parent comes. Threads, interrupts and
	 * transactions are those of {@link LdapBulk}; a transaction keeps all entries in
	 * memory.
	 * <p>
	 * An entry that cannot be read, named or written fails alone, and the others are
	 * loaded, unless a thousand fail: one that is malformed, does not lie under the
	 * store's base, contradicts its own DN, has a value from a URL ({@code <}), or is
	 * refused by the server. A {@code dn:} inside of an entry is an error, and nothing of
	 * that entry is loaded: the empty line is missing that separates two, or has a blank
	 * in it.
	 * @param reader the file, which is UTF-8 if it is not ASCII; it is not closed
	 * @return what was done
	 * @throws IllegalArgumentException if the file has change records
	 * ({@code changetype:}), or another version than 1; the message names the line.
	 * Entries before that line may be loaded by then
	 * @throws BulkWriteException if entries could not be loaded; the others are. It has
	 * the {@link BulkWriteException#lines() lines}
	 * @throws org.springframework.dao.TransientDataAccessResourceException if the caller
	 * was interrupted and all entries so far could be written
	 * @throws IOException if the reader throws it
	 */
	public Loaded load(Reader reader) throws IOException {
		Assert.notNull(reader, "The reader is null");
		LdifStore store = new LdifStore(this.store);
		LdifLoad load = new LdifLoad(store, (this.parallelism != null) ? this.parallelism : store.parallelism(),
				this.listener);
		load.load(new LdifRecords(reader, store.base(), store.schema()));
		return new Loaded(load.created(), load.replaced(), load.skipped());
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
