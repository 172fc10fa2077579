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
 * The laws of watches on OpenLDAP that tells of nothing.
 */
@Timeout(300)
class OpenLdapWithoutSyncprovWatchTests extends StoreTest implements WatchLaws {

	private static final OpenLdapContainer SERVER = new OpenLdapContainer().withEnv("LDAP_OVERLAYS", "sssvlv");

	private static LdapKeyValueTemplate store;

	@BeforeAll
	static void start() {
		SERVER.start();
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
	void theLogSaysThatEverythingIsListed() {
		try (Watching watching = Watching.of(SERVER.store(), area() + "/*").begun()) {
			putUnit("ou=a");
			watching.awaitTold("CREATED " + at("ou=a"));
			assertThat(watching.state().source().description()).startsWith("listing every");
			assertThat(watching.log().infos()).singleElement().asString().contains("listing every");
			assertThat(watching.log().warnings()).isEmpty();
		}
	}

}
