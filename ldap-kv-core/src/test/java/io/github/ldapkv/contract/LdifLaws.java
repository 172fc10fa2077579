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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldif.LDIFReader;
import io.github.ldapkv.BulkWriteException;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapKeyValueTransactionManager;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.LdapValue;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * LDIF that is written and loaded.
 */
public interface LdifLaws extends Laws {

	@Test
	default void whatIsExportedIsLoadedAgain() {
		fill();
		Map<LdapKey, LdapValue> before = all();
		String ldif = export();
		store().deleteTree(area());
		assertThat(load(ldif)).isEqualTo(new LdapLdif.Loaded(before.size(), 0, 0));
		assertThat(all()).isEqualTo(before);
	}

	@Test
	default void aSecondLoadWritesNothing() {
		fill();
		String ldif = export();
		assertThat(directory()
			.requestsDuring(() -> assertThat(load(ldif)).isEqualTo(new LdapLdif.Loaded(0, 0, all().size()))))
			.isNotEmpty()
			.allMatch((request) -> request.startsWith("SEARCH"));
	}

	@Test
	default void whatDiffersIsReplacedAndOtherEntriesStay() {
		fill();
		Map<LdapKey, LdapValue> before = all();
		String ldif = export();
		String uuid = entryUuid("ou=a/uid=jdoe");
		store().put(at("ou=a/uid=jdoe"), Map.of("title", "new", "sn", "Roe"));
		putPerson("ou=a/uid=other");
		store().delete(at("ou=b"));
		assertThat(load(ldif)).isEqualTo(new LdapLdif.Loaded(1, 1, before.size() - 2));
		assertThat(written(at("ou=a/uid=jdoe"))).isEqualTo(before.get(at("ou=a/uid=jdoe")));
		assertThat(store().contains(at("ou=a/uid=other"))).isTrue();
		assertThat(entryUuid("ou=a/uid=jdoe")).isEqualTo(uuid);
	}

