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

import java.util.Map;

import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.LdapName;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.internal.wire.sdk.Borrowed;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.ldap.AuthenticationException;
import org.springframework.ldap.core.ContextMapper;
import org.springframework.ldap.core.DirContextAdapter;
import org.springframework.ldap.core.LdapClient;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.ldap.query.LdapQuery;
import org.springframework.ldap.query.LdapQueryBuilder;
import org.springframework.ldap.support.LdapNameBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The connections of a store's pool, and somebody else who tries to use them.
 */
class StoresOwnPoolTests {

	private static final ContextMapper<Object> ITSELF = (entry) -> entry;

	private static final LdapQuery JDOE = LdapQueryBuilder.query().base("ou=Shared").where("uid").is("jdoe");

	private final EmbeddedDirectory directory = EmbeddedDirectory.shared();

	private final LdapConnectionPool pool = this.directory.pool().base(TestDirectory.SUFFIX).build();

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	void aTemplateOfTheApplicationIsToldWhatToUse() {
		LdapTemplate template = new LdapTemplate(this.pool);
		LdapName name = LdapNameBuilder.newInstance("ou=Shared").build();
		isToldWhatToUse(() -> template.lookup(name));
		isToldWhatToUse(() -> template.lookupContext(name));
		isToldWhatToUse(() -> template.search(JDOE, ITSELF));
		isToldWhatToUse(() -> template.list("ou=Shared"));
		isToldWhatToUse(() -> template.bind(new DirContextAdapter(name)));
		isToldWhatToUse(() -> template.unbind(name));
		isToldWhatToUse(() -> template.authenticate("ou=Shared", "(uid=jdoe)", "s3cret"));
		isToldWhatToUse(() -> LdapClient.create(this.pool).search().query(JDOE).toList(ITSELF));
		assertThat(this.pool.statistics()).extracting(PoolStatistics::active, PoolStatistics::created)
			.containsExactly(0, 1L);
	}

	private static void isToldWhatToUse(ThrowingCallable call) {
		assertThatThrownBy(call).hasMessageContaining("for the store alone").hasMessageContaining("LdapContextSource");
	}

	@Test
	void aConnectionThatWasGivenBackIsNotUsedAnyMore() throws NamingException {
		DirContext borrowed = this.pool.getReadOnlyContext();
		assertThat(borrowed).hasToString("connection to localhost:" + this.directory.port() + " (127.0.0.1)");
		borrowed.close();
		assertThatIllegalStateException().isThrownBy(() -> ((Borrowed) borrowed).connection())
			.withMessageContaining("given back");
		borrowed.close();
		assertThat(this.pool.statistics().active()).isZero();
	}

	@Test
	void anAccountIsAuthenticated() throws NamingException {
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				this.directory.pool().base(TestDirectory.SUFFIX).build())) {
			store.put("/ou=Shared", Map.of("objectClass", "organizationalUnit"));
			store.put("/ou=Shared/uid=jdoe",
					Map.of("objectClass", "inetOrgPerson", "cn", "John", "sn", "Doe", "userPassword", "s3cret"));
			String dn = "uid=jdoe,ou=Shared," + TestDirectory.SUFFIX;
			this.pool.getContext(dn, "s3cret").close();
			assertThatExceptionOfType(AuthenticationException.class).isThrownBy(() -> this.pool.getContext(dn, "wr0ng"))
				.withMessageNotContaining("wr0ng");
			store.deleteTree("/ou=Shared");
		}
		assertThat(this.pool.statistics().active()).isZero();
	}

}
