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
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A directory that is put back to what it was some time ago, and then written to again,
 * while it is watched: the cookie of the watch is of a time that never was.
 */
@Timeout(300)
class RestoredDirectoryTests {

	private static final String DATABASE = "/var/lib/ldap/data.mdb";

	private static final String COPY = "/var/lib/ldap/copy.mdb";

	private static final String AREA = "ou=restored," + TestDirectory.SUFFIX;

	/**
	 * How long to wait for a watch, on a busy machine.
	 */
	private static final Duration LONG = Duration.ofSeconds(60);

	private final long seed = Long.getLong("ldapkv.watch.chaos.seed", new Random().nextLong());

	private final KeyQuery query = KeyQuery.of("/" + TestDirectory.SUFFIX + "/ou=restored/**");

	private final UnreliableListener listener = new UnreliableListener(this.seed);

	private WatchedServer server;

	private RandomWriter writer;

	private LdapKeyValueTemplate watched;

	private Map<LdapKey, LdapValue> copied = Map.of();

	@BeforeEach
	void start() {
		System.out.println("| -Dldapkv.watch.chaos.seed=" + this.seed);
		this.server = new WatchedServer(new OpenLdapContainer(), this.seed);
		for (String name : new String[] { "restored", "outside-of-restored" }) {
			this.server.store()
				.put(LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", name),
						Map.of("objectClass", "organizationalUnit"));
		}
		this.writer = new RandomWriter(this.server.url(), this.server.container().userDn(),
				this.server.container().password(), AREA, this.seed);
		this.watched = new LdapKeyValueTemplate(this.server.container().poolAt(this.server.disturbed().url()).build());
	}

	@AfterEach
	void stop() {
		this.watched.close();
		this.writer.close();
		this.server.close();
	}

	/**
	 * The server refuses the cookie, since it is from later than all it knows.
	 */
	@Test
	void whatIsThereAfterARestoreIsTold() {
		try (LdapWatch watch = watch()) {
			write(300);
			assertCaughtUp(watch);
			keepCopy();
			write(300);
			assertCaughtUp(watch);
			restore();
			assertCaughtUp(watch);
		}
	}

	/**
	 * The server takes the cookie, since it was written to again before the watch comes
	 * back.
	 */
	@Test
	void whatIsWrittenAfterARestoreIsTold() {
		try (LdapWatch watch = watch()) {
			write(300);
			keepCopy();
			write(300);
			assertCaughtUp(watch);
			this.server.disturbed().down(true);
			restore();
			write(100);
			this.server.disturbed().down(false);
			assertCaughtUp(watch);
			write(100);
			assertCaughtUp(watch);
		}
	}

	private LdapWatch watch() {
		return LdapWatch.on(this.watched).keepAlive(Duration.ofSeconds(2)).start(this.query, this.listener);
	}

	private void write(int times) {
		for (int i = 0; i < times; i++) {
			this.writer.write();
		}
	}

	/**
	 * Keeps what the server has, while nobody writes to it.
	 */
	private void keepCopy() {
		this.server.container().run("cp --sparse=always " + DATABASE + " " + COPY);
		this.copied = found();
	}

	/**
	 * Puts the copy in the place of what the server has, and starts it with that. Until
	 * then it has the old file open.
	 */
	private void restore() {
		this.server.container().run("chown openldap: " + COPY + " && mv " + COPY + " " + DATABASE);
		assertThat(found()).as("seed %d: written since", this.seed).isNotEqualTo(this.copied);
		this.server.kill();
		assertThat(found()).as("seed %d: restored", this.seed).isEqualTo(this.copied);
	}

	private void assertCaughtUp(LdapWatch watch) {
		assertThat(watch.awaitCaughtUp(LONG)).as("seed %d, %s", this.seed, watch.state()).isTrue();
		assertThat(this.listener.kept()).as("seed %d, %s", this.seed, watch.state()).isEqualTo(found());
		assertThat(this.listener.faults()).as("seed %d: what did not fit", this.seed).isEmpty();
	}

	private Map<LdapKey, LdapValue> found() {
		Map<LdapKey, LdapValue> found = new HashMap<>();
		for (LdapEntry entry : this.server.store().query(this.query)) {
			found.put(entry.key(), entry.value());
		}
		return found;
	}

}
