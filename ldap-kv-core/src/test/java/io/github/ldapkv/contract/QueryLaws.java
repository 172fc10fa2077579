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

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ManageDsaITRequestControl;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.ldif.LdapLdif;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatObject;

/**
 * What a query finds.
 */
interface QueryLaws extends Laws {

	@Test
	default void starsAndQuestionMarksStayWithinAComponent() {
		tree();
		assertThat(found("/*")).isEqualTo(keys("ou=People", "ou=Groups"));
		assertThat(found("/ou=People/uid=j*")).isEqualTo(keys("ou=People/uid=jdoe", "ou=People/uid=jroe"));
		assertThat(found("/ou=People/uid=?doe")).isEqualTo(keys("ou=People/uid=adoe", "ou=People/uid=jdoe"));
		assertThat(found("/ou=People/*"))
			.isEqualTo(keys("ou=People/uid=adoe", "ou=People/uid=jdoe", "ou=People/uid=jroe", "ou=People/ou=Guests"));
		assertThat(found("/*/uid=jdoe")).isEqualTo(keys("ou=People/uid=jdoe"));
		assertThat(found("/ou=P*/*/uid=*")).isEqualTo(keys("ou=People/ou=Guests/uid=jdoe"));
	}

	@Test
	default void twoStarsCrossComponents() {
		tree();
		assertThat(found("/**/uid=jdoe")).isEqualTo(keys("ou=People/uid=jdoe", "ou=People/ou=Guests/uid=jdoe"));
		assertThat(found("/ou=People/**/uid=jdoe"))
			.isEqualTo(keys("ou=People/uid=jdoe", "ou=People/ou=Guests/uid=jdoe"));
		assertThat(found("/ou=People/ou=Guests/**"))
			.isEqualTo(keys("ou=People/ou=Guests", "ou=People/ou=Guests/uid=jdoe"));
		assertThat(found("/**/**/uid=a*")).isEqualTo(keys("ou=People/uid=adoe"));
		assertThat(found("/**")).hasSize(9);
	}

	@Test
	default void setsAndAlternatives() {
		tree();
		assertThat(found("/ou=People/uid=[a-c]doe")).isEqualTo(keys("ou=People/uid=adoe"));
		assertThat(found("/ou=People/uid=[!a-c]doe")).isEqualTo(keys("ou=People/uid=jdoe"));
		assertThat(found("/ou={People,Groups}/*=[ae]*")).isEqualTo(keys("ou=People/uid=adoe", "ou=Groups/cn=editors"));
		assertThat(found("/ou=People/uid=j{doe,roe}")).isEqualTo(keys("ou=People/uid=jdoe", "ou=People/uid=jroe"));
	}

	@Test
	default void aBackslashMakesAWildcardLiteral() {
		putPerson("uid=a*c");
		putPerson("uid=abc");
		assertThat(found("/uid=a\\*c")).isEqualTo(keys("uid=a*c"));
		assertThat(found("/uid=a*c")).isEqualTo(keys("uid=a*c", "uid=abc"));
	}

	@Test
	default void patternsIgnoreCaseLikeKeys() {
		tree();
		assertThat(found("/OU=people/UID=J*")).isEqualTo(keys("ou=People/uid=jdoe", "ou=People/uid=jroe"));
	}

	@Test
	default void onlyTheValueInTheRdnCounts() {
		store().put(at("uid=a"), personWith(Map.of("uid", List.of("a", "second"))));
		assertThat(found("/uid=s*")).isEmpty();
		assertThat(found("/uid=a*")).isEqualTo(keys("uid=a"));
	}

	@Test
	default void aPatternWithoutWildcardsFindsTheEntryItself() {
		LdapKey key = putPerson("uid=jdoe");
		assertThat(store().query(key.toString())).singleElement().satisfies((entry) -> {
			assertThatObject(entry.key()).isEqualTo(key);
			assertThat(written(entry.value())).isEqualTo(written(key));
		});
		assertThat(store().query(at("uid=none").toString())).isEmpty();
	}

