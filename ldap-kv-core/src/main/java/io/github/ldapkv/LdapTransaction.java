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

import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes that are done together, or not at all. They are done in the order given, and
 * mean what they do one after another outside of a transaction; until then nobody sees
 * anything of them, not even the caller who reads.
 * <p>
 * Every method throws {@link IllegalArgumentException} for input that is malformed, and
 * {@link IllegalStateException} once the function that was given the transaction has
 * returned. What the directory says against a write is known when all are done. A
 * transaction is not safe for use by several threads.
 * <p>
 * No argument may be {@code null}: it is refused by an {@link IllegalArgumentException}.
 *
 * @see LdapKeyValueOperations#atomically
 */
public interface LdapTransaction {

	/**
	 * Creates an entry or changes attributes of it.
	 * @param key the key of the entry
	 * @param value the attributes
	 * @see LdapKeyValueOperations#put(CharSequence, LdapValue)
	 */
	void put(CharSequence key, LdapValue value);

	/**
	 * Creates an entry or changes attributes of it.
	 * @param key the key of the entry
	 * @param attributes the attributes, as for {@link LdapValue#of(Map)}
	 */
	default void put(CharSequence key, Map<String, ?> attributes) {
		put(key, LdapValue.of(attributes));
	}

	/**
	 * Makes an entry exactly the value.
	 * @param key the key of the entry
	 * @param value the attributes
	 * @see LdapKeyValueOperations#replace(CharSequence, LdapValue)
	 */
	void replace(CharSequence key, LdapValue value);

	/**
	 * Makes an entry exactly the value.
	 * @param key the key of the entry
	 * @param attributes the attributes, as for {@link LdapValue#of(Map)}
	 */
	default void replace(CharSequence key, Map<String, ?> attributes) {
		replace(key, LdapValue.of(attributes));
	}

	/**
	 * Changes single attributes and values of an entry. To remove the old value and add
	 * the new one is no comparison, since it is no error to remove a value that is not
	 * there: use {@link #ifUnchanged}.
	 * @param key the key of the entry
	 * @param changes makes the changes
	 * @see LdapKeyValueOperations#patch
	 */
	void patch(CharSequence key, Consumer<LdapPatch> changes);

	/**
	 * Deletes an entry, which has to be there.
	 * @param key the key of the entry
	 */
	void delete(CharSequence key);

	/**
	 * Lets the transaction be done only if an entry is as it was read. The transaction
	 * has to write to the entry as well, else it is refused with an
	 * {@link IllegalArgumentException} at its end.
	 * @param key the key of the entry
	 * @param version the version that was read
	 * @throws org.springframework.dao.OptimisticLockingFailureException if the
	 * transaction depends on another version of the entry already
	 */
	void ifUnchanged(CharSequence key, Version version);

}
