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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.github.ldapkv.server.ServerCapabilities.Feature;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same writes, one after another, give the same and leave the same inside and outside
 * of a transaction.
 */
class SameSequenceTests {

	private static final Map<String, Object> PERSON = Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x");

	private static final byte[] PHOTO = { (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 1 };

	private static final byte[] OTHER_PHOTO = { (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 2 };

	private static final Map<String, BiFunction<LdapKeyValueTemplate, LdapKey, Object>> WRITES = writes();

	private static final Result FAILED = new Result(List.of("failed"), Optional.empty());

	private static Map<String, BiFunction<LdapKeyValueTemplate, LdapKey, Object>> writes() {
		Map<String, BiFunction<LdapKeyValueTemplate, LdapKey, Object>> writes = new LinkedHashMap<>();
		writes.put("put", (store, key) -> put(store, key, with(Map.of("title", "put", "mail", "a@test.org"))));
		writes.put("put without classes",
				(store, key) -> put(store, spelled(key), Map.of("title", "put", "description", List.of("c", "d"))));
		writes.put("put by another name", (store, key) -> put(store, key, Map.of("surname", "put")));
		writes.put("put nothing", (store, key) -> put(store, key, Map.of()));
		writes.put("put what is refused", (store, key) -> put(store, key, Map.of("noSuchAttribute", "x")));
		writes.put("putIfAbsent", (store, key) -> store.putIfAbsent(key, with(Map.of("title", "absent"))));
		writes.put("putIfAbsent without classes", (store, key) -> store.putIfAbsent(key, Map.of("title", "absent")));
		writes.put("replace", (store, key) -> replace(store, spelled(key), with(Map.of("title", "replaced"))));
		writes.put("replace without classes",
				(store, key) -> replace(store, key, Map.of("cn", "y", "sn", "x", "description", List.of("b", "A"))));
		writes.put("patch nothing", (store, key) -> patch(store, key, new LdapPatch()));
		writes.put("patch several values",
				(store, key) -> patch(store, key,
						new LdapPatch().add("description", "c", "B")
							.remove("description", "A", "none")
							.set("title", "patched")));
		writes.put("patch one value", (store, key) -> patch(store, spelled(key),
				new LdapPatch().remove("employeeNumber", "1").add("displayName", "x").unset("title")));
		writes.put("patch a photo", (store, key) -> patch(store, key,
				new LdapPatch().remove("jpegPhoto", (Object) PHOTO).add("jpegPhoto", (Object) OTHER_PHOTO)));
		writes.put("delete", LdapKeyValueTemplate::delete);
		writes.put("put by number",
				(store, key) -> put(store, numbered(key), with(Map.of("title", "numbered", "mail", "c@test.org"))));
		writes.put("putIfAbsent by number", (store, key) -> store.putIfAbsent(numbered(key), PERSON));
		writes.put("replace by number",
				(store, key) -> replace(store, numbered(key), with(Map.of("title", "replaced", "street", "x"))));
		writes.put("patch by number",
				(store, key) -> patch(store, numbered(key), new LdapPatch().add("description", "d").unset("title")));
		writes.put("delete by number", (store, key) -> store.delete(numbered(key)));
		return writes;
	}

	private static Object put(LdapKeyValueTemplate store, CharSequence key, Map<String, ?> value) {
		store.put(key, value);
		return "done";
	}

	private static Object replace(LdapKeyValueTemplate store, CharSequence key, Map<String, ?> value) {
		store.replace(key, value);
		return "done";
	}

	private static Object patch(LdapKeyValueTemplate store, CharSequence key, LdapPatch patch) {
		store.patch(key, (p) -> p.changes().addAll(patch.changes()));
		return "done";
	}

	private static Map<String, Object> with(Map<String, ?> more) {
		Map<String, Object> value = new LinkedHashMap<>(PERSON);
		value.putAll(more);
		return value;
	}

	private static CharSequence spelled(LdapKey key) {
		return key.toString().replace("uid=", "UID=").replace("jdoe", "JDOE");
	}

	private static CharSequence numbered(LdapKey key) {
		return key.toString().replace("uid=", "0.9.2342.19200300.100.1.1=");
	}

	@Test
	void eachPairOfWritesMeansTheSameOnTheEmbeddedDirectory() {
		pairs(EmbeddedDirectory.shared(), true);
		pairs(EmbeddedDirectory.shared(), false);
	}

	@Test
	void eachPairOfWritesMeansTheSameOnOpenLdap() {
		pairs(OpenLdapContainer.shared(), true);
	}

	@Test
	void longerSequencesMeanTheSame() {
		compareRandom(EmbeddedDirectory.shared(), true, 300);
		compareRandom(OpenLdapContainer.shared(), true, 100);
		compareRandom(OpenLdapContainer.shared(), false, 100);
	}

	private static void pairs(TestDirectory directory, boolean permissive) {
		try (Runs runs = new Runs(directory, permissive)) {
			for (String first : WRITES.keySet()) {
				for (String second : WRITES.keySet()) {
					runs.compare(List.of(first, second));
				}
			}
		}
	}

	private static void compareRandom(TestDirectory directory, boolean permissive, int count) {
		Random random = new Random(1);
		List<String> names = List.copyOf(WRITES.keySet());
		try (Runs runs = new Runs(directory, permissive)) {
			for (int i = 0; i < count; i++) {
				List<String> sequence = new ArrayList<>();
				for (int length = 3 + random.nextInt(3); length > 0; length--) {
					sequence.add(names.get(random.nextInt(names.size())));
				}
				runs.compare(sequence);
			}
		}
	}

	/**
	 * What a sequence gave, and what it left.
	 *
	 * @param given what each write returned
	 * @param left the entry, if it is there
	 */
	private record Result(List<?> given, Optional<LdapValue> left) {

	}

	private static final class Runs implements AutoCloseable {

		private final LdapKeyValueTemplate store;

		private final TransactionTemplate transaction;

		private final LdapKey key;

		Runs(TestDirectory directory, boolean permissive) {
			this.store = LdapKeyValueTemplate.builder(directory.pool().build())
				.serverCapabilities((server) -> permissive ? server : server.without(Feature.PERMISSIVE_MODIFY))
				.build();
			this.transaction = new TransactionTemplate(new LdapKeyValueTransactionManager(this.store));
			LdapKey area = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "sequences");
			this.key = area.child("uid", "jdoe");
			this.store.put(area, Map.of("objectClass", "organizationalUnit"));
			// OpenLDAP cannot delete the last entry below another one in a transaction.
			this.store.put(area.child("uid", "another"), PERSON);
		}

		void compare(List<String> sequence) {
			for (boolean there : new boolean[] { false, true }) {
				Result outside = run(there, () -> write(sequence));
				Result inside = run(there, () -> this.transaction.execute((status) -> write(sequence)));
				assertThat(inside).as("%s, there: %s", sequence, there).isEqualTo(outside);
			}
		}

		private List<?> write(List<String> sequence) {
			return sequence.stream().map((name) -> WRITES.get(name).apply(this.store, this.key)).toList();
		}

		private Result run(boolean there, Supplier<List<?>> writes) {
			this.store.delete(this.key);
			if (there) {
				this.store.put(this.key, with(Map.of("title", "before", "description", List.of("a", "b"),
						"employeeNumber", 1, "jpegPhoto", PHOTO, "mail", "b@test.org")));
			}
			Object given = Comparison.attempt(writes::get);
			// Of several writes that fail another one may be found first.
			return (given instanceof List<?> results) ? new Result(results, this.store.get(this.key)) : FAILED;
		}

		@Override
		public void close() {
			this.store.deleteTree(this.key.parent());
			this.store.close();
		}

	}

}
