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

package io.github.ldapkv.pool;

import org.springframework.ldap.core.AuthenticationSource;

/**
 * An account that is always the same, of which only the name is shown.
 */
record FixedAccount(String principal, String credentials) implements AuthenticationSource {

	static final FixedAccount ANONYMOUS = new FixedAccount("", "");

	@Override
	public String getPrincipal() {
		return this.principal;
	}

	@Override
	public String getCredentials() {
		return this.credentials;
	}

	@Override
	public String toString() {
		return this.principal;
	}

}
