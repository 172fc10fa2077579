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
import java.util.Arrays;

import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Health with beans that were worked out ahead of time: which directories there are is
 * said by the settings that the application runs with.
 */
class HealthAheadOfTimeTests {

	private static final TestDirectory DIRECTORY = EmbeddedDirectory.shared();

	private static final String[] OWN = { "--ldapkv.urls=" + DIRECTORY.url(), "--ldapkv.username=" + DIRECTORY.userDn(),
			"--ldapkv.password=" + DIRECTORY.password() };

	private static final String[] BOOTS = { "--spring.ldap.urls=" + DIRECTORY.url(),
			"--spring.ldap.username=" + DIRECTORY.userDn(), "--spring.ldap.password=" + DIRECTORY.password() };

	private static final String STORE_IS_UP = "ldapkvHealthContributor=UP";

	@TempDir
	private Path work;

	@Test
	void aDirectoryThatIsKnownAheadOfTime() {
		check(new AheadOfTime(HealthApplication.class, this.work, OWN));
	}

	@Test
	void aDirectoryThatIsKnownWhenTheApplicationRuns() {
		check(new AheadOfTime(HealthApplication.class, this.work));
	}

	private void check(AheadOfTime application) {
		assertThat(application.run(OWN)).contains(STORE_IS_UP).doesNotContain("ldapHealthContributor", "Exception");
		assertThat(application.run(BOOTS)).contains(STORE_IS_UP).doesNotContain("ldapHealthContributor", "Exception");
		assertThat(application.run(both())).contains(STORE_IS_UP, "ldapHealthContributor=UP");
	}

	private static String[] both() {
		String[] both = Arrays.copyOf(OWN, OWN.length + BOOTS.length);
		System.arraycopy(BOOTS, 0, both, OWN.length, BOOTS.length);
		return both;
	}

}
