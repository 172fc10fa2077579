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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.ldapkv.contract.StoreTest;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The requests of every write, as {@code docs/writes.md} has them and as the server saw
 * them.
 */
class WriteCostTests extends StoreTest {

	private static final Pattern ROW = Pattern.compile("^\\| (.+?) \\|.*\\| ([A-Z ]+) \\|$");

	private static final LdapKeyValueTemplate STORE = OpenLdapContainer.shared().store();

	private final Map<String, Runnable> verbs = new LinkedHashMap<>();

	@Override
	public TestDirectory directory() {
		return OpenLdapContainer.shared();
	}

	@Override
	public LdapKeyValueOperations store() {
		return STORE;
	}

	@Override
	protected LdapKey suffix() {
		return LdapKey.of("/dc=org/dc=test");
	}

	@Test
	void everyWriteCostsWhatTheDocumentSays() throws IOException {
		LdapKey key = putPerson("uid=jdoe");
		putUnit("ou=tree");
		putUnit("ou=tree/ou=one");
		putUnit("ou=tree/ou=two");
		this.verbs.put("`put`, the entry is there", () -> store().put(key, Map.of("title", "x")));
		this.verbs.put("`put` with object classes, the entry is there", () -> store().put(key, person()));
		this.verbs.put("`put`, it is not", () -> store().put(at("uid=new"), person()));
		this.verbs.put("`putIfAbsent`", () -> store().putIfAbsent(at("uid=newer"), person()));
		this.verbs.put("`replace`", () -> store().replace(key, person()));
		this.verbs.put("`replace`, nothing differs", () -> store().replace(key, person()));
		this.verbs.put("`patch`", () -> store().patch(key, (p) -> p.add("cn", "Jo").remove("cn", "John Doe")));
		this.verbs.put("`patch` of an attribute without an equality rule",
				() -> store().patch(key, (p) -> p.add("jpegPhoto", new byte[] { 1 })));
		this.verbs.put("`increment`", () -> store().increment(key, "employeeNumber", 1));
		this.verbs.put("`delete`", () -> store().delete(at("uid=new")));
		this.verbs.put("`move`", () -> store().move(at("uid=newer"), at("uid=moved")));
		this.verbs.put("`createParents`, two are missing", () -> store().createParents(at("ou=a/ou=b/uid=x")));
		this.verbs.put("`deleteTree` of three entries", () -> store().deleteTree(at("ou=tree")));
		this.verbs.put("`atomically` with two puts", () -> store().atomically((tx) -> {
			tx.put(key, Map.of("title", "y"));
			tx.put(at("uid=moved"), Map.of("title", "y"));
		}));
		Map<String, String> documented = documented();
		assertThat(documented).hasSizeGreaterThan(10);
		documented.forEach((verb, requests) -> {
			store().put(key, person());
			assertThat(requests(verb, key)).as(verb).isEqualTo(requests);
		});
	}

	private String requests(String verb, LdapKey key) {
		Runnable code = this.verbs.get(verb);
		if (verb.startsWith("`ifUnchanged")) {
			Version version = store().getEntry(key).orElseThrow().version();
			code = () -> conditional(verb, store().ifUnchanged(version), key);
		}
		assertThat(code).as(verb).isNotNull();
		return directory().requestsDuring(code)
			.stream()
			.map((request) -> request.split(" ")[0])
			.collect(Collectors.joining(" "));
	}

	private void conditional(String verb, ConditionalOperations write, LdapKey key) {
		switch (verb) {
			case "`ifUnchanged(version).put`" -> write.put(key, Map.of("title", "z"));
			case "`ifUnchanged(version).replace`" -> write.replace(key, person());
			case "`ifUnchanged(version).patch`" -> write.patch(key, (p) -> p.add("mail", "c@test.org"));
			case "`ifUnchanged(version).delete`" -> write.delete(key);
			default -> throw new IllegalStateException(verb);
		}
	}

	private static Map<String, String> documented() throws IOException {
		Map<String, String> rows = new LinkedHashMap<>();
		for (String line : Files.readAllLines(Path.of("../docs/writes.md"))) {
			Matcher matcher = ROW.matcher(line);
			if (matcher.matches()) {
				rows.put(matcher.group(1), matcher.group(2));
			}
		}
		return rows;
	}

}
