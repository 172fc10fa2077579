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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a write does.
 */
public interface WriteLaws extends Laws {

	@Test
	default void putCreatesAnEntry() {
		LdapKey key = at("ou=People");
		assertThat(store().contains(key)).isFalse();
		assertThat(store().get(key)).isEmpty();
		store().put(key, Map.of("objectClass", List.of("top", "organizationalUnit"), "description", "All of us"));
		assertThat(store().contains(key)).isTrue();
		assertThat(written(key)).isEqualTo(LdapValue.of(Map.of("objectClass", List.of("top", "organizationalUnit"),
				"ou", "People", "description", "All of us")));
	}

	@Test
	default void putMergesIntoTheEntryThatIsThere() {
		LdapKey key = putPerson("uid=jdoe");
		String uuid = entryUuid("uid=jdoe");
		store().put(key, Map.of(several(), List.of("a@test.org", "b@test.org"), "title", "x", "sn", "Roe"));
		store().put(key, Map.of(several(), "c@test.org"));
		LdapValue value = store().getRequired(key);
		assertThat(value.texts(several())).containsExactly("c@test.org");
		assertThat(value.texts("sn")).containsExactly("Roe");
		assertThat(value.text("title")).contains("x");
		assertThat(entryUuid("uid=jdoe")).isEqualTo(uuid);
	}

	@Test
	default void anEmptyListRemovesTheAttribute() {
		LdapKey key = putPerson("uid=jdoe");
		store().put(key, Map.of("mail", "a@test.org", "description", "x"));
		store().put(key, Map.of("mail", List.of(), "title", List.of()));
		Set<String> names = ofAPerson();
		names.add("description");
		assertThat(written(key).names()).containsExactlyInAnyOrderElementsOf(names);
		store().put(at("uid=new"), LdapValue.of(person()).toBuilder().set("mail").build());
		assertThat(store().getRequired(at("uid=new")).has("mail")).isFalse();
	}

	@Test
	default void theSameCanBePutTwice() {
		store().put(at("uid=jdoe"), person());
		store().put(at("uid=jdoe"), person());
		LdapValue value = store().getRequired(at("uid=jdoe"));
		assertThat(value.texts("objectClass")).contains("inetOrgPerson");
		assertThat(value.text("sn")).contains("Doe");
	}

	@Test
	default void puttingNothingOnAnEntryChangesNothing() {
		LdapKey key = putPerson("uid=jdoe");
		LdapValue before = store().getRequired(key);
		store().put(key, Map.of());
		assertThat(store().get(key)).contains(before);
	}

	@Test
	default void anExistingEntryTakesOneRoundTrip() {
		LdapKey key = putPerson("uid=jdoe");
		assertThat(directory().requestsDuring(() -> store().put(key, Map.of("mail", "a@test.org"))))
			.containsExactly("MODIFY");
		assertThat(directory().requestsDuring(() -> store().putIfAbsent(at("uid=newer"), person())))
			.containsExactly("ADD");
		assertThat(directory().requestsDuring(() -> store().delete(key))).containsExactly("DELETE");
	}

	@Test
	default void anUpsertTakesOneRoundTrip() {
		LdapKey key = at("uid=jdoe");
		assertThat(directory().requestsDuring(() -> store().put(key, person()))).containsExactly("MODIFY", "ADD");
		assertThat(directory().requestsDuring(() -> store().put(key, person()))).containsExactly("MODIFY");
	}

	@Test
	default void putAddsObjectClassesAndTakesNoneAway() {
		LdapKey key = putPerson("uid=jdoe");
		List<String> first = store().getRequired(key).texts("objectClass");
		List<String> both = new ArrayList<>(first);
		both.add(auxiliary());
		store().put(key, Map.of("objectClass", auxiliary(), "title", "x"));
		assertThat(store().getRequired(key).texts("objectClass")).containsExactlyInAnyOrderElementsOf(both);
		store().put(key, personWith(Map.of("title", "y")));
		store().putAll(Map.of(key, LdapValue.of(personWith(Map.of("sn", "Roe")))));
		assertThat(store().getRequired(key).texts("objectClass")).containsAll(both);
		assertThat(store().getRequired(key).texts("title")).containsExactly("y");
		assertThat(store().getRequired(key).texts("sn")).containsExactly("Roe");
	}

