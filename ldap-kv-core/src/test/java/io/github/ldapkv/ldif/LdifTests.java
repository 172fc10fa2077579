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
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.util.Base64;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.NameFolding;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container;
import org.testcontainers.images.builder.Transferable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is written as LDIF and read again is the same to the byte, whatever it is, and
 * other tools write and read the same.
 */
class LdifTests {

	private static final LdapKey SUFFIX = LdapKey.of(TestDirectory.SUFFIX);

	private static final AtomicInteger AREAS = new AtomicInteger();

	@Property(tries = 150)
	void everyByteComesBackOnTheEmbeddedDirectory(@ForAll("entries") List<LdapValue> entries) throws Exception {
		everyByteComesBack(EmbeddedDirectory.shared(), entries);
	}

	@Property(tries = 40)
	void everyByteComesBackOnOpenLdap(@ForAll("entries") List<LdapValue> entries) throws Exception {
		everyByteComesBack(OpenLdapContainer.shared(), entries);
	}

	private static void everyByteComesBack(TestDirectory directory, List<LdapValue> entries) throws Exception {
		try (LdapConnectionPool pool = directory.pool().build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			LdapKey area = area(store);
			LdapKey parent = area;
			for (LdapValue entry : entries) {
				LdapKey key = parent.child("cn", entry.text("cn").orElseThrow());
				if (store.putIfAbsent(key, entry)) {
					parent = (LdifRecord.name(parent).depth() % 3 == 0) ? key : parent;
				}
			}
			Map<String, LdapValue> values = values(store, area);
			Map<String, Map<String, Set<String>>> bytes = bytes(directory, area);
			String ldif = export(store, area);
			store.deleteTree(area);
			assertThat(load(store, ldif)).isEqualTo(new LdapLdif.Loaded(values.size(), 0, 0));
			assertThat(values(store, area)).isEqualTo(values);
			assertThat(bytes(directory, area)).isEqualTo(bytes);
			assertThat(load(store, ldif)).isEqualTo(new LdapLdif.Loaded(0, 0, values.size()));
			store.deleteTree(area);
		}
	}

	/**
	 * The embedded server does not compose characters, so it takes two spellings of one
	 * name (RFC 4518) for two entries.
	 */
	@Test
	void entriesWhoseKeysAreEqualComeBackIfTheServerTellsThemApart() throws Exception {
		everyByteComesBack(EmbeddedDirectory.shared(), List.of(person("parent"), person("\u00e9"), person("e\u0301")));
	}

	private static LdapValue person(String cn) {
		return LdapValue.builder().set("objectClass", "inetOrgPerson").set("cn", cn).set("sn", "x").build();
	}

	@Test
	void openLdapsToolsReadWhatIsExported() throws Exception {
		OpenLdapContainer server = OpenLdapContainer.shared();
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(server.contextSource());
		LdapKey area = filled(store);
		Map<String, Map<String, Set<String>>> bytes = bytes(server, area);
		server.copyFileToContainer(Transferable.of(export(store, area)), "/tmp/export.ldif");
		store.deleteTree(area);
		execute(server, "slapadd", "-u", "-F", "/etc/ldap/slapd.d", "-b", TestDirectory.SUFFIX, "-l",
				"/tmp/export.ldif");
		execute(server, "ldapadd", "-x", "-H", "ldap://localhost", "-D", server.userDn(), "-w", server.password(), "-f",
				"/tmp/export.ldif");
		assertThat(bytes(server, area)).isEqualTo(bytes);
	}

	@Test
	void whatOpenLdapsToolsWriteIsLoaded() throws Exception {
		OpenLdapContainer server = OpenLdapContainer.shared();
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(server.contextSource());
		LdapKey area = filled(store);
		Map<String, Map<String, Set<String>>> bytes = bytes(server, area);
		String search = execute(server, "ldapsearch", "-LLL", "-x", "-H", "ldap://localhost", "-D", server.userDn(),
				"-w", server.password(), "-b", area.dn());
		String cat = execute(server, "slapcat", "-F", "/etc/ldap/slapd.d", "-s", area.dn());
		assertThat(cat).contains("entryCSN");
		for (String ldif : List.of(search, cat)) {
			store.deleteTree(area);
			assertThat(load(store, ldif)).isEqualTo(new LdapLdif.Loaded(bytes.size(), 0, 0));
			assertThat(bytes(server, area)).isEqualTo(bytes);
			assertThat(load(store, ldif)).isEqualTo(new LdapLdif.Loaded(0, 0, bytes.size()));
		}
	}

