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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.naming.directory.BasicAttribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.ModificationItem;
import javax.naming.directory.SearchControls;
import javax.naming.ldap.LdapName;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.ldap.NameNotFoundException;
import org.springframework.ldap.control.PagedResultsDirContextProcessor;
import org.springframework.ldap.core.AttributesMapper;
import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.DirContextAdapter;
import org.springframework.ldap.core.DirContextOperations;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.ldap.core.support.SingleContextSource;
import org.springframework.ldap.query.LdapQueryBuilder;
import org.springframework.ldap.support.LdapNameBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The examples of docs/migration.md. Each does the same twice.
 */
class MigrationTests {

	private ConfigurableApplicationContext context;

	private LdapTemplate ldapTemplate;

	private LdapKeyValueOperations store;

	@BeforeEach
	void start() {
		this.context = EmbeddedStore.start("--spring.ldap.base=dc=test,dc=org");
		this.ldapTemplate = this.context.getBean(LdapTemplate.class);
		this.store = this.context.getBean(LdapKeyValueOperations.class);
		EmbeddedStore.fill(this.store);
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void everyExampleIsHere() {
		Document.of("docs/migration.md").assertExamplesAreIn(9, MigrationTests.class);
	}

	@Test
	void lookup() {
		LdapTemplate ldapTemplate = this.ldapTemplate;
		LdapKeyValueOperations store = this.store;
		String id = "jdoe";

		// @formatter:off
		// LdapTemplate
		LdapName name = LdapNameBuilder.newInstance().add("ou", "People").add("uid", id).build();
		String mail = ldapTemplate.lookup(name, (AttributesMapper<String>) (attributes) -> (String) attributes.get("mail").get());

		// ldap-kv
		Optional<String> address = store.get(LdapKey.of("/ou=People/uid={id}", id)).flatMap((person) -> person.text("mail"));
		// @formatter:on

		assertThat(address).contains(mail);
		LdapName none = LdapNameBuilder.newInstance().add("ou", "People").add("uid", "none").build();
		assertThatExceptionOfType(NameNotFoundException.class).isThrownBy(() -> ldapTemplate.lookup(none));
		assertThat(store.get(LdapKey.of("/ou=People/uid={id}", "none"))).isEmpty();
	}

	@Test
	void search() {
		LdapTemplate ldapTemplate = this.ldapTemplate;
		LdapKeyValueOperations store = this.store;

		// @formatter:off
		// LdapTemplate
		List<String> names = ldapTemplate.search(
				LdapQueryBuilder.query().base("ou=People").where("objectClass").is("person").and("cn").like("J*"),
				(AttributesMapper<String>) (attributes) -> (String) attributes.get("cn").get());

		// ldap-kv
		List<String> same = store.query(KeyQuery.of("/ou=People/**").filter("(&(objectClass=person)(cn=J*))"))
				.stream().flatMap((entry) -> entry.value().text("cn").stream()).toList();
		// @formatter:on

		assertThat(same).containsExactlyInAnyOrderElementsOf(names).hasSize(2);
	}

	@Test
	void bind() {
		LdapTemplate ldapTemplate = this.ldapTemplate;
		LdapKeyValueOperations store = this.store;

		// @formatter:off
		// LdapTemplate
		DirContextAdapter entry = new DirContextAdapter(LdapNameBuilder.newInstance("uid=new,ou=People").build());
		entry.setAttributeValue("objectClass", "inetOrgPerson");
		entry.setAttributeValue("cn", "New");
		entry.setAttributeValue("sn", "Person");
		ldapTemplate.bind(entry);

		// ldap-kv
		boolean created = store.putIfAbsent("/ou=People/uid=newer",
				Map.of("objectClass", "inetOrgPerson", "cn", "New", "sn", "Person"));
		// @formatter:on

		assertThat(created).isTrue();
		assertThat(without(store.getRequired("/ou=People/uid=new")))
			.isEqualTo(without(store.getRequired("/ou=People/uid=newer")));
	}

	private static LdapValue without(LdapValue value) {
		return value.toBuilder().without("uid").without("objectClass").build();
	}

	@Test
	void rebind() throws Exception {
		LdapTemplate ldapTemplate = this.ldapTemplate;
		LdapKeyValueOperations store = this.store;
		String before = id("/ou=People/uid=jdoe");

		// @formatter:off
		// LdapTemplate: deletes the entry, and adds another one
		DirContextAdapter entry = new DirContextAdapter(LdapNameBuilder.newInstance("uid=jdoe,ou=People").build());
		entry.setAttributeValue("objectClass", "inetOrgPerson");
		entry.setAttributeValue("cn", "John");
		entry.setAttributeValue("sn", "Doe");
		ldapTemplate.rebind(entry);

		// ldap-kv: changes what differs
		store.replace("/ou=People/uid=jdoe", Map.of("objectClass", "inetOrgPerson", "cn", "John", "sn", "Doe"));
		// @formatter:on

		String after = id("/ou=People/uid=jdoe");
		assertThat(after).isNotEqualTo(before);
		store.replace("/ou=People/uid=jdoe", Map.of("objectClass", "inetOrgPerson", "cn", "Johnny", "sn", "Doe"));
		assertThat(id("/ou=People/uid=jdoe")).isEqualTo(after);
	}

	private String id(String key) {
		return this.store.query(KeyQuery.of(key).attributes("entryUUID"))
			.get(0)
			.value()
			.text("entryUUID")
			.orElseThrow();
	}

	@Test
	void modify() {
		LdapTemplate ldapTemplate = this.ldapTemplate;
		LdapKeyValueOperations store = this.store;

		// @formatter:off
		// LdapTemplate
		DirContextOperations person = ldapTemplate.lookupContext(LdapNameBuilder.newInstance("uid=jdoe,ou=People").build());
		person.setAttributeValue("title", "Boss");
		person.addAttributeValue("mail", "boss@test.org");
		ldapTemplate.modifyAttributes(person);

		ldapTemplate.modifyAttributes(LdapNameBuilder.newInstance("uid=jdoe,ou=People").build(), new ModificationItem[] {
				new ModificationItem(DirContext.REPLACE_ATTRIBUTE, new BasicAttribute("title", "Chief")) });

		// ldap-kv
		store.patch("/ou=People/uid=jroe", (p) -> p.set("title", "Boss").add("mail", "boss@test.org"));

		store.put("/ou=People/uid=jroe", Map.of("title", "Chief"));
		// @formatter:on

		assertThat(store.getRequired("/ou=People/uid=jdoe").texts("mail")).contains("boss@test.org");
		assertThat(store.getRequired("/ou=People/uid=jroe").texts("mail")).containsExactly("boss@test.org");
		assertThat(store.getRequired("/ou=People/uid=jdoe").text("title")).contains("Chief");
		assertThat(store.getRequired("/ou=People/uid=jroe").text("title")).contains("Chief");
	}

	@Test
	void unbind() {
		LdapTemplate ldapTemplate = this.ldapTemplate;
		LdapKeyValueOperations store = this.store;

		// @formatter:off
		// LdapTemplate
		ldapTemplate.unbind(LdapNameBuilder.newInstance("uid=jdoe,ou=People").build());
		ldapTemplate.unbind(LdapNameBuilder.newInstance("uid=nobody,ou=People").build());     // no error
		ldapTemplate.unbind(LdapNameBuilder.newInstance("ou=People").build(), true);

		// ldap-kv
		boolean deleted = store.delete("/ou=People/uid=jdoe");
		// @formatter:on

		assertThat(deleted).isFalse();
		assertThat(store.contains("/ou=People")).isFalse();
		EmbeddedStore.fill(store);
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> store.delete("/ou=People"));
		// @formatter:off
		long entries = store.deleteTree("/ou=People");
		// @formatter:on
		assertThat(entries).isEqualTo(3);
	}

