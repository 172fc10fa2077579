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

package io.github.ldapkv.internal.search;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.schema.Schema;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.schema.DirectorySchema;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SearchPlan}: what is sent for a pattern.
 */
public class SearchPlanTests {

	private static final DirectorySchema SCHEMA = schema();

	@Test
	void aLiteralIsReadItself() {
		assertPlan("/ou=People/uid=jdoe", "/ou=People/uid=jdoe", SearchScope.BASE, "(objectClass=*)");
		assertPlan("/", "/", SearchScope.BASE, "(objectClass=*)");
	}

	@Test
	void aWildcardInTheLastComponentIsOneLevel() {
		assertPlan("/ou=People/uid=j*", "/ou=People", SearchScope.ONE, "(uid=j*)");
		assertPlan("/ou=People/uid=*o?e", "/ou=People", SearchScope.ONE, "(uid=*o*e)");
		assertPlan("/ou=People/*", "/ou=People", SearchScope.ONE, "(objectClass=*)");
		assertPlan("/ou=People/uid={a,b*}", "/ou=People", SearchScope.ONE, "(|(uid=a)(uid=b*))");
		assertPlan("/cn=a*+sn=b*", "/", SearchScope.ONE, "(&(cn=a*)(sn=b*))");
		assertPlan("/{cn,s*}=a", "/", SearchScope.ONE, "(objectClass=*)");
	}

	@Test
	void wildcardsFurtherUpAreASubtree() {
		assertPlan("/ou=People/**", "/ou=People", SearchScope.SUB, "(objectClass=*)");
		assertPlan("/**/uid=jdoe", "/", SearchScope.SUB, "(uid=jdoe)");
		assertPlan("/ou=a/*/cn=x*", "/ou=a", SearchScope.SUB, "(cn=x*)");
	}

	@Test
	void anAttributeWithoutSubstringRuleIsOnlyAskedToBeThere() {
		assertPlan("/member=cn*", "/", SearchScope.ONE, "(member=*)");
		assertPlan("/nosuch=a*", "/", SearchScope.ONE, "(nosuch=*)");
	}

	@Test
	void whatServersCompareDifferentlyIsLeftOpen() {
		assertPlan("/cn=aéb*", "/", SearchScope.ONE, "(cn=a*b*)");
		assertPlan("/cn=a *b", "/", SearchScope.ONE, "(cn=a*b)");
	}

	@Test
	void nothingInAPatternIsFilterSyntax() {
		assertPlan("/cn=a)(uid=\\**", "/", SearchScope.ONE, "(cn=a\\29\\28uid=\\2a*)");
	}

	@Test
	void aConditionIsAdded() throws LDAPException {
		Filter condition = Filter.create("(mail=*)");
		assertThat(SearchPlan.of(KeyPattern.parse("/uid=j*"), condition, SCHEMA).filter())
			.hasToString("(&(uid=j*)(mail=*))");
		assertThat(SearchPlan.of(KeyPattern.parse("/**"), condition, SCHEMA).filter()).hasToString("(mail=*)");
	}

	@Property(tries = 3000)
	void theFilterFindsWhatThePatternMatches(@ForAll("values") String value, @ForAll("globs") String glob)
			throws LDAPException {
		LdapKey key = LdapKey.of("/").child("cn", value);
		KeyPattern pattern;
		try {
			pattern = KeyPattern.parse("/cn=" + glob);
		}
		catch (IllegalArgumentException ex) {
			return;
		}
		if (pattern.matches(KeyPath.of(key.toString()))) {
			Entry entry = new Entry(key.dn(), SCHEMA_OF_ENTRIES);
			entry.addAttribute("objectClass", "person");
			entry.addAttribute("cn", value);
			assertThat(SearchPlan.of(pattern, null, SCHEMA).filter().matchesEntry(entry, SCHEMA_OF_ENTRIES)).isTrue();
		}
	}

	@Provide
	Arbitrary<String> values() {
		return Arbitraries
			.of("a", "B", "b", " ", "é", "e\u0301", "É", "*", "(", ")", "\\", "\0", "\t", "ß", "ı", "I", "\u212A")
			.list()
			.ofMinSize(1)
			.ofMaxSize(4)
			.map((parts) -> String.join("", parts));
	}

	@Provide
	Arbitrary<String> globs() {
		return Arbitraries
			.of("a", "B", "b", " ", "é", "e\u0301", "É", "*", "?", "\\*", "(", ")", "[!x]", "{a,b}", "ß", "I", "k")
			.list()
			.ofMinSize(1)
			.ofMaxSize(5)
			.map((parts) -> String.join("", parts));
	}

	private static final Schema SCHEMA_OF_ENTRIES = standardSchema();

	private static Schema standardSchema() {
		try {
			return Schema.getDefaultStandardSchema();
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static DirectorySchema schema() {
		return DirectorySchema.of(standardSchema().getSchemaEntry());
	}

	private static void assertPlan(String pattern, String base, SearchScope scope, String filter) {
		SearchPlan plan = SearchPlan.of(KeyPattern.parse(pattern), null, SCHEMA);
		assertThat(plan.base().toString()).isEqualTo(base);
		assertThat(plan.scope()).isEqualTo(scope);
		assertThat(plan.filter().toString()).isEqualTo(filter);
	}

}
