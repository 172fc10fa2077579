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

import io.github.ldapkv.testserver.TestDirectory;

/**
 * Properties of applications that the tests start.
 */
public final class Properties {

	private Properties() {
	}

	/**
	 * A directory that the application has as its own, with its suffix as base.
	 * @param directory the directory
	 * @return the properties
	 */
	public static String[] of(TestDirectory directory) {
		return of(directory, directory.url());
	}

	/**
	 * The same at another address.
	 * @param directory the directory
	 * @param url the address
	 * @return the properties
	 */
	public static String[] of(TestDirectory directory, String url) {
		return new String[] { "spring.ldap.urls=" + url, "spring.ldap.base=" + TestDirectory.SUFFIX,
				"spring.ldap.username=" + directory.userDn(), "spring.ldap.password=" + directory.password() };
	}

}
