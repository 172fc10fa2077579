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
import java.util.stream.IntStream;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapValue;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What replace, patch and increment do.
 */
public interface ChangeLaws extends Laws {

	@Test
	default void replaceMakesTheEntryTheValue() {
		LdapKey key = putPerson("uid=jdoe");
		store().put(key, Map.of("title", "x", several(), List.of("x", "y"), "givenName", "z", "jpegPhoto",
				photo((byte) 0xff, (byte) 0)));
		String uuid = entryUuid("uid=jdoe");
		LdapValue value = LdapValue.of(personWith(Map.of("objectClass",
				List.of("inetOrgPerson", "organizationalPerson", "person"), "sn", "D", several(), List.of("y", "w"))));
		store().replace(key, value);
		assertThat(written(key).toBuilder().without("objectClass").build())
			.isEqualTo(value.toBuilder().without("objectClass").set(id(), "jdoe").build());
		assertThat(entryUuid("uid=jdoe")).isEqualTo(uuid);
	}

	@Test
	default void replaceCreates() {
		store().replace(at("uid=new"), person());
		assertThat(store().getRequired(at("uid=new")).text("sn")).contains("Doe");
	}

	@Test
	default void replaceKeepsObjectClassesThatItDoesNotName() {
		LdapKey key = putPerson("uid=jdoe");
		List<String> before = store().getRequired(key).texts("objectClass");
		store().replace(key, personAgain(Map.of("sn", "D")));
		assertThat(store().getRequired(key).texts("objectClass")).containsExactlyInAnyOrderElementsOf(before);
	}

	@Test
	default void replaceSendsOneModifyWithWhatDiffers() {
		LdapKey key = putPerson("uid=jdoe");
		LdapValue value = store().getRequired(key).toBuilder().set("mail", "a@test.org").build();
		assertThat(directory().requestsDuring(() -> store().replace(key, value)))
			.extracting((request) -> request.split(" ")[0])
			.containsExactly("SEARCH", "MODIFY");
		assertThat(directory().requestsDuring(() -> store().replace(key, value)))
			.extracting((request) -> request.split(" ")[0])
			.containsExactly("SEARCH");
		assertThat(written(key)).isEqualTo(written(value));
	}

	@Test
	default void replaceKeepsTheSpellingOfTheName() {
		putPerson("uid=jdoe");
		LdapKey other = at("uid=JDOE");
		store().replace(other, personAgain(Map.of("title", "x")));
		assertThat(store().getRequired(at("uid=jdoe")).texts(id())).containsExactly("jdoe");
		assertThat(store().getRequired(at("uid=jdoe")).text("title")).contains("x");
		assertThat(directory().requestsDuring(() -> store().replace(other, personAgain(Map.of("title", "x")))))
			.extracting((request) -> request.split(" ")[0])
			.containsExactly("SEARCH");
	}

