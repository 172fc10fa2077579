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

package io.github.ldapkv.watch;

import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.OpenDjContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an ordinary account of OpenDJ is told: its persistent search is refused (12).
 */
@Tag("servers")
@Timeout(300)
class OpenDjWatchTests {

	private static final String PASSWORD = "S3cret.word";

	private static final String BASE = "/ou=watched";

	private final LdapKeyValueTemplate admin = new LdapKeyValueTemplate(
			OpenDjContainer.shared().pool().base(TestDirectory.SUFFIX).build());

	@AfterEach
	void deleteUnit() {
		this.admin.deleteTree(BASE);
		this.admin.close();
		Watching.assertNothingStays(null);
	}

	@Test
	void anOrdinaryAccountLists() {
		this.admin.put(BASE, Map.of("objectClass", "organizationalUnit"));
		this.admin.put(BASE + "/uid=reader", person("reader"));
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				LdapConnectionPool.builder(List.of(OpenDjContainer.shared().url()))
					.user("uid=reader,ou=watched," + TestDirectory.SUFFIX, PASSWORD)
					.base(TestDirectory.SUFFIX)
					.build());
		try (Watching watching = Watching.of(store, BASE + "/*").begun()) {
			this.admin.put(BASE + "/uid=a", person("a"));
			watching.awaitTold("CREATED " + BASE + "/uid=a");
			this.admin.put(BASE + "/uid=a", Map.of("description", "other"));
			watching.awaitTold("CHANGED " + BASE + "/uid=a");
			this.admin.delete(BASE + "/uid=a");
			watching.awaitTold("DELETED " + BASE + "/uid=a");
			watching.assertRight(store);
			assertThat(watching.state().source().description()).startsWith("listing every");
			watching.assertSourcesLogged(1);
			assertThat(watching.log().warnings()).isEmpty();
		}
	}

	/**
	 * As docs/watch.md says it is set up.
	 */
	@Test
	void anAccountThatMayUseTheControlIsTold() throws LDAPException {
		this.admin.put(BASE, Map.of("objectClass", "organizationalUnit"));
		this.admin.put(BASE + "/uid=reader", person("reader"));
		String reader = "uid=reader,ou=watched," + TestDirectory.SUFFIX;
		String rule = "(targetcontrol=\"" + TellingServer.PERSISTENT_SEARCH
				+ "\")(version 3.0; acl \"Persistent search\"; allow (read) userdn=\"ldap:///" + reader + "\";)";
		allow(ModificationType.ADD, rule);
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				LdapConnectionPool.builder(List.of(OpenDjContainer.shared().url()))
					.user(reader, PASSWORD)
					.base(TestDirectory.SUFFIX)
					.build());
		try (Watching watching = Watching.of(store, BASE + "/*").begun()) {
			assertThat(watching.state().source().description()).contains("persistent search");
			this.admin.put(BASE + "/uid=a", person("a"));
			watching.awaitTold("CREATED " + BASE + "/uid=a");
			watching.assertRight(store);
		}
		finally {
			allow(ModificationType.DELETE, rule);
		}
	}

	private static void allow(ModificationType type, String rule) throws LDAPException {
		try (LDAPConnection connection = OpenDjContainer.shared().connect()) {
			connection.modify("cn=Access Control Handler,cn=config", new Modification(type, "ds-cfg-global-aci", rule));
		}
	}

	private static Map<String, Object> person(String name) {
		return Map.of("objectClass", "inetOrgPerson", "cn", name, "sn", name, "userPassword", PASSWORD);
	}

}
