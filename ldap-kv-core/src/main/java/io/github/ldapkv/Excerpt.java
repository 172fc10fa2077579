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

package io.github.ldapkv;

import org.jspecify.annotations.Nullable;

/**
 * Shows a caller's text in a message: no longer than a line or two, and without control
 * characters, which could forge a line of a log.
 */
final class Excerpt {

	private static final int SHOWN = 300;

	private Excerpt() {
	}

	static String of(@Nullable CharSequence given) {
		String text = String.valueOf(given);
		StringBuilder shown = new StringBuilder();
		for (int i = 0; i < Math.min(text.length(), SHOWN); i++) {
			KeyEscaping.appendPrintable(shown, text.charAt(i));
		}
		if (text.length() > SHOWN) {
			shown.append("... (").append(text.length()).append(" characters)");
		}
		return shown.toString();
	}

}