	@Test
	void paging() {
		LdapTemplate ldapTemplate = this.ldapTemplate;
		LdapKeyValueOperations store = this.store;
		List<String> mails = new ArrayList<>();

		// @formatter:off
		// LdapTemplate
		List<String> names = SingleContextSource.doWithSingleContext(ldapTemplate.getContextSource(), (operations) -> {
			SearchControls controls = new SearchControls();
			controls.setSearchScope(SearchControls.ONELEVEL_SCOPE);
			PagedResultsDirContextProcessor pages = new PagedResultsDirContextProcessor(500);
			List<String> all = new ArrayList<>();
			do {
				all.addAll(operations.search(LdapNameBuilder.newInstance("ou=People").build(), "(objectClass=person)", controls,
						(AttributesMapper<String>) (attributes) -> (String) attributes.get("cn").get(), pages));
			}
			while (pages.hasMore());
			return all;
		});

		// ldap-kv
		store.forEach(KeyQuery.of("/ou=People/*").filter("(objectClass=person)"),
				(entry) -> mails.addAll(entry.value().texts("cn")));
		// @formatter:on

		assertThat(mails).containsExactlyInAnyOrderElementsOf(names).hasSize(2);
	}

	@Test
	void withoutBoot() {
		String url = this.context.getEnvironment().getProperty("local.ldap.port");
		List<String> urls = List.of("ldap://localhost:" + url);
		ContextSource contextSource = this.ldapTemplate.getContextSource();

		// @formatter:off
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				LdapConnectionPool.builder(urls).base("dc=test,dc=org").maxSize(8).build());
		LdapTemplate template = new LdapTemplate(contextSource);
		// @formatter:on

		assertThat(store.contains("/ou=People")).isTrue();
		assertThat(template.list("ou=People")).hasSize(2);
		store.close();
	}

	@Test
	void anExistingTemplate() {
		LdapTemplate ldapTemplate = this.ldapTemplate;
		try (LdapKeyValueTemplate same = new LdapKeyValueTemplate(ldapTemplate)) {
			assertThat(same.contains("/ou=People/uid=jdoe")).isTrue();
		}
	}

	@Test
	void whatIndiciumUsersWrite() {
		LdapKeyValueOperations store = this.store;

		// @formatter:off
		store.put("/dc=org/dc=test/ou=Staff", Map.of("objectClass", List.of("organizationalUnit")));
		boolean there = store.contains("/dc=org/dc=test/ou=Staff");
		Optional<LdapValue> staff = store.get("/dc=org/dc=test/ou=Staff");
		Map<String, List<Object>> attributes = staff.orElseThrow().asMap();
		boolean deleted = store.delete("/dc=org/dc=test/ou=Staff");
		List<LdapEntry> people = store.query("/dc=org/dc=test/ou=People/uid=j*");
		// @formatter:on

		assertThat(there).isTrue();
		assertThat(attributes).containsEntry("ou", List.of("Staff"));
		assertThat(deleted).isTrue();
		assertThat(people).hasSize(2);
	}

}
