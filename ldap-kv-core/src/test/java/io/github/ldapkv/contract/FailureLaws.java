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

import java.util.Map;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapValue;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.EmptyResultDataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a failure says.
 */
interface FailureLaws extends Laws {

	@Test
	default void getRequiredNamesTheKeyThatIsMissing() {
		LdapKey key = at("uid=none");
		assertThatExceptionOfType(EmptyResultDataAccessException.class).isThrownBy(() -> store().getRequired(key))
			.withMessageContaining("'" + key + "'");
	}

	@Test
	default void creatingWithoutAnObjectClassSaysHowToGiveOne() {
		LdapKey key = at("uid=jdoe");
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().put(key, Map.of("sn", "Doe")))
			.withMessageContaining("'" + key + "'")
			.withMessageContaining(dn("uid=jdoe"))
			.withMessageContaining("objectClass")
			.withMessageContaining("ldapkv.object-classes." + id());
		assertThat(store().contains(key)).isFalse();
	}

	@Test
	default void anUnknownObjectClassIsNamed() {
		assertRefused("uid=jdoe", personWith(Map.of("objectClass", "noSuchClass")), "'noSuchClass'");
	}

	@Test
	default void aRequiredAttributeThatIsMissingIsNamed() {
		assertRefused("uid=jdoe", LdapValue.of(person()).toBuilder().without("sn").build().asMap(), "'sn'");
	}

	@Test
	default void anUnknownAttributeIsNamed() {
		assertRefused("uid=jdoe", LdapValue.of(person()).toBuilder().set("noSuchAttribute", "x").build().asMap(),
				"'noSuchAttribute'");
	}

	@Test
	default void anAttributeThatNoObjectClassAllowsIsNamed() {
		assertRefused("uid=jdoe", LdapValue.of(person()).toBuilder().set("member", dn("")).build().asMap(), "'member'");
	}

	@Test
	default void theFirstMissingParentIsNamed() {
		putUnit("ou=People");
		LdapKey key = at("ou=People/ou=None/ou=Deeper/uid=jdoe");
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> store().put(key, person()))
			.withMessageContaining("'" + key + "'")
			.withMessageContaining("'" + at("ou=People/ou=None") + "'");
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().putIfAbsent(key, person()))
			.withMessageContaining("'" + at("ou=People/ou=None") + "'");
	}

	@Test
	default void aKeyOutsideTheDirectoryIsExplained() {
		LdapKey key = LdapKey.of("/dc=elsewhere/ou=x");
		assertThat(store().get(key)).isEmpty();
		assertThat(store().contains(key)).isFalse();
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> store().put(key, Map.of("objectClass", "organizationalUnit")))
			.withMessageContaining("'/dc=elsewhere/ou=x'")
			.withMessageContaining("base");
	}

	private void assertRefused(String path, Map<String, ?> attributes, String named) {
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().put(at(path), attributes))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("'" + at(path) + "'")
				.contains(dn(path))
				.containsIgnoringCase(named)
				.containsPattern("\\w+ \\(\\d+\\)"));
		assertThat(store().contains(at(path))).isFalse();
	}

}
