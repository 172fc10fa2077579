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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.util.ssl.cert.CertException;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What an entry holds.
 */
interface ValueLaws extends Laws {

	@Test
	default void everyAttributeIsAList() {
		store().put(at("uid=jdoe"), personWith(Map.of(several(), List.of("john@test.org", "jdoe@test.org"))));
		LdapValue value = store().getRequired(at("uid=jdoe"));
		assertThat(value.texts(several())).containsExactlyInAnyOrder("john@test.org", "jdoe@test.org");
		assertThat(value.texts("sn")).containsExactly("Doe");
		assertThat(value.texts("title")).isEmpty();
		assertThat(value.text("title")).isEmpty();
		assertThat(value.has("title")).isFalse();
	}

	@Test
	default void namesIgnoreCaseAndTheOrderOfValuesDoesNotCount() {
		Map<String, Object> attributes = personWith(
				Map.of("GivenName", "John", several(), List.of("b@test.org", "a@test.org")));
		store().put(at("uid=a"), attributes);
		LdapValue value = written(at("uid=a"));
		assertThat(value.text(several().toUpperCase(Locale.ROOT))).isPresent();
		assertThat(value).isEqualTo(LdapValue.of(attributes)
			.toBuilder()
			.set(id(), "a")
			.set(several(), "a@test.org", "b@test.org")
			.set("objectClass", value.texts("objectClass").toArray())
			.build());
	}

	@Test
	default void onlyUserAttributesComeBack() {
		LdapKey key = putPerson("uid=jdoe");
		assertThat(written(key).names()).containsExactlyInAnyOrderElementsOf(ofAPerson());
	}

	@Test
	default void bytesComeBackAsTheyWere() {
		byte[] all = new byte[256];
		for (int i = 0; i < all.length; i++) {
			all[i] = (byte) i;
		}
		byte[] bytes = photo(all);
		store().put(at("uid=jdoe"),
				LdapValue.of(person())
					.toBuilder()
					.set("jpegPhoto", bytes, photo("text".getBytes(StandardCharsets.UTF_8)))
					.build());
		LdapValue value = store().getRequired(at("uid=jdoe"));
		assertThat(value.asMap().get("jpegPhoto")).hasSize(2).allMatch(byte[].class::isInstance);
		assertThat(value.asMap().get("jpegPhoto")).anySatisfy((photo) -> assertThat(photo).isEqualTo(bytes));
	}

	@Test
	default void aCertificateComesBackAsItWas() throws Exception {
		byte[] certificate = certificate();
		store().put(at("uid=jdoe"),
				LdapValue.of(person()).toBuilder().set("userCertificate;binary", certificate).build());
		assertThat(store().getRequired(at("uid=jdoe")).bytes("userCertificate;binary")).hasValue(certificate);
		KeyQuery query = KeyQuery.of(at("uid=jdoe").toString());
		for (String name : List.of("userCertificate", "userCertificate;binary")) {
			LdapValue asked = store().query(query.attributes(name)).get(0).value();
			assertThat(asked.bytes("userCertificate;binary")).as(name).hasValue(certificate);
		}
	}

	@Test
	default void fiveMegabytesComeBackAsTheyWere() {
		byte[] random = new byte[5_000_000];
		new Random(5).nextBytes(random);
		byte[] bytes = photo(random);
		store().put(at("uid=jdoe"), LdapValue.of(person()).toBuilder().set("jpegPhoto", bytes).build());
		assertThat(store().getRequired(at("uid=jdoe")).bytes("jpegPhoto")).hasValue(bytes);
	}

	@Test
	default void attributeOptionsStayApart() {
		store().put(at("uid=jdoe"),
				LdapValue.of(person())
					.toBuilder()
					.set("description", "plain")
					.set("description;lang-en", "English")
					.set("description;lang-de", "Deutsch")
					.set("jpegPhoto;lang-en", photo((byte) -1))
					.build());
		LdapValue value = store().getRequired(at("uid=jdoe"));
		assertThat(value.texts("description")).containsExactly("plain");
		assertThat(value.texts("description;lang-en")).containsExactly("English");
		assertThat(value.texts("Description;LANG-DE")).containsExactly("Deutsch");
		assertThat(value.bytes("jpegPhoto;lang-en")).hasValue(photo((byte) -1));
		KeyQuery query = KeyQuery.of(at("uid=jdoe").toString());
		for (String name : List.of("description", "description;lang-en", "description;lang-de", "jpegPhoto;lang-en")) {
			LdapValue asked = store().query(query.attributes("sn", name)).get(0).value();
			assertThat(asked.names()).containsExactlyInAnyOrder("sn", name);
		}
		assertThat(store().query(query.attributes("2.5.4.13")).get(0).value().asMap()).hasSize(1);
		assertThat(store().query(query.attributes("*")).get(0).value()).isEqualTo(value);
		store().put(at("uid=jdoe"), Map.of("description;lang-en", List.of()));
		assertThat(store().getRequired(at("uid=jdoe")))
			.isEqualTo(value.toBuilder().without("description;lang-en").build());
	}

