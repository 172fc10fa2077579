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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.Version;
import io.github.ldapkv.watch.LdapChange;
import io.github.ldapkv.watch.LdapWatch;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * A tour of the store. It writes to {@code ou=Quickstart} below {@code dc=test,dc=org}
 * only, and may be run again.
 */
@Component
class Quickstart implements ApplicationRunner {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String ORG = "/dc=org/dc=test";

	private static final String HOME = ORG + "/ou=Quickstart";

	private static final String PEOPLE = HOME + "/ou=People";

	private static final String ADMINS = HOME + "/ou=Groups/cn=admins";

	private final LdapKeyValueOperations store;

	private final Transcript transcript = new Transcript();

	Quickstart(LdapKeyValueOperations store) {
		this.store = store;
	}

	@Override
	public void run(ApplicationArguments arguments) throws Exception {
		this.store.deleteTree(HOME);
		unit();
		peopleAndGroups();
		queries();
		changes();
		watching();
		mistakes();
		this.store.deleteTree(HOME);
	}

	private void unit() throws Exception {
		this.transcript.chapter("A key is a path, a value the attributes of an entry.");
		// An embedded directory is empty at first.
		this.store.putIfAbsent(ORG,
				Map.of("o", "My organization", "objectClass", List.of("top", "dcObject", "organization")));
		this.transcript.show(
				"store.put(\"" + HOME
						+ "\", Map.of(\"objectClass\", \"organizationalUnit\", \"description\", \"A tour\"))",
				() -> this.store.put(HOME, Map.of("objectClass", "organizationalUnit", "description", "A tour")));
		this.transcript.show("store.get(\"" + HOME + "\")", () -> this.store.get(HOME));
		this.transcript.show("store.put(\"" + HOME + "\", Map.of(\"l\", \"Here\"))   // the rest stays",
				() -> this.store.put(HOME, Map.of("l", "Here")));
		this.transcript.show(
				"store.getRequired(\"ou=Quickstart,dc=test,dc=org\").text(\"description\")   // a DN works too",
				() -> this.store.getRequired("ou=Quickstart,dc=test,dc=org").text("description"));
	}

