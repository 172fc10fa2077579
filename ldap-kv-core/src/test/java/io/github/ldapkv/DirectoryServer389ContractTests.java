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
import java.util.Map;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.controls.ManageDsaITRequestControl;
import io.github.ldapkv.contract.StoreContract;
import io.github.ldapkv.contract.WithoutAssertion;
import io.github.ldapkv.contract.WithoutPermissiveModify;
import io.github.ldapkv.contract.WithoutTransactions;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.testserver.DirectoryServer389Container;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract on 389 Directory Server.
 */
@Tag("servers")
class DirectoryServer389ContractTests extends StoreContract
		implements WithoutPermissiveModify, WithoutAssertion, WithoutTransactions {

	private static final LdapKeyValueTemplate STORE = DirectoryServer389Container.shared().store();

	@Override
	public TestDirectory directory() {
		return DirectoryServer389Container.shared();
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
	 * A referral object is left out of results and not followed, but a write to it is a
	 * write to an ordinary entry.
	 */
	@Test
	@Override
	public void referralsAreNoResultsAndNotFollowed() throws Exception {
		putPerson("uid=a");
		try (LDAPConnection connection = directory().connect()) {
			AddRequest referral = new AddRequest("dn: " + dn("ou=elsewhere"), "objectClass: referral",
					"objectClass: extensibleObject", "ou: elsewhere", "ref: ldap://localhost:1/ou=x");
			referral.addControl(new ManageDsaITRequestControl());
			connection.add(referral);
		}
		assertThat(store().keys(KeyQuery.of(area() + "/*"))).containsExactly(at("uid=a"));
		assertThat(store().get(at("ou=elsewhere"))).isEmpty();
		assertThat(store().delete(at("ou=elsewhere/ou=y"))).isFalse();
		store().put(at("ou=elsewhere"), Map.of("description", "x"));
		assertThat(store().delete(at("ou=elsewhere"))).isTrue();
	}

	@Override
	public boolean readsByDn() {
		return true;
	}

	/**
	 * A name is found by other names of its attributes only through a filter.
	 */
	@Test
	@Override
	public void everySpellingOfAKeyIsAKeyOfItsOwn() {
		putPerson("uid=jdoe");
		List<String> spellings = List.of(at("uid=jdoe").toString(), area() + "/UID=JDOE", area() + "/userid=jdoe");
		assertThat(store().getAll(spellings).keySet()).startsWith(spellings.get(0), spellings.get(1));
		assertThat(store().contains(spellings.get(2))).isFalse();
	}

	/**
	 * Nor does a referral keep entries from being written below it.
	 */
	@Test
	@Override
	public void anEntryBelowAReferralFailsAlone() throws Exception {
		String ldif = "dn: " + dn("ou=elsewhere") + "\nobjectClass: referral\nobjectClass: extensibleObject\n"
				+ "ou: elsewhere\nref: ldap://localhost:1/ou=x\n\ndn: " + dn("ou=elsewhere/ou=x")
				+ "\nobjectClass: organizationalUnit\nou: x\n";
		assertThat(LdapLdif.on(store()).load(new StringReader(ldif))).isEqualTo(new LdapLdif.Loaded(2, 0, 0));
	}

}