	@Test
	default void attributeOptionsComeInAnyOrder() {
		LdapKey key = at("uid=jdoe");
		store().put(key, LdapValue.of(person()).toBuilder().set("description;lang-en;lang-de", "x").build());
		LdapValue value = store().getRequired(key);
		assertThat(value.texts("description;lang-en;lang-de")).containsExactly("x");
		assertThat(value.texts("description;lang-de;lang-en")).containsExactly("x");
		store().replace(key, value.toBuilder().set("description;lang-de;lang-en", "y").build());
		store().put(key, store().getRequired(key).toBuilder().append("description;lang-de;lang-en", "z").build());
		LdapValue changed = store().getRequired(key);
		assertThat(changed.texts("description;lang-en;lang-de")).containsExactlyInAnyOrder("y", "z");
		store().put(key, changed.toBuilder().set("description;lang-de;lang-en").build());
		assertThat(written(key).names()).containsExactlyInAnyOrderElementsOf(ofAPerson());
	}

	@Test
	default void oneAttributeUnderTwoNamesIsRefused() {
		LdapKey key = at("uid=jdoe");
		Map<String, Object> twice = personWith(Map.of("2.5.4.4", "Roe"));
		for (Consumer<Map<String, Object>> write : List.<Consumer<Map<String, Object>>>of(
				(value) -> store().put(key, value), (value) -> store().putIfAbsent(key, value))) {
			assertThatIllegalArgumentException().isThrownBy(() -> write.accept(twice))
				.withMessageContaining("'sn'")
				.withMessageContaining("'2.5.4.4'");
		}
		assertThat(store().contains(key)).isFalse();
		putPerson("uid=jdoe");
		Map<String, Object> again = personAgain(Map.of("2.5.4.4", "Roe"));
		assertThatIllegalArgumentException().isThrownBy(() -> store().put(key, again));
		assertThatIllegalArgumentException().isThrownBy(() -> store().replace(key, again));
		assertThat(store().getRequired(key).texts("sn")).containsExactly("Doe");
	}

	@Test
	default void anyTextIsAValue() {
		List<String> texts = List.of(" leading", "trailing ", "#", "a,b", "\\", "\"", "é", "日本語", emoji(),
				"line\nbreak", "<>;=+", "*");
		store().put(at("uid=jdoe"), LdapValue.of(person()).toBuilder().set(several(), texts).build());
		assertThat(store().getRequired(at("uid=jdoe")).texts(several())).containsExactlyInAnyOrderElementsOf(texts);
	}

	@Test
	default void whatWasReadCanBePutBack() {
		LdapKey key = putPerson("uid=jdoe");
		LdapValue value = store().getRequired(key);
		store().put(key, value);
		assertThat(store().get(key)).contains(value);
		store().put(key, value.toBuilder().set("mail", "john@test.org").build());
		assertThat(store().getRequired(key).text("mail")).contains("john@test.org");
	}

	@Test
	default void attributesThatTheServerMaintainsAreNotSent() {
		LdapKey key = putPerson("uid=jdoe");
		LdapValue everything = store().query(KeyQuery.of(key.toString()).attributes("*", "+", "createTimestamp"))
			.get(0)
			.value();
		assertThat(everything.has("createTimestamp")).isTrue();
		assertThat(everything.has(identity())).isTrue();
		String identity = entryUuid("uid=jdoe");
		store().put(key, everything.toBuilder().set("mail", "john@test.org").build());
		assertThat(store().getRequired(key).text("mail")).contains("john@test.org");
		assertThat(entryUuid("uid=jdoe")).isEqualTo(identity);
	}

	@Test
	default void aPasswordIsNotPrinted() {
		LdapKey key = at("uid=jdoe");
		store().put(key, LdapValue.of(person()).toBuilder().set("userPassword", "s3cret").build());
		assertThat(store().getRequired(key).has("userPassword")).isTrue();
		assertThat(store().getRequired(key).toString()).contains("userPassword").doesNotContain("s3cret");
	}

	private static byte[] certificate() throws CertException {
		return X509Certificate
			.generateSelfSignedCertificate(SignatureAlgorithmIdentifier.SHA_256_WITH_RSA,
					PublicKeyAlgorithmIdentifier.RSA, 2048, new DN(new RDN("cn", "jdoe")), 0, Integer.MAX_VALUE * 1000L)
			.getFirst()
			.getX509CertificateBytes();
	}

}