	/**
	 * More than one batch, and the children before their parents.
	 */
	@Test
	default void theOrderOfTheFileDoesNotMatter() {
		List<String> records = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			records.add(unit("ou=" + i));
			records.add(unit("ou=x,ou=" + i));
			for (int j = 0; j < 300; j++) {
				records.add(unit("ou=" + j + ",ou=x,ou=" + i));
			}
		}
		Collections.reverse(records);
		assertThat(load(String.join("\n", records)).created()).isEqualTo(1208);
		assertThat(store().count(KeyQuery.of(area() + "/*/**"))).isEqualTo(1208);
	}

	@Test
	default void theLastOfTwoEntriesWithOneNameCounts() {
		String record = unit("ou=a") + "description: ";
		assertThat(load(record + "1\n\n" + record + "2\n")).isEqualTo(new LdapLdif.Loaded(1, 1, 0));
		assertThat(store().getRequired(at("ou=a")).texts("description")).containsExactly("2");
	}

	@Test
	default void aFileHasAbsoluteNamesAndPasswords() throws Exception {
		fill();
		store().put(at("ou=a/uid=jdoe"), Map.of("userPassword", "s3cret"));
		String ldif = export();
		assertThat(ldif).startsWith("dn: ").isASCII();
		assertThat(ldif.lines()).allMatch((line) -> line.length() < 80);
		Map<LdapKey, Entry> read = new LinkedHashMap<>();
		try (LDIFReader reader = new LDIFReader(new BufferedReader(new StringReader(ldif)))) {
			for (Entry entry = reader.readEntry(); entry != null; entry = reader.readEntry()) {
				read.put(LdapKey.of(entry.getDN()), entry);
			}
		}
		LdapKey jdoe = LdapKey.of(dn("ou=a/uid=jdoe"));
		assertThat(read).hasSize(all().size()).containsKey(jdoe);
		try (LDAPConnection connection = directory().connect()) {
			// Some servers keep a hash of it only.
			assertThat(read.get(jdoe).getAttributeValue("userPassword"))
				.isEqualTo(connection.getEntry(jdoe.dn()).getAttributeValue("userPassword"));
		}
		assertThat(read.values()).noneMatch((entry) -> entry.hasAttribute("entryUUID")
				|| entry.hasAttribute("createTimestamp") || entry.hasAttribute("modifiersName"));
	}

	@Test
	default void attributesThatTheServerMaintainsAreNotLoaded() {
		putUnit("ou=a");
		String uuid = entryUuid("ou=a");
		assertThat(load(unit("ou=a") + maintained() + "\n" + unit("ou=b") + maintained()).created()).isEqualTo(1);
		assertThat(entryUuid("ou=a")).isEqualTo(uuid);
		assertThat(entryUuid("ou=b")).doesNotStartWith("01234567");
		assertThat(directory().requestsDuring(() -> assertThat(load(unit("ou=b") + maintained()).created()).isZero()))
			.allMatch((request) -> request.startsWith("SEARCH"));
	}

	@Test
	default void entriesThatCannotBeLoadedComeTogether() {
		String bad = unit("ou=bad").replace("organizationalUnit", "noSuchClass");
		String ldif = String.join("\n", unit("ou=x,ou=bad"), bad, unit("ou=y,ou=x,ou=bad"), unit("ou=good"),
				unit("ou=x,ou=good"), unit("ou=x,ou=none"));
		assertThatExceptionOfType(BulkWriteException.class).isThrownBy(() -> load(ldif)).satisfies((ex) -> {
			assertThat(ex).hasMessageContaining("4 of 6");
			assertThat(ex.failures().keySet()).extracting(LdapKey::dn)
				.containsExactlyInAnyOrder(dn("ou=bad"), dn("ou=bad/ou=x"), dn("ou=bad/ou=x/ou=y"), dn("ou=none/ou=x"));
			assertThat(ex.failures().get(LdapKey.of(dn("ou=bad")))).hasMessageContaining("noSuchClass");
			assertThat(ex.failures().get(LdapKey.of(dn("ou=none/ou=x"))))
				.isInstanceOf(DataIntegrityViolationException.class)
				.hasMessageContaining("ou=none");
		});
		assertThat(store().contains(at("ou=good/ou=x"))).isTrue();
	}

	@Test
	default void aFileThatCannotBeReadNamesTheLine() {
		String good = unit("ou=a");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> load("version: 1\n\n" + good + "\ndn: " + dn("ou=b")
					+ "\nchangetype: modify\nreplace: description\ndescription: x\n-\n"))
			.withMessageContaining("Line 8 ")
			.withMessageContaining("changetype");
		assertThatExceptionOfType(BulkWriteException.class)
			.isThrownBy(() -> load(good + "\n" + good + "description:: ***\n"))
			.withMessageContaining("Line 8 ");
		if (!store().base().isRoot()) {
			assertThatExceptionOfType(BulkWriteException.class)
				.isThrownBy(() -> load(good + "\ndn: ou=b,dc=else,dc=where\nou: b\n"))
				.withMessageContaining("Line 5 ")
				.withMessageContaining("under the base");
		}
		assertThat(store().contains(at("ou=b"))).isFalse();
	}

	@Test
	default void aLoadThatEndedGoesOnWhereItWas() {
		fill();
		int entries = all().size();
		String ldif = export();
		store().deleteTree(area());
		int half = ldif.lastIndexOf("\n\ndn:") + 2;
		assertThatIllegalArgumentException()
			.isThrownBy(() -> load(ldif.substring(0, half) + "dn: cut off\nchangetype: add\n"));
		assertThatIOException().isThrownBy(() -> LdapLdif.on(store()).load(new StringReader(ldif) {
			@Override
			public int read(char[] buffer, int offset, int length) throws IOException {
				throw new IOException("cut off");
			}
		}));
		load(ldif.substring(0, half));
		LdapLdif.Loaded rest = load(ldif);
		assertThat(rest.skipped()).isPositive();
		assertThat(rest.created()).isPositive();
		assertThat(rest.replaced()).isZero();
		assertThat(rest.created() + rest.skipped()).isEqualTo(entries);
	}

	/**
	 * The thread stays interrupted, and the message says how far the load has got.
	 */
	@Test
	default void anInterruptEndsALoad() {
		String ldif = unit("ou=a") + "\n" + unit("ou=b");
		LdapLdif interrupted = LdapLdif.on(store()).onProgress((entries) -> Thread.currentThread().interrupt());
		try {
			assertThatExceptionOfType(TransientDataAccessResourceException.class)
				.isThrownBy(() -> interrupted.load(new StringReader(ldif)))
				.withMessageContaining("interrupted after 2 entries");
			assertThat(Thread.currentThread().isInterrupted()).isTrue();
		}
		finally {
			Thread.interrupted();
		}
		assertThat(load(ldif).created()).isZero();
	}

	@Test
	default void aPartOfAnEntryIsNotExported() {
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> LdapLdif.on(store()).export(KeyQuery.of(area() + "/**").attributes("cn"), new StringWriter()))
			.withMessageContaining("whole");
	}

	@Test
	default void exportAndLoadTellHowFarTheyAre() throws IOException {
		fill();
		int entries = all().size();
		List<Long> told = new ArrayList<>();
		StringWriter writer = new StringWriter();
		LdapLdif ldif = LdapLdif.on(store()).onProgress(told::add);
		assertThat(ldif.export(area() + "/**", writer)).isEqualTo(entries);
		assertThat(told).hasSize(entries).isSorted().last().isEqualTo((long) entries);
		told.clear();
		ldif.load(new StringReader(writer.toString()));
		assertThat(told).isSorted().last().isEqualTo((long) entries);
	}

	@Test
	default void aTransactionLoadsAllOrNothing() {
		TransactionTemplate transaction = new TransactionTemplate(
				new LdapKeyValueTransactionManager((LdapKeyValueTemplate) store()));
		String ldif = String.join("\n", unit("ou=x,ou=a"), unit("ou=a"), unit("ou=b"));
		transaction.executeWithoutResult((status) -> {
			load(ldif);
			status.setRollbackOnly();
		});
		assertThat(store().count(KeyQuery.of(area() + "/**"))).isEqualTo(1);
		transaction.executeWithoutResult((status) -> {
			load(ldif);
			assertThat(store().contains(at("ou=a"))).isFalse();
		});
		assertThat(store().count(KeyQuery.of(area() + "/**"))).isEqualTo(4);
	}

	private void fill() {
		putUnit("ou=a");
		putUnit("ou=b");
		putPerson("ou=a/uid=jdoe");
		store().put(at("ou=a").child("cn", "Müller, \"X\" + #1\\/ "),
				LdapValue.of(person())
					.toBuilder()
					.without("cn")
					.set(several(), " leading", "trailing ", ":colon", "<less", "#hash", "日本語 " + emoji(), "a\nb",
							"x".repeat(500))
					.set("jpegPhoto", photo((byte) 0, (byte) -1, (byte) 13, (byte) 10), photo((byte) 't'))
					.build());
		oddities().forEach(
				(name, value) -> store().put(at("ou=a").child("cn", "Müller, \"X\" + #1\\/ "), Map.of(name, value)));
	}

	/**
	 * What a person may have in addition.
	 * @return attributes that not every server takes
	 */
	default Map<String, Object> oddities() {
		return Map.of("cn", List.of("Müller, \"X\" + #1\\/ ", "John"), "description;lang-en", "English", "userPassword",
				"");
	}

	/**
	 * What only the server writes.
	 * @return lines of LDIF
	 */
	default String maintained() {
		return "entryUUID: 01234567-89ab-cdef-0123-456789abcdef\ncreateTimestamp: 20010101000000Z\n";
	}

	private Map<LdapKey, LdapValue> all() {
		Map<LdapKey, LdapValue> all = new LinkedHashMap<>();
		for (LdapEntry entry : store().query(area() + "/**")) {
			all.put(entry.key(), written(entry.value()));
		}
		return all;
	}

	private String export() {
		try {
			StringWriter writer = new StringWriter();
			// With a limit it is in the order of the keys.
			LdapLdif.on(store()).export(KeyQuery.of(area() + "/**").limit(1_000_000), writer);
			return writer.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private LdapLdif.Loaded load(String ldif) {
		try {
			return LdapLdif.on(store()).load(new StringReader(ldif));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String unit(String relative) {
		List<String> components = new ArrayList<>(Arrays.asList(relative.split(",")));
		Collections.reverse(components);
		return "dn: " + dn(String.join("/", components)) + "\nobjectClass: organizationalUnit\nou: "
				+ relative.substring(3).replaceAll(",.*", "") + "\n";
	}

}
