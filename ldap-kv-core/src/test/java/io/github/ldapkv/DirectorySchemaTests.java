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

package io.github.ldapkv;

import java.util.List;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldif.LDIFException;
import io.github.ldapkv.internal.schema.DirectorySchema;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link DirectorySchema}, where servers say the same in different ways.
 */
class DirectorySchemaTests {

	@Test
	void aSyntaxIsBinaryIfItIsSaidNotToBeReadable() {
		Entry subschema = new Entry("cn=schema");
		subschema.addAttribute("ldapSyntaxes", "( 1.1.1 DESC 'a' X-NOT-HUMAN-READABLE 'TRUE' )",
				"( 1.1.2 DESC 'b' X-NOT-HUMAN-READABLE 'true' )", "( 1.1.3 DESC 'c' X-NOT-HUMAN-READABLE 'false' )",
				"( 1.1.4 DESC 'd' )");
		subschema.addAttribute("attributeTypes", "( 1.2.1 NAME 'a' SYNTAX 1.1.1 )", "( 1.2.2 NAME 'b' SYNTAX 1.1.2 )",
				"( 1.2.3 NAME 'c' SYNTAX 1.1.3 )", "( 1.2.4 NAME 'd' SYNTAX 1.1.4 )");
		DirectorySchema schema = DirectorySchema.of(subschema);
		assertThat(schema.isBinary("a")).isTrue();
		assertThat(schema.isBinary("b")).isTrue();
		assertThat(schema.isBinary("c")).isFalse();
		assertThat(schema.isBinary("d")).isFalse();
	}

	@Test
	void activeDirectoryNamesNoMatchingRulesAndHasThem() {
		Entry subschema = new Entry("cn=aggregate");
		subschema.addAttribute("attributeTypes",
				"( 1.2.840.113556.1.4.302 NAME 'sAMAccountType' SYNTAX '1.3.6.1.4.1.1466.115.121.1.27' SINGLE-VALUE )",
				"( 2.5.4.3 NAME 'cn' SYNTAX '1.3.6.1.4.1.1466.115.121.1.15' SINGLE-VALUE NO-USER-MODIFICATION )",
				"( 2.5.4.0 NAME 'objectClass' SYNTAX '1.3.6.1.4.1.1466.115.121.1.38' NO-USER-MODIFICATION )",
				"( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' SYNTAX '1.3.6.1.4.1.1466.115.121.1.15' SINGLE-VALUE )");
		DirectorySchema schema = DirectorySchema.of(subschema);
		assertThat(schema.hasEquality("cn")).isTrue();
		assertThat(schema.hasEqualityIgnoringCase("cn")).isTrue();
		assertThat(schema.hasSubstringsIgnoringCase("cn")).isTrue();
		assertThat(schema.hasEqualityIgnoringCase("sAMAccountType")).isFalse();
		assertThat(schema.isServerMaintained("sAMAccountType")).isTrue();
		assertThat(schema.isServerMaintained("objectClass")).isFalse();
		assertThat(schema.isServerMaintained("sAMAccountName")).isFalse();
		assertThat(schema.isAddedByServer("sAMAccountName")).isTrue();
		assertThat(schema.isFixedByName("ou")).isTrue();
	}

	@Test
	void attributesOfActiveDirectoryAloneDoNotMakeOne() {
		Entry subschema = new Entry("cn=subschema");
		subschema.addAttribute("attributeTypes",
				"( 1.2.840.113556.1.4.302 NAME 'sAMAccountType' SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )",
				"( 2.5.4.3 NAME 'cn' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
				"( 1.2.3.4 NAME 'photo' SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )");
		DirectorySchema schema = DirectorySchema.of(subschema);
		assertThat(schema.isServerMaintained("sAMAccountType")).isFalse();
		assertThat(schema.hasEquality("photo")).isFalse();
		assertThat(schema.isFixedByName("cn")).isFalse();
	}

	@Test
	void anotherNameOfASecretIsASecretToo() {
		Entry subschema = new Entry("cn=subschema");
		subschema.addAttribute("attributeTypes", "( 1.2.1 NAME ( 'entryCode' 'doorPassword' ) )",
				"( 1.2.2 NAME 'login' SUP userPassword )", "( 2.5.4.3 NAME 'cn' )", "( 2.5.4.35 NAME 'userPassword' )");
		Entry entry = new Entry("cn=x");
		for (String name : List.of("entryCode", "1.2.1;lang-en", "login", "cn")) {
			entry.addAttribute(name, "s3cret");
		}
		LdapValue value = new EntryMapper(DirectorySchema.of(subschema)).value(entry);
		for (LdapValue shown : List.of(value, value.toBuilder().append("entryCode", "s3cret").build())) {
			assertThat(shown.toString()).contains("entryCode=[***]", "1.2.1;lang-en=[***]", "login=[***]",
					"cn=[s3cret]");
		}
	}

	/**
	 * RFC 3671: they stand in another entry.
	 */
	@Test
	void collectiveAttributesAreNotWritten() throws LDIFException {
		DirectorySchema schema = DirectorySchema
			.of(new Entry("dn: cn=schema", "attributeTypes: ( 2.5.4.7 NAME 'l' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
					"attributeTypes: ( 2.5.4.7.1 NAME 'c-l' SUP l COLLECTIVE )"));
		assertThat(schema.isServerMaintained("c-l")).isTrue();
		assertThat(schema.isServerMaintained("l")).isFalse();
	}

}