	@Test
	default void keysAndCountAgreeWithQueryAndReadNoAttributes() {
		tree();
		for (String pattern : List.of("/**", "/*", "/ou=People/*", "/**/uid=j*", "/ou=None")) {
			KeyQuery query = KeyQuery.of(area() + named(pattern));
			List<LdapKey> keys = store().query(query).stream().map(LdapEntry::key).toList();
			assertThat(store().keys(query)).containsExactlyInAnyOrderElementsOf(keys);
			assertThat(store().count(query)).isEqualTo(keys.size());
		}
		KeyQuery people = KeyQuery.of(area() + "/ou=People/*");
		assertThat(directory().requestsDuring(() -> store().keys(people))).containsExactly("SEARCH 1.1");
		assertThat(directory().requestsDuring(() -> store().count(people))).containsExactly("SEARCH 1.1");
		assertThat(directory().requestsDuring(() -> store().contains(area()))).containsExactly("SEARCH 1.1");
		assertThat(directory().requestsDuring(() -> store().query(people)))
			.singleElement(InstanceOfAssertFactories.STRING)
			.matches("SEARCH( \\* \\w+)?"); // all attributes, and the one that is the
											// version
		assertThat(directory().requestsDuring(() -> store().get(area()))).containsExactly("SEARCH");
	}

	@Test
	default void aFilterNarrowsAQuery() {
		tree();
		KeyQuery query = KeyQuery.of(area() + "/**").filter(named("(&(objectClass=inetOrgPerson)(!(uid=j*)))"));
		assertThat(store().keys(query)).isEqualTo(keys("ou=People/uid=adoe"));
		assertThat(store().count(query)).isEqualTo(1);
		assertThat(store().query(KeyQuery.of(at("ou=People").toString()).filter("(ou=Groups)"))).isEmpty();
	}

	@Test
	default void aFilterNeedsNoOuterParentheses() {
		tree();
		KeyQuery query = KeyQuery.of(at("ou=People") + "/*");
		assertThat(store().keys(query.filter(" " + named("uid=adoe") + "\n"))).isEqualTo(keys("ou=People/uid=adoe"));
		assertThat(store().keys(query.filter(named("&(objectClass=inetOrgPerson)(!(uid=j*))"))))
			.isEqualTo(keys("ou=People/uid=adoe"));
	}

	@Test
	default void onlyTheAttributesAskedForAreRead() {
		putPerson("uid=jdoe");
		KeyQuery query = KeyQuery.of(area() + "/*");
		assertThat(store().query(query.attributes("SN")).get(0).value().names()).singleElement()
			.asString()
			.isEqualToIgnoringCase("sn");
		assertThat(store().query(query.attributes()).get(0).value().names()).isEmpty();
		assertThat(store().query(query.attributes("sn", identity())).get(0).value().has(identity())).isTrue();
	}

	@Test
	default void limitOffsetAndAfterFollowTheOrderOfKeys() {
		List<LdapKey> sorted = Stream.of("b", "d", "A", "c", "E")
			.map((name) -> putPerson("uid=" + name))
			.sorted()
			.toList();
		assertThat(sorted).extracting(LdapKey::toString)
			.containsExactly(keyTexts("uid=A", "uid=b", "uid=c", "uid=d", "uid=E"));
		KeyQuery query = KeyQuery.of(area() + "/*");
		assertThat(store().keys(query.limit(2))).isEqualTo(sorted.subList(0, 2));
		assertThat(store().keys(query.offset(3))).isEqualTo(sorted.subList(3, 5));
		assertThat(store().keys(query.offset(1).limit(3))).isEqualTo(sorted.subList(1, 4));
		assertThat(store().keys(query.after(at("uid=B")))).isEqualTo(sorted.subList(2, 5));
		assertThat(store().keys(query.after(at("uid=bb")).offset(1).limit(1))).isEqualTo(sorted.subList(3, 4));
		assertThat(store().keys(query.limit(0))).isEmpty();
		assertThat(store().keys(query.offset(9))).isEmpty();
		assertThat(store().count(query.limit(2))).isEqualTo(2);
		assertThat(store().count(query.offset(4))).isEqualTo(1);
		assertThat(store().count(query.after(at("uid=b")))).isEqualTo(3);
	}