	@Test
	void whatRfc2849AllowsIsRead() throws IOException {
		LdifRecords records = records("\uFEFFversion: 1\r\n# a comment\r\n  that goes on\r\ndn:: "
				+ Base64.encode("ou=a,dc=test,dc=org")
				+ "\r\nou: a\r\ndescription: folded\r\n  line \r\ndescription:\r\n"
				+ "description:  no leading space\r\nl: Köln\r\n\r\n\r\n# no entry\r\n\r\ndn: ou=/b,dc=test,dc=org");
		LdifRecord first = records.next();
		assertThat(first).isNotNull();
		assertThat(first.key().dn()).isEqualTo("ou=a,dc=test,dc=org");
		assertThat(first.value().texts("description")).containsExactly("folded line ", "", "no leading space");
		assertThat(first.value().text("l")).contains("Köln");
		LdifRecord second = records.next();
		assertThat(second).isNotNull();
		assertThat(second.key().dn()).isEqualTo("ou=/b,dc=test,dc=org");
		assertThat(records.next()).isNull();
	}

	@Test
	void whatCannotBeLoadedNamesItsLine() {
		Map<String, Integer> lines = new LinkedHashMap<>();
		lines.put("dn: dc=a\ncn x\n", 2);
		lines.put("dn: dc=a\nCN: x\n-\n", 3);
		lines.put("\n\n x: y\n", 3);
		lines.put("cn: x\n\n", 1);
		lines.put("dn: dc=a\ncn: x\n\ndn: dc=b\ncn: x\nsn:: A\n", 6);
		lines.put("dn: dc=a\ncn: x\n\ndn: dc=b\ncn: x\nsn:: QUJ\u00e4\n", 6);
		lines.put("dn: dc=a\ncn: x\n\ndn:\ncn: x\n", 4);
		lines.put("dn: dc=a\ncn: x\n\ndn: nonsense\ncn: x\n", 4);
		lines.put("dn: dc=a\ncn: x\n\ndn: dc=b\ndc: c\n", 4);
		lines.put("dn: dc=a\nbad name: x\n", 2);
		lines.put("dn: dc=a\nmember;range=0-1499: x\n", 2);
		lines.put("# comment\n # still\n\ndn:: " + Base64.encode(new byte[] { 'd', 'c', '=', -1 }) + "\n", 4);
		lines.put("dn: dc=a\ncn: x\n \ndn: dc=b\ncn: x\n", 4);
		lines.put("dn: dc=a\ncn: x\nDN: dc=b\ncn: x\n", 3);
		lines.forEach((ldif, line) -> assertThatExceptionOfType(LdifRecordException.class).as(ldif)
			.isThrownBy(() -> readAll(ldif, LdapKey.of("/")))
			.withMessageStartingWith("Line " + line + " of the LDIF")
			.satisfies((ex) -> assertThat(ex.line()).isEqualTo((long) line)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> readAll("dn: ou=a,dc=test,dc=org\nou: a\n\ndn: ou=a\nou: a\n", SUFFIX))
			.withMessageStartingWith("Line 4 ")
			.withMessageContaining("'ou=a' does not lie under the base of the store, 'dc=test,dc=org'");
	}

	/**
	 * There is no telling what else of it would be read wrongly.
	 */
	@Test
	void aFileThatIsNoneOfEntriesIsNotReadOn() {
		Map<String, Integer> lines = new LinkedHashMap<>();
		lines.put("version: 2\n\ndn: dc=a\ncn: x\n", 1);
		lines.put("version: 1\ndn: dc=a\n# comment\nchangetype: add\ncn: x\n", 4);
		lines.put("dn: dc=a\nchange\n type: delete\n", 2);
		lines.put("dn: dc=a\ncontrol: 1.2.3 true\nchangetype: delete\n", 2);
		lines.forEach((ldif, line) -> assertThatIllegalArgumentException().as(ldif)
			.isThrownBy(() -> readAll(ldif, LdapKey.of("/")))
			.withMessageStartingWith("Line " + line + " of the LDIF")
			.isNotInstanceOf(LdifRecordException.class));
	}

	@Test
	void anEntryIsReadAfterOneThatCannotBe() throws IOException {
		LdifRecords records = records("dn: nonsense\ncn: x\n\n \n\ndn: " + SUFFIX.dn() + "\ndc: test\n");
		assertThatExceptionOfType(LdifRecordException.class).isThrownBy(records::next);
		assertThat(records.next()).isNotNull().extracting((record) -> record.key().dn()).isEqualTo(SUFFIX.dn());
		assertThat(records.next()).isNull();
	}

	/**
	 * As other servers name them, and as the base may be named.
	 */
	@Test
	void namesAreReadAsServersSendThem() throws IOException {
		LdifRecords records = new LdifRecords(
				new StringReader("dn: ou=a,domainComponent=test,0.9.2342.19200300.100.1.25=org\n"
						+ "ou: a\nx_y: a\ncn;x-a_b: value\nCN;X-A_B: more\n"),
				LdifRecord.name(SUFFIX),
				DirectorySchema.of(new Entry("cn=schema",
						new Attribute("attributeTypes", "( 0.9.2342.19200300.100.1.25 NAME ( 'dc' 'domainComponent' ) "
								+ "EQUALITY caseIgnoreIA5Match SYNTAX 1.3.6.1.4.1.1466.115.121.1.26 )"))));
		LdifRecord record = records.next();
		assertThat(record).isNotNull();
		assertThat(record.key().dn()).isEqualTo("ou=a,dc=test,dc=org");
		assertThat(record.value().texts("cn;x-a_b")).containsExactly("value", "more");
	}

	/**
	 * The name of a file may stand there as well.
	 */
	@Test
	void nothingIsReadFromAUrl() throws IOException {
		Path file = Files.createTempFile("ldif", ".txt");
		try {
			Files.writeString(file, "s3cret");
			for (String value : List.of("< " + file.toUri(), "\n < " + file.toUri(), "\n <\n  " + file.toUri())) {
				assertThatIllegalArgumentException()
					.isThrownBy(() -> readAll("dn: dc=a\ndc: a\ndescription:" + value + "\n", LdapKey.of("/")))
					.withMessageStartingWith("Line 3 ")
					.withMessageContaining("URL")
					.withMessageNotContaining("s3cret");
			}
		}
		finally {
			Files.delete(file);
		}
	}

	@Test
	void aPasswordIsNotPartOfAMessage() {
		for (String ldif : List.of("dn: dc=a\nuserPassword:: s3cret!\n", "dn: dc=a\nuserPassword s3cret\n",
				"dn: dc=a\nuserPassword: s3cret\nbad name: x\n", "dn: dc=a\nuserPassword: s3cret\ndc: b\n")) {
			assertThatIllegalArgumentException().isThrownBy(() -> readAll(ldif, LdapKey.of("/"))).satisfies((ex) -> {
				StringWriter trace = new StringWriter();
				ex.printStackTrace(new PrintWriter(trace));
				assertThat(trace.toString()).doesNotContain("s3cret");
			});
		}
	}

	@Provide
	Arbitrary<List<LdapValue>> entries() {
		Arbitrary<LdapValue> entries = Combinators
			.combine(texts().filter(LdifTests::fitsIntoAName), texts(), texts(),
					bytes().list().uniqueElements(LdifTests::hex).ofMaxSize(3), bytes())
			.as((cn, description, other, photos, password) -> LdapValue.builder()
				.set("objectClass", "inetOrgPerson")
				.set("cn", cn)
				.set("sn", "x")
				.set("description", description)
				.set("description;lang-en", other)
				.set("jpegPhoto", photos.toArray())
				.set("userPassword", password, "")
				.build());
		return entries.list().ofMinSize(1).ofMaxSize(6);
	}

	/**
	 * OpenLDAP's database keeps a name twice in a record of 511 bytes, and answers other
	 * (80) to a longer one.
	 */
	private static boolean fitsIntoAName(String cn) {
		return LdapKey.of("/").child("cn", cn).dn().getBytes(StandardCharsets.UTF_8).length <= 200;
	}

	private static Arbitrary<String> texts() {
		return Arbitraries
			.of(" ", "  ", ":", "<", "#", "-", "\\", "\"", ",", "+", ";", "=", "/", "a", "B", "é", "e\u0301", "日本",
					"\uD83D\uDE00", "\n", "\r\n", "\t", "\u00A0", "dn: x", "x".repeat(80), "\u007F", "\u0001")
			.list()
			.ofMinSize(1)
			.ofMaxSize(6)
			.map((pieces) -> String.join("", pieces))
			.filter((text) -> !text.isBlank() && !NameFolding.fold(text).isBlank());
	}

	private static Arbitrary<byte[]> bytes() {
		return Arbitraries.oneOf(Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(200),
				texts().map((text) -> text.getBytes(StandardCharsets.UTF_8)));
	}

	private static String hex(byte[] bytes) {
		return Base64.encode(bytes);
	}

	private static LdapKey area(LdapKeyValueTemplate store) {
		LdapKey area = SUFFIX.child("ou", "ldif-" + AREAS.incrementAndGet());
		store.put(area, Map.of("objectClass", "organizationalUnit"));
		return area;
	}

	private static LdapKey filled(LdapKeyValueTemplate store) {
		LdapKey area = area(store);
		store.put(area.child("ou", " Ä, \"b\" + #/"), Map.of("objectClass", "organizationalUnit"));
		store.put(area.child("ou", " Ä, \"b\" + #/").child("uid", "jdoe"),
				LdapValue.builder()
					.set("objectClass", "inetOrgPerson")
					.set("cn", "John")
					.set("sn", " Doe ")
					.set("description", ":x", "<y", "#z", "x".repeat(300), "日本\n")
					.set("description;lang-en", "English")
					.set("jpegPhoto", new byte[] { 0, -1, 10 })
					.set("userPassword", "s3cret", "")
					.build());
		return area;
	}

	/**
	 * By DN as the server spells it: of two equal keys both may be there.
	 */
	private static Map<String, LdapValue> values(LdapKeyValueTemplate store, LdapKey area) {
		Map<String, LdapValue> values = new HashMap<>();
		store.query(area + "/**").forEach((entry) -> values.put(entry.dn(), entry.value()));
		return values;
	}

	/**
	 * What the server holds, in base64.
	 */
	private static Map<String, Map<String, Set<String>>> bytes(TestDirectory directory, LdapKey area)
			throws LDAPException {
		Map<String, Map<String, Set<String>>> all = new HashMap<>();
		try (LDAPConnection connection = directory.connect()) {
			for (SearchResultEntry entry : connection.search(area.dn(), SearchScope.SUB, "(objectClass=*)")
				.getSearchEntries()) {
				Map<String, Set<String>> attributes = new HashMap<>();
				for (Attribute attribute : entry.getAttributes()) {
					Set<String> values = new TreeSet<>();
					for (byte[] value : attribute.getValueByteArrays()) {
						values.add(Base64.encode(value));
					}
					attributes.put(attribute.getName(), values);
				}
				all.put(entry.getDN(), attributes);
			}
		}
		return all;
	}

	private static String export(LdapKeyValueTemplate store, LdapKey area) throws IOException {
		StringWriter writer = new StringWriter();
		LdapLdif.on(store).export(area + "/**", writer);
		return writer.toString();
	}

	private static LdapLdif.Loaded load(LdapKeyValueTemplate store, String ldif) throws IOException {
		return LdapLdif.on(store).load(new StringReader(ldif));
	}

	private static LdifRecords records(String ldif) {
		return new LdifRecords(new StringReader(ldif), LdifRecord.name(SUFFIX), DirectorySchema.hidden());
	}

	private static void readAll(String ldif, LdapKey base) throws IOException {
		LdifRecords records = new LdifRecords(new StringReader(ldif), LdifRecord.name(base), DirectorySchema.hidden());
		while (records.next() != null) {
			assertThat(records).isNotNull();
		}
	}

	private static String execute(OpenLdapContainer server, String... command)
			throws IOException, InterruptedException {
		Container.ExecResult result = server.execInContainer(command);
		assertThat(result.getExitCode()).as(result.toString()).isZero();
		return result.getStdout();
	}

}
