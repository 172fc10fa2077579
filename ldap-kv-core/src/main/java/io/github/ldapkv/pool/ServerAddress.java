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

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * One address of a server: a host that has several is several servers.
 *
 * @param server the server, by the name that its certificate has
 * @param ip its address; {@code null} if the name has none
 */
record ServerAddress(ServerUrl server, @Nullable InetAddress ip) {

	/**
	 * The host and the port, with the address if the host is a name.
	 */
	@Override
	public String toString() {
		String name = this.server.host();
		String number = (this.ip != null) ? this.ip.getHostAddress() : name;
		return this.server.address() + (number.equals(name) ? "" : " (" + number + ")");
	}

}
