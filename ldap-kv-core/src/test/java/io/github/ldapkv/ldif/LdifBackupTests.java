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

package io.github.ldapkv.ldif;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import io.github.ldapkv.BulkWriteException;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.ldif.LdapLdif.Loaded;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container;
import org.testcontainers.images.builder.Transferable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a backup in LDIF has to stand for, on the servers and in the settings where that
 * is most in doubt.
 */
class LdifBackupTests {

	private static final LdapKey SUFFIX = LdapKey.of(TestDirectory.SUFFIX);

	private static final String PERSON = "dn: uid=jdoe," + TestDirectory.SUFFIX
			+ "\nobjectClass: inetOrgPerson\ncn: John\nsn: Doe\n";

	@Test
	void aLockedAccountIsLockedAfterARestore() throws Exception {
		try (OpenLdapContainer server = new OpenLdapContainer()) {
			server.start();
			try (LDAPConnection config = new LDAPConnection(server.host(), server.port(), "cn=admin,cn=config",
					"config")) {
				config.modify("dn: cn=module{0},cn=config", "changetype: modify", "add: olcModuleLoad",
						"olcModuleLoad: ppolicy");
				config.add("dn: olcOverlay=ppolicy,olcDatabase={1}mdb,cn=config", "objectClass: olcOverlayConfig",
						"objectClass: olcPPolicyConfig", "olcOverlay: ppolicy");
			}
			try (LdapKeyValueTemplate store = store(server); LDAPConnection connection = server.connect()) {
				assertThat(load(store, PERSON + "userPassword: s3cret\n")).isEqualTo(new Loaded(1, 0, 0));
				connection.modify("dn: uid=jdoe," + TestDirectory.SUFFIX, "changetype: modify",
						"add: pwdAccountLockedTime", "pwdAccountLockedTime: 000001010000Z");
				String ldif = export(store, "/**");
				assertThat(ldif).doesNotContain("pwdChangedTime");
				store.delete(SUFFIX.child("uid", "jdoe"));
				assertThat(load(store, ldif)).isEqualTo(new Loaded(1, 0, 1));
				assertThat(locked(connection)).isEqualTo("000001010000Z");
				assertThat(load(store, ldif)).isEqualTo(new Loaded(0, 0, 2));
				store.put(SUFFIX.child("uid", "jdoe"), Map.of("userPassword", "another"));
				assertThat(load(store, ldif)).isEqualTo(new Loaded(0, 1, 1));
				assertThat(locked(connection)).isEqualTo("000001010000Z");
			}
		}
	}

	private static String locked(LDAPConnection connection) throws Exception {
		return connection.getEntry("uid=jdoe," + TestDirectory.SUFFIX, "pwdAccountLockedTime")
			.getAttributeValue("pwdAccountLockedTime");
	}

	@Test
	void ldapaddTakesAnExportAfterAMove() throws Exception {
		OpenLdapContainer server = OpenLdapContainer.shared();
		try (LdapKeyValueTemplate store = store(server)) {
			LdapKey area = SUFFIX.child("ou", "moved");
			Map<String, String> unit = Map.of("objectClass", "organizationalUnit");
			for (String path : List.of("", "/ou=old", "/ou=old/ou=x", "/ou=old/ou=x/ou=y", "/ou=new")) {
				store.put(area + path, unit);
			}
			store.move(area + "/ou=old", area + "/ou=new/ou=old");
			String ldif = export(store, area + "/**");
			assertThat(store.deleteTree(area)).isEqualTo(5);
			add(server, ldif);
			assertThat(store.deleteTree(area)).isEqualTo(5);
		}
	}

