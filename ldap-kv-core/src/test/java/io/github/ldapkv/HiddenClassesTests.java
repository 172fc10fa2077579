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

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.controls.ManageDsaITRequestControl;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store whose account does not get to see the object classes of entries.
 */
class HiddenClassesTests {

	private static final OpenLdapContainer SERVER = new OpenLdapContainer().withEnv("LDAP_READONLY_USER", "true");

	private static final String ACCOUNT = "cn=readonly," + TestDirectory.SUFFIX;

	private static final List<LdapKey> KEYS = List.of(LdapKey.of("/ou=a/cn=x"), LdapKey.of("/ou=a/cn=y"));

	@BeforeAll
	static void start() throws Exception {
		SERVER.start();
		try (LdapKeyValueTemplate admin = new LdapKeyValueTemplate(SERVER.pool().base(TestDirectory.SUFFIX).build());
				LDAPConnection connection = SERVER.connect()) {
			admin.put("/ou=a", Map.of("objectClass", "organizationalUnit"));
			KEYS.forEach((key) -> admin.put(key, Map.of("objectClass", "person", "sn", "x")));
			AddRequest referral = new AddRequest("dn: cn=z,ou=a," + TestDirectory.SUFFIX, "objectClass: referral",
					"objectClass: extensibleObject", "cn: z", "ref: ldap://localhost:1/ou=x");
			referral.addControl(new ManageDsaITRequestControl());
			connection.add(referral);
		}
	}

	@AfterAll
	static void stop() {
		SERVER.stop();
	}

	@Test
	void whereTheyMayBeSearchedReferralsAreNoResults() throws Exception {
		allowClasses("search");
		try (LdapKeyValueTemplate store = store()) {
			for (int i = 0; i < 2; i++) {
				assertThat(store.query("/ou=a/cn=*")).extracting(LdapEntry::key).hasSameElementsAs(KEYS);
				assertThat(store.keys(KeyQuery.of("/ou=a/cn=*"))).hasSameElementsAs(KEYS);
				assertThat(store.getAll(KEYS)).hasSize(2);
				assertThat(store.get(KEYS.get(0))).isPresent();
			}
		}
	}

	@Test
	void whereTheyMayNotEvenBeSearchedThereIsNothing() throws Exception {
		allowClasses("none");
		try (LdapKeyValueTemplate store = store()) {
			for (int i = 0; i < 2; i++) {
				assertThat(store.query("/ou=a/cn=*")).isEmpty();
				assertThat(store.query(KeyQuery.of("/ou=a/cn=*").filter("(sn=x)").limit(1))).isEmpty();
				assertThat(store.keys(KeyQuery.of("/ou=a/cn=*"))).isEmpty();
				assertThat(store.getAll(KEYS)).isEmpty();
				assertThat(store.get(KEYS.get(0))).isEmpty();
			}
		}
	}

	private static LdapKeyValueTemplate store() {
		return new LdapKeyValueTemplate(LdapConnectionPool.builder(List.of(SERVER.url()))
			.user(ACCOUNT, "readonly")
			.base(TestDirectory.SUFFIX)
			.build());
	}

	private static void allowClasses(String access) throws Exception {
		try (LDAPConnection config = new LDAPConnection(SERVER.host(), SERVER.port(), "cn=admin,cn=config", "config")) {
			config.modify("dn: olcDatabase={1}mdb,cn=config", "changetype: modify", "replace: olcAccess",
					"olcAccess: to dn.subtree=\"ou=a," + TestDirectory.SUFFIX + "\" attrs=objectClass by dn.exact=\""
							+ ACCOUNT + "\" " + access + " by * none",
					"olcAccess: to * by dn.exact=\"" + ACCOUNT + "\" read by * auth");
		}
	}

}
