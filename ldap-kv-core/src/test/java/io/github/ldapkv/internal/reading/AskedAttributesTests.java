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

package io.github.ldapkv.internal.reading;

import java.util.ArrayList;
import java.util.List;

import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.search.SearchPlanTests;
import io.github.ldapkv.internal.text.AttributeNames;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is left of that which a server sends.
 */
class AskedAttributesTests {

	private static final DirectorySchema SCHEMA = SearchPlanTests.schema();

	private static final List<String> NAMES = List.of("cn", "cn;lang-de", "description", "description;lang-de",
			"description;lang-en-gb", "description;lang-de;x-a", "userCertificate;binary", "entryUUID", "x-unknown",
			"x-unknown;x-a");

	@Test
	void subtypesByOptionsAreLeftOut() {
		assertLeft(List.of("description"), "description");
		assertLeft(List.of("2.5.4.13", "cn"), "description", "cn");
		assertLeft(List.of("DESCRIPTION;Lang-DE"), "description;lang-de");
		assertLeft(List.of("description;x-a;lang-de"), "description;lang-de;x-a");
		assertLeft(List.of("description", "cn;lang-de"), "description", "cn;lang-de");
		assertLeft(List.of("cn;lang-de"), "cn;lang-de");
		assertLeft(List.of("2.5.4.3;lang-de"), "cn;lang-de");
	}

	@Test
	void aRangeOfLanguagesBringsAllOfThem() {
		assertLeft(List.of("description;lang-"), "description;lang-de", "description;lang-en-gb");
		assertLeft(List.of("description;lang-en-"), "description;lang-en-gb");
		assertLeft(List.of("description;lang-de-"), "description;lang-de");
	}

	@Test
	void howValuesAreSentMakesNoOtherAttribute() {
		assertLeft(List.of("userCertificate"), "userCertificate;binary");
		assertLeft(List.of("userCertificate;binary"), "userCertificate;binary");
	}

	@Test
	void starAndPlusBringAllOfTheirKind() {
		assertThat(NAMES).allMatch((name) -> AskedAttributes.contain(null, name, SCHEMA))
			.allMatch((name) -> AskedAttributes.contain(List.of("cn", "*"), name, SCHEMA));
		assertThat(left("+", "description")).contains("entryUUID", "description", "x-unknown;x-a")
			.doesNotContain("description;lang-de");
	}

	@Test
	void whatTheSchemaDoesNotKnowIsKept() {
		assertThat(left("cn", "1.2.3.4")).contains("x-unknown").doesNotContain("x-unknown;x-a", "cn;lang-de");
	}

	private static void assertLeft(List<String> asked, String... names) {
		List<String> came = new ArrayList<>(NAMES);
		came.removeAll(List.of("entryUUID", "x-unknown", "x-unknown;x-a"));
		came.removeIf((name) -> !AskedAttributes.contain(asked, name, SCHEMA));
		assertThat(came.stream().filter((name) -> asked.stream().anyMatch((other) -> sameType(name, other))))
			.containsExactlyInAnyOrder(names);
	}

	private static boolean sameType(String name, String other) {
		return SCHEMA.nameOf(AttributeNames.typeOf(name)).equalsIgnoreCase(SCHEMA.nameOf(AttributeNames.typeOf(other)));
	}

	private static List<String> left(String... asked) {
		return NAMES.stream().filter((name) -> AskedAttributes.contain(List.of(asked), name, SCHEMA)).toList();
	}

}
