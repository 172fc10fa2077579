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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

	/**
	 * URLs as they were written: the domain of {@code dns:///dc=example,dc=org} has
	 * commas, by which a list is divided in a property.
	 */
	static List<String> urls(String what, List<String> values) {
		List<String> urls = new ArrayList<>();
		for (String value : noneNull(what, values)) {
			int last = urls.size() - 1;
			if (last >= 0 && urls.get(last).toLowerCase(Locale.ROOT).startsWith("dns:") && value.indexOf(':') < 0) {
				urls.set(last, urls.get(last) + "," + value);
			}
			else {
				urls.add(value);
			}
		}
		return urls;
	}

}
