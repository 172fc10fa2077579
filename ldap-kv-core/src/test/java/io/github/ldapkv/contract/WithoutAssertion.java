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
import java.util.Map;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.Version;
import org.junit.jupiter.api.Test;

import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.OptimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The laws of conditional writes that differ on a server without the assertion control.
 * What cannot be done there is refused.
 */
public interface WithoutAssertion extends ConditionalLaws {

	/**
	 * The entry is read before, and also after where there is no post-read control.
	 */
	@Test
	@Override
	default void aConditionalWriteIsOneRoundTrip() {
		LdapKey key = putPerson("uid=jdoe");
		Version version = version(key);
		List<String> requests = directory()
			.requestsDuring(() -> store().ifUnchanged(version).put(key, Map.of("employeeNumber", 1)));
		assertThat(requests).extracting((request) -> request.split(" ")[0])
			.startsWith("SEARCH", "MODIFY")
			.hasSizeLessThanOrEqualTo(3);
	}

	/**
	 * Only attributes of one value can be compared by the Modify itself.
	 */
	@Test
	@Override
	default void aConditionalWriteGivesTheNextVersion() {
		LdapKey key = putPerson("uid=jdoe");
		Version second = store().ifUnchanged(version(key)).put(key, Map.of("employeeNumber", 1));
		assertThat(second).isEqualTo(version(key));
		Version third = store().ifUnchanged(second)
			.patch(key, (p) -> p.set("employeeNumber", 2).add("displayName", "J"));
		assertThat(third).isEqualTo(version(key));
		LdapValue wanted = store().getRequired(key)
			.toBuilder()
			.set("employeeNumber", 3)
			.set("displayName")
			.set("preferredLanguage", "en")
			.build();
		Version fourth = store().ifUnchanged(third).replace(key, wanted);
		assertThat(fourth).isEqualTo(version(key));
		assertThat(store().getRequired(key).texts("employeeNumber")).containsExactly("3");
		assertThat(store().getRequired(key).has("displayName")).isFalse();
	}

	/**
	 * As above, and a deletion cannot be on condition at all.
	 */
	@Test
	@Override
	default void aConditionalWriteFailsIfTheEntryHasChanged() {
		LdapKey key = putPerson("uid=jdoe");
		Version stale = version(key);
		store().put(key, Map.of("employeeNumber", 1));
		changed(() -> store().ifUnchanged(stale).put(key, Map.of("employeeNumber", 2)));
		changed(() -> store().ifUnchanged(stale).put(key, Map.of()));
		changed(() -> store().ifUnchanged(stale).replace(key, personAgain(Map.of("sn", "D"))));
		changed(() -> store().ifUnchanged(stale).patch(key, (p) -> p.set("employeeNumber", 2)));
		refused(() -> store().ifUnchanged(stale).delete(key));
		assertThat(store().getRequired(key).texts("employeeNumber")).containsExactly("1");
	}

	/**
	 * As above.
	 */
	@Test
	@Override
	default void aConditionalWriteFailsIfTheEntryIsGone() {
		LdapKey key = putPerson("uid=jdoe");
		Version stale = version(key);
		store().delete(key);
		changed(() -> store().ifUnchanged(stale).put(key, Map.of("employeeNumber", 2)));
		changed(() -> store().ifUnchanged(stale).replace(key, person()));
		assertThat(store().contains(key)).isFalse();
	}

	private Version version(LdapKey key) {
		return store().getEntry(key).orElseThrow().version();
	}

	private static void refused(Runnable write) {
		assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class).isThrownBy(write::run)
			.withMessageContaining("RFC 4528");
	}

	private static void changed(Runnable write) {
		assertThatExceptionOfType(OptimisticLockingFailureException.class).isThrownBy(write::run)
			.withMessageContaining("Read it again");
	}

}
