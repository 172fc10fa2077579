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

import org.jspecify.annotations.Nullable;

import org.springframework.ldap.core.AuthenticationSource;
import org.springframework.ldap.core.support.DirContextAuthenticationStrategy;

/**
 * As whom connections bind, and how.
 *
 * @param account the account; empty names for an anonymous one
 * @param strategy how to bind, if the application knows a way of its own
 * @param external whether to bind as the client certificate
 */
record BindSettings(AuthenticationSource account, @Nullable DirContextAuthenticationStrategy strategy,
		boolean external) {

	/**
	 * Without the client certificate for an account.
	 */
	BindSettings withPassword() {
		return new BindSettings(this.account, this.strategy, false);
	}

}
