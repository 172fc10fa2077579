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

package io.github.ldapkv.autoconfigure;

import java.util.List;

import org.springframework.util.Assert;

/**
 * Checks of what code sets, which is not bound from a property.
 */
final class Given {

	private Given() {
	}

	static <T> T notNull(String what, T value) {
		Assert.notNull(value, () -> "The " + what + " is null");
		return value;
	}

	static List<String> noneNull(String what, List<String> values) {
		Assert.notNull(values, () -> "The " + what + " are null");
		Assert.noNullElements(values, () -> "One of the " + what + " is null");
		return values;
	}

}
