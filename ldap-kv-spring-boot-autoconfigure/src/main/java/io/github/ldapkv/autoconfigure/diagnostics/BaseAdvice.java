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

package io.github.ldapkv.autoconfigure.diagnostics;

/**
 * What to do if there is no entry where keys begin, or above what is to be written.
 */
final class BaseAdvice {

	private BaseAdvice() {
	}

	/**
	 * Says what to do.
	 * @param directory what is configured
	 * @param base where keys begin
	 */
	static String of(ConfiguredDirectory directory, String base) {
		String application = directory.applicationBase();
		String store = directory.storeBase();
		if (base.isEmpty()) {
			return "Set '" + (directory.own() ? "ldapkv.base" : "spring.ldap.base")
					+ "' to the suffix of the directory, such as dc=example,dc=org, or begin each key with it.";
		}
		return "Keys are relative to '" + base + "', which '"
				+ (store.isEmpty() ? "spring.ldap.base"
						: application.isEmpty() ? "ldapkv.base" : "ldapkv.base' and 'spring.ldap.base")
				+ "' says. Correct it, create that entry, or let the account read it. A key must not repeat the base.";
	}

}
