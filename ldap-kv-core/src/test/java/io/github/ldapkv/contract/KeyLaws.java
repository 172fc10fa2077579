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

package io.github.ldapkv.contract;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatObject;

/**
 * What names an entry.
 */
interface KeyLaws extends Laws {

	@Test
	default void aPathAndADnNameTheSameEntry() {
		LdapKey key = putPerson("uid=jdoe");
		LdapValue value = store().getRequired(key);
		assertThat(store().get(key.toString())).contains(value);
		assertThat(store().get(key.dn())).contains(value);
		assertThat(store().get("/" + key.dn())).contains(value);
	}

	@Test
	default void doubledAndTrailingSlashesAreDropped() {
		putUnit("ou=People");
		putPerson("ou=People/uid=jdoe");
		assertThat(store().contains("/" + area() + named("//ou=People///uid=jdoe/"))).isTrue();
	}

	@Test
	default void anyTextCanBeTheValueOfAnRdn() {
		for (String text : List.of("a/b", "HTTP/www.test.org@TEST.ORG", "a,b", "a+b", "a=b", "a;b", "a\"b", "a\\b",
				"<a>", "#a", " a", "a ", " a b ", "a*b", "(a)", "a)(|(cn=*", "é", "日本", emoji(), "{a}", "[a]", "a  b",
				"\\2F", "ldap://other/")) {
			LdapKey key = area().child("cn", text);
			store().put(key, Map.of("objectClass", "inetOrgPerson", "sn", "Doe"));
			assertThat(store().getRequired(key.toString()).text("cn")).contains(text);
			assertThat(store().contains(key.dn())).isTrue();
			assertThat(store().delete(key)).isTrue();
		}
	}

	@Test
	default void aSlashInAValueIsEscapedInAPath() {
		store().put(at("cn=a\\/b"), Map.of("objectClass", "inetOrgPerson", "sn", "Doe"));
		assertThat(store().getRequired(at("cn=a\\2Fb")).text("cn")).contains("a/b");
		assertThat(store().keys(KeyQuery.of(area() + "/*"))).singleElement().hasToString(spelled(area() + "/cn=a\\/b"));
	}

	@Test
	default void aPathWithoutItsSlashIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> store().get("ou=People/uid=jdoe"))
			.withMessageContaining("'ou=People/uid=jdoe'")
			.withMessageContaining("/ou=People/uid=jdoe");
	}

	@Test
	default void keysIgnoreCaseAndInsignificantSpace() {
		putPerson("uid=JDoe");
		store().put(at("cn=John  Doe"), Map.of("objectClass", "inetOrgPerson", "sn", "Doe"));
		assertThat(store().contains(at("UID=jdoe"))).isTrue();
		assertThat(store().contains(at("uid = JDOE"))).isTrue();
		assertThat(store().contains(at("CN= john doe "))).isTrue();
		assertThat(store().putIfAbsent(at("uid=jdoe"), person())).isFalse();
	}

	@Test
	default void resultsHaveTheSpellingOfTheServer() {
		store().put(at("uid=JDoe"), person());
		assertThat(store().keys(KeyQuery.of(area().toString().toUpperCase(Locale.ROOT) + named("/UID=jdoe"))))
			.singleElement()
			.hasToString(spelled(area() + named("/uid=JDoe")));
		assertThat(store().getEntry(area().toString().toUpperCase(Locale.ROOT) + named("/UID=jdoe"))).get()
			.extracting(LdapEntry::key)
			.hasToString(spelled(area() + named("/uid=JDoe")));
	}

	@Test
	default void thePartsOfAMultiValuedRdnComeInAnyOrder() {
		store().put(at("cn=John+uid=j1"), Map.of("objectClass", "inetOrgPerson", "sn", "Doe"));
		LdapValue value = store().getRequired(at("uid=J1+cn=john"));
		assertThat(value.text("cn")).contains("John");
		assertThat(value.text("uid")).contains("j1");
		assertThat(store().delete(at("uid=j1 + cn=John"))).isTrue();
	}

	@Test
	default void aDnThatAnAttributeHoldsIsAKey() {
		putPerson("uid=jdoe");
		store().put(at("cn=admins"), group(dn("uid=jdoe")));
		String member = store().getRequired(at("cn=admins")).text("member").orElseThrow();
		assertThat(store().getRequired(member).text(id())).contains("jdoe");
	}

	@Test
	default void anEntryKnowsItsKeyAndItsAbsoluteDn() {
		LdapKey key = putPerson("uid=jdoe");
		LdapEntry entry = store().query(key.toString()).get(0);
		assertThatObject(entry.key()).isEqualTo(key).hasToString(spelled(key.toString()));
		assertThatObject(LdapKey.of(entry.dn())).isEqualTo(LdapKey.of(dn("uid=jdoe")));
		assertThat(written(LdapKey.of(entry.dn()))).isEqualTo(written(entry.value()));
	}

	@Test
	default void getAllKeepsTheCallersKeys() {
		putPerson("uid=a");
		putPerson("uid=b");
		String lower = at("uid=a").toString();
		String upper = at("UID=B").toString();
		String missing = at("uid=c").toString();
		Map<String, LdapValue> all = store().getAll(List.of(upper, missing, lower));
		assertThat(all).containsOnlyKeys(upper, lower);
		assertThat(all.keySet()).containsExactly(upper, lower);
		assertThat(all.get(upper)).isEqualTo(store().getRequired(at("uid=b")));
		assertThat(store().getAll(List.<String>of())).isEmpty();
	}

}
