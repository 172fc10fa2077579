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

package io.github.ldapkv.internal.wire.jndi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What it costs that JNDI makes text of bytes.
 */
class MangledEntriesTests {

	private static final LdapKey BASE = LdapKey.of("/" + TestDirectory.SUFFIX);

	private final EmbeddedDirectory directory = new EmbeddedDirectory();

	@AfterEach
	void stop() {
		this.directory.close();
	}

	@Test
	void anAttributeThatIsNoTextIsReadAgainTheFirstTime() throws LDAPException {
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(this.directory.contextSource());
		LdapKey plain = BASE.child("uid", "plain");
		LdapKey broken = BASE.child("uid", "broken");
		Map<String, Object> person = Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x");
		store.put(plain, person);
		store.put(broken,
				LdapValue.of(person)
					.toBuilder()
					.set("description", "Müller".getBytes(StandardCharsets.ISO_8859_1))
					.build());
		LdapKeyValueTemplate unaware = new LdapKeyValueTemplate(this.directory.contextSource());
		unaware.get(plain);
		assertThat(this.directory.requestsDuring(() -> unaware.get(plain))).hasSize(1);
		assertThat(this.directory.requestsDuring(() -> unaware.get(broken))).hasSize(2);
		assertThat(this.directory.requestsDuring(() -> unaware.get(broken))).hasSize(1);
	}

	@Test
	void oneInTheMiddleOfAStreamIsReadAgain() {
		byte[] photo = { (byte) 0xff, (byte) 0xd8, 0, (byte) 0xfe };
		LdapKeyValueTemplate fresh = new LdapKeyValueTemplate(this.directory.contextSource());
		for (int i = 0; i < 7; i++) {
			LdapValue.Builder person = LdapValue.of(Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x"))
				.toBuilder();
			fresh.put(BASE.child("uid", "u" + i),
					((i < 2) ? person : person.set("jpegPhoto;x-size-" + (i % 2), photo)).build());
		}
		LdapKeyValueTemplate unaware = LdapKeyValueTemplate.builder(this.directory.contextSource()).pageSize(3).build();
		List<LdapKey> seen = new ArrayList<>();
		List<String> requests = this.directory
			.requestsDuring(() -> unaware.forEach(KeyQuery.of(BASE + "/uid=*"), (entry) -> {
				seen.add(entry.key());
				entry.value()
					.names()
					.stream()
					.filter((name) -> name.startsWith("jpegPhoto"))
					.forEach((name) -> assertThat(entry.value().bytes(name)).hasValue(photo));
			}));
		assertThat(seen).hasSize(7).doesNotHaveDuplicates();
		assertThat(requests.stream().filter((request) -> request.contains("modifyTimestamp")))
			.as("three pages, and two entries again")
			.hasSize(5);
	}

}
