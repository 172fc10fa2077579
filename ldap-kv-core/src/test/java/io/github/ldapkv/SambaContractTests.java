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

import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.github.ldapkv.contract.StoreContract;
import io.github.ldapkv.contract.WithoutAssertion;
import io.github.ldapkv.contract.WithoutTransactions;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.testserver.SambaContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The contract on Active Directory, as Samba does it.
 */
@Tag("servers")
class SambaContractTests extends StoreContract implements WithoutAssertion, WithoutTransactions {

	/**
	 * What the server itself adds to an entry, which its schema says nothing of.
	 */
	private static final Set<String> ADDED = Set.of("instanceType", "whenCreated", "whenChanged", "uSNCreated",
			"uSNChanged", "name", "objectGUID", "objectSid", "objectCategory", "badPwdCount", "codePage", "countryCode",
			"badPasswordTime", "lastLogoff", "lastLogon", "pwdLastSet", "primaryGroupID", "accountExpires",
			"logonCount", "sAMAccountName", "sAMAccountType", "userAccountControl", "distinguishedName",
			"dSCorePropagationData", "showInAdvancedViewOnly");

	private static final LdapKeyValueTemplate STORE = SambaContainer.shared().store();

	@Override
	public TestDirectory directory() {
		return SambaContainer.shared();
	}

	@Override
	public LdapKeyValueOperations store() {
		return STORE;
	}

	@Override
	protected LdapKey suffix() {
		return LdapKey.of("/dc=org/dc=test");
	}

	/**
	 * Active Directory takes no other RDN for a person.
	 */
	@Override
	public String id() {
		return "cn";
	}

	@Override
	public String numericId() {
		return "2.5.4.3";
	}

