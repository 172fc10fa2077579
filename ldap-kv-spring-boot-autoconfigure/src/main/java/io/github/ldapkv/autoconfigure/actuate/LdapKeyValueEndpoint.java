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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.pool.RoleState;
import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.StoreInfo;
import io.github.ldapkv.watch.WatchState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Tells of the stores of the application: where they are, what their servers can do, and
 * what their connections are doing. It tells nothing of what is in the directory, and no
 * account.
 */
@Endpoint(id = "ldapkv")
public final class LdapKeyValueEndpoint {

	private final Supplier<Map<String, LdapKeyValueTemplate>> stores;

	private final Duration timeout;

	private final Supplier<Map<String, WatchState>> watches;

	private final Map<LdapKeyValueTemplate, TimeLimit<ServerCapabilities>> questions = new ConcurrentHashMap<>();

	LdapKeyValueEndpoint(Supplier<Map<String, LdapKeyValueTemplate>> stores, Duration timeout,
			Supplier<Map<String, WatchState>> watches) {
		this.stores = stores;
		this.timeout = timeout;
		this.watches = watches;
	}

	/**
	 * Describes all stores. One that has not been used yet asks its server, and waits for
	 * it no longer than {@code ldapkv.health.timeout}.
	 * @return what is known of them
	 */
	@ReadOperation
	public StoresDescriptor stores() {
		Map<String, StoreDescriptor> descriptors = new LinkedHashMap<>();
		this.stores.get().forEach((bean, store) -> descriptors.put(bean, describe(store)));
		return new StoresDescriptor(descriptors, this.watches.get());
	}

	private StoreDescriptor describe(LdapKeyValueTemplate store) {
		String failure = null;
		try {
			this.questions.computeIfAbsent(store, this::question).ask();
		}
		catch (Exception ex) {
			failure = TimeLimit.reason(ex);
		}
		StoreInfo info = store.info();
		ServerCapabilities server = info.server();
		return new StoreDescriptor(
				info.name(), info.base(), info.urls(), failure, (server != null)
						? new ServerDescriptor(server.server(), server.features(), server.versionAttribute()) : null,
				info.schema(), info.pool(), info.roles());
	}

	private TimeLimit<ServerCapabilities> question(LdapKeyValueTemplate store) {
		return new TimeLimit<>("ldapkv-" + store.info().name() + "-endpoint", this.timeout, Duration.ZERO,
				store::serverCapabilities);
	}

	/**
	 * Describes the stores of an application.
	 *
	 * @param stores what is known of each store, by the name of its bean
	 * @param watches what the watch of each listener is doing, by the listener's id
	 */
	public record StoresDescriptor(Map<String, StoreDescriptor> stores,
			Map<String, WatchState> watches) implements OperationResponseBody {

	}

	/**
	 * Describes a store.
	 *
	 * @param name its name in observations and metrics
	 * @param base the DN of its base
	 * @param urls where its servers are
	 * @param failure why the server could not be asked, or did not answer in time
	 * @param server the server, if it was asked
	 * @param schema the size of the server's schema, if it was asked
	 * @param pool the connections, if they are pooled
	 * @param roles the connections by what they are for, with the addresses of their
	 * servers and why some of those are left aside; empty if they are not pooled
	 */
	public record StoreDescriptor(String name, String base, List<String> urls, @Nullable String failure,
			@Nullable ServerDescriptor server, StoreInfo.@Nullable Schema schema, @Nullable PoolStatistics pool,
			List<RoleState> roles) {

	}

	/**
	 * Describes a server.
	 *
	 * @param name the product
	 * @param features what the store makes use of
	 * @param versionAttribute where the version of an entry is
	 */
	public record ServerDescriptor(String name, Set<ServerCapabilities.Feature> features,
			@Nullable String versionAttribute) {

	}

}
