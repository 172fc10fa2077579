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

package io.github.ldapkv.ldif;

import java.util.stream.IntStream;

import io.github.ldapkv.internal.key.DistinguishedName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NameSetTests {

	@Test
	void eachKeyIsNewOnce() {
		NameSet names = new NameSet();
		assertThat(IntStream.range(0, 50_000))
			.allMatch((i) -> names.add(DistinguishedName.of("/dc=org/ou=a/uid=" + i)));
		assertThat(IntStream.range(0, 50_000))
			.noneMatch((i) -> names.add(DistinguishedName.of("/DC=org/OU=A/uid= " + i)));
		assertThat(IntStream.range(0, 50_000))
			.allMatch((i) -> names.contains(DistinguishedName.of("/dc=org/ou=a/uid=" + i)));
		assertThat(IntStream.range(0, 50_000))
			.noneMatch((i) -> names.contains(DistinguishedName.of("/dc=org/ou=b/uid=" + i)));
		assertThat(names.contains(DistinguishedName.ROOT)).isFalse();
		assertThat(names.add(DistinguishedName.ROOT)).isTrue();
	}

}
