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
import io.github.ldapkv.Version;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The law of conditional writes that differs on a server that leaves the same version in
 * all writes of a millisecond: the entry is read after that, to see whether it is still
 * what the write has left.
 */
public interface WithoutDistinctVersions extends ConditionalLaws {

	@Test
	@Override
	default void aConditionalWriteIsOneRoundTrip() {
		LdapKey key = putPerson("uid=jdoe");
		Version version = store().getEntry(key).orElseThrow().version();
		List<String> requests = directory()
			.requestsDuring(() -> store().ifUnchanged(version).put(key, Map.of("title", "1")));
		assertThat(requests).extracting((request) -> request.split(" ")[0]).containsExactly("MODIFY", "SEARCH");
	}

}