	@Test
	default void replaceAndPatchTakeObjectClassesAway() {
		LdapKey key = putPerson("uid=jdoe");
		List<String> first = store().getRequired(key).texts("objectClass");
		for (Runnable write : List.<Runnable>of(() -> store().replace(key, person()),
				() -> store().patch(key, (p) -> p.set("objectClass", first.toArray())),
				() -> store().patch(key, (p) -> p.remove("objectClass", auxiliary())))) {
			store().put(key, Map.of("objectClass", List.of(auxiliary())));
			assertThat(store().getRequired(key).texts("objectClass")).contains(auxiliary());
			write.run();
			assertThat(store().getRequired(key).texts("objectClass")).doesNotContain(auxiliary());
		}
	}

	@Test
	default void theObjectClassesMayBeCalledByTheirNumber() {
		String number = "2.5.4.0";
		LdapValue person = LdapValue.of(person());
		LdapValue numbered = person.toBuilder()
			.without("objectClass")
			.set(number, person.texts("objectClass").toArray())
			.build();
		LdapKey key = at("uid=jdoe");
		store().put(key, numbered);
		List<String> first = store().getRequired(key).texts("objectClass");
		assertThat(first).containsAll(person.texts("objectClass"));
		store().put(key, Map.of(number, auxiliary(), "title", "x"));
		assertThat(store().getRequired(key).texts("objectClass")).containsAll(first).contains(auxiliary());
		assertThat(store().putIfAbsent(at("uid=a"), numbered)).isTrue();
		store().putAll(Map.of(at("uid=b"), numbered));
		store().replace(key, numbered);
		assertThat(store().getRequired(key).texts("objectClass")).containsAll(person.texts("objectClass"))
			.doesNotContain(auxiliary());
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().put(at("uid=c"), numbered.toBuilder().set(number, "noSuchClass").build()))
			.withMessageContaining("noSuchClass");
		assertThat(store().keys(KeyQuery.of(area() + "/*"))).hasSize(3);
	}

	@Test
	default void theRdnIsImpliedByTheKey() {
		store().put(at("uid=jdoe"), person());
		assertThat(store().getRequired(at("uid=jdoe")).texts(id())).containsExactly("jdoe");
		store().put(at("uid=jdoe"), Map.of(id(), "JDOE", "title", "Boss"));
		assertThat(store().getRequired(at("uid=jdoe")).text("title")).contains("Boss");
		store().put(at("uid=jdoe"), Map.of("uid", List.of("jdoe", "john")));
		assertThat(store().getRequired(at("uid=jdoe")).texts("uid")).containsExactlyInAnyOrder("jdoe", "john");
	}

	@Test
	default void theValueMayUseAnotherNameOfTheNamingAttribute() {
		String other = numericId();
		LdapValue person = LdapValue.of(person()).toBuilder().without(id()).set(other, "jdoe").build();
		assertThat(store().putIfAbsent(at("uid=jdoe"), person)).isTrue();
		assertThat(store().getRequired(at("uid=jdoe")).texts(id())).containsExactly("jdoe");
		assertThatIllegalArgumentException().isThrownBy(() -> store().put(at("uid=jroe"), person))
			.withMessageContaining("contradicts")
			.withMessageContaining(at("uid=jroe").toString())
			.withMessageContaining("'" + other + "'")
			.withMessageContaining("'jroe'");
		assertThat(store().contains(at("uid=jroe"))).isFalse();
	}

	@Test
	default void aValueThatContradictsTheKeyIsRefused() {
		LdapKey key = putPerson("uid=jdoe");
		for (Object other : List.of("jroe", List.of(), List.of("a", "b"))) {
			assertThat(directory().requestsDuring(
					() -> assertThatIllegalArgumentException().isThrownBy(() -> store().put(key, Map.of(id(), other)))
						.withMessageContaining(key.toString())
						.withMessageContaining("'" + id() + "'")
						.withMessageContaining("'jdoe'")
						.withMessageContaining(LdapValue.of(Map.of(id(), other)).texts(id()).toString())))
				.isEmpty();
		}
	}

	@Test
	default void aValueThatOnlyLooksLikeTheKeyIsRefused() {
		LdapKey key = at("ou=Red-Team");
		for (String other : List.of("Red Team", "RedTeam", "Red\\-Team")) {
			Map<String, Object> value = Map.of("objectClass", "organizationalUnit", "ou", other);
			for (Runnable write : List.<Runnable>of(() -> store().put(key, value),
					() -> store().putIfAbsent(key, value), () -> store().replace(key, value),
					() -> store().patch(key, (p) -> p.set("ou", other)))) {
				assertThat(directory().requestsDuring(() -> assertThatIllegalArgumentException().isThrownBy(write::run)
					.withMessageContaining("contradicts")
					.withMessageContaining("'Red-Team'")
					.withMessageContaining("[" + other + "]"))).isEmpty();
			}
		}
		store().put(key, Map.of("objectClass", "organizationalUnit", "ou", " RED-team "));
		store().put(key, Map.of("ou", "red-team", "description", "x"));
		assertThat(store().getRequired(key).texts("description")).containsExactly("x");
	}

	@Test
	default void putIfAbsentCreatesOrLeavesAlone() {
		assertThat(store().putIfAbsent(at("uid=jdoe"), person())).isTrue();
		LdapValue created = store().getRequired(at("uid=jdoe"));
		assertThat(store().putIfAbsent(at("uid=jdoe"), LdapValue.of(person()).toBuilder().set("sn", "Roe").build()))
			.isFalse();
		assertThat(store().get(at("uid=jdoe"))).contains(created);
	}

	@Test
	default void ofManyCallersOneCreatesTheEntry() throws Exception {
		for (int round = 0; round < 5; round++) {
			LdapKey key = at("uid=u" + round);
			List<Boolean> created = atOnce(8, () -> store().putIfAbsent(key, person()));
			assertThat(created).containsOnlyOnce(true);
		}
	}

	@Test
	default void putSurvivesThatOthersCreateAndDelete() throws Exception {
		LdapKey key = at("uid=jdoe");
		atOnce(6, () -> {
			for (int i = 0; i < 30; i++) {
				contend(() -> store().put(key, person()));
				contend(() -> store().delete(key));
			}
			return true;
		});
		store().put(key, person());
		assertThat(store().contains(key)).isTrue();
	}

	@Test
	default void deleteSaysWhetherTheEntryWasThere() {
		LdapKey key = putPerson("uid=jdoe");
		assertThat(store().delete(key)).isTrue();
		assertThat(store().contains(key)).isFalse();
		assertThat(store().delete(key)).isFalse();
		assertThat(store().delete(at("ou=None/uid=jdoe"))).isFalse();
	}

	/**
	 * Also of those who delete first with a new store.
	 */
	@Test
	default void ofManyCallersOneIsToldThatItDeletedTheEntry() throws Exception {
		for (int round = 0; round < 10; round++) {
			LdapKey key = putPerson("uid=u" + round);
			String dn = dn("uid=u" + round);
			try (LdapConnectionPool pool = directory().pool().maxSize(4).build()) {
				LdapKeyValueTemplate fresh = new LdapKeyValueTemplate(pool);
				assertThat(atOnce(4, () -> fresh.contains(dn))).containsOnly(true);
				assertThat(atOnce(4, () -> fresh.delete(dn))).containsOnlyOnce(true);
			}
			assertThat(store().contains(key)).isFalse();
		}
	}

	@Test
	default void anEntryWithChildrenIsNotDeleted() {
		LdapKey parent = putUnit("ou=People");
		LdapKey child = putPerson("ou=People/uid=jdoe");
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> store().delete(parent))
			.withMessageContaining(parent.toString())
			.withMessageContaining(dn("ou=People"))
			.withMessageContaining("notAllowedOnNonLeaf (66)")
			.withMessageContaining("delete those first");
		assertThat(store().contains(parent)).isTrue();
		assertThat(store().contains(child)).isTrue();
	}

}
