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

package io.github.ldapkv.sample;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapBulk;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.Version;
import io.github.ldapkv.watch.LdapWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.ldap.support.LdapEncoder;
import org.springframework.stereotype.Service;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the README, word for word.
 */
class ReadmeTests {

	private static final Logger logger = LoggerFactory.getLogger(ReadmeTests.class);

	@Test
	void everyExampleIsHere() {
		Document.of("README.md").assertExamplesAreIn(9, ReadmeTests.class);
	}

	@Test
	void tenLines() {
		try (ConfigurableApplicationContext context = start()) {
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			store.put("/dc=org/dc=test", Map.of("dc", "test", "o", "My organization", "objectClass",
					List.of("top", "dcObject", "organization")));
			store.put("/dc=org/dc=test/ou=People", Map.of("objectClass", "organizationalUnit"));
			store.put("/dc=org/dc=test/ou=People/uid=jdoe",
					Map.of("objectClass", "inetOrgPerson", "cn", "John Doe", "sn", "Doe"));

			LdapValue john = store.getRequired("/dc=org/dc=test/ou=People/uid=jdoe");
			String name = john.text("cn").orElseThrow();
			store.put("uid=jdoe,ou=People,dc=test,dc=org", Map.of("mail", List.of("john@test.org", "jdoe@test.org")));
			List<LdapEntry> people = store.query("/dc=org/dc=test/ou=People/uid=j*");
			boolean deleted = store.delete("/dc=org/dc=test/ou=People/uid=jdoe");

			assertThat(name).isEqualTo("John Doe");
			assertThat(people).singleElement()
				.satisfies((person) -> assertThat(person.value().texts("mail")).hasSize(2));
			assertThat(deleted).isTrue();
		}
	}

	@Test
	void aServiceWithABase() {
		try (ConfigurableApplicationContext context = start("--spring.ldap.base=dc=test,dc=org")) {
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			fill(store);
			People people = context.getBean(People.class);
			assertThat(people.mailOf("jdoe")).contains("john@test.org");
			assertThat(people.mailOf("none")).isEmpty();
			people.rename("jdoe", "Johnny");
			assertThat(store.getRequired("/ou=People/uid=jdoe").text("cn")).contains("Johnny");
		}
	}

