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

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.contract.StoreTest;
import io.github.ldapkv.contract.WatchLaws;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The laws of watches on OpenLDAP that keeps a log of sessions: to whoever comes with a
 * cookie it tells what was deleted, and not what is there.
 */
@Timeout(300)
class OpenLdapSessionLogWatchTests extends StoreTest implements WatchLaws {

	private static final OpenLdapContainer SERVER = new OpenLdapContainer();

	private static LdapKeyValueTemplate store;

	@BeforeAll
	static void start() {
		SERVER.start();
		SERVER.configure("dn: olcOverlay={0}syncprov,olcDatabase={1}mdb,cn=config", "changetype: modify",
				"replace: olcSpSessionlog", "olcSpSessionlog: 100", "-", "replace: olcSpCheckpoint",
				"olcSpCheckpoint: 100 10");
		store = SERVER.store();
	}

	@AfterAll
	static void stop() {
		store.close();
		SERVER.stop();
	}

	@Override
	public TestDirectory directory() {
		return SERVER;
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
	void changesAreToldByContentSynchronization() {
		try (Watching watching = Watching.of(SERVER.store(), area() + "/*").begun()) {
			assertThat(watching.state().source().description()).contains("content synchronization");
			putUnit("ou=a");
			watching.awaitTold("CREATED " + at("ou=a"));
			store().delete(at("ou=a"));
			watching.awaitTold("DELETED " + at("ou=a"));
		}
	}

}
