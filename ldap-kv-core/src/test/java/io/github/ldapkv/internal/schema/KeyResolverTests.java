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
package io.github.ldapkv.internal.schema;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a key begins.
 */
class KeyResolverTests {

	private static final DistinguishedName ROOT = DistinguishedName.ROOT;

	private static final DistinguishedName BASE = DistinguishedName.of("/dc=org/dc=test");

	private final KeyResolver resolver = new KeyResolver(ROOT, BASE.asKey());

	@Test
	void aKeyOfAnotherNameThanTheBaseCostsHardlyAnything() {
		for (String key : List.of("/ou=People/uid=a", "/dc=com/dc=test/uid=a", "/dc=org/dc=other/uid=a",
				"/ou=People,o=a/uid=a")) {
			assertThat(allocated(KeyPath::of, key, this.resolver::absolute)).as(key).isLessThan(600);
		}
	}

	@Test
	void theKeyOfAResultCostsHardlyAnything() {
		for (String key : List.of("/ou=People/uid=a", "/dc=com/dc=test/uid=a", "/dc=org/dc=other/uid=a")) {
			assertThat(allocated(DistinguishedName::of, BASE + key, (name) -> {
				this.resolver.isUnsure(name);
				this.resolver.result(name);
			})).as(key).isLessThan(900);
		}
	}

	@ParameterizedTest
	@CsvSource({ "/o=b, /O=B/uid=a", "/o=b, /o=\\ B\\ /uid=a", "/o=a  b, /o=A B/uid=a", "/o=k, /o=\\E2\\84\\AA/uid=a",
			"/o=\u00e9cole, /o=E\u0301COLE/uid=a", "/o=e\u0301cole, /o=\u00c9cole/uid=a", "/o=b+c=d, /C=D+O=B/uid=a",
			"/o=#0401FF, /o=#0401ff/uid=a" })
	void everySpellingOfTheBaseIsFound(String base, String key) {
		assertThat(new KeyResolver(ROOT, KeyPath.of(base)).isAbsolute(KeyPath.of(key))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "/o=b, /o=bb/uid=a", "/o=bb, /o=b/uid=a", "/o=e, /o=\u00e9/uid=a", "/o=\u00e9, /o=e/uid=a",
			"/o=e, /o=e\u0301/uid=a", "/o=b+c=d, /o=b/c=d", "/o=b/c=d, /o=b", "/o=b, /c=b/uid=a" })
	void anotherNameIsNone(String base, String key) {
		assertThat(new KeyResolver(ROOT, KeyPath.of(base)).isAbsolute(KeyPath.of(key))).isFalse();
	}

	/**
	 * Only then can it be the base to a server, by whatever rules it has.
	 */
	@ParameterizedTest
	@CsvSource({ "/dc=org/dc=test, 0", "/domainComponent=ORG/domainComponent=Te-st, 1", "/o=org/o=te st, 1",
			"/o=org/o=tests, 0", "/o=org, 0", "/o=test/o=org, 0", "/o=org+c=test/o=a, 0", "/o=org/o=te\u017ft, 0" })
	void theServerIsAskedOnlyForAKeyWithTheValuesOfTheBase(String key, int questions) {
		int[] asked = new int[1];
		KeyResolver asking = new KeyResolver(ROOT, BASE.asKey(), (name) -> {
			asked[0]++;
			return name;
		}, DirectorySchema::hidden);
		asking.isAbsolute(KeyPath.of(key));
		assertThat(asked[0]).isEqualTo(questions);
	}

	/**
	 * How many bytes a call allocates, each with a key that no call has seen.
	 */
	private static <T> long allocated(Function<String, T> reading, String key, Consumer<T> call) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		List<T> keys = IntStream.range(0, 1000).mapToObj((i) -> reading.apply(key)).toList();
		call.accept(reading.apply(key));
		long before = threads.getCurrentThreadAllocatedBytes();
		keys.forEach(call);
		return (threads.getCurrentThreadAllocatedBytes() - before) / keys.size();
	}

}
