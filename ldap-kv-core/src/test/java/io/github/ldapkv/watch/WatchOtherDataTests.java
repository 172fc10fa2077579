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

import java.nio.file.Path;
import java.util.List;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.images.builder.Transferable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Behind the same URL, or the next one, there are other data: of a server that lags
 * behind, of one that was restored from an older copy, of another one altogether.
 */
@Timeout(300)
class WatchOtherDataTests {

	@AfterEach
	void nothingStays() {
		Watching.assertNothingStays(null);
	}

	/**
	 * A server with a few units, of which each has the same identifier everywhere, and
	 * the same version.
	 * @param units name and description of each
	 */
	private static OpenLdapContainer server(String... units) {
		StringBuilder ldif = new StringBuilder("dn: ou=P," + TestDirectory.SUFFIX + unit("P", 0) + "\n");
		for (String unit : units) {
			String name = unit.substring(0, 1);
			ldif.append("dn: ou=" + name + ",ou=P," + TestDirectory.SUFFIX)
				.append(unit(name, name.charAt(0)))
				.append("description: " + unit.substring(2) + "\n\n");
		}
		return new OpenLdapContainer().withCopyToContainer(Transferable.of(ldif.toString()), "/seed.ldif")
			.withEnv("LDAP_SEED_LDIF", "/seed.ldif");
	}

	private static String unit(String name, int number) {
		return String.format("%nobjectClass: organizationalUnit%nou: %s%nentryUUID: 00000000-0000-4000-8000-%012d%n"
				+ "entryCSN: 20260101000000.%06dZ#000000#000#000000%n", name, number, number);
	}

	@Test
	void nothingThatIsEqualIsToldWhenAnotherServerTakesOver() {
		try (OpenLdapContainer first = server("a=same", "b=first", "c=first");
				OpenLdapContainer second = server("a=same", "b=second", "d=second")) {
			first.start();
			second.start();
			try (TcpProxy toFirst = new TcpProxy(first.host(), first.port());
					TcpProxy toSecond = new TcpProxy(second.host(), second.port());
					Watching watching = Watching.of(
							new LdapKeyValueTemplate(
									WatchedArea.impatient(first.poolAt(toFirst.url(), toSecond.url())).build()),
							"/ou=P/**")) {
				watching.begun();
				toFirst.close();
				watching.awaitTold("CREATED /ou=P/ou=d");
				LdapKeyValueTemplate truth = new LdapKeyValueTemplate(second.pool().base(TestDirectory.SUFFIX).build());
				watching.assertRight(truth);
				assertThat(watching.told().changes()).containsExactlyInAnyOrder("DELETED /ou=P/ou=c",
						"CHANGED /ou=P/ou=b", "CREATED /ou=P/ou=d");
				truth.put("/ou=P/ou=a", WatchedArea.unit("new"));
				watching.awaitTold("CHANGED /ou=P/ou=a");
				assertThat(watching.told().changes()).hasSize(4);
				assertThat(watching.state().source().server()).contains(":" + toSecond.port());
				assertThat(watching.log().warnings()).hasSize(1);
				watching.assertSourcesLogged(2);
				truth.close();
			}
		}
	}

	/**
	 * OpenLDAP says that whoever watches is newer than itself (53), and as soon as
	 * something is written, that nothing has changed.
	 */
	@Test
	void aServerThatIsRestoredFromAnOlderCopy(@TempDir Path directory) {
		for (boolean written : new boolean[] { false, true }) {
			try (OpenLdapContainer server = server("a=1", "b=1")) {
				server.start();
				try (WatchedArea area = new WatchedArea(server);
						Watching watching = Watching.of(area.store(), KeyQuery.of(area.top() + "/*"),
								(watch) -> watch.checkpoint(directory.resolve("checkpoint-" + written)))) {
					area.put("a", "1");
					area.put("b", "1");
					watching.begun();
					server.run("cp -a /var/lib/ldap/data.mdb /tmp/data.mdb");
					area.put("a", "2");
					area.put("c", "1");
					area.delete("b");
					watching.awaitTold("DELETED " + area.key("b"));
					watching.begun();
					server.run("rm /var/lib/ldap/data.mdb; cp -a /tmp/data.mdb /var/lib/ldap/data.mdb");
					if (written) {
						area.proxy().swallow(true);
					}
					server.kill();
					area.reconnect();
					if (written) {
						area.put("d", "1");
						area.proxy().cut();
						area.proxy().swallow(false);
						watching.awaitTold("CREATED " + area.key("d"));
					}
					watching.awaitTold("CHANGED " + area.key("a"));
					watching.awaitTold("DELETED " + area.key("c"));
					watching.awaitTold("CREATED " + area.key("b"));
					watching.assertRight(area.admin());
					assertThat(watching.told().changes()).hasSize(written ? 4 : 3);
					area.put("e", "1");
					watching.awaitTold("CREATED " + area.key("e"));
					assertThat(watching.state().source().description()).contains("content synchronization");
					assertThat(watching.log().errors()).isEmpty();
				}
			}
		}
	}

	/**
	 * The checkpoint is of the other directory, and its cookie is not the server's.
	 */
	@Test
	void aCheckpointOfAnotherDirectory(@TempDir Path directory) {
		Path file = directory.resolve("checkpoint");
		KeyQuery query = KeyQuery.of("/ou=P/*");
		try (OpenLdapContainer first = server("a=1", "b=1"); OpenLdapContainer second = server("a=1", "c=1")) {
			first.start();
			second.start();
			try (Watching watching = Watching.of(store(first), query, (watch) -> watch.checkpoint(file))) {
				watching.begun();
			}
			try (Watching watching = Watching.of(store(second), query, (watch) -> watch.checkpoint(file))) {
				watching.awaitTold("CREATED /ou=P/ou=c");
				watching.await("is live", () -> watching.told().caughtUp() > 0);
				assertThat(watching.told().changes()).containsExactlyInAnyOrder("CREATED /ou=P/ou=a",
						"CREATED /ou=P/ou=c");
				assertThat(watching.log().warnings()).singleElement().asString().contains("another directory");
			}
		}
	}

	private static LdapKeyValueTemplate store(OpenLdapContainer server) {
		return new LdapKeyValueTemplate(WatchedArea.impatient(server.poolAt(List.of(server.url()).get(0))).build());
	}

}
