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

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.Version;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Writes that depend on a version.
 */
public interface ConditionalLaws extends Laws {

	@Test
	default void anEntryIsReadWithItsVersion() {
		LdapKey key = putPerson("uid=jdoe");
		LdapEntry entry = store().getEntry(key).orElseThrow();
		assertThat(written(entry.value())).isEqualTo(written(key));
		assertThat((CharSequence) entry.key()).isEqualTo(key);
		assertThat(entry.dn()).isEqualToIgnoringCase(dn("uid=jdoe"));
		assertThat(Version.of(entry.version().toString())).isEqualTo(entry.version());
		assertThat(store().getEntry(at("uid=nobody"))).isEmpty();
		LdapEntry queried = store().query(area() + named("/uid=*")).get(0);
		assertThat(queried.version()).isEqualTo(entry.version());
		assertThat(queried.value()).isEqualTo(entry.value());
		LdapEntry projected = store().query(KeyQuery.of(area() + named("/uid=*")).attributes("sn")).get(0);
		assertThat(projected.version()).isEqualTo(entry.version());
		assertThat(projected.value().names()).containsExactly("sn");
	}

	@Test
	default void theVersionCanBeReadAsAnAttributeToo() {
		LdapKey key = putPerson("uid=jdoe");
		Version version = version(key);
		String attribute = version.toString().substring(0, version.toString().indexOf('='));
		String value = version.toString().substring(attribute.length() + 1);
		KeyQuery query = KeyQuery.of(key.toString());
		for (KeyQuery asked : List.of(query.attributes(attribute),
				query.attributes("sn", attribute.toUpperCase(Locale.ROOT)), query.attributes("*", attribute))) {
			LdapEntry entry = store().query(asked).get(0);
			assertThat(entry.version()).isEqualTo(version);
			assertThat(entry.value().texts(attribute)).containsExactly(value);
		}
		store().forEach(query.attributes("*", "+", attribute),
				(entry) -> assertThat(entry.value().texts(attribute)).containsExactly(value));
		LdapEntry all = store().query(query.attributes("+")).get(0);
		assertThat(all.version()).isEqualTo(version);
		assertThat(all.value().texts(attribute)).containsExactly(value);
		assertThat(store().query(query.attributes("*")).get(0).value().has(attribute)).isFalse();
	}

	@Test
	default void theVersionChangesWithTheEntry() {
		LdapKey key = putPerson("uid=jdoe");
		Version before = version(key);
		tick();
		store().put(key, Map.of("title", "x"));
		assertThat(version(key)).isNotEqualTo(before);
	}

	@Test
	default void aConditionalWriteGivesTheNextVersion() {
		LdapKey key = putPerson("uid=jdoe");
		tick();
		Version second = store().ifUnchanged(version(key)).put(key, Map.of("title", "1"));
		assertThat(second).isEqualTo(version(key));
		tick();
		Version third = store().ifUnchanged(second).patch(key, (p) -> p.add(several(), "a@test.org"));
		tick();
		Version fourth = store().ifUnchanged(third).replace(key, personAgain(Map.of("title", "2")));
		assertThat(fourth).isEqualTo(version(key));
		assertThat(store().getRequired(key).has(several())).isFalse();
		store().ifUnchanged(fourth).delete(key);
		assertThat(store().contains(key)).isFalse();
	}

	@Test
	default void aConditionalPutTakesNoObjectClassAway() {
		LdapKey key = putPerson("uid=jdoe");
		store().put(key, Map.of("objectClass", auxiliary()));
		List<String> classes = store().getRequired(key).texts("objectClass");
		store().ifUnchanged(version(key))
			.put(key, Map.of("objectClass", person().get("objectClass"), "displayName", "x"));
		assertThat(store().getRequired(key).texts("objectClass")).containsAll(classes);
		assertThat(store().getRequired(key).texts("displayName")).containsExactly("x");
	}

	@Test
	default void aConditionalWriteFailsIfTheEntryHasChanged() {
		LdapKey key = putPerson("uid=jdoe");
		Version stale = version(key);
		tick();
		store().put(key, Map.of("title", "theirs"));
		expectStale(() -> store().ifUnchanged(stale).put(key, Map.of("title", "mine")));
		expectStale(() -> store().ifUnchanged(stale).put(key, Map.of()));
		expectStale(() -> store().ifUnchanged(stale).replace(key, personAgain(Map.of())));
		expectStale(() -> store().ifUnchanged(stale).patch(key, (p) -> p.set("title", "mine")));
		expectStale(() -> store().ifUnchanged(stale).delete(key));
		assertThat(store().getRequired(key).texts("title")).isEqualTo(List.of("theirs"));
	}

	@Test
	default void aConditionalWriteFailsIfTheEntryIsGone() {
		LdapKey key = putPerson("uid=jdoe");
		Version stale = version(key);
		store().delete(key);
		expectStale(() -> store().ifUnchanged(stale).put(key, person()));
		expectStale(() -> store().ifUnchanged(stale).replace(key, person()));
		expectStale(() -> store().ifUnchanged(stale).patch(key, (p) -> p.set("title", "mine")));
		expectStale(() -> store().ifUnchanged(stale).delete(key));
		assertThat(store().contains(key)).isFalse();
	}

	/**
	 * What is stored elsewhere, as an {@code ETag} is, comes back as others want it.
	 */
	@Test
	default void aVersionOfAnotherAttributeIsNone() {
		LdapKey key = putPerson("uid=jdoe");
		for (String text : List.of(named("uid=jdoe"), "objectClass=top", "noSuchAttribute=x")) {
			Version foreign = Version.of(text);
			expectStale(() -> store().ifUnchanged(foreign).put(key, Map.of("title", "mine")));
			expectStale(() -> store().ifUnchanged(foreign).put(key, Map.of()));
			expectStale(() -> store().ifUnchanged(foreign).replace(key, personAgain(Map.of("title", "mine"))));
			expectStale(() -> store().ifUnchanged(foreign).patch(key, (p) -> p.set("title", "mine")));
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> store().ifUnchanged(foreign).delete(key));
		}
		assertThat(store().getRequired(key).has("title")).isFalse();
	}

	@Test
	default void aConditionalWriteIsOneRoundTrip() {
		LdapKey key = putPerson("uid=jdoe");
		Version version = version(key);
		assertThat(directory().requestsDuring(() -> store().ifUnchanged(version).put(key, Map.of("title", "1"))))
			.containsExactly("MODIFY");
		Version next = version(key);
		assertThat(directory().requestsDuring(() -> store().ifUnchanged(next).delete(key))).containsExactly("DELETE");
	}

	@Test
	default void whatIsNoVersionIsRefused() {
		for (String text : List.of("", "=", "entryCSN", "entryCSN=", "=x", "a)(b=c")) {
			assertThatIllegalArgumentException().isThrownBy(() -> Version.of(text));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> store().ifUnchanged(null));
	}

	private Version version(LdapKey key) {
		return store().getEntry(key).orElseThrow().version();
	}

	private void expectStale(Runnable write) {
		assertThatExceptionOfType(OptimisticLockingFailureException.class).isThrownBy(write::run)
			.withMessageContaining(named("uid=jdoe"))
			.withMessageContaining("Read it again");
	}

}
