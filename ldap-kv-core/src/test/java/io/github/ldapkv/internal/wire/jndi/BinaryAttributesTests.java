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

package io.github.ldapkv.internal.wire.jndi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The attributes that came as mangled text are kept, but not each for ever.
 */
class BinaryAttributesTests {

	private static final int MANY = 210;

	private static final byte[] PHOTO = { (byte) 0xff, (byte) 0xd8, 0, (byte) 0xfe };

	private final BinaryAttributes attributes = new BinaryAttributes();

	@Test
	void theOldestOfManyGoesAndIsFoundAgain() {
		for (int i = 0; i < MANY; i++) {
			assertThat(add(List.of(description(i)))).endsWith(" " + description(i));
		}
		assertThat(names()).hasSize(200).contains(description(MANY - 1)).doesNotContain(description(0));
		add(List.of(description(0)));
		assertThat(names()).hasSize(200).contains(description(0), description(MANY - 1));
	}

	@Test
	void aCallThatNeedsMoreIsGivenThemAll() {
		List<String> descriptions = new ArrayList<>();
		for (int i = 0; i < MANY; i++) {
			descriptions.add(description(i));
		}
		assertThat(found(add(descriptions))).containsExactlyInAnyOrderElementsOf(descriptions);
		assertThat(names()).hasSize(200);
	}

	@Test
	void manyDescriptionsAreReadAsBytesAllTheSame() {
		try (EmbeddedDirectory directory = new EmbeddedDirectory();
				LdapConnectionPool pool = directory.pool().maxSize(1).build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			LdapKey base = LdapKey.of("/" + TestDirectory.SUFFIX);
			LdapValue person = LdapValue.of(Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x"));
			LdapValue.Builder all = person.toBuilder();
			List<LdapKey> keys = new ArrayList<>();
			for (int i = 0; i < MANY; i++) {
				all.set(description(i), PHOTO);
				keys.add(base.child("uid", "u" + i));
				store.put(keys.get(i), person.toBuilder().set(description(i), PHOTO).build());
			}
			LdapKey key = base.child("uid", "all");
			store.put(key, all.build());
			for (int turn = 0; turn < 2; turn++) {
				assertThat(store.getRequired(key).bytes(description(0))).hasValue(PHOTO);
				for (LdapKey one : List.of(keys.get(0), keys.get(MANY - 1))) {
					assertPhoto(store.getRequired(one));
				}
				store.getAll(keys.subList(0, 20)).values().forEach(BinaryAttributesTests::assertPhoto);
				assertThat(store.query(base + "/uid=u*")).hasSize(MANY)
					.allSatisfy((entry) -> assertPhoto(entry.value()));
			}
		}
	}

	private static void assertPhoto(LdapValue value) {
		String name = value.names().stream().filter((each) -> each.startsWith("jpeg")).findFirst().orElseThrow();
		assertThat(value.bytes(name)).hasValue(PHOTO);
	}

	private static List<String> found(String names) {
		return Stream.of(names.split(" ")).filter((name) -> name.contains(";")).toList();
	}

	private String add(List<String> descriptions) {
		return this.attributes.add(DirectorySchema.hidden(), descriptions);
	}

	private List<String> names() {
		return found(this.attributes.names(DirectorySchema.hidden()));
	}

	private static String description(int number) {
		return "jpegphoto;x-size-" + number;
	}

}
