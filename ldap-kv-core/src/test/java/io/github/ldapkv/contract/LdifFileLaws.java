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
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ManageDsaITRequestControl;
import io.github.ldapkv.BulkWriteException;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.ldif.LdapLdif.Loaded;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * LDIF files as other tools and other servers write them, and as people spoil them.
 */
public interface LdifFileLaws extends Laws {

	/**
	 * Object classes by another case or number and without their superiors, an attribute
	 * by another name, a DN with other spaces, and no attribute for what the name says.
	 */
	@Test
	default void anEntryInAnotherSpellingIsSkipped() {
		putPerson("uid=jdoe");
		store().put(at("uid=jdoe"), Map.of("title", "Chief  Cook"));
		store().put(at("cn=cooks"), group(dn("uid=jdoe")));
		String member = dn("uid=jdoe").replace(",", " , ").replaceFirst("^[a-z]+", id().toUpperCase(Locale.ROOT));
		String ldif = "dn: " + dn("uid=jdoe").replace(",", ", ") + "\nobjectClass: INETORGPERSON\n2.5.4.4: doe\n"
				+ (id().equals("cn") ? "" : "CN: john  doe\n") + "TITLE: chief cook\n\n" + "dn: " + dn("cn=cooks")
				+ "\n2.5.4.0: " + group().get("objectClass").toString().toLowerCase(Locale.ROOT) + "\nmember: " + member
				+ "\n";
		assertWritesNothing(ldif, 2);
	}

	/**
	 * With what servers maintain of an entry, also where this one does not.
	 */
	@Test
	default void whatOtherServersHaveWrittenIsLoadedAndThenSkipped() {
		StringBuilder ldif = new StringBuilder();
		List<String> maintained = List.of(
				// slapcat
				"structuralObjectClass: organizationalUnit\nentryUUID: 2f1bd8e2-5c7c-103f-9c1a-5b6d2bd3a0f1\n"
						+ "creatorsName: cn=admin,dc=example,dc=com\ncreateTimestamp: 20240102030405Z\n"
						+ "entryCSN: 20240102030405.123456Z#000000#000#000000\nmodifiersName: cn=admin,dc=example,dc=com\n"
						+ "modifyTimestamp: 20240102030405Z\n",
				// 389's export
				"nsUniqueId: 5a3f4c01-1dd211b2-80b1c2d3-0a0b0c0d\nentryid: 7\nparentid: 2\nnumSubordinates: 0\n"
						+ "dsEntryDN: ou=people,dc=example,dc=com\nentrydn: ou=people,dc=example,dc=com\n",
				// ApacheDS and OpenDJ
				"entryParentId: 39d67943-e338-442e-bf84-7848009e8a58\nnbChildren: 0\nnbSubordinates: 0\n"
						+ "hasSubordinates: FALSE\nsubschemaSubentry: cn=schema\netag: 00000000ac783a8b\n");
		for (int i = 0; i < maintained.size(); i++) {
			ldif.append(unit("ou=" + i)).append(maintained.get(i)).append('\n');
		}
		assertThat(load(ldif.toString())).isEqualTo(new Loaded(3, 0, 0));
		assertWritesNothing(ldif.toString(), 3);
	}

	@Test
	default void whatIsWrongWithOneEntryKeepsNoOtherFromBeingLoaded() {
		List<String> wrong = new ArrayList<>();
		wrong.add("dn: " + dn("ou=1") + "\nobjectClass: organizationalUnit\nou:: not base64\n");
		wrong.add("dn: " + dn("ou=2") + "\nobjectClass: organizationalUnit\nno colon\n");
		wrong.add("dn: no name\nobjectClass: organizationalUnit\n");
		wrong.add("dn: ou=x,dc=else,dc=where\nobjectClass: organizationalUnit\nou: x\n");
		wrong.add("dn: " + dn("ou=3").replace("ou=3", "noSuchType=3") + "\nobjectClass: organizationalUnit\n");
		wrong.add(unit("ou=4").replace("ou: 4", "ou: 5"));
		wrong.add(unit("ou=5") + "description:< file:///etc/hostname\n");
		wrong.add("objectClass: organizationalUnit\nou: 6\n");
		wrong.add("dn:: /w==\nobjectClass: organizationalUnit\n");
		wrong.add("dn:\nobjectClass: top\n");
		wrong.add(unit("ou=7") + "description" + ";: x\n");
		StringBuilder ldif = new StringBuilder("version: 1\n\n");
		for (int i = 0; i < wrong.size(); i++) {
			ldif.append(wrong.get(i)).append('\n').append(unit("ou=good-" + i)).append('\n');
		}
		BulkWriteException ex = catchThrowableOfType(BulkWriteException.class, () -> load(ldif.toString()));
		assertThat(ex.lines().keySet()).containsExactly(5L, 13L, 19L, 26L, 34L, 41L, 52L, 58L, 65L, 72L, 82L);
		assertThat(ex.done()).isEqualTo(wrong.size());
		assertThat(ex).hasMessageContaining("Could not load 11 of 22 entries; the other 11 are done. ")
			.hasMessageContaining(
					"They are on lines 5, 13, 19, 26, 34, 41, 52, 58, 65, 72, 82 of the file. The first failure: Line 5 ");
		assertThat(ex.lines().get(65L)).hasMessageContaining("UTF-8");
		assertThat(store().keys(KeyQuery.of(area() + "/ou=*"))).hasSize(wrong.size());
		assertThat(IntStream.range(0, wrong.size())).allMatch((i) -> store().contains(at("ou=good-" + i)));
		assertThatExceptionOfType(BulkWriteException.class).isThrownBy(() -> load(ldif.toString()))
			.satisfies((again) -> assertThat(again.lines()).hasSameSizeAs(wrong))
			.satisfies((again) -> assertThat(again.done()).isEqualTo(wrong.size()));
	}

