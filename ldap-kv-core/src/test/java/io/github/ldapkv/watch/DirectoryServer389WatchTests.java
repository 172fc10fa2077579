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

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.contract.StoreTest;
import io.github.ldapkv.contract.WatchLaws;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.DirectoryServer389Container;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The laws of watches on 389 Directory Server that offers content synchronization, which
 * is not used, and what an ordinary account is told.
 */
@Tag("servers")
@Timeout(300)
class DirectoryServer389WatchTests extends StoreTest implements WatchLaws {

	private static final String PASSWORD = "S3cret.word";

	private static DirectoryServer389Container server;

	private static LdapKeyValueTemplate store;

	@BeforeAll
	static void start() {
		server = DirectoryServer389Container.withContentSync();
		store = server.store();
	}

	@AfterAll
	static void stop() {
		store.close();
		server.stop();
	}

	@Override
	public TestDirectory directory() {
		return server;
	}

	@Override
	public LdapKeyValueOperations store() {
		return store;
	}

	@Override
	protected LdapKey suffix() {
		return LdapKey.of("/dc=org/dc=test");
	}

	@Test
	void changesAreToldByPersistentSearch() throws LDAPException {
		try (LDAPConnection connection = server.connect()) {
			assertThat(connection.getRootDSE().getSupportedControlOIDs()).contains(TellingServer.CONTENT_SYNC);
		}
		assertTold(server.store());
	}

	private void assertTold(LdapKeyValueTemplate watched) {
		try (Watching watching = Watching.of(watched, KeyQuery.of(area() + "/**"), (watch) -> watch).begun()) {
			LdapKey john = putPerson("uid=jdoe");
			watching.awaitTold("CREATED " + john);
			store().put(john, Map.of("displayName", "Boss"));
			watching.awaitTold("CHANGED " + john);
			LdapKey jane = at("uid=jane");
			store().move(john, jane);
			watching.await("is moved", () -> watching.told().map().containsKey(jane.toString())
					&& !watching.told().map().containsKey(john.toString()));
			store().delete(jane);
			watching.awaitTold("DELETED " + jane);
			assertThat(watching.state().source().description()).isEqualTo("persistent search");
			watching.assertSourcesLogged(1);
			assertThat(watching.log().warnings()).isEmpty();
		}
	}

	/**
	 * It may read user attributes: whether it sees identifiers is up to the server.
	 */
	@Test
	void anOrdinaryAccountIsToldToo() throws LDAPException {
		LdapKey reader = at("uid=reader");
		store().put(reader, personWith(Map.of("userPassword", PASSWORD)));
		for (String attributes : List.of("*", "* || nsUniqueId || entryUUID || entryusn || numSubordinates")) {
			allow("(targetattr=\"" + attributes
					+ "\")(version 3.0; acl \"read\"; allow (read,search,compare) userdn=\"ldap:///all\";)");
			assertTold(new LdapKeyValueTemplate(LdapConnectionPool.builder(List.of(server.url()))
				.user(dn("uid=reader"), PASSWORD)
				.connectTimeout(Duration.ofSeconds(5))
				.build()));
		}
	}

	private static void allow(String rule) throws LDAPException {
		try (LDAPConnection connection = server.connect()) {
			connection.modify(TestDirectory.SUFFIX, new Modification(ModificationType.REPLACE, "aci", rule));
		}
	}

}
