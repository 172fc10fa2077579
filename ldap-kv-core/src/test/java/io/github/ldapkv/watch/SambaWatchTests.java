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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.RangingProxy;
import io.github.ldapkv.testserver.SambaContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an administrator of Active Directory is told, and what an ordinary account.
 */
@Tag("servers")
@Timeout(300)
class SambaWatchTests {

	private static final String PASSWORD = "S3cret.word";

	private static final String BASE = "/OU=watched";

	private static final Duration NEVER = Duration.ofMinutes(10);

	private final SambaContainer samba = SambaContainer.shared();

	private final LdapKeyValueTemplate admin = new LdapKeyValueTemplate(
			this.samba.pool().base(TestDirectory.SUFFIX).build());

	@BeforeEach
	void createUnit() {
		this.admin.put(BASE, Map.of("objectClass", "organizationalUnit"));
	}

	@AfterEach
	void deleteUnit() {
		this.admin.deleteTree(BASE);
		this.admin.close();
		Watching.assertNothingStays(null);
	}

	private static Watching watch(LdapKeyValueTemplate store, Duration interval) {
		return Watching.of(store, KeyQuery.of(BASE + "/**").attributes("description"),
				(watch) -> watch.compareInterval(interval));
	}

	private void put(String name, String description) {
		this.admin.put(BASE + "/CN=" + name, Map.of("objectClass", "inetOrgPerson", "description", description));
	}

	private void assertToldOfWhatIsThere(Watching watching) {
		// The server does not say that it has begun, so everything is compared once more
		// two seconds later. What is told from then on it has told.
		LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
		put("a", "1");
		watching.awaitTold("CREATED " + BASE + "/CN=a");
		put("a", "2");
		watching.awaitTold("CHANGED " + BASE + "/CN=a");
		this.admin.move(BASE + "/CN=a", BASE + "/CN=b");
		watching.awaitTold("MOVED " + BASE + "/CN=a to " + BASE + "/CN=b");
		assertThat(watching.state().source().description()).isEqualTo("change notification");
	}

	@Test
	void anAdministratorIsToldOfEverything() {
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(this.samba.pool().base(TestDirectory.SUFFIX).build());
		try (Watching watching = watch(store, NEVER).begun()) {
			assertToldOfWhatIsThere(watching);
			this.admin.delete(BASE + "/CN=b");
			watching.awaitTold("DELETED " + BASE + "/CN=b");
			watching.assertRight(this.admin);
		}
	}

	/**
	 * That an entry is gone it learns by comparing only.
	 */
	@Test
	void anOrdinaryAccountIsNotToldOfDeletions() {
		this.samba.tool("user", "create", "watcher", PASSWORD, "--userou=OU=watched");
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(LdapConnectionPool.builder(List.of(this.samba.url()))
			.user("CN=watcher,OU=watched," + TestDirectory.SUFFIX, PASSWORD)
			.base(TestDirectory.SUFFIX)
			.build());
		try (Watching watching = watch(store, Duration.ofSeconds(5)).begun()) {
			assertToldOfWhatIsThere(watching);
			this.admin.delete(BASE + "/CN=b");
			watching.awaitTold("DELETED " + BASE + "/CN=b");
			watching.assertRight(store);
		}
	}

	/**
	 * Its members come in parts.
	 */
	@Test
	void aLargeGroupIsToldWhole() {
		List<String> members = IntStream.range(0, 10)
			.mapToObj((i) -> "OU=u" + i + ",OU=watched," + TestDirectory.SUFFIX)
			.toList();
		IntStream.range(0, 10)
			.forEach((i) -> this.admin.put(BASE + "/OU=u" + i, Map.of("objectClass", "organizationalUnit")));
		this.admin.put(BASE + "/CN=group", Map.of("objectClass", "group", "member", members.subList(0, 8)));
		try (RangingProxy proxy = new RangingProxy(this.samba.host(), this.samba.port(), "member", 3)) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(
					this.samba.poolAt(proxy.url()).base(TestDirectory.SUFFIX).build());
			try (Watching watching = Watching
				.of(store, KeyQuery.of(BASE + "/*").filter("(objectClass=group)").attributes("member"),
						(watch) -> watch)
				.begun()) {
				assertThat(watching.told().map().get(BASE + "/CN=group").texts("member")).hasSize(8);
				this.admin.patch(BASE + "/CN=group", (patch) -> patch.add("member", members.get(8)));
				watching.awaitTold("CHANGED " + BASE + "/CN=group");
				assertThat(watching.told().map().get(BASE + "/CN=group").texts("member")).hasSize(9);
				assertThat(watching.told().changes()).hasSize(1);
			}
		}
	}

}