	/**
	 * The line above a blank goes on behind it (RFC 2849), so that the blank separates
	 * nothing.
	 */
	@Test
	default void twoEntriesWithoutAnEmptyLineBetweenThemAreNotOne() {
		for (String separator : List.of("", " \n", "# a comment\n", "# a comment\n \n")) {
			String ldif = unit("ou=a") + separator + unit("ou=b") + "\n" + unit("ou=c");
			long line = 4 + separator.lines().count();
			assertThatExceptionOfType(BulkWriteException.class).isThrownBy(() -> load(ldif)).satisfies((ex) -> {
				assertThat(ex.lines().keySet()).containsExactly(line);
				assertThat(ex.lines().get(line)).hasMessageContaining("Line " + line)
					.hasMessageContaining("begins on line 1");
			});
			assertThat(store().keys(KeyQuery.of(area() + "/*"))).containsExactly(at("ou=c"));
		}
	}

	@Test
	default void anEntryBelowAReferralFailsAlone() throws Exception {
		addReferral();
		String ldif = unit("ou=a") + "\n" + unit("ou=x,ou=elsewhere") + "\n" + unit("ou=b");
		assertThatExceptionOfType(BulkWriteException.class).isThrownBy(() -> load(ldif))
			.satisfies((ex) -> assertThat(ex.lines().keySet()).containsExactly(5L));
		assertThat(store().contains(at("ou=a"))).isTrue();
		assertThat(store().contains(at("ou=b"))).isTrue();
	}

	@Test
	default void anEntryThatRefersToAnotherServerIsLoadedAgain() throws Exception {
		String referral = "dn: " + dn("ou=elsewhere")
				+ "\nobjectClass: referral\nobjectClass: extensibleObject\nou: elsewhere\nref: ldap://localhost:1/ou=x\n";
		assertThat(load(referral)).isEqualTo(new Loaded(1, 0, 0));
		assertWritesNothing(referral, 1);
		assertThat(load(referral.replace("localhost:1", "localhost:2") + "description: x\n"))
			.isEqualTo(new Loaded(0, 1, 0));
		assertThat(load(referral.replace("localhost:1", "localhost:2"))).isEqualTo(new Loaded(0, 1, 0));
		assertWritesNothing(referral.replace("localhost:1", "localhost:2").replace("objectClass", "2.5.4.0"), 1);
		try (LDAPConnection connection = directory().connect()) {
			SearchRequest search = new SearchRequest(dn("ou=elsewhere"), SearchScope.BASE, "(objectClass=*)", "*",
					"ref");
			search.addControl(new ManageDsaITRequestControl());
			assertThat(connection.searchForEntry(search).getAttributeValues("ref"))
				.containsExactly("ldap://localhost:2/ou=x");
			assertThat(connection.searchForEntry(search).hasAttribute("description")).isFalse();
		}
	}

	/**
	 * Such as the lock of an account, or the rights to an entry.
	 */
	@Test
	default void whatAnAdministratorHasSetIsInABackup() throws Exception {
		putUnit("ou=a");
		putUnit("ou=b");
		try (LDAPConnection connection = directory().connect()) {
			for (Map.Entry<String, String> set : administrative().entrySet()) {
				connection.modify("dn: " + dn("ou=a"), "changetype: modify", "add: " + set.getKey(),
						set.getKey() + ": " + set.getValue());
			}
		}
		Map<String, String> before = administrative("ou=a");
		assertThat(before).isNotEmpty();
		String ldif = export(area() + "/*");
		store().delete(at("ou=a"));
		assertThat(load(ldif)).isEqualTo(new Loaded(1, 0, 1));
		assertThat(administrative("ou=a")).isEqualTo(before);
		assertWritesNothing(ldif, 2);
		try (LDAPConnection connection = directory().connect()) {
			for (String name : administrative().keySet()) {
				connection.modify("dn: " + dn("ou=a"), "changetype: modify", "delete: " + name);
			}
		}
		assertThat(load(ldif)).isEqualTo(new Loaded(0, 1, 1));
		assertThat(administrative("ou=a")).isEqualTo(before);
	}

