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

import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

/**
 * How connections are encrypted.
 *
 * @param start whether to start TLS on a connection in clear text
 * @param sslContext whom to trust
 */
record TlsSettings(boolean start, Supplier<SSLContext> sslContext) {

	/**
	 * Whom to trust, asked anew.
	 */
	SSLContext trust() {
		SSLContext trust = this.sslContext.get();
		if (trust == null) {
			throw new IllegalStateException("There is no SSL context, and what is to be encrypted is not sent without");
		}
		return trust;
	}

	static SSLContext trustOfTheJdk() {
		try {
			return SSLContext.getDefault();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("The JDK has no TLS", ex);
		}
	}

}
