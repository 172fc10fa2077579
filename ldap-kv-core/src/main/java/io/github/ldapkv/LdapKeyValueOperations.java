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

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.ldapkv.internal.text.Excerpt;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.util.Assert;

/**
 * A directory as a key-value store. A key names an entry, a value is the entry's
 * attributes.
 * <p>
 * A key is a path such as {@code /ou=People/uid=jdoe} or a DN such as
 * {@code uid=jdoe,ou=People}, given as text or as an {@link LdapKey}, and relative to the
 * base of the store; an absolute key or DN under the base is taken as well.
 * <p>
 * Implementations are safe for use by several threads. Every method throws
 * {@link IllegalArgumentException} for input that is {@code null} or malformed, before
 * anything is sent, and a {@link org.springframework.dao.DataAccessException} for what
 * the directory refuses or cannot do: its message has the key, the DN, the LDAP result
 * code, the server's words and the remedy. A write that may or may not have been done
 * ends in an {@link UnknownOutcomeException}. Lists and maps of results are unmodifiable.
 * <p>
 * In a Spring transaction of an {@link LdapKeyValueTransactionManager} the writes that
 * can be part of one are sent when it commits; those that cannot throw
 * {@link org.springframework.dao.InvalidDataAccessApiUsageException}.
 */
public interface LdapKeyValueOperations {

	/**
	 * The entry that keys are relative to. A decorator returns the base of the store that
	 * it wraps.
	 * @return its absolute key; {@code /} if the store has no base
	 */
	LdapKey base();

	/**
	 * Gives what this store is, or stands in front of: the {@link LdapKeyValueTemplate},
	 * or its pool. {@link LdapBulk} and LDIF ask it for connections, the schema and what
	 * is there. A decorator that changes and hides nothing passes it on.
	 * @param <T> the type
	 * @param type the type that is asked for
	 * @return what is of that type, or empty if nothing is
	 */
	default <T> Optional<T> unwrap(Class<T> type) {
		Assert.notNull(type, "The type is null");
		return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
	}

	/**
	 * Reads an entry's user attributes.
	 * @param key the key of the entry
	 * @return the attributes, or empty if there is no such entry, or none that the
	 * account may see
	 */
	Optional<LdapValue> get(CharSequence key);

	/**
	 * Reads the attributes of an entry that has to be there.
	 * @param key the key of the entry
	 * @return the attributes
	 * @throws EmptyResultDataAccessException if there is no such entry
	 */
	default LdapValue getRequired(CharSequence key) {
		return get(key)
			.orElseThrow(() -> new EmptyResultDataAccessException("There is no entry '" + Excerpt.of(key) + "'", 1));
	}

	/**
	 * Reads several entries: up to a hundred with one request where the server finds
	 * entries by their DN. What is not found so is read by itself, up to four at a time,
	 * over one connection, by threads that end with the call.
	 * @param keys the keys of the entries; the empty DN, as a group may have, is of none
	 * @param <K> the type of the keys
	 * @return what {@link #get(CharSequence)} gives, in the order of the keys, but for
	 * keys without an entry; keys that are equal, and not to the server, are told apart
	 */
	<K extends CharSequence> Map<K, LdapValue> getAll(Collection<K> keys);

	/**
	 * Tells whether there is an entry, without reading its attributes.
	 * @param key the key of the entry
	 * @return whether it is there
	 */
	boolean contains(CharSequence key);

	/**
	 * Creates an entry, or changes attributes of the entry that is there: those that the
	 * value names get its values, an empty list removes one, and those not named stay.
	 * Object classes are added, none goes. What the server maintains is left out.
	 * <p>
	 * To create takes {@code objectClass}, in the value or by configuration. The
	 * attribute in the key's last component is implied. An existing entry takes one round
	 * trip; an entry that somebody else creates or deletes meanwhile is changed or
	 * created.
	 * @param key the key of the entry
	 * @param value the attributes
	 * @throws IllegalArgumentException also if the value contradicts the key
	 * @throws org.springframework.dao.DataIntegrityViolationException if the parent is
	 * missing, {@code objectClass} is needed, or the server's schema does not allow it
	 * @throws ConcurrencyFailureException if others keep creating and deleting the entry
	 */
	void put(CharSequence key, LdapValue value);

	/**
	 * Creates an entry, or changes attributes of the entry that is there.
	 * @param key the key of the entry
	 * @param attributes the attributes, as for {@link LdapValue#of(Map)}
	 */
	default void put(CharSequence key, Map<String, ?> attributes) {
		put(key, LdapValue.of(attributes));
	}

	/**
	 * Puts many entries: parents before children, in whatever order they are given, and
	 * several at a time. One that fails does not keep the others from being put.
	 * @param values the attributes by key
	 * @throws IllegalArgumentException also if two keys name the same entry
	 * @throws BulkWriteException if entries could not be put; it has the cause of each
	 * @see LdapBulk LdapBulk, for progress and how many at a time
	 */
	default void putAll(Map<? extends CharSequence, LdapValue> values) {
		LdapBulk.on(this).putAll(values);
	}

