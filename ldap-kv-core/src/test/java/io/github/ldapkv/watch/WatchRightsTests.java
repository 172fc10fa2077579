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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import io.github.ldapkv.watch.WatchState.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Watches of accounts of OpenLDAP that may not do everything.
 */
@Timeout(300)
class WatchRightsTests {

	private static final String CONTENT_SYNC = "content synchronization";

	private static final String BY_READER = " by dn.exact=\"" + WatchedArea.READER + "\" ";

	private final OpenLdapContainer server = new OpenLdapContainer().withEnv("LDAP_READONLY_USER", "true");

	@AfterEach
	void stop() {
		this.server.stop();
		Watching.assertNothingStays(null);
	}

	/**
	 * Starts the server, on which the account may read everything but what some rules
	 * say.
	 */
	private WatchedArea start(String... rules) {
		this.server.start();
		List<String> lines = new ArrayList<>(
				List.of("dn: olcDatabase={1}mdb,cn=config", "changetype: modify", "replace: olcAccess"));
		Arrays.stream(rules).forEach((rule) -> lines.add("olcAccess: " + rule));
		lines.add("olcAccess: to attrs=userPassword by self write by anonymous auth by * none");
		lines.add("olcAccess: to *" + BY_READER + "read by * none");
		this.server.configure(lines.toArray(String[]::new));
		WatchedArea area = new WatchedArea(this.server);
		area.put("a", "1");
		area.put("b", "1");
		return area;
	}

	/**
	 * Each kind of change is told, without everything being compared at intervals.
	 */
	private static void assertTold(WatchedArea area, Watching watching) {
		watching.begun();
		area.put("c", "1");
		watching.awaitTold("CREATED " + area.key("c"));
		area.put("a", "2");
		watching.awaitTold("CHANGED " + area.key("a"));
		area.delete("b");
		watching.awaitTold("DELETED " + area.key("b"));
		area.admin().move(area.key("c"), area.key("d"));
		watching.await("is moved", () -> watching.told().map().containsKey(area.key("d"))
				&& !watching.told().map().containsKey(area.key("c")));
		watching.assertRight(area.admin());
		watching.assertSourcesLogged(1);
		assertThat(watching.log().warnings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/*", "/**" })
	void whoMayNotReadTheContextNumber(String pattern) {
		try (WatchedArea area = start("to dn.base=\"" + TestDirectory.SUFFIX + "\" attrs=contextCSN by * none");
				Watching watching = Watching.of(area.readerStore(), area.top() + pattern)) {
			assertTold(area, watching);
			assertThat(watching.state().source().description()).contains(CONTENT_SYNC);
		}
	}

	/**
	 * The server says that the entry at its top is there, or says that it is not.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "none", "disclose" })
	void whoMayNotReadTheSuffix(String access) {
		try (WatchedArea area = start(
				"to dn.base=\"" + TestDirectory.SUFFIX + "\"" + BY_READER + access + " by * none");
				Watching watching = Watching.of(area.readerStore(), area.top() + "/*")) {
			assertTold(area, watching);
			assertThat(watching.state().source().description()).contains(CONTENT_SYNC);
		}
	}

	/**
	 * It is not known what the server can do.
	 */
	@Test
	void whoMayNotReadTheRootDse() {
		this.server.start();
		this.server.configure("dn: olcDatabase={-1}frontend,cn=config", "changetype: modify", "replace: olcAccess",
				"olcAccess: to dn.exact=\"\" by * none", "olcAccess: to dn.base=\"cn=Subschema\" by * read");
		try (WatchedArea area = start(); Watching watching = Watching.of(area.readerStore(), area.top() + "/*")) {
			assertTold(area, watching);
			assertThat(watching.state().source().description()).startsWith("listing every");
		}
	}

	/**
	 * The server tells of entries by it. It is not seen which one has moved, or is gone.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/*", "/**" })
	void whoMayNotReadIdentifiers(String pattern) {
		try (WatchedArea area = start("to attrs=entryUUID by * none");
				Watching watching = Watching.of(area.readerStore(), area.top() + pattern)) {
			assertTold(area, watching);
			assertThat(watching.state().source().description()).contains(CONTENT_SYNC);
		}
	}

	@Test
	void whoMayReadSoManyEntriesOnly() {
		this.server.withEnv("LDAP_SIZE_LIMIT", "5");
		KeyQuery few = KeyQuery.of("/ou=watched*/**").filter("(l=few)");
		try (WatchedArea area = start("to dn.base=\"" + TestDirectory.SUFFIX + "\" attrs=contextCSN by * none")) {
			for (int i = 0; i < 8; i++) {
				area.put("more" + i, "1");
			}
			area.admin().put(area.key("a"), Map.of("l", "few"));
			try (Watching watching = Watching.of(area.readerStore(), few, UnaryOperator.identity()).begun()) {
				area.admin().put(area.key("b"), Map.of("l", "few"));
				watching.awaitTold("CREATED " + area.key("b"));
				watching.assertRight(area.admin());
				assertThat(watching.state().source().description()).startsWith("listing every");
				assertThat(watching.log().warnings()).isEmpty();
			}
			try (Watching watching = Watching.of(area.readerStore(), area.top() + "/*")) {
				watching.awaitPhase(Phase.WAITING);
				assertThat(watching.failure()).contains("sizeLimitExceeded (4)").contains("olcSizeLimit");
				assertThat(watching.log().warnings()).hasSize(1);
			}
		}
	}

}