	/**
	 * Most files have none.
	 */
	@Test
	default void operationalAttributesThatAFileDoesNotNameStay() throws Exception {
		putUnit("ou=a");
		try (LDAPConnection connection = directory().connect()) {
			for (Map.Entry<String, String> set : administrative().entrySet()) {
				connection.modify("dn: " + dn("ou=a"), "changetype: modify", "add: " + set.getKey(),
						set.getKey() + ": " + set.getValue());
			}
		}
		Map<String, String> before = administrative("ou=a");
		assertWritesNothing(unit("ou=a"), 1);
		assertThat(load(unit("ou=a") + "l: here\n")).isEqualTo(new Loaded(0, 1, 0));
		assertThat(administrative("ou=a")).isEqualTo(before);
	}

	/**
	 * A tool that reads the file from its beginning to its end can load it.
	 */
	@Test
	default void parentsAreExportedBeforeTheirChildren() {
		putUnit("ou=old");
		putUnit("ou=old/ou=a");
		putPerson("ou=old/ou=a/uid=1");
		putPerson("ou=old/ou=a/uid=2");
		putPerson("uid=3");
		putUnit("ou=new");
		putUnit("ou=new/ou=deep");
		store().move(at("ou=old/ou=a"), at("ou=new/ou=deep/ou=a"));
		store().move(at("uid=3"), at("ou=new/uid=3"));
		store().delete(at("ou=old"));
		for (String pattern : List.of("/**", "/*/**", "/**/*")) {
			List<String> dns = export(area() + pattern).lines().filter((line) -> line.startsWith("dn: ")).toList();
			assertThat(dns).as(pattern).doesNotHaveDuplicates().hasSize("/**".equals(pattern) ? 7 : 6);
			for (int i = 0; i < dns.size(); i++) {
				LdapKey parent = LdapKey.of(dns.get(i).substring(4)).parent();
				assertThat(dns.subList(i, dns.size())).as(dns.toString())
					.noneMatch((dn) -> LdapKey.of(dn.substring(4)).equals(parent));
			}
		}
		String persons = export(KeyQuery.of(area() + "/**").filter("(sn=*)"));
		assertThat(persons.lines().filter((line) -> line.startsWith("dn: "))).hasSize(3);
		String ldif = export(area() + "/*/**");
		store().deleteTree(at("ou=new"));
		assertThat(load(ldif)).isEqualTo(new Loaded(6, 0, 0));
	}

	/**
	 * What an administrator may say of a unit that is no user attribute.
	 * @return values by attribute
	 */
	default Map<String, String> administrative() {
		return Map.of("aci",
				"(targetattr=\"description\")(version 3.0; acl \"x\"; allow (read) userdn=\"ldap:///anyone\";)");
	}

	private Map<String, String> administrative(String path) throws Exception {
		try (LDAPConnection connection = directory().connect()) {
			Map<String, String> values = new TreeMap<>();
			for (String name : administrative().keySet()) {
				values.put(name, connection.getEntry(dn(path), name).getAttributeValue(name));
			}
			return values;
		}
	}

	private void addReferral() throws Exception {
		try (LDAPConnection connection = directory().connect()) {
			AddRequest referral = new AddRequest("dn: " + dn("ou=elsewhere"), "objectClass: referral",
					"objectClass: extensibleObject", "ou: elsewhere", "ref: ldap://localhost:1/ou=x");
			referral.addControl(new ManageDsaITRequestControl());
			connection.add(referral);
		}
	}

	private void assertWritesNothing(String ldif, int entries) {
		assertThat(directory().requestsDuring(() -> assertThat(load(ldif)).isEqualTo(new Loaded(0, 0, entries))))
			.isNotEmpty()
			.allMatch((request) -> request.startsWith("SEARCH"));
	}

	private Loaded load(String ldif) {
		try {
			return LdapLdif.on(store()).load(new StringReader(ldif));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String export(String pattern) {
		return export(KeyQuery.of(pattern));
	}

	private String export(KeyQuery query) {
		try {
			StringWriter writer = new StringWriter();
			LdapLdif.on(store()).export(query, writer);
			return writer.toString().replace("\n ", "");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * An organizational unit in LDIF, on three lines.
	 */
	private String unit(String relative) {
		List<String> components = new ArrayList<>(List.of(relative.split(",")));
		Collections.reverse(components);
		return "dn: " + dn(String.join("/", components)) + "\nobjectClass: organizationalUnit\nou: "
				+ relative.substring(3).replaceAll(",.*", "") + "\n";
	}

}
