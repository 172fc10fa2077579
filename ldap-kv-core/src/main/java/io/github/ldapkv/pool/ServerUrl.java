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

import java.net.URI;

/**
 * Where a server is.
 *
 * @param host its name or its address
 * @param port its port
 * @param encrypted whether it speaks TLS from the start
 */
record ServerUrl(String host, int port, boolean encrypted) {

	private static final int LDAP_PORT = 389;

	private static final int LDAPS_PORT = 636;

	/**
	 * Reads a URL that was checked.
	 */
	static ServerUrl of(String url) {
		URI uri = URI.create(url);
		boolean encrypted = ServerUrls.isEncrypted(url);
		int defaultPort = encrypted ? LDAPS_PORT : LDAP_PORT;
		return new ServerUrl(withoutBrackets(uri.getHost()), (uri.getPort() >= 0) ? uri.getPort() : defaultPort,
				encrypted);
	}

	/**
	 * The host and the port.
	 */
	String address() {
		return this.host + ":" + this.port;
	}

	/**
	 * A URL has an address of IPv6 in brackets.
	 */
	private static String withoutBrackets(String host) {
		return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
	}

}
