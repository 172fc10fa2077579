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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import io.github.ldapkv.internal.schema.DirectorySchema;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of {@link EntryMapper}.
 */
class EntryMapperTests {

	private static final byte[] NO_TEXT = { -1, 0 };

	private static final byte[] TEXT = "é".getBytes(StandardCharsets.UTF_8);

	@Test
	void whatIsReadIsTextOrBytes() {
		LdapValue value = read(new Attribute("cn", TEXT, NO_TEXT), new Attribute("jpegPhoto", TEXT),
				new Attribute("cn;binary", TEXT), new Attribute("description", ""));
		assertThat(value.asMap().get("cn")).containsExactly("é", NO_TEXT);
		assertThat(value.asMap().get("jpegPhoto")).containsExactly(TEXT);
		assertThat(value.asMap().get("cn;binary")).containsExactly(TEXT);
		assertThat(value.texts("description")).containsExactly("");
		assertThat(value.text("jpegPhoto")).contains("é");
		assertThat(value.bytes("cn")).hasValue(TEXT);
		assertThatIllegalStateException().isThrownBy(() -> value.texts("cn")).withMessageContaining("'cn'");
	}

	@Test
	void aReplacementCharacterIsText() {
		assertThat(read(new Attribute("cn", "\uFFFD")).asMap().get("cn")).containsExactly("\uFFFD");
	}

	@Test
	void whatIsReadEqualsWhatIsGiven() {
		LdapValue read = read(new Attribute("cn", "a", "é"), new Attribute("jpegPhoto", NO_TEXT, TEXT));
		LdapValue given = LdapValue.of(Map.of("JPEGPHOTO", List.of("é", NO_TEXT), "CN", List.of(TEXT, "a")));
		assertThat(read).isEqualTo(given).hasSameHashCodeAs(given);
		assertThat(given).isEqualTo(read);
		assertThat(read).isEqualTo(read(new Attribute("jpegPhoto", NO_TEXT, TEXT), new Attribute("cn", "é", "a")))
			.isEqualTo(read(new Attribute("cn", "a", "é"), new Attribute("jpegPhoto", NO_TEXT, TEXT)))
			.isNotEqualTo(read(new Attribute("cn", "a", "b"), new Attribute("jpegPhoto", NO_TEXT, TEXT)))
			.isNotEqualTo(read(new Attribute("cn", "a", "é")));
	}

	@Test
	void nothingOutsideCanChangeWhatWasRead() {
		LdapValue value = read(new Attribute("jpegPhoto", new byte[] { 1 }),
				new Attribute("userCertificate;binary", new byte[] { 1 }, new byte[] { 2 }));
		value.bytes("jpegPhoto").orElseThrow()[0] = 3;
		value.asMap().values().forEach((values) -> values.forEach((octets) -> ((byte[]) octets)[0] = 3));
		value.toBuilder().append("jpegPhoto", new byte[] { 4 }).build();
		EntryMapper.toAttributes(value).forEach((sent) -> sent.getValueByteArrays()[0][0] = 3);
		assertThat(value).isEqualTo(LdapValue.of(Map.of("jpegPhoto", new byte[] { 1 }, "userCertificate;binary",
				List.of(new byte[] { 1 }, new byte[] { 2 }))));
	}

	@Test
	void manyAttributesAreFoundByAnySpelling() {
		for (int count : List.of(1, 16, 17, 100)) {
			List<Attribute> attributes = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				attributes.add(new Attribute("description;lang-X" + i + ";x-a", "value " + i));
			}
			LdapValue value = read(attributes.toArray(Attribute[]::new));
			assertThat(value.names()).hasSize(count).startsWith("description;lang-X0;x-a");
			for (int i = 0; i < count; i++) {
				assertThat(value.text("description;lang-X" + i + ";x-a")).contains("value " + i);
				assertThat(value.text("DESCRIPTION;x-A;LANG-x" + i)).contains("value " + i);
			}
			assertThat(value.has("description")).isFalse();
			assertThat(value).isEqualTo(LdapValue.of(value.asMap())).isEqualTo(value.toBuilder().build());
		}
	}

	@Test
	void anAttributeThatIsThereTwiceIsOne() {
		LdapValue value = read(new Attribute("cn;x-a;x-b", "a", "b"), new Attribute("sn", "s"),
				new Attribute("cn;x-b;x-a", "b", "c"));
		assertThat(value.names()).containsExactly("cn;x-a;x-b", "sn");
		assertThat(value.texts("cn;x-b;x-a")).containsExactly("a", "b", "c");
	}

	@Test
	void noEntryIsReadByWhatAnotherHas() {
		EntryMapper mapper = new EntryMapper(DirectorySchema.hidden());
		List<Entry> entries = List.of(new Entry("cn=a", new Attribute("cn", TEXT), new Attribute("jpegPhoto", TEXT)),
				new Entry("cn=b", new Attribute("jpegPhoto", TEXT), new Attribute("cn", TEXT),
						new Attribute("sn", TEXT)),
				new Entry("cn=c", new Attribute("JPEGPHOTO", TEXT)), new Entry("cn=d"),
				new Entry("cn=e", new Attribute("cn"), new Attribute("CN;x-b;x-a", TEXT),
						new Attribute("cn;x-a;x-b", TEXT)),
				new Entry("cn=f", new Attribute("cn", TEXT), new Attribute("jpegPhoto", TEXT)));
		for (Entry entry : entries) {
			LdapValue value = mapper.value(entry);
			assertThat(value).isEqualTo(read(entry.getAttributes().toArray(Attribute[]::new)));
			assertThat(value.names()).isEqualTo(read(entry.getAttributes().toArray(Attribute[]::new)).names());
			value.asMap()
				.forEach((name, values) -> assertThat(values)
					.containsExactly(name.equalsIgnoreCase("jpegPhoto") ? TEXT : "é"));
		}
	}

	/**
	 * Whoever may write can make up options.
	 */
	@Test
	void moreNamesThanAreRememberedAreReadAlike() {
		DirectorySchema schema = DirectorySchema.hidden().withBinary(Set.of());
		for (int i = 0; i < 5000; i++) {
			LdapValue value = new EntryMapper(schema)
				.value(new Entry("cn=x", new Attribute("jpegPhoto;x-" + i, TEXT), new Attribute("cn;x-" + i, TEXT)));
			assertThat(value.asMap().get("jpegPhoto;x-" + i)).containsExactly(TEXT);
			assertThat(value.asMap().get("cn;x-" + i)).containsExactly("é");
		}
	}

	private static LdapValue read(Attribute... attributes) {
		return new EntryMapper(DirectorySchema.hidden()).value(new Entry("cn=x", attributes));
	}

}