	/**
	 * Creates an entry, unless it is there. Of several callers at once, one creates it.
	 * @param key the key of the entry
	 * @param value the attributes
	 * @return whether this call created it
	 */
	boolean putIfAbsent(CharSequence key, LdapValue value);

	/**
	 * Creates an entry, unless it is there.
	 * @param key the key of the entry
	 * @param attributes the attributes, as for {@link LdapValue#of(Map)}
	 * @return whether this call created it
	 */
	default boolean putIfAbsent(CharSequence key, Map<String, ?> attributes) {
		return putIfAbsent(key, LdapValue.of(attributes));
	}

	/**
	 * Makes an entry exactly the value, or creates it: attributes that the value does not
	 * name are removed. The attribute in the key's last component, {@code objectClass} if
	 * the value has none, and attributes that the server maintains stay. What the account
	 * may not see stays too.
	 * <p>
	 * It reads the entry and sends one Modify with what differs. On a server with the
	 * assertion control (RFC 4528) nothing that somebody else writes in between is mixed
	 * in: it reads again. On others an attribute that somebody else adds in between may
	 * stay.
	 * @param key the key of the entry
	 * @param value the attributes
	 * @throws ConcurrencyFailureException if others keep changing the entry
	 */
	void replace(CharSequence key, LdapValue value);

	/**
	 * Makes an entry exactly the value, or creates it.
	 * @param key the key of the entry
	 * @param attributes the attributes, as for {@link LdapValue#of(Map)}
	 */
	default void replace(CharSequence key, Map<String, ?> attributes) {
		replace(key, LdapValue.of(attributes));
	}

	/**
	 * Changes single attributes and values of an entry that is there, all together or not
	 * at all, by one Modify. Neither the entry nor the attributes are read, so that a
	 * group of a hundred thousand members can get one more at the cost of one. To add a
	 * value that is there, or to remove one that is not, is no error; to remove a wrong
	 * password is.
	 * <p>
	 * Single values of an attribute whose type has no equality rule cannot be told apart
	 * by a server: there the attribute is read, and written on condition that the entry
	 * has not changed (RFC 4528). A server without the permissive modify control takes a
	 * read as well.
	 * @param key the key of the entry
	 * @param changes makes the changes
	 * @throws DataRetrievalFailureException if there is no such entry
	 */
	void patch(CharSequence key, Consumer<LdapPatch> changes);

	/**
	 * Adds to a number, exactly, however many do so at once.
	 * @param key the key of the entry
	 * @param attribute the attribute, with one whole number of 64 bits; an absent one
	 * counts as 0
	 * @param delta what to add; may be negative
	 * @return the new number
	 * @throws DataRetrievalFailureException if there is no such entry
	 * @throws org.springframework.dao.DataIntegrityViolationException if the attribute is
	 * not one number, or the sum is beyond 64 bits
	 * @throws org.springframework.dao.InvalidDataAccessResourceUsageException if the
	 * attribute is absent and may have several values, and the server has no assertion
	 * control (RFC 4528)
	 * @throws ConcurrencyFailureException if others were faster again and again
	 */
	long increment(CharSequence key, String attribute, long delta);

	/**
	 * Gives an entry, with everything below it, another key, in one step. What the old
	 * key's last component said is no value of the entry any more. Values elsewhere that
	 * are the entry's DN, as in a group, stay as they are, unless the server sees to it.
	 * @param from the key of the entry
	 * @param to its new key; the entry's parent-to-be has to be there
	 * @throws IllegalArgumentException also if one of them is the base, or the new key
	 * lies below the old one
	 * @throws DataRetrievalFailureException if there is no such entry
	 * @throws org.springframework.dao.DuplicateKeyException if there is an entry at the
	 * new key
	 * @throws org.springframework.dao.DataIntegrityViolationException if the new parent
	 * is missing
	 */
	void move(CharSequence from, CharSequence to);

	/**
	 * Creates the entries that are missing above a key, from the top down, as
	 * {@code mkdir -p} does. Their object classes are the configured ones, else the usual
	 * ones for {@code ou}, {@code o}, {@code c}, {@code l}, {@code st} and {@code dc}. Of
	 * several callers at once, one creates each. After a failure those that were created
	 * stay, and a second call goes on.
	 * @param key the key of an entry, which is not created itself
	 * @return how many entries this call created
	 * @throws org.springframework.dao.DataIntegrityViolationException if the object
	 * classes of one are not known, or the server's schema does not allow it
	 */
	int createParents(CharSequence key);

	/**
	 * Reads an entry with its version, for a write on condition that nobody else has
	 * written meanwhile.
	 * @param key the key of the entry
	 * @return the entry, or empty if there is none, or none that the account may see
	 */
	Optional<LdapEntry> getEntry(CharSequence key);

	/**
	 * Gives the writes that are done only if their entry still has a version.
	 * @param version the version that was read
	 * @return writes for the entry that the version was read of
	 */
	ConditionalOperations ifUnchanged(Version version);

