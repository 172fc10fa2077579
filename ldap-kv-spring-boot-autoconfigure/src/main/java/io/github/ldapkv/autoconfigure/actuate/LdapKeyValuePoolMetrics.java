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

package io.github.ldapkv.autoconfigure.actuate;

import java.util.Map;
import java.util.function.Supplier;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the connections of stores, and of their servers, {@code ldapkv.pool.*} and
 * {@code ldapkv.server.*}. A store without a pool has none.
 */
final class LdapKeyValuePoolMetrics implements MeterBinder {

	private final Supplier<Map<String, LdapKeyValueTemplate>> stores;

	LdapKeyValuePoolMetrics(Supplier<Map<String, LdapKeyValueTemplate>> stores) {
		this.stores = stores;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Stores.tagged(this.stores.get())
			.forEach((tag, store) -> store.unwrap(LdapConnectionPool.class)
				.ifPresent((pool) -> pool.addListener(new PoolMeters(registry, tag, pool))));
	}

}