	/**
	 * Active Directory has no domain below a unit, and so no name that begins like the
	 * base.
	 */
	@Test
	@Override
	public void whatIsCalledLikeTheBaseBelowItHasAKeyOfItsOwn() {
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> store().put(at("dc=org"), Map.of("objectClass", "domain")));
	}

	/**
	 * It has none.
	 */
	@Override
	public String caseExact() {
		return "cn";
	}

	/**
	 * Active Directory lets nothing be below a person.
	 */
	@Test
	@Override
	public void bulkWritesWriteEachOfThem() {
		List<LdapKey> keys = List.of(at("cn=Dev"), at("cn=OPS"));
		keys.forEach((key) -> store().put(key, person()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> store().deleteAll(List.of(keys.get(0), at("cn=dev"), keys.get(1))))
			.withMessageContaining("name the same entry");
		assertThat(store().deleteAll(keys)).isEqualTo(2);
	}

	@Override
	public String identity() {
		return "objectGUID";
	}

	/**
	 * Most attributes have one value only, also some that have several elsewhere.
	 */
	@Override
	public String several() {
		return "url";
	}

	/**
	 * The types of RDNs come back in upper case.
	 */
	@Override
	public String spelled(String key) {
		return Pattern.compile("\\b(dc|ou|cn)=")
			.matcher(key)
			.replaceAll((match) -> match.group().toUpperCase(Locale.ROOT));
	}

	@Override
	public Map<String, Object> person() {
		return Map.of("objectClass", List.of("inetOrgPerson"), "sn", "Doe");
	}

	@Override
	public String numericEmployeeNumber() {
		return "1.2.840.113556.1.2.610";
	}

	@Override
	public String auxiliary() {
		return "bootableDevice";
	}

	@Override
	public Map<String, Object> oddities() {
		return Map.of();
	}

	@Override
	public String maintained() {
		return "objectGUID:: ASNFZ4mrze8BI0VniavN7w==\nwhenCreated: 20010101000000.0Z\n";
	}

	@Override
	public Map<String, Object> group(Object... members) {
		return Map.of("objectClass", "group", "member", List.of(members));
	}

	@Override
	public LdapValue written(LdapValue value) {
		LdapValue.Builder written = value.toBuilder();
		ADDED.forEach(written::without);
		return written.build();
	}

	/**
	 * It is permissive with all but object classes.
	 */
	@Test
	@Override
	public void anUpsertTakesOneRoundTrip() {
		LdapKey key = at("uid=jdoe");
		assertThat(directory().requestsDuring(() -> store().put(key, person()))).containsExactly("SEARCH objectClass",
				"ADD");
		assertThat(directory().requestsDuring(() -> store().put(key, person()))).containsExactly("SEARCH objectClass",
				"MODIFY");
	}

	/**
	 * A name has one attribute.
	 */
	@Test
	@Override
	public void thePartsOfAMultiValuedRdnComeInAnyOrder() {
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> store().put(at("cn=John+ou=j1"), person()))
			.withMessageContaining("invalidDNSyntax (34)");
	}

	/**
	 * There are no options, apart from the one that asks for a range.
	 */
	@Test
	@Override
	public void attributeOptionsStayApart() {
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().put(at("uid=jdoe"), personWith(Map.of("description;lang-en", "English"))))
			.withMessageContaining("'description;lang-en'");
		assertThat(store().contains(at("uid=jdoe"))).isFalse();
	}

	/**
	 * There are no options, in whatever order.
	 */
	@Test
	@Override
	public void attributeOptionsComeInAnyOrder() {
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(
				() -> store().put(at("uid=jdoe"), personWith(Map.of("description;lang-en;lang-de", "English"))));
	}

	/**
	 * Nor is there the option "binary", and it is not needed.
	 */
	@Test
	@Override
	public void aCertificateComesBackAsItWas() {
		byte[] certificate = photo((byte) 1);
		store().put(at("uid=jdoe"), personWith(Map.of("userCertificate", certificate)));
		assertThat(store().getRequired(at("uid=jdoe")).bytes("userCertificate")).hasValue(certificate);
	}

	/**
	 * No entry is a referral; {@link ActiveDirectoryTests} has those of the domain.
	 */
	@Test
	@Override
	public void referralsAreNoResultsAndNotFollowed() {
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().put(at("ou=elsewhere"),
					Map.of("objectClass", "referral", "ref", "ldap://localhost:1/ou=x")))
			.withMessageContaining("referral");
	}

	/**
	 * Persons need nothing.
	 */
	@Test
	@Override
	public void aRequiredAttributeThatIsMissingIsNamed() {
		store().put(at("uid=jdoe"), Map.of("objectClass", "inetOrgPerson"));
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().put(at("cn=group"), Map.of("objectClass", "groupOfNames")))
			.withMessageContaining("'member'");
	}

	/**
	 * Active Directory gives an entry one name, and lets nothing but a move change it.
	 */
	@Test
	@Override
	public void replaceMayUseAnotherNameOfTheNamingAttribute() {
		LdapKey key = putPerson("cn=jdoe");
		LdapValue value = LdapValue.of(person()).toBuilder().without("cn").set(numericId(), "jdoe", "john").build();
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> store().replace(key, value))
			.withMessageContaining("part of the entry's name");
		store().replace(key, value.toBuilder().set(numericId(), "jdoe").build());
		assertThat(store().getRequired(key).texts("cn")).containsExactly("jdoe");
	}

	/**
	 * Members have to exist, so the group is smaller.
	 */
	@Test
	@Override
	public void aLargeGroupGetsOneMoreMember() {
		Object[] members = IntStream.range(0, 30).mapToObj((i) -> putUnit("ou=" + i)).map(LdapKey::dn).toArray();
		LdapKey key = at("cn=group");
		store().put(key, group(members));
		putPerson("uid=new");
		assertThat(directory().requestsDuring(() -> store().patch(key, (p) -> p.add("member", dn("uid=new")))))
			.containsExactly("MODIFY");
		store().patch(key, (p) -> p.add("member", dn("uid=new"), members[7]));
		assertThat(store().getRequired(key).texts("member")).hasSize(31);
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().put(at("cn=other"), group(dn("uid=nobody"))))
			.withMessageContaining("a value names an entry that is missing");
	}

	@Override
	public boolean readsByDn() {
		return true;
	}

	/**
	 * All attributes of an entry are user attributes.
	 */
	@Override
	public Map<String, String> administrative() {
		return Map.of("gPOptions", "1");
	}

	@Test
	@Override
	public void operationalAttributesThatAFileDoesNotNameStay() throws Exception {
		store().put(at("ou=a"), Map.of("objectClass", "organizationalUnit", "gPOptions", "1"));
		String ldif = "dn: " + dn("ou=a") + "\nobjectClass: organizationalUnit\nou: a\n";
		assertThat(LdapLdif.on(store()).load(new StringReader(ldif))).isEqualTo(new LdapLdif.Loaded(0, 1, 0));
	}

	@Test
	@Override
	public void anEntryBelowAReferralFailsAlone() {
		assertNoReferrals();
	}

	@Test
	@Override
	public void anEntryThatRefersToAnotherServerIsLoadedAgain() {
		assertNoReferrals();
	}

	private void assertNoReferrals() {
		String ldif = "dn: " + dn("ou=elsewhere")
				+ "\nobjectClass: referral\nobjectClass: extensibleObject\nou: elsewhere\nref: ldap://localhost:1/ou=x\n";
		assertThatExceptionOfType(BulkWriteException.class)
			.isThrownBy(() -> LdapLdif.on(store()).load(new StringReader(ldif)))
			.withMessageContaining("referral");
	}

}