	/**
	 * Also where all results are wanted.
	 */
	@Test
	default void everyLimitAndOffsetGivesTheOrderOfKeys() {
		List<LdapKey> sorted = Stream.of("b", "d", "A", "c", "E")
			.map((name) -> putPerson("uid=" + name))
			.sorted()
			.toList();
		KeyQuery query = KeyQuery.of(area() + "/*");
		for (KeyQuery all : List.of(query.offset(0), query.limit(Integer.MAX_VALUE), query.limit(5),
				query.offset(0).limit(9))) {
			assertThat(store().keys(all)).isEqualTo(sorted);
			assertThat(store().query(all)).extracting(LdapEntry::key).isEqualTo(sorted);
			assertThat(store().count(all)).isEqualTo(5);
			try (Stream<LdapEntry> entries = store().stream(all)) {
				assertThat(entries).extracting(LdapEntry::key).isEqualTo(sorted);
			}
		}
	}

	/**
	 * What is not on the page is not read, but for its key.
	 */
	@Test
	default void aPageReadsTheAttributesOfItsOwnEntriesOnly() {
		IntStream.range(0, 10).forEach((i) -> putPerson("uid=u" + i));
		List<LdapKey> winners = IntStream.range(4, 7).mapToObj((i) -> at("uid=u" + i)).toList();
		KeyQuery page = KeyQuery.of(area() + named("/uid=*")).offset(1).limit(3).after(at("uid=u2"));
		store().count(page);
		List<String> requests = directory().requestsDuring(() -> {
			List<LdapEntry> entries = store().query(page);
			assertThat(entries).extracting(LdapEntry::key).isEqualTo(winners);
			for (LdapEntry entry : entries) {
				LdapEntry read = store().getEntry(entry.key()).orElseThrow();
				assertThat(entry.value()).isEqualTo(read.value());
				assertThat(entry.version()).isEqualTo(read.version());
				assertThat(entry.dn()).isEqualToIgnoringCase(read.dn());
			}
			assertThat(store().query(page.attributes("sn"))).allSatisfy((entry) -> {
				assertThat(entry.value().names()).singleElement().asString().isEqualToIgnoringCase("sn");
				assertThat(entry.version()).isNotNull();
			});
		});
		assertThat(requests).startsWith("SEARCH 1.1")
			.filteredOn((request) -> !"SEARCH 1.1".equals(request))
			.as("at most one for each entry that is read, three times three")
			.hasSizeLessThanOrEqualTo(9);
	}

	@Test
	default void resultsAreNeverModifiable() {
		LdapKey key = putPerson("uid=jdoe");
		KeyQuery query = KeyQuery.of(area() + "/*");
		for (KeyQuery any : List.of(query, query.limit(1), query.limit(0), query.offset(5), query.after(key),
				KeyQuery.of(area() + "/ou=None/*"))) {
			assertThat(store().keys(any)).isUnmodifiable();
			assertThat(store().query(any)).isUnmodifiable();
		}
		assertThat(store().children(area())).isUnmodifiable();
		for (List<LdapKey> keys : List.of(List.of(key), List.<LdapKey>of(), List.of(at("uid=none")))) {
			assertThat(store().getAll(keys)).isUnmodifiable();
		}
	}

	/**
	 * A DN is a key like another, also to those who have it from an entry, and so is an
	 * absolute key.
	 */
	@Test
	default void pagesCanBeginAfterAnAbsoluteName() {
		Stream.of("a", "b", "c", "d").forEach((name) -> putPerson("uid=" + name));
		KeyQuery query = KeyQuery.of(area() + "/*").limit(2);
		LdapEntry last = store().query(query).get(1);
		for (CharSequence after : List.of(last.key(), last.key().toString(), last.dn(), LdapKey.of(last.dn()))) {
			KeyQuery next = query.after(after);
			assertThat(store().keys(next)).as("after %s", after).containsExactly(at("uid=c"), at("uid=d"));
			assertThat(store().query(next)).extracting(LdapEntry::key).containsExactly(at("uid=c"), at("uid=d"));
			assertThat(store().count(next)).isEqualTo(2);
			try (Stream<LdapEntry> entries = store().stream(next)) {
				assertThat(entries).hasSize(2);
			}
		}
	}