	@Test
	void watch() {
		try (ConfigurableApplicationContext context = start("--spring.ldap.base=dc=test,dc=org")) {
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			fill(store);
			Map<LdapKey, LdapValue> groups = new ConcurrentHashMap<>();
			store.put("/ou=Groups", Map.of("objectClass", "organizationalUnit"));
			store.put("/ou=Groups/cn=a", Map.of("objectClass", "groupOfNames", "member", "uid=jdoe"));
			store.put("/ou=Groups/cn=b", Map.of("objectClass", "groupOfNames", "member", "uid=jdoe"));

			LdapWatch watch = LdapWatch.on(store).start(KeyQuery.of("/ou=Groups/*"), (change) -> {
				switch (change.kind()) {
					case CREATED, CHANGED -> groups.put(change.key(), change.entry().orElseThrow().value());
					case MOVED -> {
						groups.remove(change.from());
						groups.put(change.key(), change.entry().orElseThrow().value());
					}
					case DELETED -> groups.remove(change.key());
					case CAUGHT_UP -> logger.info("{} groups", groups.size());
				}
			});

			try (watch) {
				assertThat(watch.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
				assertThat(groups).hasSize(2);
				store.move("/ou=Groups/cn=a", "/ou=Groups/cn=c");
				store.delete("/ou=Groups/cn=b");
				assertThat(watch.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
				assertThat(groups).containsOnlyKeys(LdapKey.of("/ou=Groups/cn=c"));
			}
		}
	}

	@Test
	void values() {
		try (ConfigurableApplicationContext context = start("--spring.ldap.base=dc=test,dc=org")) {
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			fill(store);
			byte[] photo = { 1, 0, -1 };

			// @formatter:off
			store.put("/ou=People/uid=jdoe", LdapValue.builder()
					.set("mail", "john@test.org", "jdoe@test.org")
					.set("employeeNumber", 42)
					.set("jpegPhoto", photo)
					.set("description;lang-en", "Plays the piano")
					.set("title")
					.build());
			// @formatter:on

			LdapValue value = store.getRequired("/ou=People/uid=jdoe");
			assertThat(value.texts("mail")).hasSize(2);
			assertThat(value.text("employeeNumber")).contains("42");
			assertThat(value.bytes("jpegPhoto")).hasValue(photo);
			assertThat(value.text("description;lang-en")).contains("Plays the piano");
			assertThat(value.has("title")).isFalse();
		}
	}

	@Test
	void queries() {
		try (ConfigurableApplicationContext context = start("--spring.ldap.base=dc=test,dc=org")) {
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			fill(store);
			String mail = "*";

			store.query("/ou=People/uid=j*");
			store.query("/**/cn=admins");
			store.query("/ou={People,Staff}/*=[a-m]*");
			store.keys(KeyQuery.of("/ou=People/*").limit(20).after("/ou=People/uid=jdoe"));
			store.count(KeyQuery.of("/ou=People/**").filter("(&(objectClass=person)(!(mail=*)))"));
			store.query(KeyQuery.of("/ou=People/*").attributes("cn", "mail", "createTimestamp"));
			store.query(KeyQuery.of("/ou=People/*").filter("(mail=" + LdapEncoder.filterEncode(mail) + ")"));

			assertThat(store.query(KeyQuery.of("/ou=People/*").filter("(mail=" + LdapEncoder.filterEncode(mail) + ")")))
				.isEmpty();
			assertThat(store.query("/ou=People/uid=j*")).hasSize(2);
			assertThat(store.query("/ou={People,Staff}/*=[a-m]*")).hasSize(2);
			assertThat(store.keys(KeyQuery.of("/ou=People/*").limit(20).after("/ou=People/uid=jdoe")))
				.containsExactly(LdapKey.of("/ou=People/uid=jroe"));
			assertThat(store.count(KeyQuery.of("/ou=People/**").filter("(&(objectClass=person)(!(mail=*)))")))
				.isEqualTo(1);
			assertThat(store.query(KeyQuery.of("/ou=People/uid=jdoe").attributes("cn", "mail", "createTimestamp")))
				.singleElement()
				.satisfies((entry) -> assertThat(entry.value().names()).hasSize(3));
		}
	}

	@Test
	void streams() {
		try (ConfigurableApplicationContext context = start("--spring.ldap.base=dc=test,dc=org")) {
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			fill(store);
			List<String> mails = new ArrayList<>();

			// @formatter:off
			store.forEach(KeyQuery.of("/ou=People/*").attributes("mail"), (entry) -> mails.addAll(entry.value().texts("mail")));

			long withMail;
			try (Stream<LdapEntry> people = store.stream(KeyQuery.of("/ou=People/*"))) {
				withMail = people.filter((entry) -> entry.value().has("mail")).count();
			}
			// @formatter:on

			assertThat(withMail).isEqualTo(1);
			assertThat(mails).containsExactly("john@test.org");
		}
	}

	@Test
	void writesThatDependOnWhatWasRead() {
		try (ConfigurableApplicationContext context = start("--spring.ldap.base=dc=test,dc=org")) {
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			fill(store);
			store.put("/ou=Groups", Map.of("objectClass", "organizationalUnit"));
			store.put("/ou=Groups/cn=admins",
					Map.of("objectClass", "groupOfNames", "member", "cn=admin", "description", "x"));
			store.put("/cn=counters", Map.of("objectClass", "device", "serialNumber", 1000));

			// @formatter:off
			LdapEntry entry = store.getEntry("/ou=People/uid=jdoe").orElseThrow();
			Version next = store.ifUnchanged(entry.version()).put("/ou=People/uid=jdoe", Map.of("title", "Boss"));

			long number = store.increment("/cn=counters", "serialNumber", 1);
			store.patch("/ou=Groups/cn=admins", (p) -> p.add("member", entry.dn()).unset("description"));
			store.atomically((tx) -> {
				tx.put("/ou=People/uid=jdoe", Map.of("employeeType", "retired"));
				tx.patch("/ou=Groups/cn=admins", (p) -> p.remove("member", entry.dn()));
			});
			// @formatter:on

			assertThat(next).isNotEqualTo(entry.version());
			assertThat(number).isEqualTo(1001);
			LdapValue john = store.getRequired("/ou=People/uid=jdoe");
			assertThat(john.text("title")).contains("Boss");
			assertThat(john.text("employeeType")).contains("retired");
			assertThat(store.getRequired("/ou=Groups/cn=admins").texts("member")).containsExactly("cn=admin");
		}
	}

	@Test
	void manyEntries() {
		try (ConfigurableApplicationContext context = start("--spring.ldap.base=dc=test,dc=org")) {
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			fill(store);
			Map<String, LdapValue> people = new LinkedHashMap<>();
			for (int i = 0; i < 100; i++) {
				people.put("/ou=Staff/uid=u" + i,
						LdapValue.of(Map.of("objectClass", "inetOrgPerson", "cn", "John", "sn", "Doe")));
			}
			people.put("/ou=Staff", LdapValue.of(Map.of("objectClass", "organizationalUnit")));

			// @formatter:off
			store.putAll(people);
			LdapBulk.on(store).parallelism(4).onProgress((p) -> logger.info("{} of {}", p.done(), p.total())).putAll(people);
			long there = store.deleteAll(people.keySet());
			// @formatter:on

			assertThat(there).isEqualTo(101);
			assertThat(store.contains("/ou=Staff")).isFalse();
		}
	}

	@Test
	void ldif(@TempDir Path directory) throws IOException {
		try (ConfigurableApplicationContext context = start("--spring.ldap.base=dc=test,dc=org")) {
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			fill(store);
			Path backup = directory.resolve("backup.ldif");

			try (Writer writer = Files.newBufferedWriter(backup)) {
				LdapLdif.on(store).export("/**", writer);
			}
			try (Reader reader = Files.newBufferedReader(backup)) {
				LdapLdif.Loaded loaded = LdapLdif.on(store).load(reader);
				logger.info("{} created, {} replaced, {} skipped", loaded.created(), loaded.replaced(),
						loaded.skipped());
			}

			store.deleteTree("/ou=People");
			try (Reader reader = Files.newBufferedReader(backup)) {
				assertThat(LdapLdif.on(store).load(reader)).isEqualTo(new LdapLdif.Loaded(3, 0, 1));
			}
		}
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.ldap.embedded.base-dn=dc=test,dc=org")
			.run(arguments);
	}

	private static void fill(LdapKeyValueOperations store) {
		store.put("/", Map.of("objectClass", List.of("dcObject", "organization"), "o", "Test"));
		store.put("/ou=People", Map.of("objectClass", "organizationalUnit"));
		store.put("/ou=People/uid=jdoe",
				Map.of("objectClass", "inetOrgPerson", "cn", "John", "sn", "Doe", "mail", "john@test.org"));
		store.put("/ou=People/uid=jroe", Map.of("objectClass", "inetOrgPerson", "cn", "Jane", "sn", "Roe"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(People.class)
	static class Application {

	}

	@Service
	static class People {

		private final LdapKeyValueOperations store;

		People(LdapKeyValueOperations store) {
			this.store = store;
		}

		Optional<String> mailOf(String id) {
			return this.store.get(LdapKey.of("/ou=People/uid={id}", id)).flatMap((person) -> person.text("mail"));
		}

		void rename(String id, String name) {
			this.store.put(LdapKey.of("/ou=People/uid={id}", id), Map.of("cn", name));
		}

	}

}