	/**
	 * The export holds the one connection until all has come.
	 */
	@Test
	void parentsAreWrittenFirstThroughAPoolOfOneConnection() throws Exception {
		OpenLdapContainer server = OpenLdapContainer.shared();
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(server.pool().maxSize(1).build())) {
			LdapKey area = SUFFIX.child("ou", "one");
			Map<String, String> unit = Map.of("objectClass", "organizationalUnit", "description", "x");
			for (String path : List.of("", "/ou=old", "/ou=old/ou=x", "/ou=old/ou=x/ou=y", "/ou=new")) {
				store.put(area + path, unit);
			}
			store.move(area + "/ou=old", area + "/ou=new/ou=old");
			store.put(area + "/ou=new", Map.of("description", List.of()));
			StringWriter filtered = new StringWriter();
			assertThat(LdapLdif.on(store).export(KeyQuery.of(area + "/**").filter("(description=*)"), filtered))
				.isEqualTo(4);
			assertThat(filtered.toString()).doesNotContain("dn: ou=new");
			String ldif = export(store, area + "/**");
			assertThat(store.deleteTree(area)).isEqualTo(5);
			add(server, ldif);
			assertThat(store.deleteTree(area)).isEqualTo(5);
		}
	}

	@Test
	void aBlankAfterBase64IsTakenAsLdapaddTakesIt() throws Exception {
		OpenLdapContainer server = OpenLdapContainer.shared();
		try (LdapKeyValueTemplate store = store(server)) {
			LdapKey key = SUFFIX.child("ou", "blank");
			String ldif = "dn: ou=blank," + TestDirectory.SUFFIX
					+ "\nobjectClass: organizationalUnit\nou: blank\ndescription::   YWI= \n";
			add(server, ldif);
			assertThat(store.getRequired(key).text("description")).hasValue("ab");
			assertThat(load(store, ldif)).isEqualTo(new Loaded(0, 0, 1));
			store.delete(key);
			assertThat(load(store, ldif)).isEqualTo(new Loaded(1, 0, 0));
			store.delete(key);
		}
	}

	@Test
	void optionsAndNamesOfATypeComeInAnySpelling() throws Exception {
		OpenLdapContainer server = OpenLdapContainer.shared();
		try (LdapKeyValueTemplate store = store(server)) {
			assertThat(
					load(store, PERSON + "description;lang-de;lang-en: x\nseeAlso: uid=jdoe, " + TestDirectory.SUFFIX))
				.isEqualTo(new Loaded(1, 0, 0));
			String spelled = "dn: UserID=JDOE, domainComponent=test,DC=Org\nobjectClass: INETORGPERSON\n"
					+ "objectClass: 2.5.6.6\ncommonName: john\nSurname: DOE\nDescription;LANG-EN;Lang-de: X\n"
					+ "seeAlso: UID=jdoe,0.9.2342.19200300.100.1.25=test , dc=ORG\n";
			assertThat(server.requestsDuring(() -> assertThat(load(store, spelled)).isEqualTo(new Loaded(0, 0, 1))))
				.isNotEmpty()
				.allMatch((request) -> request.startsWith("SEARCH"));
			store.delete(SUFFIX.child("uid", "jdoe"));
		}
	}

	@Test
	void aLoadReadsWhereItWrites() throws Exception {
		try (EmbeddedDirectory provider = new EmbeddedDirectory();
				EmbeddedDirectory replica = new EmbeddedDirectory();
				LdapKeyValueTemplate store = new LdapKeyValueTemplate(
						provider.pool().readUrls(List.of(replica.url())).build())) {
			assertThat(load(store, PERSON)).isEqualTo(new Loaded(1, 0, 0));
			assertThat(store.contains(SUFFIX.child("uid", "jdoe"))).isFalse();
			assertThat(provider.requestsDuring(() -> assertThat(load(store, PERSON)).isEqualTo(new Loaded(0, 0, 1))))
				.allMatch((request) -> request.startsWith("SEARCH"));
		}
	}

	/**
	 * Which knows neither the schema nor what is operational.
	 */
	@Test
	void aStoreInFrontOfAnotherOneIsBackedUpToo() throws Exception {
		try (EmbeddedDirectory server = new EmbeddedDirectory(); LdapKeyValueTemplate store = store(server)) {
			LdapKeyValueOperations front = inFrontOf(store);
			assertThat(load(front, PERSON)).isEqualTo(new Loaded(1, 0, 0));
			String ldif = export(front, "/**");
			assertThat(load(front, ldif)).isEqualTo(new Loaded(0, 0, 2));
			assertThat(load(front, ldif.replace("cn: ", "CN: ").replace("inetOrgPerson", "INETORGPERSON")))
				.isEqualTo(new Loaded(0, 0, 2));
			store.delete(SUFFIX.child("uid", "jdoe"));
			assertThat(load(front, ldif)).isEqualTo(new Loaded(1, 0, 1));
			assertThatExceptionOfType(BulkWriteException.class)
				.isThrownBy(() -> load(front, "dn: nonsense\n\n" + PERSON.replace("jdoe", "other")))
				.satisfies((ex) -> assertThat(ex.lines().keySet()).containsExactly(1L));
		}
	}

	private static LdapKeyValueOperations inFrontOf(LdapKeyValueOperations store) {
		return (LdapKeyValueOperations) Proxy.newProxyInstance(LdifBackupTests.class.getClassLoader(),
				new Class<?>[] { LdapKeyValueOperations.class }, (proxy, method, arguments) -> {
					try {
						return method.invoke(store, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	/**
	 * They are no names by RFC 4512, and there all the same. That of an entry may have
	 * one too, which JNDI cannot read.
	 */
	@Test
	void attributesOfAServerWithUnderscoresInItsNamesComeBack() throws Exception {
		InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(TestDirectory.SUFFIX);
		config.setSchema(null);
		InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
		server.add("dn: " + TestDirectory.SUFFIX, "objectClass: domain", "dc: test");
		server.add(new Entry("cn=c," + TestDirectory.SUFFIX, new Attribute("objectClass", "x_thing"),
				new Attribute("x_id", "a"), new Attribute("cn", "c"), new Attribute("cn;x_y", "value")));
		server.startListening();
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(
				LdapConnectionPool.builder(List.of("ldap://localhost:" + server.getListenPort())).build())) {
			String ldif = export(store, "/dc=org/dc=test/**");
			assertThat(ldif).contains("x_id: a", "cn;x_y: value");
			assertThat(load(store, ldif)).isEqualTo(new Loaded(0, 0, 2));
			server.delete("cn=c," + TestDirectory.SUFFIX);
			assertThat(load(store, ldif)).isEqualTo(new Loaded(1, 0, 1));
			assertThat(export(store, "/dc=org/dc=test/**")).isEqualTo(ldif);
			assertThat(load(store, ldif.replace("x_y: value", "x_y: other"))).isEqualTo(new Loaded(0, 1, 1));
			assertThat(
					load(store,
							"dn: x_id=b," + TestDirectory.SUFFIX + "\nobjectClass: x_thing\n\n"
									+ ldif.replace("cn=c", "cn=d").replace("cn: c", "cn: d")))
				.isEqualTo(new Loaded(2, 0, 1));
			assertThat(server.getEntry("x_id=b," + TestDirectory.SUFFIX).getAttributeValues("x_id"))
				.containsExactly("b");
		}
		finally {
			server.shutDown(true);
		}
	}

	private static void add(OpenLdapContainer server, String ldif) throws IOException, InterruptedException {
		server.copyFileToContainer(Transferable.of(ldif), "/tmp/backup.ldif");
		Container.ExecResult result = server.execInContainer("ldapadd", "-x", "-H", "ldap://localhost", "-D",
				server.userDn(), "-w", server.password(), "-f", "/tmp/backup.ldif");
		assertThat(result.getExitCode()).as(result.toString()).isZero();
	}

	private static LdapKeyValueTemplate store(TestDirectory directory) {
		return directory.store();
	}

	private static String export(LdapKeyValueOperations store, String pattern) throws IOException {
		StringWriter writer = new StringWriter();
		LdapLdif.on(store).export(pattern, writer);
		return writer.toString();
	}

	private static Loaded load(LdapKeyValueOperations store, String ldif) {
		try {
			return LdapLdif.on(store).load(new StringReader(ldif));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