	@Test
	default void allPagesAreRead() {
		int entries = 1201;
		IntStream.range(0, entries).forEach((i) -> putUnit("ou=" + i));
		assertThat(store().count(KeyQuery.of(area() + "/*"))).isEqualTo(entries);
		assertThat(store().query(area() + "/ou=*")).extracting(LdapEntry::key).doesNotHaveDuplicates().hasSize(entries);
	}

	@Test
	default void aPatternWhoseStartIsMissingFindsNothing() throws IOException {
		tree();
		List<String> belowTheArea = Stream
			.of("/ou=None/*", "/ou=None/**", "/ou=None/ou=Deeper/*", "/ou=People/ou=None/ou=Deeper/**", "/ou=None/ou=x",
					"/ou=None/*/uid=j*", "/noSuchAttribute=x/*", "/ou=People/noSuchAttribute=x", "/1.2.3.4.5.6=x/**")
			.map((pattern) -> area() + named(pattern))
			.toList();
		List<String> elsewhere = List.of("/o=nowhere/*", "/o=nowhere", "/dc=org/dc=nowhere/**", "/dc=com/**",
				"/noSuchAttribute=x/*", "/noSuchAttribute=x/ou=y");
		for (String pattern : Stream.concat(belowTheArea.stream(), elsewhere.stream()).toList()) {
			KeyQuery query = KeyQuery.of(pattern);
			assertThat(store().query(query)).as(pattern).isEmpty();
			assertThat(store().query(query.limit(5))).as(pattern).isEmpty();
			assertThat(store().keys(query)).as(pattern).isEmpty();
			assertThat(store().count(query)).as(pattern).isZero();
			try (Stream<LdapEntry> stream = store().stream(query)) {
				assertThat(stream).as(pattern).isEmpty();
			}
			assertThat(LdapLdif.on(store()).export(query, new StringWriter())).as(pattern).isZero();
		}
	}

	/**
	 * An entry that refers to another server is neither found nor changed, and nobody
	 * goes to that server.
	 */
	@Test
	default void referralsAreNoResultsAndNotFollowed() throws Exception {
		putPerson("uid=a");
		try (LDAPConnection connection = directory().connect()) {
			AddRequest referral = new AddRequest("dn: " + dn("ou=elsewhere"), "objectClass: referral",
					"objectClass: extensibleObject", "ou: elsewhere", "ref: ldap://localhost:1/ou=x");
			referral.addControl(new ManageDsaITRequestControl());
			connection.add(referral);
		}
		assertThat(found("/**")).isEqualTo(Stream.of(area(), at("uid=a")).toList());
		assertThat(store().count(KeyQuery.of(area() + "/*"))).isEqualTo(1);
		assertThat(store().get(at("ou=elsewhere"))).isEmpty();
		assertThat(store().contains(at("ou=elsewhere"))).isFalse();
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> store().put(at("ou=elsewhere"), Map.of("description", "x")))
			.withMessageContaining("referral (10)");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store().delete(at("ou=elsewhere/ou=y")))
			.withMessageContaining("referral (10)");
		try (LDAPConnection connection = directory().connect()) {
			SearchRequest search = new SearchRequest(dn("ou=elsewhere"), SearchScope.BASE, "(objectClass=*)");
			search.addControl(new ManageDsaITRequestControl());
			assertThat(connection.searchForEntry(search).hasAttribute("description")).isFalse();
		}
	}

	/**
	 * Creates some people and groups, nine entries with the area.
	 */
	private void tree() {
		putUnit("ou=People");
		putUnit("ou=Groups");
		putPerson("ou=People/uid=adoe");
		putPerson("ou=People/uid=jdoe");
		putPerson("ou=People/uid=jroe");
		putUnit("ou=People/ou=Guests");
		putPerson("ou=People/ou=Guests/uid=jdoe");
		store().put(at("ou=Groups/cn=editors"), group(dn("ou=People/uid=jdoe")));
	}

	private List<LdapKey> found(String pattern) {
		return store().keys(KeyQuery.of(area() + named(pattern))).stream().sorted().toList();
	}

	private List<LdapKey> keys(String... paths) {
		return Stream.of(paths).map(this::at).sorted().toList();
	}

	private String[] keyTexts(String... paths) {
		return Stream.of(paths).map((path) -> at(path).toString()).toArray(String[]::new);
	}

}
