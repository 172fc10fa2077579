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

package io.github.ldapkv.pool;

import java.util.List;
import java.util.Map;

import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.LdapName;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ldap.AuthenticationException;
import org.springframework.ldap.core.ContextMapper;
import org.springframework.ldap.core.DirContextAdapter;
import org.springframework.ldap.core.DirContextOperations;
import org.springframework.ldap.core.LdapClient;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.ldap.query.LdapQuery;
import org.springframework.ldap.query.LdapQueryBuilder;
import org.springframework.ldap.support.LdapNameBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Spring LDAP's own templates on the connections of a store.
 */
class SharedPoolTests {

	private static final ContextMapper<String> NAME = (entry) -> ((DirContextOperations) entry).getStringAttribute("sn")
			+ " " + ((DirContextOperations) entry).getDn();

	private static final LdapQuery JDOE = LdapQueryBuilder.query().base("ou=Shared").where("uid").is("jdoe");

	private final LdapConnectionPool pool = EmbeddedDirectory.shared().pool().base(TestDirectory.SUFFIX).build();

	private final LdapKeyValueTemplate store = new LdapKeyValueTemplate(this.pool);

	private final LdapTemplate template = new LdapTemplate(this.pool);

	@BeforeEach
	void fill() {
		this.store.put("/ou=Shared", Map.of("objectClass", "organizationalUnit"));
		this.store.put("/ou=Shared/uid=jdoe",
				Map.of("objectClass", "inetOrgPerson", "cn", "John", "sn", "Doe", "userPassword", "s3cret"));
	}

	@AfterEach
	void empty() {
		this.store.deleteTree("/ou=Shared");
		this.pool.close();
	}

	@Test
	void aConnectionThatWasGivenBackIsNotUsedAnyMore() throws NamingException {
		DirContext borrowed = this.pool.getReadOnlyContext();
		borrowed.close();
		assertThatExceptionOfType(NamingException.class).isThrownBy(() -> borrowed.getAttributes(new LdapName("")))
			.withMessageContaining("given back");
		borrowed.close();
		assertThat(this.pool.statistics().active()).isZero();
	}

	@Test
	void anEntryIsLookedUp() {
		DirContextOperations entry = this.template
			.lookupContext(LdapNameBuilder.newInstance("uid=jdoe,ou=Shared").build());
		assertThat(entry.getStringAttribute("sn")).isEqualTo("Doe");
		assertThat(entry.getDn()).hasToString("uid=jdoe,ou=Shared");
		assertThat(entry.getNameInNamespace()).isEqualTo("uid=jdoe,ou=Shared,dc=test,dc=org");
		assertThat(this.store.contains(entry.getNameInNamespace())).isTrue();
	}

	@Test
	void aLookedUpEntryIsChanged() {
		DirContextOperations entry = this.template
			.lookupContext(LdapNameBuilder.newInstance("uid=jdoe,ou=Shared").build());
		entry.setAttributeValue("sn", "Roe");
		this.template.modifyAttributes(entry);
		assertThat(this.store.getRequired("/ou=Shared/uid=jdoe").text("sn")).contains("Roe");
	}

	@Test
	void anEntryIsBound() {
		DirContextAdapter entry = new DirContextAdapter(LdapNameBuilder.newInstance("uid=new,ou=Shared").build());
		entry.setAttributeValues("objectClass", new Object[] { "top", "inetOrgPerson" });
		entry.setAttributeValue("cn", "New");
		entry.setAttributeValue("sn", "One");
		this.template.bind(entry);
		assertThat(this.store.getRequired("/ou=Shared/uid=new").text("sn")).contains("One");
	}

	@Test
	void entriesAreMapped() {
		assertThat(this.template.search(JDOE, NAME)).containsExactly("Doe uid=jdoe,ou=Shared");
		assertThat(LdapClient.create(this.pool).search().query(JDOE).toList(NAME))
			.containsExactly("Doe uid=jdoe,ou=Shared");
	}

	@Test
	void anAccountIsAuthenticated() {
		assertThat(this.template.authenticate("ou=Shared", "(uid=jdoe)", "s3cret")).isTrue();
		assertThat(this.template.authenticate("ou=Shared", "(uid=jdoe)", "wrong")).isFalse();
		assertThat(this.template.authenticate("ou=Shared", "(uid=none)", "s3cret")).isFalse();
		LdapClient client = LdapClient.create(this.pool);
		assertThatNoException().isThrownBy(() -> client.authenticate().query(JDOE).password("s3cret").execute());
		assertThatExceptionOfType(AuthenticationException.class)
			.isThrownBy(() -> client.authenticate().query(JDOE).password("wrong").execute());
		assertThat(this.pool.statistics().active()).isZero();
	}

	@Test
	void namesAreListed() {
		assertThat(this.template.list("ou=Shared")).isEqualTo(List.of("uid=jdoe"));
	}

}
