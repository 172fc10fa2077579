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

package io.github.ldapkv.pool;

import java.util.List;
import java.util.stream.Stream;

import io.github.ldapkv.internal.wire.sdk.SdkConnection;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LdapConnectionTests {

	private static final long AGE = 50_000_000;

	/**
	 * Of connections that are 19 of 20 parts as old as the greatest age some are too old:
	 * those that were opened together do not end together.
	 */
	@Test
	void connectionsThatWereOpenedTogetherDoNotEndTogether() {
		try (LdapConnectionPool pool = EmbeddedDirectory.shared().pool().build()) {
			LentContext lent = (LentContext) pool.getReadOnlyContext();
			List<LdapConnection> connections = Stream.generate(() -> connection(lent.connection())).limit(200).toList();
			LdapConnection last = connections.get(connections.size() - 1);
			while (last.age() < AGE) {
				Thread.onSpinWait();
			}
			long greatest = last.age() * 20 / 19;
			assertThat(connections).anyMatch((connection) -> connection.isOlderThan(greatest))
				.anyMatch((connection) -> !connection.isOlderThan(greatest))
				.noneMatch((connection) -> connection.isOlderThan(1000 * AGE));
			long less = last.age();
			assertThat(connections).allMatch((connection) -> connection.isOlderThan(less));
			lent.close();
		}
	}

	private static LdapConnection connection(SdkConnection wire) {
		return new LdapConnection(wire, new Server(new ServerAddress(ServerUrl.of("ldap://localhost"), null)),
				new PoolEvents(PoolRole.ALL, List.of()));
	}

}
