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

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many requests each verb sends to OpenLDAP. The pool has one connection, so no verb
 * takes a second one while it has the first.
 */
class RoundTripTests {

	private static final OpenLdapContainer SERVER = OpenLdapContainer.shared();

	private static final LdapKeyValueTemplate STORE = new LdapKeyValueTemplate(SERVER.pool().maxSize(1).build());

	private static final LdapKey AREA = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "round-trips");

	private static final LdapKey KEY = AREA.child("uid", "jdoe");

	private static final LdapKey OTHER = AREA.child("uid", "other");

	private static final Map<String, Object> PERSON = Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x",
			"employeeNumber", "1");

	@BeforeEach
	void fill() {
		if (STORE.contains(AREA)) {
			STORE.deleteTree(AREA);
		}
		STORE.put(AREA, Map.of("objectClass", "organizationalUnit"));
		STORE.put(KEY, PERSON);
	}

	@AfterAll
	static void close() {
		STORE.close();
	}

	@Test
	void readsOfOneEntry() {
		assertRequests(() -> STORE.get(KEY), "SEARCH");
		assertRequests(() -> STORE.get(OTHER), "SEARCH");
		assertRequests(() -> STORE.getRequired(KEY), "SEARCH");
		assertRequests(() -> STORE.getEntry(KEY), "SEARCH * entryCSN");
		assertRequests(() -> STORE.contains(KEY), "SEARCH 1.1");
	}

	@Test
	void readsOfManyEntries() {
		List<LdapKey> hundred = Stream.concat(Stream.of(KEY, AREA), IntStream.range(0, 98).mapToObj((i) -> {
			LdapKey key = AREA.child("uid", "p" + i);
			STORE.put(key, PERSON);
			return key;
		})).toList();
		KeyQuery query = KeyQuery.of(AREA + "/*");
		assertRequests(() -> assertThat(STORE.getAll(hundred)).hasSize(100), "SEARCH");
		assertRequests(() -> assertThat(STORE.getAll(List.of(KEY))).hasSize(1), "SEARCH");
		assertRequests(() -> assertThat(STORE.getAll(List.of(KEY, OTHER))).hasSize(1), "SEARCH", "SEARCH");
		assertRequests(() -> STORE.query(query), "SEARCH * entryCSN");
		assertRequests(() -> STORE.query(query.attributes("cn")), "SEARCH cn entryCSN");
		assertRequests(() -> assertThat(STORE.query(query.limit(5).offset(5).after(KEY))).hasSize(5), "SEARCH 1.1",
				"SEARCH * entryCSN");
		assertRequests(() -> STORE.query(query.limit(5).attributes("cn")), "SEARCH 1.1", "SEARCH cn entryCSN");
		assertRequests(() -> STORE.query(query.limit(5).attributes(new String[0])), "SEARCH entryCSN");
		assertRequests(() -> STORE.query(query.offset(5)), "SEARCH * entryCSN");
		assertRequests(() -> STORE.query(query.limit(0)), "SEARCH 1.1");
		assertRequests(() -> STORE.forEach(query, (entry) -> {
		}), "SEARCH * entryCSN");
		assertRequests(() -> STORE.keys(query), "SEARCH 1.1");
		assertRequests(() -> STORE.children(AREA), "SEARCH 1.1");
		assertRequests(() -> STORE.count(query), "SEARCH 1.1");
	}

	@Test
	void writesOfOneEntry() {
		Version version = STORE.getEntry(KEY).orElseThrow().version();
		assertRequests(() -> STORE.ifUnchanged(version).put(KEY, Map.of("sn", "1")), "MODIFY");
		assertRequests(() -> STORE.put(KEY, Map.of("sn", "2")), "MODIFY");
		assertRequests(() -> STORE.patch(KEY, (patch) -> patch.set("sn", "3")), "MODIFY");
		assertRequests(() -> STORE.increment(KEY, "employeeNumber", 1), "SEARCH employeeNumber entryCSN", "MODIFY");
		assertRequests(() -> STORE.replace(KEY, Map.of("cn", "x", "sn", "4")), "SEARCH * entryCSN", "MODIFY");
		assertRequests(() -> STORE.putIfAbsent(KEY, PERSON), "ADD");
		assertRequests(() -> STORE.putIfAbsent(OTHER, PERSON), "ADD");
		assertRequests(() -> STORE.delete(OTHER), "DELETE");
		assertRequests(() -> STORE.delete(OTHER), "DELETE");
		assertRequests(() -> STORE.put(OTHER, PERSON), "MODIFY", "ADD");
		assertRequests(() -> STORE.delete(OTHER), "DELETE");
		assertRequests(() -> STORE.move(KEY, OTHER), "MODDN");
	}

	@Test
	void replacementsByOtherSpellingsOfAName() {
		Map<String, Object> person = Map.of("cn", "x", "sn", "4");
		STORE.replace(KEY, person);
		for (String name : List.of("uid=JDOE", "UID= jDoe", "userid=jdoe", "0.9.2342.19200300.100.1.1=Jdoe")) {
			assertRequests(() -> STORE.replace(AREA + "/" + name, person), "SEARCH * entryCSN");
		}
		assertThat(STORE.getRequired(KEY).texts("uid")).containsExactly("jdoe");
		STORE.replace(AREA + "/userid=JDOE", Map.of("cn", "x", "sn", "5"));
		assertThat(STORE.getRequired(KEY).texts("uid")).containsExactly("jdoe");
		STORE.patch(KEY, (patch) -> patch.add("uid", "john"));
		STORE.replace(AREA + "/uid=JDOE", Map.of("cn", "x", "sn", "5"));
		assertThat(STORE.getRequired(KEY).texts("uid")).containsExactly("jdoe");
	}

	private static void assertRequests(Runnable code, String... requests) {
		assertThat(SERVER.requestsDuring(code)).containsExactly(requests);
	}

}
