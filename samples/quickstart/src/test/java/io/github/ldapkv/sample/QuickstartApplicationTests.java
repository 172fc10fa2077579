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

import io.github.ldapkv.testserver.OpenLdapContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tour as a user takes it.
 */
@ExtendWith(OutputCaptureExtension.class)
class QuickstartApplicationTests {

	@Test
	void runsOnAnEmbeddedDirectory(CapturedOutput output) {
		QuickstartApplication.main(new String[0]);
		assertTour(output.getAll());
	}

	@Test
	void runsOnOpenLdapAsOftenAsOneLikes(CapturedOutput output) {
		OpenLdapContainer server = OpenLdapContainer.shared();
		String[] arguments = { "--spring.ldap.urls=" + server.url(), "--spring.ldap.username=" + server.userDn(),
				"--spring.ldap.password=" + server.password() };
		QuickstartApplication.main(arguments);
		int first = output.getOut().length();
		assertTour(output.getOut());
		QuickstartApplication.main(arguments);
		assertTour(output.getOut().substring(first));
	}

	private static void assertTour(String output) {
		assertThat(output).contains("description=[A tour]", "Optional[A tour]", "jpegPhoto=[<4 bytes>]", "-> false",
				"-> uid=jdoe,ou=People,ou=Quickstart,dc=test,dc=org", "-> 3",
				"-> /dc=org/dc=test/ou=Quickstart/ou=People/uid=jroe", "-> 42", "ou=Staff", "is missing, or",
				"Create it first.", "requires the attribute 'sn'", "notAllowedOnNonLeaf (66)",
				"IllegalArgumentException");
		assertThat(output).doesNotContain("Exception:");
	}

}
