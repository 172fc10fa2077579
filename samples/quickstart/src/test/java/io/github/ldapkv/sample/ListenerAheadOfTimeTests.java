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
 * A method that listens, with beans that were worked out ahead of time.
 */
class ListenerAheadOfTimeTests {

	private static final String[] EMBEDDED = { "--spring.ldap.embedded.base-dn=dc=test,dc=org",
			"--spring.ldap.base=dc=test,dc=org" };

	@TempDir
	private Path work;

	@Test
	void aMethodListens() {
		AheadOfTime application = new AheadOfTime(ListenerApplication.class, this.work, EMBEDDED);
		assertThat(application.resources())
			.anySatisfy((path) -> assertThat(AheadOfTime.read(path)).contains("ListenerApplication$Listening"));
		assertThat(application.run(EMBEDDED)).contains("Told: CREATED /").doesNotContain("Exception");
	}

}
