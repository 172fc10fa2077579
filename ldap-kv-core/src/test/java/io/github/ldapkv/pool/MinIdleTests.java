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

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The idle connections that a pool keeps ahead of need.
 */
@Timeout(60)
class MinIdleTests {

	@Test
	void theyComeWithTheFirstConnection() throws InterruptedException {
		EmbeddedDirectory directory = EmbeddedDirectory.shared();
		try (LdapConnectionPool pool = directory.pool().minIdle(3).build()) {
			assertThat(pool.statistics().created()).isZero();
			new LdapKeyValueTemplate(pool).contains("/" + TestDirectory.SUFFIX);
			// They are opened beside the call, which does not wait for them.
			for (int i = 0; i < 250 && pool.statistics().idle() < 3; i++) {
				Thread.sleep(20);
			}
			assertThat(pool.statistics().idle()).isBetween(3, 4);
			assertThat(pool.statistics().created()).isBetween(3L, 4L);
		}
	}

}
