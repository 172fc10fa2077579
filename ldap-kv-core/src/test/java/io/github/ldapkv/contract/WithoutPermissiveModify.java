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

import io.github.ldapkv.LdapKey;
import org.junit.jupiter.api.Test;

import org.springframework.dao.InvalidDataAccessResourceUsageException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The laws of changes that differ on a server without the permissive modify control, and
 * without the assertion control: what is there is read first.
 */
public interface WithoutPermissiveModify extends WriteLaws, ChangeLaws {

	/**
	 * Object classes that are there must not be added.
	 */
	@Test
	@Override
	default void anUpsertTakesOneRoundTrip() {
		LdapKey key = at("uid=jdoe");
		assertThat(directory().requestsDuring(() -> store().put(key, person()))).containsExactly("SEARCH objectClass",
				"ADD");
		assertThat(directory().requestsDuring(() -> store().put(key, person()))).containsExactly("SEARCH objectClass",
				"MODIFY");
	}

	/**
	 * Without the permissive modify control it has to know what is there.
	 */
	@Test
	@Override
	default void patchIsOneRoundTripAndReadsNothing() {
		LdapKey key = putPerson("uid=jdoe");
		assertThat(requests(() -> store().patch(key, (p) -> p.add(several(), "a@test.org")))).containsExactly("SEARCH",
				"MODIFY");
		assertThat(requests(() -> store().patch(key, (p) -> p.add(several(), "a@test.org")))).containsExactly("SEARCH");
	}

	/**
	 * As above.
	 */
	@Test
	@Override
	default void aLargeGroupGetsOneMoreMember() {
		LdapKey key = at("cn=group");
		store().put(key, group("uid=a,dc=test", "uid=b,dc=test"));
		assertThat(requests(() -> store().patch(key, (p) -> p.add("member", "uid=c,dc=test", "uid=a,dc=test"))))
			.containsExactly("SEARCH", "MODIFY");
		assertThat(store().getRequired(key).texts("member")).containsExactlyInAnyOrder("uid=a,dc=test", "uid=b,dc=test",
				"uid=c,dc=test");
	}

	/**
	 * Without the assertion control values of others would be lost.
	 */
	@Test
	@Override
	default void patchWorksOnAttributesWithoutAnEqualityRule() {
		LdapKey key = putPerson("uid=jdoe");
		assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class)
			.isThrownBy(() -> store().patch(key, (p) -> p.add("jpegPhoto", photo((byte) 1))))
			.withMessageContaining("RFC 4528");
		store().patch(key, (p) -> p.set("jpegPhoto", photo((byte) 1)));
		assertThat(store().getRequired(key).bytes("jpegPhoto")).isPresent();
	}

	private List<String> requests(Runnable code) {
		return directory().requestsDuring(code).stream().map((request) -> request.split(" ")[0]).toList();
	}

}
