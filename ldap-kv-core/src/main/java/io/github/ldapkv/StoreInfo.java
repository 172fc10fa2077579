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

package io.github.ldapkv;

import java.util.List;

import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.pool.RoleState;
import io.github.ldapkv.server.ServerCapabilities;
import org.jspecify.annotations.Nullable;

/**
 * What a store knows of itself and its server, for those who look after it. Nothing of it
 * is asked of the server: that happens with the first call of the store. There are no
 * secrets and no data in it.
 *
 * @param name the name that the store's builder was given
 * @param base the DN of the entry that keys are relative to; empty for the root
 * @param urls the URLs of the servers, without what may be a password in them
 * @param server what the server can do; {@code null} as long as it was not asked
 * @param schema what the server says of its schema; {@code null} as long as it was not
 * asked
 * @param roles the connections by what they are for, with their servers; empty if they
 * are not pooled
 */
public record StoreInfo(String name, String base, List<String> urls, @Nullable ServerCapabilities server,
		@Nullable Schema schema, List<RoleState> roles) {

	/**
	 * Copies the lists.
	 * @param name the name of the store
	 * @param base the DN of the entry that keys are relative to
	 * @param urls the URLs of the servers
	 * @param server what the server can do; {@code null} if it is not known
	 * @param schema the size of its schema; {@code null} if it is not known
	 * @param roles the connections by what they are for
	 */
	public StoreInfo {
		urls = List.copyOf(urls);
		roles = List.copyOf(roles);
	}

	/**
	 * What the connections are doing at this moment, whatever they are for.
	 * @return the numbers; {@code null} if they are not pooled
	 */
	public @Nullable PoolStatistics pool() {
		return this.roles.stream().map(RoleState::connections).reduce(PoolStatistics::and).orElse(null);
	}

	/**
	 * The size of a server's schema.
	 *
	 * @param readable whether the store may read it
	 * @param attributeTypes how many attribute types there are
	 * @param objectClasses how many object classes there are
	 */
	public record Schema(boolean readable, int attributeTypes, int objectClasses) {

	}

}
