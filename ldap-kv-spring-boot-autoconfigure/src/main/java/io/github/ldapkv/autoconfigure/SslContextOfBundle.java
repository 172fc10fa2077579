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

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * The SSL context of a bundle that may be reloaded. The protocols and ciphers of the
 * bundle hold for the sockets that are made with it.
 */
final class SslContextOfBundle implements Supplier<SSLContext> {

	private final String property;

	private final String name;

	private volatile SSLContext context;

	/**
	 * Creates a supplier.
	 * @param property the property that names the bundle
	 * @param name the name
	 * @param bundle the bundle of this name
	 * @throws InvalidConfigurationPropertyValueException if an option of the bundle
	 * cannot be kept
	 */
	SslContextOfBundle(String property, String name, SslBundle bundle) {
		this.property = property;
		this.name = name;
		this.context = create(bundle);
	}

	/**
	 * Uses another bundle from now on. If that cannot be, the one before stays in use.
	 */
	void update(SslBundle bundle) {
		this.context = create(bundle);
	}

	@Override
	public SSLContext get() {
		return this.context;
	}

	private SSLContext create(SslBundle bundle) {
		SSLContext plain = bundle.createSslContext();
		SslOptions options = bundle.getOptions();
		SSLParameters supported = plain.getSupportedSSLParameters();
		check("protocols", options.getEnabledProtocols(), supported.getProtocols());
		check("ciphers", options.getCiphers(), supported.getCipherSuites());
		return options.isSpecified() ? new RestrictedSslContext(plain, options) : plain;
	}

	private void check(String what, String @Nullable [] wanted, String[] supported) {
		if (wanted != null && !List.of(supported).containsAll(List.of(wanted))) {
			throw new InvalidConfigurationPropertyValueException(this.property, this.name,
					"The JDK does not support all " + what + " of this bundle, " + Arrays.toString(wanted)
							+ ". It supports " + Arrays.toString(supported) + ".");
		}
	}

}
