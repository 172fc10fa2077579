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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.StoreInfo;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health of a store: whether its server answers a read of its base in time. That the
 * base is not there is told, and is no illness: it may be for the application to create,
 * or not for its account to see.
 */
final class LdapKeyValueHealthIndicator extends AbstractHealthIndicator {

	private final LdapKeyValueTemplate store;

	private final TimeLimit<Boolean> roundTrip;

	LdapKeyValueHealthIndicator(LdapKeyValueTemplate store, Duration timeout) {
		super("The directory does not answer");
		this.store = store;
		this.roundTrip = new TimeLimit<>(timeout, () -> store.contains("/"));
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) throws Exception {
		StoreInfo before = this.store.info();
		builder.withDetail("base", before.base()).withDetail("urls", before.urls());
		try {
			builder.up().withDetail("baseFound", this.roundTrip.ask());
		}
		finally {
			addWhatIsKnown(builder, this.store.info());
		}
	}

	private static void addWhatIsKnown(Health.Builder builder, StoreInfo info) {
		ServerCapabilities server = info.server();
		if (server != null) {
			builder.withDetail("server", server.server()).withDetail("features", server.features());
		}
		PoolStatistics pool = info.pool();
		if (pool != null) {
			builder.withDetail("pool", plain(pool));
		}
	}

	/**
	 * A native image shows numbers without being told what a record has.
	 */
	private static Map<String, Number> plain(PoolStatistics pool) {
		Map<String, Number> numbers = new LinkedHashMap<>();
		numbers.put("active", pool.active());
		numbers.put("idle", pool.idle());
		numbers.put("max", pool.max());
		numbers.put("waiting", pool.waiting());
		numbers.put("created", pool.created());
		return numbers;
	}

}
