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

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ldap.core.ContextSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that are no UTF-8, in an attribute that is text by the schema, stay what they
 * are. Old imports have left such in many directories.
 */
@Timeout(60)
class BrokenTextTests {

	private static final EmbeddedDirectory SERVER = new EmbeddedDirectory();

	private static final byte[] LATIN_1 = "Müller".getBytes(StandardCharsets.ISO_8859_1);

	private static final LdapKey AREA = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "old");

	private LdapKeyValueTemplate store;

	@BeforeEach
	void fill() throws LDAPException {
		Entry area = new Entry(AREA.dn(), new Attribute("objectClass", "organizationalUnit"),
				new Attribute("ou", "old"));
		SERVER.server().add(area);
	}

	@AfterEach
	void clear() throws LDAPException {
		SERVER.server().deleteSubtree(AREA.dn());
		this.store.close();
	}

	@AfterAll
	static void stop() {
		SERVER.close();
	}

	@ParameterizedTest
	@EnumSource
	void theyComeAsBytesAndAllElseAsText(Connections connections) throws LDAPException {
		LdapKey key = add(connections, "jdoe");
		for (int i = 0; i < 2; i++) {
			assertRead(this.store.getRequired(key));
			assertRead(this.store.getEntry(key).orElseThrow().value());
			assertRead(this.store.query(key.toString()).get(0).value());
		}
		LdapValue value = this.store.getRequired(key);
		assertThat(value.bytes("sn")).hasValue(LATIN_1);
		assertThat(value.text("cn")).contains("ok");
	}

	@ParameterizedTest
	@EnumSource
	void manyAreReadTogether(Connections connections) throws LDAPException {
		List<LdapKey> keys = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			keys.add(add(connections, "p" + i));
		}
		try (LdapKeyValueTemplate paged = LdapKeyValueTemplate.builder(connections.source()).pageSize(7).build()) {
			KeyQuery query = KeyQuery.of(AREA + "/uid=*");
			assertThat(paged.query(query)).hasSize(60).allSatisfy((entry) -> assertRead(entry.value()));
			assertThat(paged.query(query.attributes("description"))).hasSize(60)
				.allSatisfy((entry) -> assertThat(entry.value().asMap()).hasSize(1));
		}
		assertThat(this.store.getAll(keys)).hasSize(60).allSatisfy((key, value) -> assertRead(value));
		try (Stream<LdapEntry> entries = this.store.stream(KeyQuery.of(AREA + "/uid=*"))) {
			assertThat(entries).hasSize(60).allSatisfy((entry) -> assertRead(entry.value()));
		}
	}

	@ParameterizedTest
	@EnumSource
	void theyArePutBackAsTheyWere(Connections connections) throws LDAPException {
		LdapKey key = add(connections, "jdoe");
		Entry before = SERVER.server().getEntry(key.dn());
		this.store.put(key, this.store.getRequired(key));
		assertThat(SERVER.server().getEntry(key.dn())).isEqualTo(before);
		this.store.replace(key, this.store.getRequired(key).toBuilder().append("title", "Boss").build());
		this.store.patch(key, (patch) -> patch.remove("title", "Boss"));
		this.store.atomically((tx) -> tx.replace(key, this.store.getRequired(key)));
		assertThat(SERVER.server().getEntry(key.dn())).isEqualTo(before);
	}

	@ParameterizedTest
	@EnumSource
	void anExportAndALoadKeepThem(Connections connections) throws LDAPException, IOException {
		LdapKey key = add(connections, "jdoe");
		Entry before = SERVER.server().getEntry(key.dn());
		StringWriter ldif = new StringWriter();
		LdapLdif.on(this.store).export(KeyQuery.of(key.toString()), ldif);
		this.store.delete(key);
		LdapLdif.on(this.store).load(new StringReader(ldif.toString()));
		assertThat(SERVER.server().getEntry(key.dn())).isEqualTo(before);
	}

	@Test
	void theyCostTheStoresOwnConnectionsNoRequestMore() throws LDAPException {
		LdapKey key = add(Connections.POOL, "jdoe");
		this.store.get(LdapKey.of("/" + TestDirectory.SUFFIX));
		assertThat(SERVER.requestsDuring(() -> this.store.get(key))).hasSize(1);
	}

	private static void assertRead(LdapValue value) {
		Map<String, List<Object>> map = value.asMap();
		assertThat(map.get("sn")).singleElement().isEqualTo(LATIN_1);
		assertThat(map.get("cn")).satisfiesExactlyInAnyOrder((text) -> assertThat(text).isEqualTo("ok"),
				(text) -> assertThat(text).isEqualTo("Müller"), (bytes) -> assertThat(bytes).isEqualTo(LATIN_1));
		assertThat(map.get("description")).containsExactly("a real \uFFFD");
		assertThat(map.get("description;lang-de")).singleElement().isEqualTo(LATIN_1);
		assertThat(map.get("jpegPhoto")).singleElement().isEqualTo("text".getBytes(StandardCharsets.UTF_8));
	}

	private LdapKey add(Connections connections, String uid) throws LDAPException {
		if (this.store == null) {
			this.store = new LdapKeyValueTemplate(connections.source());
		}
		return addTo(uid);
	}

	private static LdapKey addTo(String uid) throws LDAPException {
		LdapKey key = AREA.child("uid", uid);
		SERVER.server()
			.add(new Entry(key.dn(),
					new Attribute("objectClass", "top", "person", "organizationalPerson", "inetOrgPerson"),
					new Attribute("uid", uid), new Attribute("sn", LATIN_1),
					new Attribute("cn", "ok".getBytes(StandardCharsets.UTF_8),
							"Müller".getBytes(StandardCharsets.UTF_8), LATIN_1),
					new Attribute("description", "a real \uFFFD"), new Attribute("description;lang-de", LATIN_1),
					new Attribute("jpegPhoto", "text")));
		return key;
	}

	enum Connections {

		POOL {
			@Override
			ContextSource source() {
				return SERVER.pool().build();
			}
		},

		OTHER {
			@Override
			ContextSource source() {
				return SERVER.contextSource();
			}
		};

		abstract ContextSource source();

	}

}