	@Test
	default void replaceRefusesWhatTheSchemaDoes() {
		LdapKey key = putPerson("uid=jdoe");
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().replace(key, Map.of("objectClass", "organizationalUnit", "ou", "x")))
			.withMessageContaining(named("uid=jdoe"));
		assertThatIllegalArgumentException().isThrownBy(() -> store().replace(key, Map.of(id(), "other")))
			.withMessageContaining("contradicts");
	}

	@Test
	default void replaceMayUseAnotherNameOfTheNamingAttribute() {
		LdapKey key = putPerson("uid=jdoe");
		store().replace(key, LdapValue.of(person()).toBuilder().without(id()).set(numericId(), "jdoe", "john").build());
		assertThat(store().getRequired(key).texts(id())).containsExactlyInAnyOrder("jdoe", "john");
	}

	@Test
	default void patchChangesSingleValues() {
		LdapKey key = putPerson("uid=jdoe");
		store().put(key, Map.of(several(), List.of("a@test.org", "b@test.org"), "title", "x", "o", "y"));
		store().patch(key,
				(p) -> p.add(several(), "c@test.org", "a@test.org")
					.remove(several(), "b@test.org", "nobody@test.org")
					.set("title", "z")
					.unset("o")
					.unset("employeeType")
					.remove("employeeNumber", "1"));
		LdapValue value = store().getRequired(key);
		assertThat(value.texts(several())).containsExactlyInAnyOrder("a@test.org", "c@test.org");
		assertThat(value.texts("title")).containsExactly("z");
		assertThat(value.has("o")).isFalse();
	}

	@Test
	default void patchTakesValuesForEqualAsTheServerDoes() {
		putPerson("uid=a");
		putPerson("uid=b");
		putPerson("uid=c");
		LdapKey key = at("cn=group");
		store().put(key, group(dn("uid=a"), dn("uid=b")));
		store().patch(key, (p) -> p.add("member", dn("uid=A").toUpperCase(Locale.ROOT)));
		assertThat(store().getRequired(key).texts("member")).hasSize(2);
		store().patch(key, (p) -> p.remove("member", dn("uid=A").toUpperCase(Locale.ROOT)));
		assertThat(store().getRequired(key).texts("member")).singleElement(InstanceOfAssertFactories.STRING)
			.isEqualToIgnoringCase(dn("uid=b"));
		store().patch(key, (p) -> p.remove("member", dn("uid=c")));
		assertThat(store().getRequired(key).texts("member")).hasSize(1);
	}

	@Test
	default void aNameCanBeSpelledInSeveralWays() {
		putPerson("uid=a");
		putPerson("uid=b");
		LdapKey key = at("cn=group");
		store().put(key, group(dn("uid=a"), dn("uid=b")));
		store().patch(key, (p) -> p.add("member", dn("uid=a").replace(",", ", ")));
		assertThat(store().getRequired(key).texts("member")).hasSize(2);
		store().patch(key, (p) -> p.remove("member", dn("uid=a").replace(",", " , ").replaceFirst("=a", "=\\\\61")));
		assertThat(store().getRequired(key).texts("member")).singleElement(InstanceOfAssertFactories.STRING)
			.isEqualToIgnoringCase(dn("uid=b"));
	}

	@Test
	default void patchIsOneRoundTripAndReadsNothing() {
		LdapKey key = putPerson("uid=jdoe");
		assertThat(directory().requestsDuring(() -> store().patch(key, (p) -> p.add(several(), "a@test.org"))))
			.containsExactly("MODIFY");
	}

	@Test
	default void patchRemovesNothingButTheValuesNamed() {
		LdapKey key = putPerson("uid=jdoe");
		store().put(key, Map.of("employeeNumber", 7, several(), List.of("a@test.org", "b@test.org")));
		store().patch(key, (p) -> p.remove("employeeNumber", 5).remove(several(), "c@test.org"));
		assertThat(store().getRequired(key).texts("employeeNumber")).containsExactly("7");
		assertThat(store().getRequired(key).texts(several())).hasSize(2);
		store().patch(key, (p) -> p.remove("employeeNumber", 7).add("employeeNumber", 8));
		assertThat(store().getRequired(key).texts("employeeNumber")).containsExactly("8");
	}

	@Test
	default void patchNeedsTheEntry() {
		assertThatExceptionOfType(DataRetrievalFailureException.class)
			.isThrownBy(() -> store().patch(at("uid=nobody"), (p) -> p.set("mail", "x@test.org")))
			.withMessageContaining(named("uid=nobody"))
			.withMessageContaining("no such entry");
		assertThatExceptionOfType(DataRetrievalFailureException.class)
			.isThrownBy(() -> store().patch(at("uid=nobody"), (p) -> {
			}));
	}

	@Test
	default void patchChecksItsInput() {
		LdapKey key = putPerson("uid=jdoe");
		assertThatIllegalArgumentException().isThrownBy(() -> store().patch(key, (p) -> p.set("cn)(a", "x")));
		assertThatIllegalArgumentException().isThrownBy(() -> store().patch(key, (p) -> p.set(id(), "other")));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> store().patch(key, (p) -> p.add("sn", new Object[] { null })));
	}

	@Test
	default void patchWorksOnAttributesWithoutAnEqualityRule() {
		LdapKey key = putPerson("uid=jdoe");
		byte[] one = photo("one\0\1".getBytes(StandardCharsets.ISO_8859_1));
		byte[] two = photo((byte) 0xff, (byte) 0xd8, (byte) 2);
		store().patch(key, (p) -> p.add("jpegPhoto", one, two));
		store().patch(key, (p) -> p.add("jpegPhoto", one).remove("jpegPhoto", two));
		assertThat(store().getRequired(key).bytes("jpegPhoto")).hasValueSatisfying((b) -> assertThat(b).isEqualTo(one));
		assertThat(store().getRequired(key).asMap().get("jpegPhoto")).hasSize(1);
	}

	@Test
	default void aLargeGroupGetsOneMoreMember() {
		LdapKey key = at("cn=group");
		store().put(key, Map.of("objectClass", "groupOfNames", "member",
				IntStream.range(0, 20_000).mapToObj((i) -> "uid=u" + i + ",dc=test").toList()));
		assertThat(directory()
			.requestsDuring(() -> store().patch(key, (p) -> p.add("member", "uid=new,dc=test", "uid=u7,dc=test"))))
			.containsExactly("MODIFY");
		assertThat(store().getRequired(key).texts("member")).hasSize(20_001).contains("uid=new,dc=test");
	}

	@Test
	default void incrementCounts() {
		LdapKey key = putPerson("uid=jdoe");
		store().put(key, Map.of("employeeNumber", 5));
		assertThat(store().increment(key, "employeeNumber", 3)).isEqualTo(8);
		assertThat(store().increment(key, "employeeNumber", -10)).isEqualTo(-2);
		assertThat(store().increment(key, "employeeNumber", 0)).isEqualTo(-2);
		assertThat(store().getRequired(key).text("employeeNumber")).contains("-2");
	}

	@Test
	default void incrementBeginsAtZero() {
		LdapKey key = putPerson("uid=jdoe");
		assertThat(store().increment(key, "employeeNumber", 1)).isEqualTo(1);
		assertThat(store().increment(key, "employeeNumber", 1)).isEqualTo(2);
	}

	@Test
	default void anAttributeMayBeCalledByItsNumber() {
		LdapKey key = putPerson("uid=jdoe");
		String employeeNumber = numericEmployeeNumber();
		assertThat(store().increment(key, employeeNumber, 1)).isEqualTo(1);
		assertThat(store().increment(key, employeeNumber, 1)).isEqualTo(2);
		String title = "2.5.4.12";
		store().patch(key, (p) -> p.add(title, "x"));
		store().patch(key, (p) -> p.add(title, "x").remove(employeeNumber, 7));
		assertThat(store().getRequired(key).texts("title")).containsExactly("x");
		assertThat(store().getRequired(key).texts("employeeNumber")).containsExactly("2");
		store().patch(key, (p) -> p.remove(title, "x").remove(employeeNumber, 2));
		assertThat(store().getRequired(key).has("title")).isFalse();
		assertThat(store().getRequired(key).has("employeeNumber")).isFalse();
	}

	@Test
	default void incrementRefusesWhatIsNoNumber() {
		LdapKey key = putPerson("uid=jdoe");
		store().put(key, Map.of(several(), List.of("1", "2"), "title", "x", "employeeNumber", Long.MAX_VALUE));
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().increment(key, several(), 1))
			.withMessageContaining("2 values");
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().increment(key, "title", 1))
			.withMessageContaining("'x'");
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().increment(key, "employeeNumber", 1))
			.withMessageContaining("64 bits");
		assertThatExceptionOfType(DataRetrievalFailureException.class)
			.isThrownBy(() -> store().increment(at("uid=nobody"), "employeeNumber", 1));
	}

}