	/**
	 * Does several writes together, or none of them (RFC 5805). Nobody sees anything of
	 * them before all are done. They are sent when the function returns; if it throws,
	 * nothing is. In a Spring transaction they join it, and are sent when that commits.
	 * <p>
	 * Only what is written to the {@link LdapTransaction} is part of it: a write to the
	 * store inside the function is sent at once, and stays whatever becomes of the
	 * others.
	 * @param writes tells the writes
	 * @throws org.springframework.dao.InvalidDataAccessResourceUsageException if the
	 * server has no transactions, or none that hold what they promise
	 * @throws org.springframework.dao.DataAccessException the failure of the write that
	 * failed, a {@code ConcurrencyFailureException} if others were faster; none is done
	 */
	void atomically(Consumer<LdapTransaction> writes);

	/**
	 * Deletes an entry with everything below it. Unless the server has a tree delete of
	 * its own, it is not one step: a failure leaves a part, which a second call deletes.
	 * @param key the key of the entry; not the base
	 * @return how many entries there were; 0 if the entry was not there
	 * @throws IllegalArgumentException also if the key is that of the base
	 */
	long deleteTree(CharSequence key);

	/**
	 * Deletes an entry that has no children.
	 * @param key the key of the entry
	 * @return whether it was there, which one of several callers is told
	 * @throws org.springframework.dao.DataIntegrityViolationException if it has children
	 */
	boolean delete(CharSequence key);

	/**
	 * Deletes many entries: children before parents, in whatever order they are given,
	 * and several at a time. One that fails does not keep the others from being deleted.
	 * @param keys the keys of the entries
	 * @return how many of them were there
	 * @throws IllegalArgumentException also if two keys name the same entry
	 * @throws BulkWriteException if entries could not be deleted; it has the cause of
	 * each
	 * @see LdapBulk LdapBulk, for progress and how many at a time
	 */
	default long deleteAll(Collection<? extends CharSequence> keys) {
		return LdapBulk.on(this).deleteAll(keys);
	}

	/**
	 * Finds the entries whose keys match a pattern.
	 * @param pattern the pattern, as for {@link KeyQuery#of(String)}
	 * @return the entries, in the order in which the server sent them
	 */
	default List<LdapEntry> query(String pattern) {
		return query(KeyQuery.of(pattern));
	}

	/**
	 * Finds all entries that a query means; a limit of the server is an exception. A
	 * pattern whose literal start names no entry finds nothing.
	 * @param query the query
	 * @return the entries; with a limit, an offset or a key to begin after, whatever they
	 * are, in the order of their keys, otherwise in the order in which the server sent
	 * them
	 * @throws DataRetrievalFailureException if the base of the store is missing, the
	 * store has none and the server does not say where its trees begin, or the server
	 * gave up
	 */
	List<LdapEntry> query(KeyQuery query);

	/**
	 * Reads the entries that a query means one after another, however many they are. A
	 * page of them is in memory at a time, unless the server has no pages, or the query
	 * asks for an order, by a limit, an offset or a key to begin after: then it is as
	 * with {@link #query(KeyQuery)}.
	 * <p>
	 * The stream takes a connection when its first entry is asked for, and holds it until
	 * it is closed, exhausted or failed; so close it, best by a try-with-resources
	 * statement. Calls of the store meanwhile use other connections, of which streams
	 * leave one. A failure in the middle is thrown where the entry is asked for, and says
	 * how far the stream has got. Entries that others write meanwhile may or may not be
	 * among the results. {@link Stream#parallel()} does not let several threads read it.
	 * @param query the query
	 * @return the entries, in the order of {@link #query(KeyQuery)}; what that throws is
	 * thrown when the first entry is asked for
	 */
	Stream<LdapEntry> stream(KeyQuery query);

	/**
	 * Hands over the entries that a query means one after another, as
	 * {@link #stream(KeyQuery)} reads them, and closes the stream. It waits for others
	 * that do so, however many. A decorator passes it on.
	 * @param query the query
	 * @param consumer takes the entries; what it throws ends the call
	 */
	default void forEach(KeyQuery query, Consumer<LdapEntry> consumer) {
		Assert.notNull(consumer, "The consumer is null");
		try (Stream<LdapEntry> entries = stream(query)) {
			entries.forEachOrdered(consumer);
		}
	}

	/**
	 * Lists the entries right below an entry, without reading attributes.
	 * @param key the key of the entry; {@code /} for the base
	 * @return the keys of its children, in the order in which the server sent them
	 * @throws DataRetrievalFailureException if there is no such entry
	 */
	default List<LdapKey> children(CharSequence key) {
		return keys(KeyQuery.childrenOf(key));
	}

	/**
	 * Finds the keys that a query means, without reading attributes.
	 * @param query the query
	 * @return the keys, in the order of {@link #query(KeyQuery)}
	 * @throws DataRetrievalFailureException as by {@link #query(KeyQuery)}
	 */
	List<LdapKey> keys(KeyQuery query);

	/**
	 * Counts the entries that a query means, without reading attributes: as many as
	 * {@link #query(KeyQuery)} would return, with a limit, an offset and a key to begin
	 * after.
	 * @param query the query
	 * @return their number
	 * @throws DataRetrievalFailureException as by {@link #query(KeyQuery)}
	 */
	long count(KeyQuery query);

}
