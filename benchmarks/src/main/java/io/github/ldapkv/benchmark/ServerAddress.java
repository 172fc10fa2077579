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

/**
 * Where a directory with people is, and who may write there.
 *
 * @param host the host it listens on
 * @param port the port of plain LDAP
 * @param userDn the administrator
 * @param password the administrator's password
 */
record ServerAddress(String host, int port, String userDn, String password) {

	String url() {
		return "ldap://" + this.host + ":" + this.port;
	}

	@Override
	public String toString() {
		return url();
	}

}
