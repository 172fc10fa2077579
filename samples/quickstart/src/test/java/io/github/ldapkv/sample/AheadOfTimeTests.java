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

package io.github.ldapkv.sample;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tour with its beans worked out ahead of time.
 */
class AheadOfTimeTests {

	@TempDir
	private Path work;

	@Test
	void theTourRunsWithBeansThatWereWorkedOutAheadOfTime() {
		AheadOfTime tour = new AheadOfTime(QuickstartApplication.class, this.work);
		assertThat(tour.sources())
			.anySatisfy((path) -> assertThat(path.toString()).contains("LdapKeyValueAutoConfiguration"));
		assertThat(tour.resources()).isNotEmpty().anySatisfy((path) -> {
			assertThat(path.toString()).endsWith(".json");
			assertThat(AheadOfTime.read(path)).contains("com.sun.jndi.ldap.LdapCtxFactory", "unboundid-ldapsdk-ldap");
		});
		assertThat(tour.run()).contains("description=[A tour]", "Optional[A tour]")
			.doesNotContain("Exception:", "each call opens a connection");
	}

}
