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
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.ldap.core.ContextSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A store on a directory that has not even its base yet.
 */
class EmptyDirectoryTests {

	/**
	 * A pattern whose start is missing finds nothing; a store that has nothing to begin
	 * at is an error of its configuration.
	 */
	@Test
	void aBaseOfTheStoreThatIsMissingIsNamed() throws LDAPException {
		try (EmbeddedDirectory directory = new EmbeddedDirectory();
				LdapConnectionPool pool = directory.pool().base(TestDirectory.SUFFIX).build();
				LdapConnectionPool absolute = directory.pool().build()) {
			directory.server().delete(TestDirectory.SUFFIX);
			ContextSource source = directory.contextSource(TestDirectory.SUFFIX);
			for (LdapKeyValueTemplate store : List.of(new LdapKeyValueTemplate(pool), new LdapKeyValueTemplate(source),
					LdapKeyValueTemplate.builder(absolute).base(TestDirectory.SUFFIX).build(),
					LdapKeyValueTemplate.builder(pool).base("ou=Part").build(),
					LdapKeyValueTemplate.builder(absolute).base("noSuchAttribute=x").build())) {
				for (String pattern : List.of("/", "/*", "/**", "/ou=People/*", "/ou=People", "/ou=People/ou=x",
						"/noSuchAttribute=x/*")) {
					for (Consumer<KeyQuery> verb : verbs(store)) {
						assertThatExceptionOfType(DataAccessException.class)
							.isThrownBy(() -> verb.accept(KeyQuery.of(pattern)))
							.as("%s on %s", pattern, store.base())
							.withMessageContaining("'" + pattern + "'")
							.withMessageContaining(store.base().dn())
							.satisfies((ex) -> assertThat(ex.getMessage()).containsAnyOf("or the account may not see",
									"invalidDNSyntax"));
					}
				}
			}
		}
	}

	@Test
	void withoutABaseAnEmptyDirectoryHasNothing() throws LDAPException {
		try (EmbeddedDirectory directory = new EmbeddedDirectory();
				LdapConnectionPool pool = directory.pool().build()) {
			directory.server().delete(TestDirectory.SUFFIX);
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			for (String pattern : List.of("/*", "/**", "/**/ou=*", "/dc=org/*", "/dc=org/dc=test/*", "/dc=org/dc=test",
					"/foo=x/*", "/dc=org/dc=test/ou=People/uid=j*")) {
				assertThat(store.query(pattern)).as(pattern).isEmpty();
				assertThat(store.count(KeyQuery.of(pattern))).as(pattern).isZero();
			}
		}
	}

	/**
	 * Where nobody says what trees there are, nothing found would be a guess.
	 */
	@Test
	void aServerThatDoesNotSayWhereItsTreesBeginIsNoEmptyOne() throws LDAPException {
		for (List<String> contexts : List.of(List.<String>of(), List.of(""), List.of("", "dc=other"))) {
			try (EmbeddedDirectory directory = new EmbeddedDirectory(
					(config) -> config.addInMemoryOperationInterceptor(new OtherNamingContexts(contexts)));
					LdapConnectionPool pool = directory.pool().build()) {
				LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
				for (Consumer<KeyQuery> verb : verbs(store)) {
					assertThatExceptionOfType(DataRetrievalFailureException.class)
						.isThrownBy(() -> verb.accept(KeyQuery.of("/**/ou=*")))
						.withMessageContaining("naming contexts")
						.withMessageContaining("spring.ldap.base");
				}
				assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(() -> store.children("/"))
					.withMessageContaining("naming contexts");
				assertThat(store.keys(KeyQuery.of("/dc=org/dc=test/*"))).isEmpty();
				assertThat(store.keys(KeyQuery.of("/dc=org/dc=test/ou=None/*"))).isEmpty();
				assertThat(store.keys(KeyQuery.of("/dc=org/dc=test/**"))).hasSize(1);
				if (contexts.isEmpty()) {
					assertThatExceptionOfType(DataRetrievalFailureException.class)
						.isThrownBy(() -> store.keys(KeyQuery.of("/dc=org/*")))
						.withMessageContaining("naming contexts");
				}
			}
		}
	}

	private static List<Consumer<KeyQuery>> verbs(LdapKeyValueTemplate store) {
		return List.of(store::query, store::keys, store::count, (query) -> store.stream(query).toList(),
				(query) -> store.forEach(query, (entry) -> {
				}), (query) -> store.query(query.limit(3)), (query) -> {
					try {
						LdapLdif.on(store).export(query, Writer.nullWriter());
					}
					catch (IOException ex) {
						throw new IllegalStateException(ex);
					}
				});
	}

	/**
	 * Shows other naming contexts in the root DSE than there are.
	 */
	private static final class OtherNamingContexts extends InMemoryOperationInterceptor {

		private final List<String> contexts;

		OtherNamingContexts(List<String> contexts) {
			this.contexts = contexts;
		}

		@Override
		public void processSearchEntry(InMemoryInterceptedSearchEntry entry) {
			if (entry.getSearchEntry().getDN().isEmpty()) {
				Entry rootDse = entry.getSearchEntry().duplicate();
				rootDse.removeAttribute("namingContexts");
				if (!this.contexts.isEmpty()) {
					rootDse.addAttribute("namingContexts", this.contexts);
				}
				entry.setSearchEntry(rootDse);
			}
		}

	}

	@Test
	void theSchemaIsReadOnceTheBaseIsThere() throws LDAPException {
		try (EmbeddedDirectory directory = new EmbeddedDirectory();
				LdapConnectionPool pool = directory.pool().base(TestDirectory.SUFFIX).build()) {
			for (ContextSource source : List.of(pool, directory.contextSource(TestDirectory.SUFFIX))) {
				directory.server().delete(TestDirectory.SUFFIX);
				LdapKeyValueTemplate store = new LdapKeyValueTemplate(source);
				assertThat(store.contains("/ou=People")).isFalse();
				store.put("/", Map.of("objectClass", List.of("dcObject", "organization"), "o", "Test"));
				store.put("/ou=People", Map.of("objectClass", "organizationalUnit"));
				store.put("/ou=People", Map.of("objectClass", "organizationalUnit", "description", "All"));
				assertThat(store.getRequired("/ou=People").text("description")).contains("All");
				store.delete("/ou=People");
			}
		}
	}

}