	private void peopleAndGroups() throws Exception {
		this.transcript.chapter("People and groups.");
		this.store.putIfAbsent(PEOPLE, Map.of("objectClass", "organizationalUnit"));
		this.store.putIfAbsent(HOME + "/ou=Groups", Map.of("objectClass", "organizationalUnit"));
		byte[] photo = { (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0 };
		this.transcript.show(
				"store.put(\".../ou=People/uid=jdoe\", Map.of(\"cn\", \"John Doe\", \"jpegPhoto\", bytes, ...))",
				() -> this.store.put(PEOPLE + "/uid=jdoe", Map.of("objectClass", "inetOrgPerson", "cn", "John Doe",
						"sn", "Doe", "mail", List.of("john@test.org", "jdoe@test.org"), "jpegPhoto", photo)));
		this.store.put(PEOPLE + "/uid=jroe", Map.of("objectClass", "inetOrgPerson", "cn", "Jane Roe", "sn", "Roe"));
		this.store.put(PEOPLE + "/uid=asmith",
				Map.of("objectClass", "inetOrgPerson", "cn", "Ann Smith", "sn", "Smith"));
		this.transcript.show("store.getRequired(\".../ou=People/uid=jdoe\")",
				() -> this.store.getRequired(PEOPLE + "/uid=jdoe"));
		this.transcript.show("store.put(\".../uid=jdoe\", Map.of(\"mail\", List.of()))   // an empty list removes",
				() -> this.store.put(PEOPLE + "/uid=jdoe", Map.of("mail", List.of())));
		this.transcript.show("store.getRequired(\".../uid=jdoe\").has(\"mail\")",
				() -> this.store.getRequired(PEOPLE + "/uid=jdoe").has("mail"));
		String member = LdapKey.of(PEOPLE + "/uid={id}", "jdoe").dn();
		this.store.put(ADMINS, Map.of("objectClass", "groupOfNames", "member", member));
		this.transcript.show(
				"store.getAll(store.getRequired(\".../cn=admins\").texts(\"member\"))   // member DNs are keys",
				() -> this.store.getAll(this.store.getRequired(ADMINS).texts("member")).keySet());
	}

	private void queries() throws Exception {
		this.transcript.chapter("Patterns find entries.");
		this.transcript.show("store.keys(KeyQuery.of(\".../ou=People/uid=j*\"))",
				() -> this.store.keys(KeyQuery.of(PEOPLE + "/uid=j*")));
		this.transcript.show("store.query(KeyQuery.of(\".../**/{uid=[a-i]*,cn=*}\").attributes(\"cn\"))",
				() -> this.store.query(KeyQuery.of(HOME + "/**/{uid=[a-i]*,cn=*}").attributes("cn")));
		this.transcript.show("store.count(KeyQuery.of(\".../**\").filter(\"(objectClass=person)\"))",
				() -> this.store.count(KeyQuery.of(HOME + "/**").filter("(objectClass=person)")));
	}

	private void changes() throws Exception {
		this.transcript.chapter("Changes that do not get in each other's way.");
		String john = PEOPLE + "/uid=jdoe";
		this.transcript.show("store.patch(\".../cn=admins\", (p) -> p.add(\"member\", dn))   // reads nothing",
				() -> this.store.patch(ADMINS, (p) -> p.add("member", LdapKey.of(PEOPLE + "/uid=jroe").dn())));
		this.store.put(john, Map.of("employeeNumber", 41));
		this.transcript.show("store.increment(\".../uid=jdoe\", \"employeeNumber\", 1)",
				() -> this.store.increment(john, "employeeNumber", 1));
		Version version = this.store.getEntry(john).orElseThrow().version();
		this.transcript.show(
				"store.ifUnchanged(version).put(\".../uid=jdoe\", Map.of(\"title\", \"Boss\"))   // the next version",
				() -> this.store.ifUnchanged(version).put(john, Map.of("title", "Boss")));
	}

	private void watching() throws Exception {
		this.transcript.chapter("A watch tells what changes, whoever has changed it.");
		List<LdapChange> told = new CopyOnWriteArrayList<>();
		try (LdapWatch watch = LdapWatch.on(this.store).existing(false).start(KeyQuery.of(PEOPLE + "/*"), told::add)) {
			watch.awaitCaughtUp(PATIENCE);
			this.store.put(PEOPLE + "/uid=asmith", Map.of("title", "Boss"));
			this.store.move(PEOPLE + "/uid=jroe", PEOPLE + "/uid=jdoe-roe");
			this.transcript.show("LdapWatch.on(store).start(KeyQuery.of(\".../ou=People/*\"), (change) -> ...)", () -> {
				watch.awaitCaughtUp(PATIENCE);
				return told;
			});
		}
	}

	private void mistakes() throws Exception {
		this.transcript.chapter("Mistakes are explained.");
		this.transcript.show("store.putIfAbsent(\".../ou=Staff/uid=jdoe\", ...)", () -> this.store
			.putIfAbsent(HOME + "/ou=Staff/uid=jdoe", Map.of("objectClass", "inetOrgPerson", "cn", "J", "sn", "D")));
		this.transcript.show(
				"store.putIfAbsent(\".../uid=new\", Map.of(\"objectClass\", \"inetOrgPerson\", \"cn\", \"N\"))",
				() -> this.store.putIfAbsent(PEOPLE + "/uid=new", Map.of("objectClass", "inetOrgPerson", "cn", "N")));
		this.transcript.show("store.delete(\".../ou=People\")", () -> this.store.delete(PEOPLE));
		this.transcript.show("store.get(\"ou=People/uid=jdoe\")", () -> this.store.get("ou=People/uid=jdoe"));
	}

}
