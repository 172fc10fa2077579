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

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.DirectoryServer389Container;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.dao.PermissionDeniedDataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is special about 389 Directory Server.
 */
@Tag("servers")
class DirectoryServer389Tests {

	private static final String BASE = "/dc=org/dc=test/ou=special";

	private static final String DN = ",ou=special,dc=test,dc=org";

	private final LdapKeyValueTemplate store = DirectoryServer389Container.shared().store();

	@BeforeEach
	void createUnit() {
		this.store.put(BASE, Map.of("objectClass", "organizationalUnit"));
	}

	@AfterEach
	void deleteUnit() {
		this.store.deleteTree(BASE);
		this.store.close();
	}

	/**
	 * The definition of a virtual attribute is one.
	 */
	@Test
	void aTreeIsDeletedWithItsSubentries() {
		this.store.put(BASE + "/ou=below", Map.of("objectClass", "organizationalUnit"));
		this.store.put(BASE + "/ou=below/cn=cos",
				Map.of("objectClass", List.of("LDAPsubentry", "cosSuperDefinition", "cosPointerDefinition"),
						"cosTemplateDn", "cn=template" + DN, "cosAttribute", "postalCode"));
		assertThat(this.store.children(BASE + "/ou=below")).isEmpty();
		assertThat(this.store.contains(BASE + "/ou=below/cn=cos")).isTrue();
		assertThat(this.store.deleteTree(BASE + "/ou=below")).isEqualTo(2);
	}

	@Test
	void anAccountThatIsLockedOrDisabledSaysSo() throws LDAPException {
		for (String name : List.of("locked", "disabled")) {
			this.store.put(BASE + "/uid=" + name, Map.of("objectClass", List.of("inetOrgPerson", "nsAccount"), "cn",
					name, "sn", name, "userPassword", "S3cret.word"));
		}
		this.store.put(BASE + "/uid=disabled", Map.of("nsAccountLock", true));
		assertRefused("disabled", "S3cret.word", "The account is disabled.");
		configure("on");
		try {
			assertRefused("locked", "wrong", "");
			assertRefused("locked", "wrong", "");
			assertRefused("locked", "S3cret.word", "The account is locked");
		}
		finally {
			configure("off");
		}
	}

	private static void configure(String lockout) throws LDAPException {
		try (LDAPConnection connection = DirectoryServer389Container.shared().connect()) {
			connection.modify("cn=config", new Modification(ModificationType.REPLACE, "passwordLockout", lockout),
					new Modification(ModificationType.REPLACE, "passwordMaxFailure", "2"));
		}
	}

	private static void assertRefused(String name, String password, String reason) {
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				LdapConnectionPool.builder(List.of(DirectoryServer389Container.shared().url()))
					.user("uid=" + name + DN, password)
					.build())) {
			assertThatExceptionOfType(PermissionDeniedDataAccessException.class).isThrownBy(() -> store.get(BASE))
				.withMessageContaining(reason);
		}
	}

}
