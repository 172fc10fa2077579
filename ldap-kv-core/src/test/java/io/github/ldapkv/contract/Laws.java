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

package io.github.ldapkv.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.testserver.TestDirectory;

import org.springframework.dao.ConcurrencyFailureException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tests of a law need: a store, a directory behind it, and a part of the tree
 * that no other test touches.
 */
public interface Laws {

	/**
	 * The directory behind the store.
	 * @return the directory
	 */
	TestDirectory directory();

	/**
	 * The store to test.
	 * @return the store
	 */
	LdapKeyValueOperations store();

	/**
	 * The entry that this test alone writes below.
	 * @return its key, in the form in which the store gives it back
	 */
	LdapKey area();

	/**
	 * Writes something that others write at the same time. It may be starved, and says
	 * so.
	 * @param write what to do
	 */
	default void contend(Runnable write) {
		try {
			write.run();
		}
		catch (ConcurrencyFailureException ex) {
			assertThat(ex).hasMessageContaining("Try again");
		}
	}

	/**
	 * A character of the supplementary planes, if the server takes any.
	 * @return the text
	 */
	default String emoji() {
		return "\uD83D\uDE00";
	}

	/**
	 * What the server names a person by, and the tests by {@code uid}.
	 * @return the attribute type of a person's RDN
	 */
	default String id() {
		return "uid";
	}

	/**
	 * The same, as RFC 4512, section 2.5 allows to name every attribute.
	 * @return the object identifier
	 */
	default String numericId() {
		return "0.9.2342.19200300.100.1.1";
	}

	/**
	 * The number of {@code employeeNumber}.
	 * @return the object identifier
	 */
	default String numericEmployeeNumber() {
		return "2.16.840.1.113730.3.1.3";
	}

	/**
	 * An attribute of a person that may have several values of any text.
	 * @return its name
	 */
	default String several() {
		return "description";
	}

	/**
	 * An attribute of which two values that differ by case are different, if the server
	 * has one that names a person.
	 * @return its name
	 */
	default String caseExact() {
		return "labeledURI";
	}

	/**
	 * Says it in the server's own types.
	 * @param path a path, a pattern or a part of a message
	 * @return the same with the type that persons are named by
	 */
	default String named(String path) {
		return path.replaceAll("uid( ?)=", id() + "$1=").replace("UID=", id().toUpperCase(Locale.ROOT) + "=");
	}

	/**
	 * A key as the server spells it.
	 * @param key the key as it was given when the entries were created
	 * @return the text of the key that comes back
	 */
	default String spelled(String key) {
		return key;
	}

	/**
	 * A key in the area.
	 * @param path the path below the area
	 * @return the key
	 */
	default LdapKey at(String path) {
		return LdapKey.of(area() + "/" + named(path));
	}

	/**
	 * The DN of a key in the area.
	 * @param path the path below the area
	 * @return the absolute DN
	 */
	default String dn(String path) {
		String dn = at(path).dn();
		return dn.endsWith(TestDirectory.SUFFIX) ? dn : dn + "," + TestDirectory.SUFFIX;
	}

	/**
	 * Creates an organizational unit in the area.
	 * @param path the path below the area
	 * @return its key
	 */
	default LdapKey putUnit(String path) {
		LdapKey key = at(path);
		store().put(key, Map.of("objectClass", "organizationalUnit"));
		return key;
	}

	/**
	 * Creates a person in the area.
	 * @param path the path below the area
	 * @return its key
	 */
	default LdapKey putPerson(String path) {
		LdapKey key = at(path);
		store().put(key, person());
		return key;
	}

	/**
	 * The least that a person needs.
	 * @return the attributes
	 */
	default Map<String, Object> person() {
		return Map.of("objectClass", List.of("inetOrgPerson"), "cn", "John Doe", "sn", "Doe");
	}

	/**
	 * The names of the attributes that such a person has.
	 * @return the names
	 */
	default Set<String> ofAPerson() {
		Set<String> names = new LinkedHashSet<>(person().keySet());
		names.add(id());
		return names;
	}

	/**
	 * A person with more than that.
	 * @param more attributes, which also take the place of those that a person needs
	 * @return the attributes
	 */
	default Map<String, Object> personWith(Map<String, ?> more) {
		Map<String, Object> attributes = new LinkedHashMap<>(person());
		attributes.putAll(more);
		return attributes;
	}

	/**
	 * An object class that a person may have besides, and which asks for no attribute.
	 * @return its name
	 */
	default String auxiliary() {
		return "pkiUser";
	}

	/**
	 * A person's attributes, as they take the place of others.
	 * @param more attributes to add
	 * @return the attributes, but for the object classes
	 */
	default Map<String, Object> personAgain(Map<String, ?> more) {
		Map<String, Object> attributes = personWith(more);
		attributes.remove("objectClass");
		return attributes;
	}

	/**
	 * The attributes of a group.
	 * @param members the DNs of its members
	 * @return the attributes
	 */
	default Map<String, Object> group(Object... members) {
		return Map.of("objectClass", "groupOfNames", "member", List.of(members));
	}

	/**
	 * Bytes as the value of an attribute for photos.
	 * @param bytes the bytes
	 * @return the same after the beginning of a JPEG, which some servers look for
	 */
	default byte[] photo(byte... bytes) {
		byte[] photo = { (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0 };
		byte[] whole = Arrays.copyOf(photo, photo.length + bytes.length);
		System.arraycopy(bytes, 0, whole, photo.length, bytes.length);
		return whole;
	}

	/**
	 * Waits until the next write has another version, on a server whose versions are
	 * times of a millisecond.
	 */
	default void tick() {
		try {
			Thread.sleep(2);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What users have written of an entry.
	 * @param value the entry's attributes
	 * @return the same, but for those that the server has added on its own
	 */
	default LdapValue written(LdapValue value) {
		return value;
	}

	/**
	 * Reads what users have written of an entry.
	 * @param key the key of the entry
	 * @return its attributes, but for those that the server has added on its own
	 */
	default LdapValue written(LdapKey key) {
		return written(store().getRequired(key));
	}

	/**
	 * The attribute that tells entries apart whatever their names are.
	 * @return its name
	 */
	default String identity() {
		return "entryUUID";
	}

	/**
	 * What the server says of an entry's identity, which no write may change.
	 * @param path the path below the area
	 * @return the value of the attribute
	 */
	default String entryUuid(String path) {
		try (LDAPConnection connection = directory().connect()) {
			return connection.getEntry(dn(path), identity()).getAttributeValue(identity());
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Has several callers do the same at the same moment.
	 * @param callers how many
	 * @param call what each does
	 * @return what each got
	 */
	default <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(callers);
		try {
			CountDownLatch ready = new CountDownLatch(callers);
			List<Future<T>> futures = new ArrayList<>();
			for (int i = 0; i < callers; i++) {
				futures.add(executor.submit(() -> {
					ready.countDown();
					ready.await();
					return call.call();
				}));
			}
			List<T> results = new ArrayList<>();
			for (Future<T> future : futures) {
				results.add(future.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

}
