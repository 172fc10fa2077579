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
 * Writes that are done only if their entry is as it was read (compare-and-set). A server
 * with the assertion control (RFC 4528) compares and writes in one step, so of several
 * writers that have read the same version one succeeds.
 * <p>
 * Other servers compare the old values of the attributes that are written, in the same
 * step, which they can for attributes of one value only: others are refused, and so is a
 * deletion. There the store compares the version right before the write. What somebody
 * else does to other attributes within that round trip goes unnoticed and stays, and the
 * version that the write returns may be outdated already.
 * <p>
 * Every method throws {@link org.springframework.dao.OptimisticLockingFailureException}
 * if the entry has changed or is gone, and
 * {@link org.springframework.dao.InvalidDataAccessResourceUsageException}, before
 * anything is written, if the server cannot do this.
 * <p>
 * No argument may be {@code null}: it is refused by an {@link IllegalArgumentException}.
 *
 * @see LdapKeyValueOperations#ifUnchanged(Version)
 */
public interface ConditionalOperations {

	/**
	 * Changes attributes of the entry.
	 * @param key the key of the entry
	 * @param value the attributes
	 * @return the entry's new version
	 * @see LdapKeyValueOperations#put(CharSequence, LdapValue)
	 */
	Version put(CharSequence key, LdapValue value);

	/**
	 * Changes attributes of the entry.
	 * @param key the key of the entry
	 * @param attributes the attributes, as for {@link LdapValue#of(Map)}
	 * @return the entry's new version
	 */
	default Version put(CharSequence key, Map<String, ?> attributes) {
		return put(key, LdapValue.of(attributes));
	}

	/**
	 * Makes the entry exactly the value.
	 * @param key the key of the entry
	 * @param value the attributes
	 * @return the entry's new version
	 * @see LdapKeyValueOperations#replace(CharSequence, LdapValue)
	 */
	Version replace(CharSequence key, LdapValue value);

	/**
	 * Makes the entry exactly the value.
	 * @param key the key of the entry
	 * @param attributes the attributes, as for {@link LdapValue#of(Map)}
	 * @return the entry's new version
	 */
	default Version replace(CharSequence key, Map<String, ?> attributes) {
		return replace(key, LdapValue.of(attributes));
	}

	/**
	 * Changes single attributes and values of the entry.
	 * @param key the key of the entry
	 * @param changes makes the changes
	 * @return the entry's new version
	 * @see LdapKeyValueOperations#patch(CharSequence, Consumer)
	 */
	Version patch(CharSequence key, Consumer<LdapPatch> changes);

	/**
	 * Deletes the entry, which has no children.
	 * @param key the key of the entry
	 */
	void delete(CharSequence key);

}
