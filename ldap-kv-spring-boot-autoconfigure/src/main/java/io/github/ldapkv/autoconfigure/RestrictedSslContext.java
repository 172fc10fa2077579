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

import java.security.SecureRandom;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

import org.springframework.boot.ssl.SslOptions;

/**
 * An SSL context whose client sockets have the protocols and ciphers of a bundle.
 */
final class RestrictedSslContext extends SSLContext {

	RestrictedSslContext(SSLContext context, SslOptions options) {
		super(new Spi(context, options), context.getProvider(), context.getProtocol());
	}

	private static final class Spi extends SSLContextSpi {

		private final SSLContext context;

		private final SslOptions options;

		Spi(SSLContext context, SslOptions options) {
			this.context = context;
			this.options = options;
		}

		@Override
		protected SSLSocketFactory engineGetSocketFactory() {
			return new RestrictedSocketFactory(this.context.getSocketFactory(), this.options);
		}

		@Override
		protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
			throw new UnsupportedOperationException("The context is that of a bundle");
		}

		@Override
		protected SSLServerSocketFactory engineGetServerSocketFactory() {
			throw new UnsupportedOperationException("The context is for clients");
		}

		@Override
		protected SSLEngine engineCreateSSLEngine() {
			throw new UnsupportedOperationException("The context is for sockets");
		}

		@Override
		protected SSLEngine engineCreateSSLEngine(String host, int port) {
			return engineCreateSSLEngine();
		}

		@Override
		protected SSLSessionContext engineGetServerSessionContext() {
			return this.context.getServerSessionContext();
		}

		@Override
		protected SSLSessionContext engineGetClientSessionContext() {
			return this.context.getClientSessionContext();
		}

	}

}
