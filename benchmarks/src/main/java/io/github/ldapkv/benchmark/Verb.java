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

package io.github.ldapkv.benchmark;

import java.util.Arrays;

/**
 * What is measured. The name of a verb is that of a method of {@link VerbBenchmark}.
 */
enum Verb {

	GET("get", 20_000), GET_ALL("getAll", 400), CONTAINS("contains", 20_000), QUERY("query", 1500), KEYS("keys", 1500),
	STREAM("stream", 12), PUT("put", 15_000), PUT_ALL("putAll", 250), PUT_IF_ABSENT("putIfAbsent", 8000);

	private final String method;

	private final int warmUp;

	Verb(String method, int warmUp) {
		this.method = method;
		this.warmUp = warmUp;
	}

	/**
	 * How many calls it takes for the JVM to know what it has to compile.
	 */
	int warmUp() {
		return this.warmUp;
	}

	static Verb of(String method) {
		return Arrays.stream(values())
			.filter((verb) -> verb.method.equals(method))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"There is no verb '" + method + "'; there are " + Arrays.toString(values())));
	}

	@Override
	public String toString() {
		return this.method;
	}

}
